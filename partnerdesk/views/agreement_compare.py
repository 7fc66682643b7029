"""Two versions side by side: equal lines are quiet, what differs has an icon, a word and a colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from partnerdesk.domain.agreements import AgreementVersion
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import RADIUS_CONTROL, px
from partnerdesk.models.agreement_compare import CompareGroup, CompareLine, compare
from partnerdesk.models.agreements import Dossier
from partnerdesk.views.agreement_fields import status_words
from partnerdesk.views.kit.editors import ChoiceEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Words
from partnerdesk.views.kit.layouts import Column

_SIGNS = {"changed": ("warn", Icon.EDIT), "added": ("success", Icon.ADD), "removed": ("danger", Icon.DASH)}


class CompareRow(QWidget):
    """One line: its label with the kind of difference, and what either side says."""

    def __init__(self, line: CompareLine, titles: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._differs = line.difference != "same"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        role = "text" if self._differs else "muted"
        grid = QGridLayout(self)
        grid.setContentsMargins(px(8), px(5), px(8), px(5))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.addWidget(Words(line.label, "tiny", "muted", wrap=True), 0, 0)
        if self._differs:
            kind, icon = _SIGNS[line.difference]
            chip = ChipLabel(kind, self._word(line), icon)
            grid.addWidget(chip, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for column, words in enumerate((line.left, line.right)):
            shown = Words(words, "body", role, wrap=True)
            shown.setAccessibleName(f"{titles[column]}, {line.label}: {words}")
            grid.addWidget(shown, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._differs:
            rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, tokens.current().hover)

    def _word(self, line: CompareLine) -> str:
        words = {"changed": self.tr("Changed"), "added": self.tr("Added"), "removed": self.tr("Removed")}
        return words[line.difference]


class CompareView(QWidget):
    """Chooses two versions and shows them line by line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about: Dossier | None = None
        self._shown: tuple[int, int] | None = None
        self.rows: list[CompareRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, 0, 8)
        form = FormGrid()
        self.left, self.right = ChoiceEditor(), ChoiceEditor()
        form.add(Field(self.tr("Earlier version"), self.left), short=True)
        form.add(Field(self.tr("Later version"), self.right), short=True)
        for editor in (self.left, self.right):
            editor.edited.connect(self._show)
        column.addWidget(form)
        self.only = TickEditor(self.tr("Only what differs"))
        self.only.setAccessibleName(self.tr("Only what differs"))
        self.only.edited.connect(self._show)
        column.addWidget(self.only)
        self.summary = Words("", "small", "text2", wrap=True)
        column.addWidget(self.summary)
        self._room = Column(None, 0, 2)
        column.addLayout(self._room)

    def sizeHint(self) -> QSize:
        return QSize(px(280), super().sizeHint().height())

    def show_dossier(self, about: Dossier, fresh: bool) -> None:
        """Compare versions of an agreement; those chosen stay chosen."""
        self._about = about
        versions = about.file.versions
        choices = [(v.id, self.tr("Version {n}, {status}").format(n=v.n, status=status_words(v.status)))
                   for v in versions]
        held = (self.left.value(), self.right.value())
        for editor in (self.left, self.right):
            editor.set_choices(choices)
        known = {v.id for v in versions}
        if fresh or held[0] not in known or held[1] not in known:
            held = (versions[-2].id if len(versions) > 1 else versions[-1].id, versions[-1].id)
        self.left.set_value(held[0])
        self.right.set_value(held[1])
        self._show()

    @Slot()
    def _show(self) -> None:
        about = self._about
        if about is None:
            return
        left, right = about.version(self.left.value()), about.version(self.right.value())
        if left is None or right is None:
            return
        groups = compare(about, left, right)
        self._clear()
        differ = sum(group.differs for group in groups)
        words = self.tr("Lines that differ: {n}") if differ else self.tr("Both say the same")
        self.summary.setText(words.format(n=differ))
        for group in groups:
            self._add_group(group, (left, right))

    def _add_group(self, group: CompareGroup, versions: Sequence[AgreementVersion]) -> None:
        only = self.only.value()
        lines = [line for line in group.lines if line.difference != "same" or not only]
        if not lines:
            return
        head = Words(group.title, "head", wrap=True)
        head.setContentsMargins(px(8), px(8), 0, px(2))
        self._room.addWidget(head)
        titles = (self.tr("Version {n}").format(n=versions[0].n), self.tr("Version {n}").format(n=versions[1].n))
        for line in lines:
            row = CompareRow(line, titles)
            self.rows.append(row)
            self._room.addWidget(row)

    def _clear(self) -> None:
        self.rows = []
        while (item := self._room.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
