"""Where countries lie: projection, choices, neighbours, and ways from one to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.countries import countries
from partnerdesk.domain.worldmap import TURN, World, choices, project
from partnerdesk.formats.worldfile import read_world

WORLD = read_world().world
CODES = [each.code for each in countries()]


def test_that_the_middle_and_the_edges_of_the_map_lie_where_the_projection_puts_them() -> None:
    assert project(TURN, 0.0) == pytest.approx((0.0, 0.0))
    assert project(TURN + 179.999, 0.0)[0] == pytest.approx(500.0, abs=0.01)
    assert project(TURN, 90.0)[1] == pytest.approx(-243.36, abs=0.01)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_that_every_place_lies_on_the_map(longitude: float, latitude: float) -> None:
    x, y = project(longitude, latitude)
    assert abs(x) <= 500.001
    assert abs(y) <= 243.36


@given(st.floats(-180, 180), st.floats(-89, 89))
def test_that_a_place_lies_where_its_turn_round_the_world_does(longitude: float, latitude: float) -> None:
    assert project(longitude + 360.0, latitude) == pytest.approx(project(longitude, latitude), abs=1e-6)


def test_that_every_country_and_territory_has_a_place() -> None:
    assert sorted(WORLD.places) == sorted(CODES)
    assert len(CODES) == 250


def test_that_only_five_have_no_land_on_the_map() -> None:
    assert sorted(set(CODES) - set(WORLD.areas)) == ["BV", "GI", "TK", "TV", "UM"]


def test_that_every_choice_names_a_piece_of_the_map_and_a_country() -> None:
    names = {piece.name: piece.country for piece in WORLD.pieces}
    for choice in choices():
        assert names[choice.piece] == choice.country
        assert choice.country in CODES
        assert choice.reason


def test_that_an_office_can_draw_a_piece_with_another_country() -> None:
    other = WORLD.chosen({"northern_cyprus": "TR", "taiwan": "CN"})
    assert other.owners["northern_cyprus"] == "TR"
    assert "TW" in other.places, "a code whose land is drawn with another country keeps its place"
    assert "TW" not in other.areas
    assert sorted(other.places) == sorted(CODES)


def test_that_neighbours_are_neighbours_of_each_other() -> None:
    for code, others in WORLD.neighbours.items():
        assert code not in others
        assert all(code in WORLD.neighbours[other] for other in others)
    assert WORLD.neighbours["LS"] == {"ZA"}
    assert WORLD.neighbours["PT"] == {"ES"}
    assert WORLD.neighbours["EH"] == {"MA", "MR", "DZ"}
    assert "RU" in WORLD.neighbours["UA"]
    assert not WORLD.neighbours["IS"]


@pytest.mark.parametrize(("start", "right", "down", "found"), [
    ("FR", 1, 0, "LU"), ("FR", 0, 1, "AD"), ("CH", 0, -1, "DE"), ("US", 0, -1, "CA"), ("US", 0, 1, "MX"),
    ("PT", 1, 0, "ES"), ("ZA", 0, -1, "BW"), ("KR", 1, 0, "JP")])
def test_that_an_arrow_key_leads_to_the_neighbour_on_that_side(start: str, right: int, down: int, found: str) -> None:
    assert WORLD.towards(start, right, down) == found


def test_that_arrow_keys_lead_to_every_country() -> None:
    reached, waiting = {"FR"}, ["FR"]
    while waiting:
        code = waiting.pop()
        for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            other = WORLD.towards(code, right, down)
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    assert sorted(set(CODES) - reached) == []


def test_that_where_nothing_lies_ahead_one_stays() -> None:
    alone = World((), (), (), {"FR": (0.0, 0.0), "CH": (5.0, 0.0)})
    assert alone.towards("CH", 1, 0) == "CH"
