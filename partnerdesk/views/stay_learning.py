"""The Learning agreement tab of a stay: versions, tables with live credits, changes with reasons, three signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.coursetable import Course
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import (
    FORM_FIELDS,
    HIGH,
    LOW,
    PARTS,
    SIDES,
    LearningComponent,
    LearningVersion,
    changes_only,
    completed_on,
    credit_problems,
    pairing_problems,
    semesters,
    signed_on,
    totals,
)
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, day, say
from partnerdesk.models.stay_learning import credit_words
from partnerdesk.services import learning, office
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import ProblemList, Section, term_choices
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.record_grid import RecordGrid
from partnerdesk.views.stay_learning_tables import PartTable, credits_in
from partnerdesk.views.stay_work import StayWork

ALWAYS = ("A", "B")


class LearningTab(Section):
    """One version at a time, the last one first; a complete one is only read."""

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Learning agreement"))
        self._work = work
        self._version_id = 0
        self._wanted_version = 0
        self._awaited = 0
        self._active: RecordGrid | None = None
        self._more: set[str] = set()
        self._bounds = (LOW, HIGH)
        self._pasted: tuple[str, Sequence[Course]] | None = None
        self._segments: Segmented | None = None
        self._make_head()
        self._make_paste_bar()
        self.tables = {part: PartTable(part, work) for part in PARTS}
        for table in self.tables.values():
            self.body.addWidget(table)
            table.add_wanted.connect(self.add_component)
            table.remove_wanted.connect(self.remove_components)
            table.pasted.connect(self._ask_paste)
            table.left_out.connect(self._tell_nothing)
            table.grid.record_chosen.connect(self._chosen)
            table.grid.selectionModel().selectionChanged.connect(self._selected)
        self._make_deeds()
        self._make_detail()
        self._make_signatures()
        self.body.addStretch()

    @property
    def version(self) -> LearningVersion | None:
        """The version shown."""
        about = self._work.about
        versions = about.learning if about is not None else ()
        return next((v for v in versions if v.id == self._version_id), versions[-1] if versions else None)

    @property
    def components(self) -> Sequence[LearningComponent]:
        """The components of the version shown, edits on their way included."""
        about, version = self._work.about, self.version
        if about is None or version is None:
            return ()
        return [self._work.latest(c) for c in about.components_of(version.id)]

    @property
    def component(self) -> LearningComponent | None:
        """The component whose form is shown, as it is in the file."""
        about = self._work.about
        current = self._active.current if self._active is not None else None
        if about is None or current is None:
            return None
        return next((c for c in about.components if c.id == current.id), None)

    @property
    def locked(self) -> bool:
        """Whether the version shown can only be read."""
        version = self.version
        return self._work.locked or version is None or completed_on(version) is not None

    def renew(self, fresh: bool) -> None:
        """Show the learning agreement as it is now."""
        about = self._work.about
        if about is None:
            return
        if fresh:
            self._version_id, self._more = 0, set()
            self._cancel_paste()
            self._work.desk.ask(office.settings, self._take_settings, key=(self, "settings"))
        if self._wanted_version:
            self._version_id, self._wanted_version = self._wanted_version, 0
            fresh = True
        self._show_versions()
        self._show_tables(fresh)
        self._show_signatures(fresh)
        self._show_detail(fresh)

    def focus_first(self) -> None:
        """Put the keyboard into the first table, or on what begins the agreement."""
        (self.new_button if self.version is None else self.tables["A"].grid).setFocus()

    @Slot()
    def new_version(self) -> None:
        """Begin the agreement, or a version of changes."""
        about = self._work.about
        if about is not None:
            self._work.do(learning.new_version(about.stay.id, self._work.name), self._made)

    @Slot()
    def remove_version(self) -> None:
        """Take the version shown away."""
        if self.version is not None:
            self._work.do(learning.remove_version(self.version, self._work.name))

    @Slot(str)
    def add_component(self, part: str) -> None:
        """Add a course to a table and go to it."""
        version = self.version
        if version is not None and not self.locked:
            self._more.add(part)
            made = LearningComponent(part=part)
            self._work.do(learning.add_component(version, made, self._work.name), self._added)

    @Slot(object)
    def remove_components(self, components: Sequence[LearningComponent]) -> None:
        """Take courses out; those signed before are marked as deleted, and the reason is asked for."""
        if components and not self.locked:
            self._work.do(learning.remove_components(components, name=self._work.name), self._removed)

    @Slot()
    def replace_shown(self) -> None:
        """Delete the course shown and insert another in its place."""
        component = self.component
        if component is not None:
            instead = replace(component, code="", title="")
            deed = learning.replace_component(component, instead, "not-available", name=self._work.name)
            self._work.do(deed, self._added)

    @Slot()
    def keep_shown(self) -> None:
        """Take back that the course shown is deleted."""
        if self.component is not None:
            self._work.do(learning.keep_component(self.component, self._work.name))

    @Slot()
    def pair_chosen(self) -> None:
        """Let the courses chosen in the tables of host and home stand for each other."""
        chosen = [c for part, table in self.tables.items() if not table.isHidden()
                  for c in self._paired_of(part, table.grid)]
        if chosen:
            self._work.do(learning.pair_components(chosen, self._work.name))

    @Slot()
    def apply_paste(self) -> None:
        """Add the pasted courses."""
        version, pasted = self.version, self._pasted
        self._cancel_paste()
        if version is not None and pasted is not None:
            self._work.do(learning.paste_components(version, *pasted, name=self._work.name))

    def _make_head(self) -> None:
        self.head = QWidget()
        column = Column(self.head, (16, 0, 16, 0), 8)
        self._bar = Row(None, 0, 8)
        self.chip = ChipLabel("neutral", "")
        self._bar.addWidget(self.chip)
        self._bar.addStretch()
        column.addLayout(self._bar)
        flow = Flow(None, 8)
        self.new_button = Button("", small=True, icon=Icon.ADD)
        self.new_button.clicked.connect(self.new_version)
        self.remove_button = Button(self.tr("Remove this version"), small=True, icon=Icon.DELETE)
        self.remove_button.clicked.connect(self.remove_version)
        self.only_changes = TickEditor(self.tr("Changes only"))
        self.only_changes.edited.connect(self._toggled)
        for widget in (self.new_button, self.remove_button, self.only_changes):
            flow.addWidget(widget)
        column.addLayout(flow)
        self._none = Words(self.tr("No learning agreement yet."), "body", "text2", wrap=True)
        column.addWidget(self._none)
        self.sums = Words("", "body", "text", wrap=True)
        column.addWidget(self.sums)
        self.problems = ProblemList()
        column.addWidget(self.problems)
        self.body.addWidget(self.head)

    def _make_paste_bar(self) -> None:
        self.paste_bar = QWidget()
        row = Row(self.paste_bar, (16, 0, 16, 0), 8)
        self._paste_message = MessageBar()
        self._paste_message.acted.connect(self.apply_paste)
        row.addWidget(self._paste_message, 1)
        cancel = Button(self.tr("Cancel pasting"), "link")
        cancel.clicked.connect(self._cancel_paste)
        row.addWidget(cancel)
        self.paste_bar.hide()
        self.body.addWidget(self.paste_bar)

    def _make_deeds(self) -> None:
        self.deeds = QWidget()
        room = Row(self.deeds, (16, 0, 16, 0), 0)
        inner = QWidget()
        flow = Flow(inner, 8)
        room.addWidget(inner, 1)
        self.pair_button = self._button(flow, self.tr("Pair the chosen courses"), Icon.LINK, self.pair_chosen)
        self.replace_button = self._button(flow, self.tr("Replace this course"), Icon.RENEW, self.replace_shown)
        self.keep_button = self._button(flow, self.tr("Keep this course"), Icon.UNDO, self.keep_shown)
        self.virtual_button = self._button(flow, self.tr("Add virtual course"), Icon.ADD, self._add_virtual)
        self.body.addWidget(self.deeds)

    def _button(self, flow: Flow, words: str, icon: Icon, act: Any) -> Button:
        button = Button(words, small=True, icon=icon)
        button.clicked.connect(act)
        flow.addWidget(button)
        return button

    def _make_detail(self) -> None:
        self.detail = QWidget()
        column = Column(self.detail, (16, 0, 16, 0), 8)
        self._detail_head = Words("", "head", wrap=True)
        column.addWidget(self._detail_head)
        form = FormGrid()
        editors: dict[str, QWidget] = {
            "reason_code": ChoiceEditor([("", ""), *term_choices("la_reason")]), "reason": LineEditor(),
            "part": ChoiceEditor(term_choices("la_part")), "term": LineEditor(),
            "auto_recognised": TickEditor(say(field_label("auto_recognised"))), "conditions": LineEditor(),
            "description": TextEditor(),
        }
        self._details: dict[str, Field] = {}
        for name, editor in editors.items():
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._current, self._component_deed)
            self._details[name] = field
            form.add(field, short=name in ("reason_code", "reason", "part", "term", "auto_recognised"),
                     wide=name in ("conditions", "description"))
        column.addWidget(form)
        self.body.addWidget(self.detail)

    def _make_signatures(self) -> None:
        self.signatures = QWidget()
        column = Column(self.signatures, (16, 4, 16, 0), 8)
        column.addWidget(Words(self.tr("Signatures"), "head"))
        form = FormGrid()
        self._signed: list[Field] = []
        for side in SIDES:
            names = [f"{side}_signed_on"] if side == "student" else [
                f"{side}_signed_by", f"{side}_position", f"{side}_signed_on"]
            for name in names:
                field = Field(say(field_label(name)), LenientDateField() if name.endswith("_on") else LineEditor())
                self._work.bind(name, field, self._shown_version, self._version_deed)
                self._signed.append(field)
                form.add(field, short=name.endswith(("_by", "_position")), wide=name.endswith("_on"))
        column.addWidget(form)
        self.body.addWidget(self.signatures)

    def _shown_version(self) -> LearningVersion | None:
        return self.version

    def _version_deed(self, version: LearningVersion, fields: Mapping[str, Any]) -> Deed[Any]:
        return learning.change_version(version, self._work.name, **fields)

    def _current(self) -> LearningComponent | None:
        return self.component

    def _component_deed(self, component: LearningComponent, fields: Mapping[str, Any]) -> Deed[Any]:
        return learning.change_component(component, self._work.name, **fields)

    def _show_versions(self) -> None:
        about, version = self._work.about, self.version
        assert about is not None
        self._renew_segments(about.learning, version)
        there = version is not None
        complete = version is not None and completed_on(version) is not None
        last = there and version == about.learning[-1]
        self.new_button.setText(self.tr("Change the agreement") if there else self.tr("Begin the agreement"))
        self.new_button.setVisible(not self._work.locked and (not there or (complete and last)))
        self.remove_button.setVisible(there and last and not self.locked)
        self.only_changes.setVisible(version is not None and version.kind == "change")
        self._none.setVisible(not there)
        for widget in (self.chip, self.sums, self.signatures):
            widget.setVisible(there)
        if version is not None:
            self._show_state(version)

    def _show_state(self, version: LearningVersion) -> None:
        about, done = self._work.about, completed_on(version)
        assert about is not None
        if done is not None:
            self.chip.show_state("success", self.tr("Signed by all three on {day}").format(day=day(done)), Icon.HOLDS)
        else:
            n = sum(signed_on(version, side) is not None for side in SIDES)
            self.chip.show_state("info", counted(n, "{n} of 3 signatures", "{n} of 3 signatures"), Icon.WAITING)
        found, stay = totals(self.components), about.stay
        parts = [self.tr("Studied at the host {credits}").format(credits=credit_words(found.studied)),
                 self.tr("recognised at home {credits}").format(credits=credit_words(found.home))]
        self.sums.setText(" · ".join(parts))
        terms = semesters(stay.term, stay.planned_from, stay.planned_to)
        problems = [*credit_problems(found.studied, terms, *self._bounds), *pairing_problems(self.components)]
        self.problems.show_problems(problems)

    def _renew_segments(self, versions: Sequence[LearningVersion], version: LearningVersion | None) -> None:
        """One word a version, shown where there are several."""
        names = [(str(v.id), self.tr("Version {n}").format(n=v.n)) for v in versions]
        if self._segments is not None and self._segments.property("names") == names:
            if version is not None:
                self._segments.set_value(str(version.id))
            return
        if self._segments is not None:
            self._segments.hide()
            self._segments.deleteLater()
            self._segments = None
        if len(names) > 1 and version is not None:
            self._segments = Segmented(self.tr("Versions"), names)
            self._segments.setProperty("names", names)
            self._segments.set_value(str(version.id))
            self._segments.chosen.connect(self._version_chosen)
            self._bar.insertWidget(0, self._segments)

    def _show_tables(self, fresh: bool) -> None:
        version, components = self.version, self.components
        changed = bool(self.only_changes.value()) and version is not None and version.kind == "change"
        held = {c.part for c in (changes_only(components) if changed else components)}
        for part, table in self.tables.items():
            wanted = version is not None and (part in held or (not changed and (part in ALWAYS or part in self._more)))
            table.setVisible(wanted)
            if version is not None:
                table.show_components(version, components, self.locked, fresh=fresh, only_changes=changed)
        self.deeds.setVisible(version is not None and not self.locked)
        self.virtual_button.setVisible(self.tables["C"].isHidden() and not changed)
        self.pair_button.setVisible(any(c.part == "B" for c in components))
        awaited = next((t for t in self.tables.values() if t.model.row_of(self._awaited) >= 0), None)
        if awaited is not None:
            self._active = awaited.grid
            awaited.grid.go_to(self._awaited, "title")
            awaited.grid.setFocus()
            self._awaited = 0
        elif self._active is None or self._active.current is None or fresh:
            self._begin()

    def _show_signatures(self, fresh: bool) -> None:
        if fresh:
            self._work.show_fields(self._signed)
        why = self.tr("This stay can no longer be changed") if self._work.locked else ""
        for field in self._signed:
            field.set_locked(why)

    def _show_detail(self, fresh: bool) -> None:
        component, version = self.component, self.version
        self.detail.setVisible(component is not None)
        self.replace_button.setVisible(False)
        self.keep_button.setVisible(False)
        if component is None or version is None:
            return
        if fresh:
            self._work.show_fields(list(self._details.values()))
        signed = version.kind == "change" and component.change != "inserted"
        self.replace_button.setVisible(signed and not component.change)
        self.keep_button.setVisible(component.change == "deleted")
        self._detail_head.setText(component.title or self.tr("New course"))
        for name, field in self._details.items():
            changed = name in ("reason_code", "reason")
            field.setVisible(bool(component.change) if changed else
                             name != "auto_recognised" or component.part == "B")
            why = self.tr("This version is signed") if self.locked or (signed and name in FORM_FIELDS) else ""
            field.set_locked(why)

    def _begin(self) -> None:
        """Choose the first course."""
        for table in self.tables.values():
            table.grid.unpick()
        self._active = next((t.grid for t in self.tables.values() if not t.isHidden() and t.model.rowCount()), None)
        if self._active is not None:
            self._active.select_row(0)

    def _paired_of(self, part: str, grid: RecordGrid) -> list[LearningComponent]:
        rows = [grid.records.record_at(row) for row in grid.chosen_rows]
        return [row for row in rows if row.part == part]

    @Slot(int)
    def _chosen(self, _: int) -> None:
        grid = self.sender()
        if isinstance(grid, RecordGrid) and grid is not self._active and grid.hasFocus():
            self._active = grid
        self._show_detail(True)

    @Slot()
    def _selected(self) -> None:
        for table in self.tables.values():
            if table.grid.hasFocus() and table.grid is not self._active:
                self._active = table.grid
                self._show_detail(True)

    @Slot(str)
    def _version_chosen(self, key: str) -> None:
        self._wanted_version = int(key)
        self.renew(False)

    @Slot()
    def _toggled(self) -> None:
        self._show_tables(True)
        self._show_detail(True)

    @Slot()
    def _add_virtual(self) -> None:
        self.add_component("C")

    @Slot(str, object)
    def _ask_paste(self, part: str, courses: Sequence[Course]) -> None:
        if self.locked:
            return
        self._pasted = (part, courses)
        rest = self.tr("{courses}, {credits} credits").format(
            courses=counted(len(courses), "{n} course", "{n} courses"), credits=credits_in(courses))
        self._paste_message.show_message("info", self.tr("Pasting:"), rest, self.tr("Paste"))
        self._show_paste_bar()

    @Slot(object)
    def _tell_nothing(self, _: object) -> None:
        self._pasted = None
        self._paste_message.show_message("warn", self.tr("Nothing to paste:"), self.tr("no course can be read"))
        self._show_paste_bar()

    def _show_paste_bar(self) -> None:
        self.paste_bar.show()
        self.ensureWidgetVisible(self.paste_bar)
        button = self._paste_message.findChild(Button)
        if button is not None:
            button.setFocus()

    @Slot()
    def _cancel_paste(self) -> None:
        self._pasted = None
        self.paste_bar.hide()

    @Slot(object)
    def _made(self, version_id: int) -> None:
        self._wanted_version = version_id

    @Slot(object)
    def _removed(self, _: object) -> None:
        """The reason of a deletion is what comes next."""
        version = self.version
        if version is not None and version.kind == "change":
            field = self._details["reason_code"].editor
            if isinstance(field, QWidget):
                field.setFocus()

    @Slot(object)
    def _added(self, component_id: int) -> None:
        self._awaited = component_id

    def _take_settings(self, values: Mapping[str, Any]) -> None:
        bounds = float(values["learning.least"]), float(values["learning.most"])
        if bounds != self._bounds and self._work.about is not None:
            self._bounds = bounds
            self._show_versions()
