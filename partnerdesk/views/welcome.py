"""The page one sees without an office: begin one, open one, look at a sample."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import IconLabel, Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row

WIDE = 520


class Welcome(Pane):
    """`chosen` carries new, open or sample; `recent_chosen` the path of an office opened before."""

    chosen = Signal(str)
    recent_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        middle = QWidget(self)
        middle.setFixedWidth(px(WIDE))
        self._column = Column(middle, 0, 8)
        self._column.addWidget(IconLabel(Icon.PARTNERS, "accent_text", 28))
        self._column.addWidget(Words(self.tr("Welcome to PartnerDesk"), "title"))
        for sentence in (self.tr("One file keeps your partner institutions, agreements and contacts."),
                         self.tr("It stays on your computer.")):
            self._column.addWidget(ShortWords(sentence, "body", "text2"))
        self._column.addSpacing(px(8))
        row = Row(None, 0, 8)
        for name, words, kind, icon in (
            ("new", self.tr("New office"), "primary", Icon.NEW_FILE),
            ("open", self.tr("Open an office"), "secondary", Icon.OPEN_FILE),
        ):
            button = self._button(name, words, kind, icon)
            row.addWidget(button)
            if kind == "primary":
                self.setFocusProxy(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self._button("sample", self.tr("Look at the sample office"), "link", None))
        self._recent = Column(None, 0, 2)
        self._column.addSpacing(px(16))
        self._column.addLayout(self._recent)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the offices opened lately."""
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        if paths:
            self._recent.addWidget(Words(self.tr("Opened lately"), "head", "text"))
        for path in paths:
            button = Button(f"{path.stem}  ·  {path.parent}", "link", parent=self)
            button.setObjectName(str(path))
            button.clicked.connect(self._recent_pressed)
            self._recent.addWidget(button)

    def _button(self, name: str, words: str, kind: str, icon: Icon | None) -> Button:
        kinds = {"primary": "primary", "secondary": "secondary", "link": "link"}
        button = Button(words, kinds[kind], icon=icon, parent=self)  # type: ignore[arg-type]
        button.setObjectName(name)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())

    @Slot()
    def _recent_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.recent_chosen.emit(sender.objectName())
