"""What the map shows: classes with colours, a legend that counts, flows, the table with the same numbers."""

import pytest
from PySide6.QtCore import QObject

from partnerdesk.domain.measures import NOWHERE, Classes, CountryTable, Measure
from partnerdesk.look import tokens
from partnerdesk.models.map import (
    COLUMNS,
    Asked,
    Lens,
    class_colors,
    class_words,
    countries_model,
    country_lines,
    line_rows,
    line_sentence,
)
from partnerdesk.services.countries import MapFacts, PartnerPin

pytestmark = pytest.mark.usefixtures("qapp")


def measure(key: str, *, yearly: bool = False, diverging: bool = False) -> Measure:
    return Measure(key, key.title(), f"{{n}} {key}", f"{{n}} {key}", "stays", "country:{country}", yearly, diverging)


def facts() -> MapFacts:
    out = {"FR": {2025: 12, 2024: 3}, "CH": {2025: 1}, "GB": {2025: 4}, NOWHERE: {2025: 2}}
    back = {"FR": {2025: 2}, "ES": {2025: 5}, "CH": {2025: 1}}
    every = {code: {year: out.get(code, {}).get(year, 0) + back.get(code, {}).get(year, 0) for year in (2024, 2025)}
             for code in {*out, *back}}
    even = {code: {year: out.get(code, {}).get(year, 0) - back.get(code, {}).get(year, 0) for year in (2024, 2025)}
            for code in {*out, *back}}
    numbers: dict[str, dict[str, dict[int, int]]] = {key: {} for key in COLUMNS} | {
        "out": out, "in": back, "stays": every, "balance": even, "partners": {"FR": {0: 3}, "SM": {0: 1}}}
    kinds = {"out", "in", "stays", "balance", "staff"}
    measures = tuple(measure(key, yearly=key in kinds, diverging=key == "balance") for key in (*COLUMNS, "stays"))
    return MapFacts(CountryTable(measures, numbers, 2025), (PartnerPin(7, "Sorbonne", "FR", 48.85, 2.35),),
                    (51.5, -0.1), "GB", {})


def test_that_every_country_with_a_number_has_the_colour_of_its_class() -> None:
    lens, t = Lens(facts(), Asked("stays", 2025)), tokens.light()
    fills = lens.fills(t)
    assert set(fills) == {"FR", "CH", "GB", "ES"}
    colors = class_colors(lens.classes, t)
    for code, color in fills.items():
        place = lens.class_of(code)
        assert place is not None and color == colors[place]


def test_that_the_legend_counts_every_country_once() -> None:
    for key in ("stays", "balance", "partners"):
        rows = Lens(facts(), Asked(key, 2025)).legend(tokens.light())
        assert sum(row.countries for row in rows) == 250, key


def test_that_a_class_that_is_off_is_not_filled() -> None:
    whole = Lens(facts(), Asked("stays", 2025))
    place = whole.class_of("FR")
    assert place is not None
    fewer = Lens(facts(), Asked("stays", 2025, off=frozenset({place})))
    assert "FR" not in fewer.fills(tokens.light())
    assert [row.on for row in fewer.legend(tokens.light())].count(False) == 1


def test_that_a_balance_of_nothing_has_the_middle_colour() -> None:
    lens, t = Lens(facts(), Asked("balance", 2025)), tokens.dark()
    fills = lens.fills(t)
    assert fills["CH"] == t.diverging[3]
    assert fills["FR"] in t.diverging[4:]
    assert fills["ES"] in t.diverging[:3]


def test_that_flows_go_both_ways_and_never_home_or_nowhere() -> None:
    lens = Lens(facts(), Asked("stays", 2025, flows=True))
    assert {(one.code, one.people, one.out) for one in lens.flows()} == {
        ("FR", 12, True), ("CH", 1, True), ("FR", 2, False), ("ES", 5, False), ("CH", 1, False)}
    assert {one.code for one in lens.flows(("ES",))} == {"ES"}
    assert Lens(facts(), Asked("stays", 2025)).values(tokens.light(), {}).flows == ()


def test_that_a_card_tells_stays_both_ways_and_partners() -> None:
    assert Lens(facts(), Asked("stays", 2025)).words("FR") == "14 stays · 12 out, 2 in · 3 partners"
    assert Lens(facts(), Asked("balance", 2025)).words("FR") == "+10 balance · 14 stays · 12 out, 2 in · 3 partners"
    assert Lens(facts(), Asked("stays", 2025)).words("TV") == "0 stays · 0 partners"


def test_that_what_has_no_country_is_told_and_not_dropped() -> None:
    lens = Lens(facts(), Asked("out", 2025))
    assert lens.nowhere == 2
    assert lens.table.whole("out", 2025) == sum(lens.numbers.values())


def test_that_titles_name_the_year() -> None:
    lens = Lens(facts(), Asked("stays", 2025))
    assert lens.title == "Stays 2025/2026"
    assert lens.short_title == "Stays 25/26"
    assert Lens(facts(), Asked("partners", 2025)).title == "Partners"


@pytest.mark.parametrize(("classes", "words"), [
    (Classes((1, 5, 80)), ["1–4", "5–79", "80 and more"]),
    (Classes((1, 2)), ["1", "2 and more"]),
    (Classes((1, 4), diverging=True), ["−4 and less", "−3 to −1", "0", "+1 to +3", "+4 and more"])])
def test_that_a_class_says_its_numbers(classes: Classes, words: list[str]) -> None:
    assert [class_words(classes, place) for place in range(classes.count)] == words


def test_that_colours_of_classes_are_all_different_and_reach_both_ends() -> None:
    t = tokens.light()
    for count in range(2, 7):
        colors = class_colors(Classes(tuple(range(1, count + 1))), t)
        assert len({color.name() for color in colors}) == count
        assert (colors[0], colors[-1]) == (t.sequential[0], t.sequential[-1])


def test_that_the_table_has_the_same_numbers_and_adds_up() -> None:
    table = facts().table
    lines = country_lines(table, 2025)
    assert [line.code for line in lines] == ["FR", "SM", "ES", "CH", "GB", NOWHERE]
    for place, key in enumerate(COLUMNS):
        assert sum(line.numbers[place] for line in lines) == table.whole(key, 2025), key
    head, rows = line_rows(table, lines)
    assert len(head) == len(rows[0]) == 3 + len(COLUMNS)
    assert line_sentence(lines[0]).startswith("France: 3 partners, 0 agreements in effect")


def test_that_the_model_says_every_line(qapp: QObject) -> None:
    model = countries_model(facts().table, qapp)
    model.set_lines(country_lines(facts().table, 2025))
    assert model.columnCount() == 1 + len(COLUMNS)
    assert model.index(0, 0).data() == "France"
    assert model.index(0, 6).data() == "+10"
