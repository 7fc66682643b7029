"""One icon a meaning, drawn from Lucide's strokes in the colours of the theme, on screen and on paper."""

import json
from enum import StrEnum, unique
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPagedPaintDevice, QPainter, QPicture, QPixmap
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from partnerdesk.domain.resources import resource_path
from partnerdesk.look import tokens
from partnerdesk.look.tokens import STROKE

SVG = "http://www.w3.org/2000/svg"


@unique
class Icon(StrEnum):
    """What an icon means; the value is the name of Lucide's drawing, and no drawing means two things."""

    STUDENTS = "graduation-cap"
    STAFF = "presentation"
    RESEARCH = "flask-conical"
    CURRICULUM = "book-open"
    PRACTICE = "lightbulb"

    HOLDS = "circle-check"  # in effect, saved
    SOON = "clock"  # expiring, saving
    NOTICE = "bell"
    WAITING = "hourglass"  # with the partner
    DRAFT = "circle-dashed"
    STARTS_LATER = "calendar"
    ENDED = "circle-x"
    TERMINATING = "circle-slash"
    TIER = "star"
    PROBLEM = "triangle-alert"
    INFO = "info"
    LOCKED = "lock"

    WELCOME = "house"
    TODAY = "calendar-check"
    PARTNERS = "building-2"
    AGREEMENTS = "file-text"
    PLACES = "table-2"
    BALANCE = "scale"
    PEOPLE = "users"
    STAYS = "send"
    COHORTS = "layers"
    PROJECTS = "chart-gantt"
    MILESTONE = "diamond"  # a point that can be verified
    DELIVERABLE = "package-check"
    OUTPUT = "trophy"  # what came of it
    RISK = "shield-alert"
    STRETCH = "move-horizontal"  # a plan to another end
    VISITS = "briefcase-business"
    MAP = "globe"
    IMPACT = "gauge"
    PRINT = "printer"
    DATA = "database"
    SETTINGS = "settings"
    QUALITY = "badge-check"
    FOLLOWUP = "list-todo"
    REVIEW = "heart-pulse"
    MONEY = "banknote"
    CONTACT = "user"
    HISTORY = "history"
    TRASH = "archive"
    BACKUP = "archive-restore"
    UNIT = "list-tree"

    OUT = "arrow-up-right"  # from us to a partner
    IN = "arrow-down-left"
    APPLIED = "inbox"
    SELECTED = "user-check"
    NOMINATED = "clock-arrow-up"
    ACCEPTED = "handshake"
    PREPARING = "luggage"
    ABROAD = "plane"
    RETURNED = "plane-landing"
    RECOGNISED = "award"
    CLOSED = "folder-check"
    DECLINED = "user-x"
    REJECTED = "octagon-x"
    WITHDRAWN = "user-minus"
    INTERRUPTED = "circle-pause"
    CALLS = "megaphone"
    OFFERED = "mail-question-mark"
    QUEUED = "list-ordered"
    BOARD = "square-kanban"
    LIST = "list"
    STRIP = "calendar-range"
    MISSING = "file-exclamation-point"

    SEARCH = "search"
    ADD = "plus"
    REMOVE = "x"
    DELETE = "trash-2"
    EDIT = "pencil"
    DUPLICATE = "copy"
    IMPORT = "upload"
    EXPORT = "download"
    OPEN_FILE = "folder-open"
    NEW_FILE = "file-plus"
    SAVE_FILE = "save"
    BACK = "arrow-left"
    FORWARD = "arrow-right"
    UNDO = "undo-2"
    REDO = "redo-2"
    MORE = "ellipsis"
    MENU = "menu"
    COLUMNS = "columns-3"
    FILTER = "list-filter"
    OPEN_LINK = "external-link"
    LINK = "link"
    PLACE = "map-pin"
    DATE = "calendar-days"
    PREVIEW = "eye"
    COMPARE = "git-compare"
    MERGE = "merge"
    MAIL = "mail"
    PHONE = "phone"
    DOCUMENT = "paperclip"
    SIGN = "pen-line"
    APPROVE = "file-check"
    RENEW = "refresh-cw"
    SNOOZE = "alarm-clock"
    PASTE = "clipboard-paste"
    SPREADSHEET = "sheet"
    PLAY = "play"
    PAUSE = "pause"
    HELP = "circle-question-mark"
    KEYBOARD = "keyboard"
    COMMAND = "command"
    LANGUAGE = "languages"
    QUIT = "log-out"

    TICK = "check"
    DASH = "minus"
    DOWN = "chevron-down"
    UP = "chevron-up"
    LEFT = "chevron-left"
    RIGHT = "chevron-right"
    GRIP = "grip-vertical"


COOPERATION = (
    ("students", Icon.STUDENTS),
    ("staff", Icon.STAFF),
    ("research", Icon.RESEARCH),
    ("curriculum", Icon.CURRICULUM),
    ("practice", Icon.PRACTICE),
)


def icon(meaning: Icon, role: str = "text2", stroke: float = STROKE) -> QIcon:
    """An icon in the colour `role` of whatever theme is current when it is painted."""
    return QIcon(LookIconEngine(meaning, role, stroke))


POINTING = frozenset({Icon.BACK, Icon.FORWARD, Icon.LEFT, Icon.RIGHT, Icon.UNDO, Icon.REDO})
"""What turns round where the writing runs from right to left."""


def mirror(painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection) -> None:
    """Let everything painted from now on change its side within `rect` where the writing runs from right to left.

    Shapes are turned; words and icons stay readable, for they turn back where they are drawn.
    """
    if direction == Qt.LayoutDirection.RightToLeft:
        painter.translate(rect.left() + rect.right(), 0)
        painter.scale(-1, 1)


def is_mirrored(painter: QPainter) -> bool:
    """Whether left and right have changed places."""
    return painter.worldTransform().m11() < 0


def paint_icon(painter: QPainter, rect: QRectF, meaning: Icon, color: QColor, stroke: float = STROKE) -> None:
    """Draw the icon centred in the largest square of `rect`; `stroke` is on a 24 grid.

    On a widget it is a picture kept at the screen's pixels, elsewhere (paper, other pictures) strokes.
    """
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    if is_mirrored(painter) and meaning not in POINTING:
        painter.save()
        mirror(painter, square, Qt.LayoutDirection.RightToLeft)
        paint_icon(painter, square, meaning, color, stroke)
        painter.restore()
        return
    argb = color.name(QColor.NameFormat.HexArgb)
    device = painter.device()
    on_screen = not isinstance(device, QPagedPaintDevice | QImage | QPicture | QSvgGenerator)
    if on_screen and not painter.worldTransform().isScaling():
        ratio = device.devicePixelRatio()
        place = QPointF(round(square.left() * ratio) / ratio, round(square.top() * ratio) / ratio)
        painter.drawPixmap(place, _kept(meaning, argb, stroke, side, ratio))
    else:
        _renderer(meaning, argb, stroke).render(painter, square)


class LookIconEngine(QIconEngine):
    """Paints an icon from its strokes each time, so that it follows the theme and any pixel ratio."""

    def __init__(self, meaning: Icon, role: str, stroke: float) -> None:
        super().__init__()
        self._meaning = meaning
        self._role = role
        self._stroke = stroke

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        paint_icon(painter, QRectF(rect), self._meaning, tokens.current().role(role), self._stroke)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(size, mode, state)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in px of the screen's own measure; the picture has `scale` times as many."""
        pixmap = self._drawn((size.toSizeF() * scale).toSize(), mode, state)
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def clone(self) -> QIconEngine:
        return LookIconEngine(self._meaning, self._role, self._stroke)

    def _drawn(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return QPixmap.fromImage(image)


@lru_cache(maxsize=1024)
def _kept(meaning: Icon, argb: str, stroke: float, side: float, ratio: float) -> QPixmap:
    """The icon as a picture of `side` px at the screen's pixel `ratio`."""
    pixels = max(1, round(side * ratio))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(meaning, argb, stroke).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


@cache
def _strokes() -> dict[str, str]:
    """The strokes of each drawing, made by resources/make_icons.py."""
    found: dict[str, str] = json.loads(resource_path("icons", "strokes.json").read_text(encoding="utf-8"))
    return found


@cache
def _renderer(meaning: Icon, argb: str, stroke: float) -> QSvgRenderer:
    color = QColor(argb)
    pen = f'stroke="{color.name()}" stroke-opacity="{color.alphaF():.3f}" stroke-width="{stroke}"'
    shape = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    svg = f'<svg xmlns="{SVG}" viewBox="0 0 24 24" {shape} {pen}>{_strokes()[meaning.value]}</svg>'
    return QSvgRenderer(QByteArray(svg.encode()))
