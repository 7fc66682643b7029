"""The map as drawn: every country under the pointer, no streaks, no gaps, what lies on it."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.domain.countries import countries
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.worldmap import project
from partnerdesk.formats.worldfile import read_world
from partnerdesk.look import tokens
from partnerdesk.look.worldmap import (
    Flow,
    MapValues,
    Pin,
    PinBoard,
    Under,
    paint_land,
    paint_marks,
    paint_outline,
)
from partnerdesk.look.worldshapes import HOME, Shape, View, fitting, shape

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(800, 600)
ROOM = QRectF(0, 0, 800, 600)
POINTS = """
Laayoune -13.20 27.15 EH|Boujdour -14.0 26.0 EH|Tifariti -10.6 26.16 EH|Simferopol 34.10 44.95 UA
Sevastopol 33.55 44.62 UA|Maseru 27.56 -29.40 LS|San Marino 12.45 43.94 SM|Vaduz 9.53 47.15 LI
Singapore 103.82 1.36 SG|Suva 178.3 -18.0 FJ|Taveuni -179.97 -16.83 FJ|Egvekinot -179.2 66.5 RU|Bilibino 166.4 68.0 RU
Provideniya -173.2 64.45 RU|Seward -165.4 64.6 US|Honolulu -158.0 21.45 US|Andorra 1.52 42.53 AD
Luxembourg 6.1 49.6 LU|Malta 14.43 35.9 MT|Pristina 21.16 42.66 XK|Hargeisa 44.06 9.56 SO|Kyrenia 33.32 35.30 CY
Nicosia 33.2 35.0 CY|Taipei 121.5 25.05 TW|Hong Kong 114.15 22.4 HK|Cayenne -52.5 4.6 GF|Fort-de-France -61.0 14.65 MQ
Saint-Denis 55.5 -21.1 RE|Longyearbyen 16.0 78.3 SJ|Gaza 34.35 31.4 PS|Ramallah 35.2 31.95 PS|Kaliningrad 21.0 54.7 RU
Cabinda 12.2 -5.3 AO|Oecusse 124.35 -9.3 TL|Nakhchivan 45.4 39.2 AZ|Temburong 115.1 4.6 BN|Mbabane 31.4 -26.5 SZ
Wellington 175.5 -41.1 NZ|Nuuk -50.0 65.5 GL|Ushuaia -68.0 -54.5 AR|Kinshasa 15.5 -4.5 CD|Brazzaville 15.0 -4.0 CG
Chisinau 28.85 47.0 MD|Bolzano 11.35 46.5 IT|Port Louis 57.55 -20.25 MU|Gibraltar -5.35 36.14 GI|Longyear 15 78 SJ
"""
NAMED = [part.rsplit(" ", 3) for line in POINTS.strip().splitlines() for part in line.split("|")]


@pytest.fixture(scope="module")
def world(qapp: object) -> Shape:
    return shape()


def close_to(longitude: float, latitude: float, wide: float = 8.0) -> View:
    x, y = project(longitude, latitude)
    return fitting(QRectF(x - wide / 2, y - wide / 2, wide, wide), ROOM)


def drawn(world: Shape, view: View, values: MapValues, fine: bool = True) -> QImage:
    picture = QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint_land(painter, ROOM, world, view, values, tokens.light(), fine=fine)
    painter.end()
    return picture


@pytest.mark.parametrize(("name", "longitude", "latitude", "code"), NAMED)
def test_that_a_named_place_lies_in_its_country(
        world: Shape, name: str, longitude: str, latitude: str, code: str) -> None:
    view = close_to(float(longitude), float(latitude))
    assert Under(world, view, SIZE).at(400, 300) == code, name


@pytest.mark.parametrize(("name", "longitude", "latitude", "code"), NAMED)
def test_that_a_named_place_is_painted_in_the_colour_of_its_country(
        world: Shape, name: str, longitude: str, latitude: str, code: str) -> None:
    if code in world.world.areas:
        red = QColor("#ff0000")
        picture = drawn(world, close_to(float(longitude), float(latitude), 1.0), MapValues({code: red}))
        assert picture.pixelColor(400, 300) == red, name


def test_that_every_country_can_be_clicked_at_some_zoom(world: Shape) -> None:
    missing = []
    for each in countries():
        x, y = world.world.places[each.code]
        for wide in (1000.0, 60.0, 6.0, 1.0):
            view = fitting(QRectF(x - wide / 2, y - wide / 2, wide, wide), ROOM)
            if Under(world, view, SIZE).at(400, 300) == each.code:
                break
        else:
            missing.append(each.code)
    assert missing == []


def test_that_no_streak_runs_across_the_sea_at_any_edge(world: Shape) -> None:
    """Of Russia, Fiji, the United States and Kiribati nothing lies where no land of theirs is."""
    view = fitting(HOME, ROOM)
    under = Under(world, view, SIZE)
    for code, away in (("RU", (-60.0, 60.0)), ("FJ", (0.0, -17.0)), ("US", (60.0, 63.0)), ("KI", (0.0, 1.0)),
                       ("RU", (-150.0, 66.5)), ("US", (0.0, 53.0))):
        at = view.at(project(*away))
        row = {under.at(x, round(at.y())) for x in range(round(at.x()) - 6, round(at.x()) + 7)}
        assert code not in row
    for code in ("RU", "FJ", "US"):
        assert world.level(0).boxes[code].width() < (700 if code == "RU" else 1000)


def test_that_no_land_is_wider_than_it_is_on_the_globe(world: Shape) -> None:
    """A line from one edge of the map to the other would make a box as wide as the map."""
    for level in range(3):
        across = {code for code, box in world.level(level).boxes.items() if box.width() > 900}
        assert across <= {"AQ", "US", "UM", "KI"}, "those have islands at both edges"


def test_that_every_country_lies_around_its_place_at_every_level(world: Shape) -> None:
    for level in range(3):
        for code, box in world.level(level).boxes.items():
            x, y = world.world.places[code]
            assert code == "AQ" or box.adjusted(-3, -3, 3, 3).contains(QPointF(x, y)), (level, code)


@pytest.mark.parametrize("wide", [300.0, 60.0, 12.0])
def test_that_neighbours_never_part(world: Shape, wide: float) -> None:
    """Inland nothing of the sea shows between two countries, at any level of detail."""
    for longitude, latitude in ((15.5, 49.5), (10.0, 47.3), (24.0, 0.0), (25.5, 12.0), (-58.0, -20.0), (68.0, 40.0)):
        side = min(wide, 12.0) * 0.5
        view = close_to(longitude, latitude, wide)
        under = Under(world, view, SIZE)
        box = view.box(QRectF(*project(longitude, latitude), 0, 0)).center()
        reach = int(side * view.scale / 2)
        seen = Counter(under.at(int(box.x()) + dx, int(box.y()) + dy)
                       for dx in range(-reach, reach, 3) for dy in range(-reach, reach, 3))
        assert seen[""] == 0, (longitude, latitude, seen)


def test_that_a_hole_belongs_to_the_country_in_it(world: Shape) -> None:
    view = close_to(28.2, -29.5, 20.0)
    picture = drawn(world, view, MapValues({"ZA": QColor("#ff0000"), "LS": QColor("#00ff00")}))
    assert picture.pixelColor(400, 300) == QColor("#00ff00")
    assert picture.pixelColor(400, 500) == QColor("#ff0000")


def test_that_crimea_has_the_colour_of_ukraine_unless_an_office_says_otherwise(world: Shape) -> None:
    at = (34.1, 45.2)
    colors = MapValues({"UA": QColor("#00ff00"), "RU": QColor("#ff0000")})
    assert drawn(world, close_to(*at), colors).pixelColor(400, 300) == QColor("#00ff00")
    other = Shape(read_world(), {"crimea": "RU"})
    assert drawn(other, close_to(*at), colors).pixelColor(400, 300) == QColor("#ff0000")


def test_that_no_border_is_drawn_inside_a_country_made_of_pieces(world: Shape) -> None:
    fill = MapValues({"SO": QColor("#ff0000")})
    view = close_to(48.6, 9.5, 6.0)
    picture = drawn(world, view, fill)
    assert {picture.pixelColor(x, y).name() for x in range(340, 460, 4) for y in range(280, 320, 4)} == {"#ff0000"}


def test_that_antarctica_is_left_out_unless_it_has_a_number(world: Shape) -> None:
    view = fitting(QRectF(-500, -250, 1000, 500), ROOM)
    at = view.at(project(60.0, -80.0))
    plain, with_number = drawn(world, view, MapValues()), drawn(world, view, MapValues({"AQ": QColor("#ff0000")}))
    x, y = round(at.x()), round(at.y())
    assert plain.pixelColor(x, y) == tokens.light().map_sea
    assert with_number.pixelColor(x, y) == QColor("#ff0000")


def test_that_pins_that_would_lie_on_each_other_are_one_mark(world: Shape) -> None:
    near = [Pin(n, project(8.5 + n / 1000, 47.4)) for n in range(40)]
    far = [Pin(99, project(150.0, -33.0))]
    found = PinBoard([*near, *far]).clusters(0.8)
    assert sorted(len(one.pins) for one in found) == [1, 40]
    assert len(PinBoard(near).clusters(400.0)) > 2


def test_that_marks_are_painted_over_the_land(world: Shape) -> None:
    view = fitting(HOME, ROOM)
    picture = drawn(world, view, MapValues())
    before = picture.copy()
    pins = PinBoard([Pin(1, project(18.4, -33.9)), Pin(2, project(18.41, -33.9))])
    values = MapValues(pins=pins, home=project(8.5, 47.4), flows=[Flow("ZA", 20), Flow("US", 3, False)],
                       names={"FR": "France"})
    painter = QPainter(picture)
    marked = paint_marks(painter, ROOM, world, view, values, tokens.light())
    paint_outline(painter, world, view, "ZA", tokens.light().text)
    paint_outline(painter, world, view, "SM", tokens.light().text)
    painter.end()
    assert [len(one.pins) for one in marked] == [2]
    for place in (project(18.4, -33.9), project(8.5, 47.4)):
        at = view.at(place)
        assert picture.pixelColor(round(at.x()), round(at.y())) != before.pixelColor(round(at.x()), round(at.y()))


def test_that_a_box_finds_the_countries_in_it(world: Shape) -> None:
    view = fitting(HOME, ROOM)
    at = view.at(project(-60.0, -20.0))
    found = Under(world, view, SIZE).inside(QRectF(at - QPointF(70, 90), at + QPointF(70, 100)), world, view)
    assert {"BR", "AR", "PE", "BO", "PY"} <= set(found)
    assert "US" not in found


def test_that_a_finer_level_that_is_damaged_is_replaced_by_the_one_before(tmp_path: Path, qapp: object) -> None:
    data = bytearray(resource_path("world", "world.map").read_bytes())
    start, size = read_world().spans[2]
    data[start + size // 2] ^= 0xFF
    path = tmp_path / "world.map"
    path.write_bytes(data)
    hurt = Shape(read_world(path))
    assert hurt.level(2) is hurt.level(1)


def test_that_a_damaged_first_level_is_refused(tmp_path: Path, qapp: object) -> None:
    data = bytearray(resource_path("world", "world.map").read_bytes())
    start, size = read_world().spans[0]
    data[start + size // 2] ^= 0xFF
    path = tmp_path / "world.map"
    path.write_bytes(data)
    with pytest.raises(BadFile):
        Shape(read_world(path))


@pytest.mark.parametrize("t", [tokens.light(), tokens.dark()], ids=["light", "dark"])
def test_that_a_name_stands_out_from_whatever_class_its_country_has(world: Shape, t: tokens.Tokens) -> None:
    view = fitting(world.box("CN"), ROOM)
    for fill in (*t.sequential, *t.diverging):
        picture = QImage(SIZE, QImage.Format.Format_RGB32)
        picture.fill(fill)
        painter = QPainter(picture)
        paint_marks(painter, ROOM, world, view, MapValues(fills={"CN": fill}, names={"CN": "China"}), t)
        painter.end()
        ground = _luminance(fill.rgb())
        inks = {picture.pixelColor(x, y).rgb() for x in range(SIZE.width()) for y in range(200, 400)} - {fill.rgb()}
        ratios = [(_luminance(ink) + 0.05) / (ground + 0.05) for ink in inks]
        assert max(ratios) >= 3.9 or min(ratios) <= 1 / 3.9
        assert max(ratios) < 1.02 or min(ratios) > 0.98, "the ground of the name is another than its country's"


def _luminance(rgb: int) -> float:
    color = QColor(rgb)
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in (color.redF(), color.greenF(), color.blueF()))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
