"""The part of the Settings page on papers: rules for documents as a table, credits a semester, ties of grades."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.doc_rules import DocRule
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.models.doc_rules import LISTS, RulesModel
from partnerdesk.services import doc_rules
from partnerdesk.views.agreement_fields import term_options
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import Rule, Words
from partnerdesk.views.kit.layouts import Column, Flow
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.record_grid import RecordGrid

ALL = 1
"""The rules are one thing to ask for; the work wants a number for it."""


class RulesWork(FormWork):
    """Asks for the rules of the office."""

    about: tuple[DocRule, ...] | None

    def question(self, record_id: int) -> Callable[[Any], Any]:
        return doc_rules.rules_of

    def id_of(self, about: Any) -> int:
        return ALL

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.ids("doc_rule"))


class DocumentRules(QWidget):
    """Which documents stays need, as a table that is edited in place; read when it is first seen."""

    def __init__(self, desk: Desk, foot: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._awaited = 0
        self._work = RulesWork(desk, foot, self)
        self._work.renewed.connect(self._renew)
        self._work.failed.connect(self._tell)
        column = Column(self, 0, 0)
        column.addWidget(Words(self.tr("Documents of stays"), "section"))
        column.addWidget(Words(self.tr(
            "Which documents a stay is asked for, and from when they are due. Where several rules ask for the same "
            "one, the one that says most about the stay holds."), "tiny", "muted", wrap=True))
        column.addSpacing(px(8))
        column.addWidget(Rule(self))
        self._bar = MessageBar()
        self._bar.hide()
        column.addWidget(self._bar)
        self.model = RulesModel()
        self.grid = RecordGrid(self.tr("Documents of stays"), self.model, self._work, self._rule_deed, _options)
        self.grid.add_wanted.connect(self.add_rule)
        self.grid.remove_wanted.connect(self.remove_rules)
        column.addWidget(self.grid)
        column.addSpacing(px(8))
        self._deeds = QWidget()
        flow = Flow(self._deeds, 8)
        for words, icon, act in ((self.tr("Add rule"), Icon.ADD, self.add_rule),
                                 (self.tr("Remove rules"), Icon.DELETE, self.remove_rules),
                                 (self.tr("Return to the usual rules"), Icon.UNDO, self.restore)):
            button = Button(words, small=True, icon=icon)
            button.clicked.connect(act)
            flow.addWidget(button)
        column.addWidget(self._deeds)

    def read(self) -> None:
        """Read the rules of the office that is open; those shown stay until they come."""
        if self._work.about is None:
            self._work.show_id(ALL)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self._work.flush()

    @Slot()
    def add_rule(self) -> None:
        """Add a rule and go to it."""
        if not self._work.desk.read_only:
            self._work.do(doc_rules.add_rule(DocRule(kind="other", due_days=-14)), self._added)

    @Slot()
    def remove_rules(self) -> None:
        """Take the chosen rules away."""
        if self.grid.chosen and not self._work.desk.read_only:
            self._work.do(doc_rules.remove_rules(tuple(self.grid.chosen)))

    @Slot()
    def restore(self) -> None:
        """Return to the starting set."""
        self._work.do(doc_rules.restore_rules())

    def _rule_deed(self, rule: DocRule, fields: Mapping[str, Any]) -> Deed[Any]:
        return doc_rules.change_rule(rule, **fields)

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        rules = self._work.about or ()
        read_only = self._work.desk.read_only
        if fresh:
            self._bar.clear()
        self._deeds.setVisible(not read_only)
        self.grid.show_records(rules, read_only, other=fresh)
        if self._awaited and self.model.row_of(self._awaited) >= 0:
            self.grid.go_to(self._awaited, "kind")
            self.grid.setFocus()
            self._awaited = 0

    @Slot(object)
    def _added(self, rule_id: int) -> None:
        self._awaited = rule_id

    @Slot(str, str)
    def _tell(self, sentence: str, _: str) -> None:
        self._bar.show_message("warn", self.tr("Not done:"), sentence)


def _options(key: str, _: Any) -> list[Option]:
    every = [] if key in ("kind", "stage", "anchor") else [Option("", "—")]
    return every + term_options(LISTS[key])
