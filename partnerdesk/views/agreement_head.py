"""The head of the agreement pane: with whom, what it is called, its number, its state and the version shown."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain.agreements import State
from partnerdesk.domain.vocab import short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.agreements import Dossier
from partnerdesk.models.states import state_chip
from partnerdesk.views.agreement_fields import status_words
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import Avatar, ChipLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row


class AgreementHead(QWidget):
    """Names and state; the partner's name leads to the partner, the version's name chooses another version."""

    open_partner = Signal(int)
    back_wanted = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        column = Column(self, (16, 12, 16, 6), 0)
        top = Row(None, 0, 4)
        self.back = IconButton(Icon.BACK, self.tr("Back to the list"))
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        names = Column(None, 0, 0)
        self.partner = Button("", "link")
        self.partner.clicked.connect(self._open_partner)
        link = Row(None, (-3, 0, 0, 0), 0)
        link.addWidget(self.partner)
        link.addStretch()
        names.addLayout(link)
        self.title = Words("", "record", wrap=True)
        names.addWidget(self.title)
        self.line = ShortWords("", "small", "muted")
        names.addWidget(self.line)
        top.addLayout(names, 1)
        self.print = IconButton(Icon.PRINT, self.tr("Print the partner's summary"))
        self.more = IconButton(Icon.MORE, self.tr("More for this agreement"))
        top.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        chips = Row(None, (0, 6, 0, 0), 6)
        self.state = ChipLabel("neutral", "")
        self.version = Button("", "quiet", small=True)
        self._versions = QMenu(self.version)
        self._versions.triggered.connect(self._choose_version)
        self.version.clicked.connect(self._open_versions)
        self.confidential = ChipLabel("neutral", self.tr("Confidential"), Icon.LOCKED)
        self._avatar = Avatar("")
        self._responsible = ShortWords("", "small", "text2")
        chips.addWidget(self.state)
        chips.addWidget(self.version)
        chips.addWidget(self.confidential)
        chips.addStretch()
        chips.addWidget(self._avatar)
        chips.addWidget(self._responsible)
        column.addLayout(chips)

    def renew(self) -> None:
        """Show the agreement as it is now."""
        about, agreement, version = self._work.about, self._work.agreement, self._work.version
        if about is None or agreement is None or version is None:
            return
        kind = say(short_of("agreement_type", agreement.type))
        self._name_partner(about)
        self.title.setText(agreement.title or kind)
        number = agreement.our_code or self.tr("no number yet")
        self.line.setText(" · ".join(part for part in (kind if agreement.title else "", number) if part))
        chip = state_chip(about.state)
        if chip is not None:
            self.state.show_state(chip.kind, chip.word, chip.icon)
        why = self._why(about)
        self.state.setToolTip(why)
        self.state.setAccessibleDescription(why)
        last = about.file.versions[-1].n
        tag = self.tr("Version {n} of {last}") if last > 1 else self.tr("Version {n}")
        self.version.setText(tag.format(n=version.n, last=last))
        self.version.setAccessibleName(self.tr("{version}, {status}, choose another").format(
            version=self.version.text(), status=status_words(version.status)))
        self.confidential.setVisible(agreement.confidential)
        responsible = about.file.partnership.responsible
        for widget in (self._avatar, self._responsible):
            widget.setVisible(bool(responsible))
        self._avatar.set_name(responsible)
        self._responsible.setText(responsible)
        self._responsible.setAccessibleName(self.tr("Responsible: {name}").format(name=responsible))

    def _name_partner(self, about: Dossier) -> None:
        others = len(about.file.members) - 1
        name = about.file.partner.name if about.file.partner is not None else ""
        self.partner.setText(self.tr("{name} and {n} more").format(name=name, n=others) if others > 0 else name)
        self.partner.setAccessibleName(self.tr("Open {name}").format(name=name))
        self.partner.setVisible(bool(name))

    def _why(self, about: Dossier) -> str:
        """The facts that the state follows from."""
        facts = about.file.facts
        parts = []
        for when, said, missing in (
            (facts.ours_on, self.tr("our side approved on {day}"), self.tr("our approval is missing")),
            (facts.theirs_on, self.tr("the partner approved on {day}"), self.tr("the partner's approval is missing")),
        ):
            parts.append(said.format(day=day(when)) if when else missing)
        current = about.file.current
        starts, ends = about.span(current) if current is not None else (None, None)
        if starts:
            parts.append(self.tr("begins on {day}").format(day=day(starts)))
        if ends:
            parts.append(self.tr("ends on {day}").format(day=day(ends)))
        if facts.notice_on and about.state == State.NOTICE_WINDOW:
            parts.append(self.tr("notice by {day}").format(day=day(facts.notice_on)))
        if facts.termination_on:
            parts.append(self.tr("notice given, ends early on {day}").format(day=day(facts.termination_on)))
        if facts.superseded_on:
            parts.append(self.tr("replaced since {day}").format(day=day(facts.superseded_on)))
        sentence = "; ".join(parts)
        return sentence[:1].upper() + sentence[1:]

    @Slot()
    def _open_partner(self) -> None:
        about = self._work.about
        if about is not None and about.file.partner is not None:
            self.open_partner.emit(about.file.partner.id)

    @Slot()
    def _open_versions(self) -> None:
        about, shown = self._work.about, self._work.version
        if about is None or shown is None:
            return
        self._versions.clear()
        for version in reversed(about.file.versions):
            words = self.tr("Version {n}, {status}").format(n=version.n, status=status_words(version.status))
            action = self._versions.addAction(words)
            action.setData(version.id)
            action.setCheckable(True)
            action.setChecked(version.id == shown.id)
        self._versions.popup(self.version.mapToGlobal(self.version.rect().bottomLeft()))

    @Slot(QAction)
    def _choose_version(self, action: QAction) -> None:
        self._work.show_version(int(action.data()))
