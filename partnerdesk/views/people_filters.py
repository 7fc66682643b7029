"""The filters of the list of people."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.years import AcademicYear
from partnerdesk.views.filters import FilterSpec, country_options, horizon_options, term_options, yes_no_options
from partnerdesk.views.kit.picker import Option


def person_filters() -> Sequence[FilterSpec]:
    """The filters of the list of people, those about their stays among them."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    return (
        FilterSpec("kind", tr("Kind"), term_options("person_kind")),
        FilterSpec("direction", tr("Direction"), term_options("direction")),
        FilterSpec("phase", tr("Phase"), term_options("phase")),
        FilterSpec("year", tr("Year of a stay"), year_options),
        FilterSpec("country", tr("Country of a stay"), country_options),
        FilterSpec("abroad", tr("Abroad on"), day_options),
        FilterSpec("stay", tr("With a stay"), yes_no_options),
        FilterSpec("home", tr("Of our institution"), yes_no_options),
        FilterSpec("citizenship", tr("Citizenship"), country_options),
        FilterSpec("level", tr("Level"), term_options("level")),
        FilterSpec("minor", tr("Minor"), yes_no_options),
        FilterSpec("guardian", tr("Guardian"), yes_no_options),
        FilterSpec("emergency", tr("Emergency contact"), yes_no_options),
        FilterSpec("support", tr("Needs support"), yes_no_options),
        FilterSpec("retention", tr("Keep until"), horizon_options, "<"),
        FilterSpec("archived", tr("Archived"), yes_no_options),
    )


def year_options() -> Sequence[Option]:
    """The academic years around today, as the search line writes them."""
    now = clock.today().year
    return [Option(str(first), str(AcademicYear(first))) for first in range(now + 2, now - 8, -1)]


def day_options() -> Sequence[Option]:
    """Days on which somebody may be abroad."""
    return [Option("today", QCoreApplication.translate("Filters", "today"))]
