"""Inter in the steps of the type scale, with the system's fonts for scripts Inter does not have."""

from functools import cache

import fontpkg_inter
from PySide6.QtCore import QByteArray, QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase

from partnerdesk.look import tokens
from partnerdesk.look.tokens import TYPES

FAMILY = "Inter"
VARIABLE_FILE = "Inter[opsz,wght].ttf"

OTHER_SCRIPTS = (
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK JP",
    "Yu Gothic UI",
    "Hiragino Sans",
    "Noto Sans CJK KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans Arabic",
    "Segoe UI",
    "Geeza Pro",
    "Noto Sans Hebrew",
    "Arial Hebrew",
    "Noto Sans Thai",
    "Leelawadee UI",
    "Thonburi",
    "Noto Sans Devanagari",
    "Nirmala UI",
    "Kohinoor Devanagari",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Ethiopic",
)


@cache
def families() -> tuple[str, ...]:
    """Inter, loaded once from its package, then the fall-backs this machine has."""
    # Qt warns of each family it passes over on its way to the one that can shape an Indic script
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    data = (fontpkg_inter.ROOT / "files" / VARIABLE_FILE).read_bytes()
    QFontDatabase.addApplicationFontFromData(QByteArray(data))
    here = set(QFontDatabase.families())
    return (FAMILY, *(name for name in OTHER_SCRIPTS if name in here))


def font(style: str, weight: int | None = None) -> QFont:
    """The screen font of a type `style` at the user's text size; `weight` (400, 500, 600) overrides."""
    return QFont(kept_font(style, weight))


def kept_font(style: str, weight: int | None = None) -> QFont:
    """As `font`, but the one kept instance, for painters: never to be changed."""
    return _made(style, weight or TYPES[style].weight, tokens.scale())


def sized(pixels: float, weight: int = 400) -> QFont:
    """A font of `pixels` height whatever the user's text size, for pictures inside a given frame."""
    return _sized(pixels, weight, tabular=False)


def line_height(style: str) -> int:
    """The height of a line of `style` in px at the user's text size."""
    return tokens.px(TYPES[style].line)


@cache
def _made(style: str, weight: int, factor: float) -> QFont:
    step = TYPES[style]
    made = _sized(step.px * factor, weight, tabular=step.tabular)
    if step.spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, step.spacing * factor)
    return made


def _sized(pixels: float, weight: int, *, tabular: bool) -> QFont:
    made = _plain(weight)
    # said even when off, for a widget's font inherits what is left open from the program's
    made.setFeature(QFont.Tag("tnum"), int(tabular))
    # Qt draws whole pixels only, so 11.5 is drawn as 12
    made.setPixelSize(int(pixels + 0.5))
    return made


def _plain(weight: int) -> QFont:
    made = QFont()
    made.setFamilies(list(families()))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
