"""The filters of stays, for their list, board and calendar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.words import say
from partnerdesk.views.filters import FilterSpec, country_options, horizon_options, term_options, yes_no_options
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.people_filters import day_options, year_options

Named = Callable[[], Sequence[Option]]


def stay_filters(partners: Named, cohorts: Named) -> Sequence[FilterSpec]:
    """The filters of stays; `partners` and `cohorts` give those that can be chosen by name."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    return (
        FilterSpec("phase", tr("Phase"), phase_options),
        FilterSpec("direction", tr("Direction"), term_options("direction")),
        FilterSpec("year", tr("Year"), year_options),
        FilterSpec("term", tr("Term"), term_options("term")),
        FilterSpec("country", tr("Country"), country_options),
        FilterSpec("programme", tr("Programme"), term_options("programme")),
        FilterSpec("activity", tr("Activity"), term_options("activity")),
        FilterSpec("attribute", tr("Duration"), term_options("attribute")),
        FilterSpec("kind", tr("Kind of person"), term_options("person_kind")),
        FilterSpec("missing", tr("Missing documents"), yes_no_options),
        FilterSpec("late", tr("Documents late"), yes_no_options),
        FilterSpec("starts", tr("Begins"), horizon_options, "<"),
        FilterSpec("ends", tr("Ends"), horizon_options, "<"),
        FilterSpec("due", tr("Document due"), horizon_options, "<"),
        FilterSpec("abroad", tr("Abroad on"), day_options),
        FilterSpec("sending", tr("Sending side"), term_options("sending_status")),
        FilterSpec("receiving", tr("Receiving side"), term_options("receiving_status")),
        FilterSpec("partner", tr("Partner"), partners), FilterSpec("cohort", tr("Cohort"), cohorts),
        FilterSpec("person", tr("Person"), tuple, offered=False),
        FilterSpec("agreement", tr("Agreement"), tuple, offered=False),
        FilterSpec("condition", tr("Condition"), tuple, offered=False),
        FilterSpec("archived", tr("Archived"), yes_no_options),
    )


def phase_options() -> Sequence[Option]:
    """The phases, those on the way and those of an early end together first."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    together = [Option("open", tr("under way")), Option("exits", tr("ended early"))]
    return [*together, *(Option(code, say(label_of("phase", code))) for code in vocabulary("phase").codes)]
