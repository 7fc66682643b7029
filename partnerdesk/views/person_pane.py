"""The detail pane of a person: who it is, the stays, study and languages, whom to call, documents, history."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.people_rules import is_minor
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.names import country_name
from partnerdesk.models.phases import phase_chip
from partnerdesk.services.people import PersonFile
from partnerdesk.views.kit.tabs import Tab
from partnerdesk.views.person_children import contact_spec, document_spec, enrolment_spec, language_spec
from partnerdesk.views.person_parts import ListsPart, OverviewPart, PapersPart, PersonPart, count_words
from partnerdesk.views.person_work import PersonWork
from partnerdesk.views.record_pane import HistoryPart, RecordHead, RecordPane


class PersonPane(RecordPane):
    """One person. `new_stay_wanted(person)` begins a stay."""

    new_stay_wanted = Signal(int)
    icon = Icon.PEOPLE
    place_icon = Icon.UNIT
    prints = True
    work: PersonWork

    def make_work(self) -> PersonWork:
        return PersonWork(self.desk, self.foot, self)

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        return {"overview": self._make_overview, "person": self._make_person, "study": self._make_study,
                "contacts": self._make_contacts, "documents": self._make_documents, "history": self._make_history}

    def titles(self) -> Sequence[Tab]:
        file = self.work.file
        return (
            Tab("overview", self.tr("Overview"), count_words(file.stays)), Tab("person", self.tr("Person")),
            Tab("study", self.tr("Study")),
            Tab("contacts", self.tr("Contacts"), count_words(file.contacts)),
            Tab("documents", self.tr("Documents"), count_words((*file.documents, *file.stay_documents))),
            Tab("history", self.tr("History")))

    def fill_head(self, head: RecordHead) -> None:
        person = self.work.person
        assert person is not None
        name = " ".join(part for part in (person.title, person.full_name) if part) or person.name_original
        original = person.name_original if person.name_original != name else ""
        head.show_names(name or self.tr("Anonymised person"), original, self._where(self.work.file))
        head.show_chips(self._chips(self.work.file))

    def select_words(self) -> str:
        return self.tr("Select a person to see them here.")

    def print_words(self) -> str:
        return self.tr("Print the participant sheet")

    def parts_words(self) -> str:
        return self.tr("Parts of the person")

    def _where(self, file: PersonFile) -> str:
        homes = (file.institutions.get(one.institution_id or 0) for one in file.enrolments)
        at = [one.name for one in homes if one is not None]
        land = ", ".join(country_name(code) for code in file.person.citizenships)
        return "  ·  ".join(part for part in (at[-1] if at else "", file.person.local_id, land) if part)

    def _chips(self, file: PersonFile) -> list[Chip]:
        person = file.person
        icons = {"staff": Icon.STAFF, "student": Icon.STUDENTS, "pupil": Icon.STUDENTS}
        chips = [Chip("accent", say(label_of("person_kind", person.kind)), icons.get(person.kind))]
        if file.stays:
            chips.append(phase_chip(file.stays[0].phase))
        if is_minor(person, clock.today()):
            chips.append(Chip("warn", self.tr("Minor"), Icon.PROBLEM))
        if person.needs_support:
            chips.append(Chip("info", self.tr("Needs support"), Icon.HELP))
        if person.archived_on is not None:
            chips.append(Chip("neutral", self.tr("Archived"), Icon.TRASH))
        return chips

    def _file(self) -> PersonFile:
        return self.work.file

    def _make_overview(self) -> QWidget:
        part = OverviewPart(self.work, self.tr("Overview"))
        part.stay_wanted.connect(self._go_to_stay)
        part.new_stay_wanted.connect(self._want_stay)
        part.contacts_wanted.connect(self._show_contacts)
        return part

    def _make_person(self) -> QWidget:
        return PersonPart(self.work, self.tr("Person"))

    def _make_study(self) -> QWidget:
        return ListsPart(self.work, self.foot, self.tr("Study and languages"), (
            (enrolment_spec(self._file, self.desk), lambda: self.work.file.enrolments),
            (language_spec(self._file), lambda: self.work.file.languages)))

    def _make_contacts(self) -> QWidget:
        return ListsPart(self.work, self.foot, self.tr("Contacts"), (
            (contact_spec(self._file), lambda: self.work.file.contacts),))

    def _make_documents(self) -> QWidget:
        part = PapersPart(self.work, self.foot, self.tr("Documents"), (
            (document_spec(self._file), lambda: self.work.file.documents),))
        part.stay_wanted.connect(self._go_to_stay)
        return part

    def _make_history(self) -> QWidget:
        return HistoryPart(self.desk, self._roots)

    def _roots(self) -> Sequence[tuple[str, int]]:
        about = self.work.about
        if about is None:
            return ()
        return (("person", about.person.id), *(("stay", one.stay.id) for one in about.stays))

    @Slot(int)
    def _go_to_stay(self, stay_id: int) -> None:
        self.flush()
        self.open_record.emit("stays", stay_id)

    @Slot()
    def _want_stay(self) -> None:
        if self.record_id is not None:
            self.flush()
            self.new_stay_wanted.emit(self.record_id)

    @Slot()
    def _show_contacts(self) -> None:
        self.show_tab("contacts")
