"""List and form side by side, or taking turns where the window is narrow."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.layouts import Measured
from partnerdesk.views.local import Local

STACKS_BELOW = 900
TABLE_MIN, LIST_MIN, DETAIL_MIN, DETAIL_WIDE, DETAIL_LARGE, WIDE_FROM = 480, 300, 340, 392, 560, 1500


class ListSplit(QStackedWidget):
    """`stacked_changed(stacked)` when the two begin or cease to take turns; the user's share of the width is kept."""

    stacked_changed = Signal(bool)

    def __init__(self, left: QWidget, right: QWidget, local: Local, name: str, parent: QWidget,
                 wide: int = DETAIL_WIDE) -> None:
        """`wide` is what the form has where the window is of the usual width, until the user chooses."""
        super().__init__(parent)
        self._detail_wide = wide
        self._right, self._local, self._note = right, local, f"{name}/detail"
        self._stacked = False
        self._wide = False
        self._widths = (0, 0)
        Measured(left, width_min=LIST_MIN)
        Measured(right, width_min=DETAIL_MIN)
        self._beside = QSplitter(Qt.Orientation.Horizontal, self)
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(left)
        self._beside.addWidget(right)
        self._beside.setStretchFactor(0, 1)
        self._beside.splitterMoved.connect(self._moved)
        self.addWidget(self._beside)
        tokens.watch().changed.connect(self._refit)

    @property
    def stacked(self) -> bool:
        """Whether list and form take turns."""
        return self._stacked

    def show_list(self) -> None:
        """Where they take turns, it is the list's."""
        if self._stacked:
            self.setCurrentIndex(0)

    def show_detail(self) -> None:
        """Where they take turns, it is the form's."""
        if self._stacked:
            self.setCurrentIndex(1)

    def fit(self, window_width: int, width: int) -> None:
        """Arrange both for a window of that width, and the page in it of that width."""
        self._widths = (window_width, width)
        stacked = window_width < px(STACKS_BELOW)
        if stacked != self._stacked:
            self._stacked = stacked
            self._rearrange(width)
            self.stacked_changed.emit(stacked)
        elif not stacked and (width >= px(WIDE_FROM)) != self._wide:
            self._share_width(width)

    def _share_width(self, width: int) -> None:
        """Give the form its width: what the user chose, else more of it where the window is wide."""
        self._wide = width >= px(WIDE_FROM)
        chosen = self._local.note(self._note)
        usual = max(DETAIL_LARGE, self._detail_wide) if self._wide else self._detail_wide
        right = int(chosen) if chosen.isdigit() else px(usual)
        self._beside.setSizes([max(px(TABLE_MIN), width - right), right])

    def _rearrange(self, width: int) -> None:
        place = self.currentIndex()
        if self._stacked:
            self.addWidget(self._right)
            self.setCurrentIndex(max(0, place))
        else:
            self.setCurrentIndex(0)
            self._beside.addWidget(self._right)
            self._right.show()
            self._share_width(width)

    @Slot()
    def _refit(self) -> None:
        """Larger text needs more room: arrange anew, and share the width again."""
        before = self._stacked
        self.fit(*self._widths)
        if not self._stacked and not before:
            self._share_width(self._widths[1])

    @Slot(int, int)
    def _moved(self, *_: int) -> None:
        self._local.keep_note(self._note, str(self._beside.sizes()[1]))
