"""Stays on the pointer: what is dragged from the board to another column, or to a cohort."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look.paint import badge
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number
from partnerdesk.views.stay_card import HIGH, paint_card

STAYS = "application/x-partnerdesk-stays"


def mime_of(ids: Sequence[int]) -> QMimeData:
    """Stays as what a drag carries."""
    data = QMimeData()
    data.setData(STAYS, json.dumps(list(ids)).encode())
    return data


def ids_of(data: QMimeData) -> list[int]:
    """The stays that a drag carries; none where it carries something else."""
    if not data.hasFormat(STAYS):
        return []
    found = json.loads(bytes(data.data(STAYS).data()).decode() or "[]")
    return [int(one) for one in found]


def drag_of(source: QWidget, ids: Sequence[int], card: StayCard, size: QSize, at: QPoint) -> QDrag:
    """A drag of stays that shows the card the pointer took hold of, and how many go with it."""
    drag = QDrag(source)
    drag.setMimeData(mime_of(ids))
    drag.setPixmap(_picture(source, card, size, len(ids)))
    drag.setHotSpot(at)
    return drag


def _picture(source: QWidget, card: StayCard, size: QSize, n: int) -> QPixmap:
    ratio = source.devicePixelRatioF()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    painter.setOpacity(0.9)
    box = QRectF(0, px(6), size.width() - px(6), px(HIGH))
    paint_card(painter, box, card, chosen=True, direction=source.layoutDirection())
    if n > 1:
        badge(painter, size.width(), px(9), number(n))
    painter.end()
    return picture
