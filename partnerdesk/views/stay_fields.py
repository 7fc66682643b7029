"""The Stay tab: who goes where under which condition, when, for what, and what else is known of the stay."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import cells
from partnerdesk.domain.durations import SHORT
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.phases import PATH, span_of
from partnerdesk.domain.stay_rules import hours_needed
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import day_range, number, say
from partnerdesk.models.condition_cells import sentence
from partnerdesk.services import stays
from partnerdesk.services.labels import field_label
from partnerdesk.services.stay_file import ConditionChoice
from partnerdesk.services.stays import StayFile
from partnerdesk.services.versions import display_name
from partnerdesk.views.agreement_fields import (
    ParsedEditor,
    Section,
    field_options,
    months_editor,
    plain_language_options,
    term_choices,
    term_options,
    whole_editor,
)
from partnerdesk.views.asking_partner import partner_provider
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.stay_work import StayWork

_SIDES = ("receiving_id", "sending_id")
_VIRTUAL = ("virtual_from", "virtual_to")


class StayTab(Section):
    """Every field of a stay, saved when it is left; what is fixed by now is locked and says why."""

    open_record = Signal(str, int)

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Stay"))
        self._work = work
        self._fields: dict[str, Field] = {}
        self._make_place()
        self._make_time()
        self._make_study()
        self._make_staff()
        self._make_more()
        self.body.addStretch()

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by the name of what they edit."""
        return self._fields

    def renew(self, fresh: bool) -> None:
        """Offer what can be chosen for this stay, and lock what is fixed."""
        about, stay = self._work.about, self._work.stay
        if about is None or stay is None:
            return
        self._offer(about)
        if fresh:
            self._work.show_fields(self._fields.values())
        staff = about.is_staff
        self._study.setVisible(not staff)
        self._staff.setVisible(staff)
        short = stay.attribute in SHORT or stay.virtual_from is not None
        for name in _VIRTUAL:
            self._fields[name].setVisible(short)
        for side, direction in zip(_SIDES, ("out", "in"), strict=True):
            self._fields[side].setVisible(stay.direction == direction)
        self._lock(stay)
        self._show_term(about)
        self._fields["teaching_hours"].set_help(self._hours_words(stay))

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be written."""
        stay = self._work.stay
        planned = stay is not None and stay.sending_status == "planned"
        partner = "sending_id" if stay is not None and stay.direction == "in" else "receiving_id"
        self._fields[partner if planned else "planned_from"].editor.setFocus()  # type: ignore[attr-defined]

    def _make_place(self) -> None:
        grid = self._grid(self.tr("Where and under which condition"))
        for side in _SIDES:
            partner = PickerField(partner_provider(self._work.desk), placeholder=self.tr("None yet"),
                                  label_of=self._partner_name)
            self._bind(grid, side, partner, "wide", self._partner_deed, self.tr("Partner"))
        self._bind(grid, "condition_id", PickerField((), placeholder=self.tr("None")), "wide", self._condition_deed)
        self._bind(grid, "programme", PickerField(term_options("programme"), placeholder=self.tr("None")), "short")
        self._bind(grid, "activity", PickerField(term_options("activity"), required=True), "short")
        self._bind(grid, "sending_unit_id", PickerField((), placeholder=self.tr("None")), "short")
        self._bind(grid, "receiving_unit_id", PickerField((), placeholder=self.tr("None")), "short")
        self._bind(grid, "home_contact_id", PickerField((), placeholder=self.tr("Nobody yet")), "short")
        self._bind(grid, "host_contact_id", PickerField((), placeholder=self.tr("Nobody yet")), "short")

    def _make_time(self) -> None:
        self.take_days = Button("", "link", small=True)
        self.take_days.clicked.connect(self._take_days)
        grid = self._grid(self.tr("When"), self.take_days)
        self._bind(grid, "year", ParsedEditor(_read_year, self._said_year, "2026/2027"), "short")
        self._bind(grid, "term", PickerField(term_options("term"), placeholder=self.tr("None")), "short")
        self._bind(grid, "attribute", ChoiceEditor(term_choices("attribute")), "short")
        self._bind(grid, "interruption_days", ParsedEditor(_days, number), "short")
        for name in ("planned_from", "planned_to", "actual_from", "actual_to", *_VIRTUAL):
            self._bind(grid, name, LenientDateField(), "short")
        self._tick(grid, "non_standard")

    def _make_study(self) -> None:
        grid = self._study = self._grid(self.tr("Study"))
        levels = term_options("level")
        self._bind(grid, "level_nominated", PickerField(levels, placeholder=self.tr("None")), "short")
        self._bind(grid, "level_departed", PickerField(levels, placeholder=self.tr("None")), "short")
        self._bind(grid, "field", PickerField(field_options(), placeholder=self.tr("None")), "wide")
        self._bind(grid, "language", PickerField(plain_language_options(), placeholder=self.tr("None")), "short")

    def _make_staff(self) -> None:
        grid = self._staff = self._grid(self.tr("Teaching and training"))
        self._bind(grid, "teaching_hours", months_editor(), "short")
        self._tick(grid, "with_training")
        self._bind(grid, "work_programme", TextEditor(), "wide")
        self._bind(grid, "practice", TextEditor(), "wide")
        self._tick(grid, "practice_adopted")

    def _make_more(self) -> None:
        grid = self._grid(self.tr("Further"))
        self._bind(grid, "grant_number", LineEditor(), "short")
        self._bind(grid, "distance_km", whole_editor(), "short")
        phases = [("", self.tr("As it follows")), *((str(p), say(label_of("phase", p))) for p in PATH)]
        self._bind(grid, "phase", ChoiceEditor(phases), "short")
        self._bind(grid, "tags", TagsEditor(), "short")
        for name in ("fee_waived", "counts_in_balance", "fewer_opportunities", "green_travel"):
            self._tick(grid, name)
        self._bind(grid, "status_comment", LineEditor(), "wide")
        self._bind(grid, "remark", TextEditor(), "wide")

    def _grid(self, title: str, action: QWidget | None = None) -> FormGrid:
        grid = FormGrid()
        grid.add_head(title, action)
        self.body.addWidget(grid)
        return grid

    def _bind(
        self, grid: FormGrid, name: str, editor: QWidget, place: str,
        deed: Callable[[Stay, Mapping[str, Any]], Deed[Any]] | None = None, label: str = "",
    ) -> None:
        field = Field(label or say(field_label(name)), editor)
        self._fields[name] = self._work.bind(name, field, self._record, deed or self._deed)
        grid.add(field, short=place == "short", wide=place == "wide")

    def _tick(self, grid: FormGrid, name: str) -> None:
        label = say(field_label(name))
        self._bind(grid, name, TickEditor(label), "short", label=label)

    def _record(self) -> Stay | None:
        return self._work.stay

    def _deed(self, stay: Any, fields: Mapping[str, Any]) -> Deed[Any]:
        return stays.change_stay(stay, self._work.name, **fields)

    def _partner_deed(self, stay: Any, fields: Mapping[str, Any]) -> Deed[Any]:
        (partner_id,) = fields.values()
        return stays.set_partner(stay, partner_id, self._work.name)

    def _condition_deed(self, stay: Any, fields: Mapping[str, Any]) -> Deed[Any]:
        return stays.set_condition(stay, fields["condition_id"], self._work.name)

    def _partner_name(self, partner_id: Any) -> str:
        about = self._work.about
        found = about.institutions.get(partner_id) if about is not None else None
        return found.name if found is not None else ""

    def _offer(self, about: StayFile) -> None:
        stay = about.stay
        options: dict[str, Sequence[Option]] = {
            "condition_id": [self._condition_option(choice) for choice in about.choices],
            "sending_unit_id": _units(about, stay.sending_id), "receiving_unit_id": _units(about, stay.receiving_id),
        }
        ours, theirs = (stay.sending_id, stay.receiving_id) if stay.direction == "out" else (
            stay.receiving_id, stay.sending_id)
        options["home_contact_id"] = _contacts(about, ours)
        options["host_contact_id"] = _contacts(about, theirs)
        for name, offered in options.items():
            editor = self._fields[name].editor
            assert isinstance(editor, PickerField)
            editor.set_options(offered)

    def _condition_option(self, choice: ConditionChoice) -> Option:
        free = choice.usage.free if choice.usage is not None else None
        right = self.tr("{n} free").format(n=number(max(free, 0))) if free is not None else ""
        return Option(choice.condition.id, f"{sentence(choice.condition)} · {display_name(choice.agreement)}", right)

    def _lock(self, stay: Stay) -> None:
        reason = self.tr("Opened read-only") if self._work.desk.read_only else ""
        over = self.tr("Recognised or closed: no longer changed") if self._work.sealed else ""
        sent = self.tr("Fixed since the nomination") if stay.sending_status != "planned" else ""
        early = self.tr("Known when the stay is live") if stay.sending_status in ("planned", "nomination") else ""
        for name, field in self._fields.items():
            if name in ("remark", "status_comment", "tags", "practice", "practice_adopted"):
                field.set_locked(reason)
            elif name in _SIDES:
                field.set_locked(reason or over or sent)
            elif name in ("actual_from", "actual_to"):
                field.set_locked(reason or over or early)
            else:
                field.set_locked(reason or over)

    def _show_term(self, about: StayFile) -> None:
        days, stay = about.term_days, self._work.stay
        fits = stay is None or days is None or (stay.planned_from, stay.planned_to) == days
        self.take_days.setVisible(not fits and not self._work.locked and not (stay and stay.non_standard))
        if days is not None:
            self.take_days.setText(self.tr("Take the days of the term: {days}").format(days=day_range(*days)))

    def _said_year(self, first: int) -> str:
        """The academic year as the host writes it."""
        about = self._work.about
        host = about.receiving if about is not None else None
        return str(AcademicYear(first, host is not None and host.hemisphere == "s"))

    def _hours_words(self, stay: Stay) -> str:
        """How many hours are to be taught in the days of a teaching stay (R55)."""
        begins, ends = span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)
        if stay.activity != "staff-teacher" or begins is None or ends is None or ends < begins:
            return ""
        hours = hours_needed((ends - begins).days + 1, stay.with_training)
        return self.tr("at least {n} in these days").format(n=number(hours, 0 if hours.is_integer() else 1))

    @Slot()
    def _take_days(self) -> None:
        about, stay = self._work.about, self._work.stay
        if about is not None and stay is not None and about.term_days is not None:
            begins, ends = about.term_days
            self._work.do(stays.change_stay(stay, self._work.name, planned_from=begins, planned_to=ends))


def _read_year(written: str) -> int | None:
    return AcademicYear.parse(written).first if written else None


def _days(written: str) -> int:
    return cells.count(written) or 0


def _units(about: StayFile, institution_id: int | None) -> list[Option]:
    return [Option(unit.id, unit.name, unit.short_name or unit.code) for unit in about.units_of(institution_id)]


def _contacts(about: StayFile, institution_id: int | None) -> list[Option]:
    return [Option(one.id, one.full_name or one.function, one.function if one.full_name else "")
            for one in about.contacts_of(institution_id)]
