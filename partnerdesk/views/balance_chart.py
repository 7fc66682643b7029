"""The chart of a balance in a form; what it shows is also said in words and stands in the table beneath."""

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.balance import HIGH, BalanceChart, paint_balance, paint_legend
from partnerdesk.look.tokens import px

LEGEND = 20


class BalanceView(QWidget):
    """Paints a chart with its legend above."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = BalanceChart(())
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @property
    def chart(self) -> BalanceChart:
        """What it shows."""
        return self._chart

    def show_chart(self, chart: BalanceChart, sentence: str) -> None:
        """Show another chart; `sentence` is all of it in words."""
        self._chart = chart
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(HIGH + LEGEND))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        legend = px(LEGEND)
        paint_legend(painter, QRectF(0, 0, self.width(), legend), self._chart)
        paint_balance(painter, QRectF(0, legend, self.width(), self.height() - legend), self._chart)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(px(HIGH + LEGEND))
        self.update()
