"""The Settings page: what this computer remembers at the left, what travels with the office at the right."""

import os
from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import HEIGHTS, px
from partnerdesk.services import office, partners
from partnerdesk.views.agreement_fields import whole_editor
from partnerdesk.views.detail import Binder, UndoFoot
from partnerdesk.views.filters import country_options
from partnerdesk.views.grade_tables import open_grade_tables
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.style import Mode, apply_theme
from partnerdesk.views.page import House, Page
from partnerdesk.views.settings_fields import LogoEditor, SegmentEditor, YearStartEditor
from partnerdesk.views.settings_grants import GrantTables
from partnerdesk.views.settings_rules import DocumentRules

PERCENTS = (90, 100, 110, 125, 150, 175, 200)
PSEUDO, PSEUDO_SWITCH = "xx", "PARTNERDESK_PSEUDO"
BESIDE_FROM, COLUMN_MOST = 860, 560
_HOME = "home."


class SettingsPage(Page):
    """Each field is saved as it is left; what belongs to the office can be undone like everything else."""

    key = "settings"
    icon = Icon.SETTINGS

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._values: Mapping[str, Any] = office.DEFAULTS
        self._home: Institution | None = None
        self._draft: dict[str, Any] = {}
        self._fresh = self._stale = True
        self._here = False
        self.foot = UndoFoot(house.desk)
        self.binder = Binder(house.desk, self.foot, self._deed)
        self.fields: dict[str, Field] = {}
        self._boxes = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._build()
        house.desk.changed.connect(self._hear)
        house.desk.opened.connect(self._opened)
        self._show_local()

    @property
    def title(self) -> str:
        return self.tr("Settings")

    def flush(self) -> bool:
        focus = QApplication.focusWidget()
        for field in self.fields.values():
            editor = cast(QWidget, field.editor)
            if focus is not None and (focus is editor or editor.isAncestorOf(focus)):
                field.editor.commit()
        return self.rules.flush() and self.grants.flush() and self.binder.flush()

    def arrive(self) -> None:
        self._here = True
        self.rules.read()
        self.grants.read()
        if self._stale:
            self._read()

    def leave(self) -> None:
        self.flush()
        self._here = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._boxes.direction() != way:
            self._boxes.setDirection(way)

    def _build(self) -> None:
        ground = Pane("window", self)
        head = Row(None, (16, 0, 16, 0), 8)
        title = ShortWords(self.title, "title")
        Measured(title, height_min=HEIGHTS["page_header"])
        head.addWidget(title, 1)
        inside = QWidget()
        column = Column(inside, (16, 6, 16, 24), 0)
        self._boxes.setSpacing(px(40))
        for part in (self._computer_part(), self._office_part()):
            Measured(part, width_max=COLUMN_MOST)
            self._boxes.addWidget(part, 1000)
        self._boxes.addStretch(1)
        column.addLayout(self._boxes)
        column.addSpacing(px(32))
        self.rules = DocumentRules(self.house.desk, self.foot)
        column.addWidget(self.rules)
        column.addSpacing(px(32))
        self.grants = GrantTables(self.house.desk, self.foot)
        column.addWidget(self.grants)
        column.addStretch(1)
        whole = Column(ground)
        whole.addLayout(head)
        whole.addWidget(ScrollRoom(inside), 1)
        whole.addWidget(self.foot)
        outer = Column(self)
        outer.addWidget(ground, 1)

    def _computer_part(self) -> QWidget:
        part, grid = _part(self.tr("This computer"), self.tr("These stay on this computer and with your login."))
        self._local(grid, "who", Field(self.tr("Your name"), LineEditor(), help_text=self.tr(
            "The journal writes it beside every change you make.")), wide=True)
        grid.add_head(self.tr("Appearance"))
        themes = (("system", self.tr("System")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self._local(grid, "theme", Field(self.tr("Theme"), SegmentEditor(self.tr("Theme"), themes)))
        sizes = [(n, self.tr("{n} %").format(n=n)) for n in PERCENTS]
        self._local(grid, "text", Field(self.tr("Size of text"), ChoiceEditor(sizes)))
        grid.add_head(self.tr("Language"))
        languages = [("", self.tr("As this computer")), ("en", self.tr("English"))]
        if os.environ.get(PSEUDO_SWITCH):
            languages.append((PSEUDO, self.tr("Stretched test language")))
        self._local(grid, "language", Field(self.tr("Language of dates and countries"), ChoiceEditor(languages),
                                            help_text=self.tr("Holds from the next start.")), wide=True)
        grid.add_head(self.tr("Start"))
        self._local(grid, "start", Field(self.tr("Open the last office at start"), TickEditor(
            self.tr("Open the last office at start"))), wide=True)
        return part

    def _office_part(self) -> QWidget:
        part, grid = _part(self.tr("This office"), self.tr("These travel with the office file."))
        self._bind(grid, "office.name", Field(self.tr("Name of the office"), LineEditor()), wide=True)
        self._bind(grid, "office.unit", Field(self.tr("Department or unit"), LineEditor()), wide=True)
        self._bind(grid, "office.address", Field(self.tr("Address"), TextEditor()), wide=True)
        self._bind(grid, "office.logo", Field(self.tr("Picture of the letterhead"), LogoEditor()), wide=True)
        self._bind(grid, "office.people", Field(self.tr("People who are responsible"), TextEditor(), help_text=self.tr(
            "One name a line. Partners are assigned to them.")), wide=True)
        self._bind(grid, "office.year_start", Field(self.tr("Academic years begin on"), YearStartEditor()), short=True)
        papers = (("A4", self.tr("A4")), ("Letter", self.tr("Letter")))
        self._bind(grid, "office.paper", Field(self.tr("Paper"), SegmentEditor(self.tr("Paper"), papers)), short=True)
        grid.add_head(self.tr("Credits and grades"))
        self._bind(grid, "learning.least", Field(self.tr("Fewest credits a semester"), whole_editor()), short=True)
        self._bind(grid, "learning.most", Field(self.tr("Most credits a semester"), whole_editor()), short=True)
        ties = (("best", self.tr("The best")), ("middle", self.tr("The middle")), ("lowest", self.tr("The lowest")))
        self._bind(grid, "grades.tie", Field(self.tr("Of grades that fit equally"), SegmentEditor(
            self.tr("Of grades that fit equally"), ties)), wide=True)
        self._home_tables = Button(self.tr("Grade tables…"), "link")
        self._home_tables.clicked.connect(self._open_grade_tables)
        grid.add_head(self.tr("Our own institution"), self._home_tables)
        self._bind(grid, "home.name", Field(self.tr("Name"), LineEditor(), required=True), wide=True)
        self._bind(grid, "home.name_original", Field(self.tr("Name in original script"), LineEditor()), wide=True)
        self._bind(grid, "home.country", Field(self.tr("Country"), PickerField(country_options())), short=True)
        self._bind(grid, "home.city", Field(self.tr("City"), LineEditor()), short=True)
        self._bind(grid, "home.website", Field(self.tr("Website"), LineEditor()), wide=True)
        return part

    def _local(self, grid: FormGrid, name: str, field: Field, *, wide: bool = False) -> None:
        cast(QWidget, field.editor).setObjectName(name)
        field.setObjectName(name)
        field.edited.connect(self._local_edited)
        self.fields[name] = field
        grid.add(field, short=not wide, wide=wide)

    def _bind(self, grid: FormGrid, name: str, field: Field, *, wide: bool = False, short: bool = False) -> None:
        grid.add(self.binder.bind(name, field), wide=wide, short=short)

    def _show_local(self) -> None:
        local = self.house.local
        shown = {"who": local.who, "theme": local.theme, "text": _nearest(local.text_percent),
                 "language": local.language, "start": local.open_at_start}
        for name, value in shown.items():
            self.fields[name].set_value(value)

    @Slot(object)
    def _local_edited(self, value: Any) -> None:
        sender = self.sender()
        name = sender.objectName() if sender is not None else ""
        local = self.house.local
        if name == "who":
            local.set_who(value)
            self.house.desk.who = local.who
            self.fields["who"].set_value(local.who)
        elif name == "language":
            local.set_language(value)
        elif name == "start":
            local.set_open_at_start(value)
        elif name == "theme":
            local.set_theme(value)
            self._dress()
        elif name == "text":
            local.set_text_percent(value)
            self._dress()
        local.flush()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, cast(Mode, self.house.local.theme), self.house.local.text_percent)

    def _deed(self, name: str, value: Any) -> Deed[Any] | None:
        if name.startswith(_HOME):
            return self._home_deed(name.removeprefix(_HOME), value or "")
        if name == "office.people":
            value = [line.strip() for line in value.splitlines() if line.strip()]
        if value is None and name.startswith("learning."):
            value = office.DEFAULTS[name]
        if value == self._values.get(name):
            return None
        return office.change_settings(**{name.replace(".", "_", 1): value})

    def _home_deed(self, name: str, value: Any) -> Deed[Any] | None:
        """A change of our own institution, which is not there before it has a name."""
        if self._home is None:
            self._draft[name] = value
            if not self._draft.get("name"):
                return None
            return office.set_home(**self._draft)
        if name == "name" and not value:
            sentence = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Our own institution needs a name"))
            self.binder.refused("home.name", value, Refused(Problem("R00", "block", "name", sentence)))
            return None
        return None if getattr(self._home, name) == value else office.set_home(**{name: value})

    @Slot()
    def _open_grade_tables(self) -> None:
        if self._home is not None:
            open_grade_tables(self, self.house.desk, [self._home])

    @Slot()
    def _opened(self) -> None:
        self._fresh = True
        self._draft.clear()
        self.foot.clear()
        self._renew()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("setting") or changes.ids("partner"):
            self._renew()

    def _renew(self) -> None:
        self._stale = True
        if self._here:
            self._read()

    def _read(self) -> None:
        if self.house.desk.is_open:
            self._stale = False
            self.house.desk.ask(lambda reader: (office.settings(reader), partners.home_institution(reader)), self._take,
                                key=(self, "settings"))

    def _take(self, answer: tuple[dict[str, Any], Institution | None]) -> None:
        self._values, self._home = answer
        if self._home is not None:
            self._draft.clear()
        self._home_tables.setVisible(self._home is not None)
        self.binder.show(self._value, self._fresh)
        self._fresh = False
        locked = self.tr("This office is open for reading only") if self.house.desk.read_only else ""
        self.binder.lock(locked)

    def _value(self, name: str) -> Any:
        if name.startswith(_HOME):
            field = name.removeprefix(_HOME)
            value = getattr(self._home, field) if self._home is not None else self._draft.get(field, "")
            return (value or None) if field == "country" else value
        value = self._values.get(name)
        return "\n".join(str(one) for one in value) if name == "office.people" and value is not None else value


def _part(title: str, what: str) -> tuple[QWidget, FormGrid]:
    """A column of the page: a section's title, what it is, and a grid for its fields."""
    part = QWidget()
    column = Column(part, 0, 0)
    column.addWidget(Words(title, "section"))
    column.addWidget(Words(what, "tiny", "muted", wrap=True))
    column.addSpacing(px(8))
    column.addWidget(Rule(part))
    column.addSpacing(px(12))
    grid = FormGrid(part)
    column.addWidget(grid)
    column.addStretch(1)
    return part, grid


def _nearest(percent: int) -> int:
    return min(PERCENTS, key=lambda known: abs(known - percent))
