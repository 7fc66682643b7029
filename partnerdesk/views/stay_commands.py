"""What the page of stays offers before its form is made: the shipped views, and the papers that can be printed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.office import SavedView

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print

PAPERS = ("learning", "changes", "transcript", "grant", "arrival", "departure", "attendance")


def stay_views() -> Sequence[SavedView]:
    """The shipped views of stays."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("StaysPage", source)

    def view(name: str, query: str = "", sort: str = "name") -> SavedView:
        return SavedView(page="stays", name=name, query=query, sort=sort)

    return (
        view(tr("All stays")),
        view(tr("Abroad now"), "phase:abroad", "ends"),
        view(tr("Missing documents"), "missing:yes phase:open", "due"),
        view(tr("Waiting for answer"), "phase:nominated", "nominated"),
        view(tr("Returning within 30 days"), "phase:abroad ends<30d", "ends"),
        view(tr("Outgoing, under way"), "direction:out phase:open", "starts"),
        view(tr("Incoming, under way"), "direction:in phase:open", "starts"),
        view(tr("Archived"), "archived:yes"),
    )


def paper_words() -> Mapping[str, str]:
    """The commands that print each of `PAPERS`."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("StaysPage", source)

    return {
        "learning": tr("Print learning agreement"), "changes": tr("Print changes to the agreement"),
        "transcript": tr("Print transcript"), "grant": tr("Print grant sheet"),
        "arrival": tr("Print certificate of arrival"), "departure": tr("Print certificate of departure"),
        "attendance": tr("Print certificate of attendance"),
    }


def paper_of(key: str, ids: Sequence[int]) -> "Print":
    """One of `PAPERS` of these stays."""
    from partnerdesk.services import sheet_certificates, sheet_money, sheet_study

    made = {"learning": sheet_study.learning_agreements, "changes": sheet_study.learning_changes,
            "transcript": sheet_study.transcripts, "grant": sheet_money.grant_sheets}.get(key)
    return made(ids) if made is not None else sheet_certificates.certificates(key, ids)
