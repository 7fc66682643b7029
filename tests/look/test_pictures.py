"""What the painters draw, against pictures looked at once; PARTNERDESK_NEW_PICTURES=1 draws them anew."""

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from partnerdesk.look import tokens
from partnerdesk.look.coverage import Coverage, Lane, Notice, Segment, Year, paint_coverage
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import avatar, badge, chip, cooperation, filter_chip, meter

PICTURES = Path(__file__).parent / "pictures"
THEMES = {"light": tokens.light, "dark": tokens.dark, "print": tokens.paper}
CHIPS = (
    ("success", "In effect", Icon.HOLDS),
    ("warn", "Notice due", Icon.NOTICE),
    ("danger", "Expired", Icon.ENDED),
    ("info", "With partner", Icon.WAITING),
    ("neutral", "Draft", Icon.DRAFT),
    ("accent", "Starts later", Icon.STARTS_LATER),
)


def draw_shapes(painter, t):
    left = 8.0
    for place, (kind, word, icon) in enumerate(CHIPS):
        if place == 3:
            left = 8.0
        left += chip(painter, QRectF(left, 6 + 28 * (place // 3), 200, 24), kind, word, icon, t) + 6
    cooperation(painter, QRectF(8, 66, 90, 20), {"students", "research", "practice"}, t.text2, t)
    meter(painter, QRectF(120, 74, 60, 5), 4, 6, 1, t)
    meter(painter, QRectF(200, 74, 60, 5), 9, 8, 0, t)
    filter_chip(painter, QRectF(8, 96, 118, 24), "Country: China", active=True, closable=True, t=t)
    filter_chip(painter, QRectF(132, 96, 70, 24), "Filter", adds=True, t=t)
    avatar(painter, QRectF(208, 98, 20, 20), "Marta Ilves", t)
    badge(painter, 262, 108, "7", t)


def draw_coverage(painter, t):
    years = tuple(Year(f"{y % 100}/{y % 100 + 1}", date(y, 9, 1), date(y + 1, 8, 31)) for y in range(2022, 2028))
    notices = (Notice(date(2026, 9, 1), "notice 1 Sep"),)
    lanes = (
        Lane("Student exchange", (Segment(None, date(2027, 8, 31)),), notices),
        Lane(
            "Staff exchange",
            (Segment(date(2022, 9, 1), date(2023, 8, 31)), Segment(date(2023, 9, 1), date(2024, 8, 31), "gap")),
        ),
        Lane("Joint master", (Segment(date(2025, 9, 1), None, "draft"),)),
    )
    paint_coverage(painter, QRectF(8, 4, 264, 126), Coverage(years, lanes, date(2026, 3, 2), "gap"), t, 1.0)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("draw", [draw_shapes, draw_coverage], ids=["shapes", "coverage"])
def test_that_the_painters_draw_what_was_approved(qapp, theme, draw, tmp_path):
    t = THEMES[theme]()
    tokens.set_current(tokens.light(), 100)
    image = QImage(280, 132, QImage.Format.Format_RGB32)
    image.fill(t.surface)
    painter = QPainter(image)
    draw(painter, t)
    painter.end()
    path = PICTURES / f"{draw.__name__.removeprefix('draw_')}_{theme}.png"
    if os.environ.get("PARTNERDESK_NEW_PICTURES"):
        image.save(str(path))
    approved = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert approved.size() == image.size()
    assert differing(approved, image) <= 0.002, f"see {save(image, tmp_path / path.name)}"


def save(image, path):
    image.save(str(path))
    return path


def differing(one, other):
    """The share of pixels that differ by more than a shade."""
    pairs = [
        (one.pixelColor(x, y).getRgb(), other.pixelColor(x, y).getRgb())
        for x in range(one.width())
        for y in range(one.height())
    ]
    far = sum(max(abs(a - b) for a, b in zip(p, q, strict=True)) > 24 for p, q in pairs)
    return far / len(pairs)
