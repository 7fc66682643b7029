"""The map on paper: alone as PDF, drawing and picture, in a brief, and small beside the head of a summary."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.domain.documents import Head, Letterhead, PrintDocument, WorldMap
from partnerdesk.domain.worldmap import project
from partnerdesk.look import tokens
from partnerdesk.look.worldmap import LegendRow, MapValues, Pin, PinBoard
from partnerdesk.look.worldshapes import shape
from partnerdesk.paper import mappart
from partnerdesk.paper.flow import flow_pages
from partnerdesk.paper.mappart import LOCATOR, MapPart, locator_room
from partnerdesk.paper.onepage import one_page
from partnerdesk.paper.page import Drawn, Page, paint
from partnerdesk.paper.worldmap import MapSheet, map_pdf, map_png, map_svg, write_map

pytestmark = pytest.mark.usefixtures("qapp")
DOCUMENT = PrintDocument("Brief", "Country brief", Letterhead("Northbridge"), Head("France"), (), "foot")


def sheet() -> MapSheet:
    t = tokens.paper()
    values = MapValues({"FR": t.sequential[5]}, PinBoard([Pin(1, project(2.3, 48.8))]), project(8.5, 47.4))
    legend = (LegendRow(None, "Nothing", t.map_none, 249, True), LegendRow(0, "1 <and> more", t.sequential[5], 1, True))
    return MapSheet(shape(), values, "Stays 2025/2026", "2 Mar 2026", legend)


@pytest.mark.parametrize(("paper", "wide", "high"), [("A4", 842, 595), ("A3", 1191, 842)])
def test_that_a_pdf_is_one_page_on_its_side(paper: str, wide: int, high: int) -> None:
    data = map_pdf(sheet(), paper)
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page[^s]", data)) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", data)
    assert box is not None
    assert (float(box[1]), float(box[2])) == pytest.approx((wide, high), abs=1.5)


def test_that_a_drawing_is_sound_xml_with_the_land_as_shapes() -> None:
    from xml.etree import ElementTree

    data = map_svg(replace(sheet(), title="A <b> title & more"))
    assert b"<b>" not in data
    root = ElementTree.fromstring(data)
    assert sum(1 for one in root.iter() if one.tag.endswith("path")) > 200


def test_that_a_picture_shows_the_country_in_its_colour() -> None:
    picture = QImage.fromData(QByteArray(map_png(sheet())))
    assert picture.size() == QSize(2245, 1587)
    color = tokens.paper().sequential[5]
    found = sum(picture.pixelColor(x, y) == color for x in range(900, 1300, 3) for y in range(300, 700, 3))
    assert found > 20


def test_that_the_ending_decides_what_is_written() -> None:
    assert write_map(sheet(), ".svg").startswith(b"<?xml")
    assert write_map(sheet(), ".png").startswith(b"\x89PNG")
    assert write_map(sheet(), ".pdf").startswith(b"%PDF")


def test_that_a_brief_has_its_map_and_a_program_without_one_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    block = WorldMap("Map", ("FR",), ((2.3, 48.8),))
    with_map = flow_pages(replace(DOCUMENT, blocks=(block,)))
    assert [type(one) for page in with_map for one in page.items].count(Drawn) == 1
    monkeypatch.setattr(mappart, "world", lambda: None)
    without = flow_pages(replace(DOCUMENT, blocks=(block,)))
    assert not [one for page in without for one in page.items if isinstance(one, Drawn)]
    assert MapPart(block).height(0) == 0


def test_that_a_summary_has_a_small_map_of_its_country_beside_its_name() -> None:
    page = one_page(replace(DOCUMENT, head=Head("Sorbonne", country="FR", point=(2.3, 48.8))))
    (drawn,) = [one for one in page.items if isinstance(one, Drawn)]
    assert drawn.box()[2] == pytest.approx(page.paper.width - page.paper.side)
    assert (drawn.width, drawn.height) == LOCATOR
    assert not [one for one in one_page(DOCUMENT).items if isinstance(one, Drawn)]
    assert locator_room(Head("Nowhere", country="QQ")) == 0


def test_that_the_small_map_fills_the_country_and_marks_the_place() -> None:
    page = one_page(replace(DOCUMENT, head=Head("Sorbonne", country="FR", point=(2.3, 48.8))))
    assert painted(page).count(tokens.paper().accent.name()) > 100


def test_that_borders_are_as_thin_in_a_preview_as_on_paper() -> None:
    """A line that keeps its width whatever the scale would cover small countries where a page is shown small."""
    page = flow_pages(replace(DOCUMENT, blocks=(WorldMap("Map", ("FR",)),)))[0]
    picture = QImage(595, 842, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    paint(painter, page, 1.0, snap=True)
    painter.end()
    (drawn,) = [one for one in page.items if isinstance(one, Drawn)]
    rows = range(int(drawn.y) + 4, int(drawn.y + drawn.height) - 4, 2)
    edge, land = tokens.paper().map_line, tokens.paper().map_none
    dots = [picture.pixelColor(x, y) for y in rows for x in range(380, 540)]
    assert dots.count(land) > 10 * dots.count(edge)


def painted(page: Page) -> list[str]:
    """The colours of every second dot of the upper right corner of a page."""
    picture = QImage(1190, 1684, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    paint(painter, page, 2.0, snap=True)
    painter.end()
    corner = QRectF(900, 40, 250, 260).toRect()
    return [picture.pixelColor(x, y).name() for x in range(corner.left(), corner.right(), 2)
            for y in range(corner.top(), corner.bottom(), 2)]
