"""The sheet of all keys, made from the command registry, so that it is never out of date."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.paint import MIDDLE, rounded, write
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.commands import Registry, keys_text
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row

HIGHEST = 440


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the sheet: where it belongs, what it does, its keys as they are read."""

    group: str
    label: str
    keys: str


class KeyCaps(QWidget):
    """Keys as they stand on the keyboard: one small box each."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps = keys.split()
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """All boxes and their gaps."""
        return QSize(sum(map(_cap_width, self._caps)) + px(4) * max(0, len(self._caps) - 1), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The boxes from left to right, in every direction of writing."""
        painter, t = QPainter(self), tokens.current()
        left = 0.0
        for cap in self._caps:
            box = QRectF(left, 0, _cap_width(cap), px(20))
            rounded(painter, box, px(tokens.RADIUS_BAR), t.sunken, t.line2)
            write(painter, box, cap, font("count"), t.text2, MIDDLE)
            left += box.width() + px(4)


def key_lines(registry: Registry, more: Sequence[KeyLine] = ()) -> list[KeyLine]:
    """All commands with keys, grouped in the order groups first appear, then `more` (keys of fields and lists)."""
    lines: list[KeyLine] = []
    for command in registry.commands():
        sequences = command.sequences()
        if sequences:
            lines.append(KeyLine(command.group, command.title, keys_text(sequences[0])))
    lines += more
    order = list(dict.fromkeys(line.group for line in lines))
    return sorted(lines, key=lambda line: order.index(line.group))


class ShortcutSheet(DialogShell):
    """Two columns of what to press."""

    def __init__(self, parent: QWidget, lines: Sequence[KeyLine]) -> None:
        title = QCoreApplication.translate("ShortcutSheet", "Keyboard shortcuts")
        super().__init__(parent, title, width=WIDE)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.viewport().setAutoFillBackground(False)
        inner = _two_columns(lines)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        area.setFixedHeight(min(px(HIGHEST), inner.heightForWidth(px(WIDE - 2 * 18) - 2)))
        self.body.addWidget(area)
        self.add_button(self.tr("Close")).setFocus()


def _two_columns(lines: Sequence[KeyLine]) -> QWidget:
    inner = QWidget()
    row = Row(inner, (0, 4, 8, 0), 24)
    groups = list(dict.fromkeys(line.group for line in lines))
    columns = (Column(None, 0, 4), Column(None, 0, 4))
    filled = [0, 0]
    for group in groups:
        members = [line for line in lines if line.group == group]
        side = 0 if filled[0] <= filled[1] else 1
        if filled[side]:
            columns[side].addSpacing(px(10))
        filled[side] += len(members) + 2
        columns[side].addWidget(Words(group, "head"))
        for line in members:
            columns[side].addLayout(_line(line))
    for column in columns:
        column.addStretch()
        row.addLayout(column, 1)
    return inner


def _line(line: KeyLine) -> Row:
    row = Row(None, 0, 8)
    row.addWidget(Words(line.label, "body", "text2", wrap=True), 1)
    row.addWidget(KeyCaps(line.keys), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _cap_width(cap: str) -> int:
    return max(px(20), QFontMetrics(font("count")).horizontalAdvance(cap) + px(10))
