"""The detail pane of a visit: where it stands, its fields, places and people, agenda, outcomes, documents, history."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.names import country_name
from partnerdesk.models.visits import days_words, status_chip, way_icon
from partnerdesk.views.kit.tabs import Tab
from partnerdesk.views.person_parts import count_words
from partnerdesk.views.record_pane import HistoryPart, RecordHead, RecordPane
from partnerdesk.views.visit_children import document_spec
from partnerdesk.views.visit_parts import AgendaPart, OutcomesPart, OverviewPart, PlacesPart, VisitPart
from partnerdesk.views.visit_work import VisitWork


class VisitPane(RecordPane):
    """One visit."""

    icon = Icon.VISITS
    place_icon = Icon.PLACE
    prints = True
    work: VisitWork

    def make_work(self) -> VisitWork:
        return VisitWork(self.desk, self.foot, self)

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        return {"overview": self._make_overview, "visit": self._make_visit, "places": self._make_places,
                "agenda": self._make_agenda, "outcomes": self._make_outcomes, "documents": self._make_documents,
                "history": self._make_history}

    def titles(self) -> Sequence[Tab]:
        file = self.work.file
        return (
            Tab("overview", self.tr("Overview")), Tab("visit", self.tr("Visit")),
            Tab("places", self.tr("Places and people"), count_words((*file.places, *file.people))),
            Tab("agenda", self.tr("Agenda"), count_words(file.agenda)), Tab("outcomes", self.tr("Outcomes")),
            Tab("documents", self.tr("Documents"), count_words(file.documents)), Tab("history", self.tr("History")))

    def fill_head(self, head: RecordHead) -> None:
        visit, file = self.work.visit, self.work.file
        assert visit is not None
        hosts = ", ".join(file.called(one.institution_id) for one in file.places)
        where = ", ".join(part for part in (visit.city, country_name(file.country)) if part)
        head.show_names(visit.title, hosts, "  ·  ".join(part for part in (where, days_words(visit)) if part))
        chips = [status_chip(visit.status),
                 Chip("accent", say(label_of("direction", visit.direction)), way_icon(visit.direction)),
                 Chip("neutral", say(label_of("visit_kind", visit.kind)), Icon.VISITS)]
        if visit.archived_on is not None:
            chips.append(Chip("neutral", self.tr("Archived"), Icon.TRASH))
        head.show_chips(chips)

    def select_words(self) -> str:
        return self.tr("Select a visit to see it here.")

    def print_words(self) -> str:
        return self.tr("Print the trip pack")

    def parts_words(self) -> str:
        return self.tr("Parts of the visit")

    def _make_overview(self) -> QWidget:
        part = OverviewPart(self.work)
        part.open_record.connect(self._open_other)
        part.tab_wanted.connect(self.show_tab)
        return part

    def _make_visit(self) -> QWidget:
        return VisitPart(self.work)

    def _make_places(self) -> QWidget:
        return PlacesPart(self.work, self.foot)

    def _make_agenda(self) -> QWidget:
        return AgendaPart(self.work, self.foot)

    def _make_outcomes(self) -> QWidget:
        part = OutcomesPart(self.work)
        part.tab_wanted.connect(self.show_tab)
        return part

    def _make_documents(self) -> QWidget:
        from partnerdesk.views.person_parts import ListsPart

        work: Any = self.work
        return ListsPart(work, self.foot, self.tr("Documents"), (
            (document_spec(lambda: self.work.file), lambda: self.work.file.documents),))

    def _make_history(self) -> QWidget:
        return HistoryPart(self.desk, self._roots)

    def _roots(self) -> Sequence[tuple[str, int]]:
        about = self.work.about
        if about is None:
            return ()
        return (("visit", about.visit.id), *(("followup", one.id) for one in about.followups))

    @Slot(str, int)
    def _open_other(self, page: str, record_id: int) -> None:
        self.flush()
        self.open_record.emit(page, record_id)
