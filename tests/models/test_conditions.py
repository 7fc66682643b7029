"""The conditions grid as a model: reading cells, totals, copying, and rows that stay where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from partnerdesk.domain.agreements import AgreementVersion, Condition, ConditionYear
from partnerdesk.domain.cells import Unreadable
from partnerdesk.models.condition_cells import grid_columns, read_cell, typed_words, words_of, years_words
from partnerdesk.models.condition_paste import plan_paste
from partnerdesk.models.conditions import ConditionsModel
from partnerdesk.models.edit_grid import PROBLEM_ROLE

VERSION = AgreementVersion(id=1, first_year=2024, last_year=2028)


def row(condition_id, **fields):
    return Condition(id=condition_id, version_id=1, **fields)


def model_of(*conditions, exceptions=(), locked=False, version=VERSION):
    model = ConditionsModel()
    model.show_conditions(version, conditions, exceptions, locked)
    return model


def cell(model, at, key):
    return model.index(at, [c.key for c in model.columns].index(key))


@pytest.mark.parametrize(("key", "written", "fields"), [
    ("direction", "Incoming", {"direction": "in"}),
    ("activity", "SMS", {"activity": "student-studies"}),
    ("heads", "4", {"heads": 4}),
    ("heads", "2 x 5 months", {"heads": 2, "months": 5}),
    ("months", "4,5", {"months": 4.5}),
    ("years", "26/27", {"first_year": 2026, "last_year": 2026}),
    ("years", "2026/27 – 2028/29", {"first_year": 2026, "last_year": 2028}),
    ("years", "", {"first_year": None, "last_year": None}),
    ("levels", "Bachelor, Master", {"levels": ("6", "7")}),
    ("fields", "0421, 0582", {"fields": ("0421", "0582")}),
    ("languages", "English B2, de", {"languages": ("en B2", "de")}),
    ("blended", "yes", {"blended": True}),
])
def test_that_cells_are_read_as_people_write_them(key, written, fields):
    assert read_cell(key, written) == fields


@pytest.mark.parametrize(("key", "written"), [
    ("direction", "sideways"), ("heads", "many"), ("years", "soon"), ("languages", "Klingon"), ("activity", "juggling"),
])
def test_that_what_cannot_be_read_is_refused_with_a_reason(key, written):
    with pytest.raises(Unreadable) as told:
        read_cell(key, written)
    assert str(told.value.message)


@given(st.integers(2000, 2050), st.integers(0, 12))
def test_that_a_range_of_years_reads_back_as_it_is_said(first, more):
    shown = years_words(first, first + more)
    assert read_cell("years", shown) == {"first_year": first, "last_year": first + more}


@given(st.builds(
    Condition, direction=st.sampled_from(("out", "in")), heads=st.none() | st.integers(0, 99),
    months=st.none() | st.integers(1, 24).map(float), levels=st.sets(st.sampled_from("5678")).map(sorted).map(tuple),
    languages=st.sampled_from(((), ("en B2",), ("en", "de C1"))),
    fields=st.sampled_from(((), ("0582",), ("0421", "041"))),
))
def test_that_what_an_editor_shows_reads_back_as_the_same(condition):
    for key in ("direction", "heads", "months", "levels", "languages", "fields"):
        for name, value in read_cell(key, typed_words(condition, key)).items():
            assert getattr(condition, name) == value


def test_that_a_typed_cell_is_told_with_its_fields(qtbot):
    model = model_of(row(1, heads=2))
    with qtbot.waitSignal(model.edited) as told:
        assert model.setData(cell(model, 0, "heads"), "5")
    assert told.args[1:] == ["heads", {"heads": 5}]


def test_that_an_unreadable_text_stays_in_its_cell_with_the_reason(qtbot):
    model = model_of(row(1, heads=2))
    at = cell(model, 0, "heads")
    with qtbot.assertNotEmitted(model.edited):
        assert not model.setData(at, "many")
    assert model.data(at) == "many"
    assert model.data(at, PROBLEM_ROLE)[0] == "block"
    model.setData(at, "2")
    assert (model.data(at), model.data(at, PROBLEM_ROLE)) == ("2", None)


def test_that_unknown_subject_codes_are_kept_and_marked():
    model = model_of(row(1, fields=("0582",)))
    severity, sentence = model.data(cell(model, 0, "fields"), PROBLEM_ROLE)
    assert severity == "warn"
    assert "0582" in sentence
    assert model.data(cell(model, 0, "fields")) == "0582"


def test_that_the_totals_follow_exceptions_years_and_the_version():
    model = model_of(
        row(1, heads=3), row(2, heads=4, first_year=2026, last_year=2026), row(3, heads=9, direction="in"),
        exceptions=(ConditionYear(id=1, condition_id=1, year=2026, heads=5),
                    ConditionYear(id=2, condition_id=3, year=2025, closed=True)))
    assert [model.places("out", year) for year in (2023, 2025, 2026)] == [0, 3, 9]
    assert [model.places("in", year) for year in (2024, 2025)] == [9, 0]


def test_that_an_approved_version_cannot_be_typed_into():
    model = model_of(row(1, heads=2), locked=True)
    at = cell(model, 0, "heads")
    assert not model.flags(at) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(at, "5")


def test_that_refreshing_never_resets_the_rows(qtbot):
    model = model_of(row(1, heads=1), row(2, heads=2), row(3, heads=3))
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_conditions(VERSION, [row(3, heads=3), row(1, heads=7), row(4)], (), False)
    assert [c.id for c in model.conditions] == [3, 1, 4]
    assert changed == [1]


def test_that_whole_rows_are_copied_with_their_headers_and_escaped():
    model = model_of(row(1, heads=2, field_note="<b>"))
    everything = [model.index(0, c) for c in range(model.columnCount())]
    tsv, table = model.copied(everything)
    assert tsv.splitlines()[0].startswith("Direction\tActivity\tPlaces")
    assert "&lt;b&gt;" in table
    assert model.copied(everything[2:4])[0] == "2\t"


def plan(written, *conditions, at=(0, 0)):
    return plan_paste(written, conditions, grid_columns(), *at, Condition(activity="student-studies"))


def test_that_a_header_row_makes_new_conditions_whatever_the_order_of_columns():
    found = plan("Places\tDirection\tISCED\n3\tboth\t0421\n2\tin\t0582\n", row(1))
    assert [(c.direction, c.heads, c.fields) for c in found.rows] == [
        ("out", 3, ("0421",)), ("in", 3, ("0421",)), ("in", 2, ("0582",))]
    assert not found.fills


def test_that_cells_without_a_header_fill_from_the_current_one_and_go_on_below():
    found = plan("5\t10\n6\t9", row(1, heads=1), at=(0, 2))
    assert [(c.id, fields) for c, fields in found.fills] == [(1, {"heads": 5, "months": 10.0})]
    assert [(c.heads, c.months) for c in found.rows] == [(6, 9.0)]


def test_that_a_dry_paste_names_every_cell_it_cannot_read():
    found = plan("Direction\tPlaces\tColour\nout\tmany\tred")
    assert len(found.problems) == 2
    assert found.problems[0].startswith("Row 2:")
    assert "Colour" in found.problems[1]


def test_that_copied_conditions_come_back_when_pasted():
    first = row(1, heads=2, months=5.0, levels=("6", "7"), languages=("en B2",), fields=("0421", "0582"), blended=True,
                first_year=2025, last_year=2026)
    model = model_of(first)
    tsv, _ = model.copied([model.index(0, c) for c in range(model.columnCount())])
    (back,) = plan(tsv).rows
    for key in ("direction", "heads", "months", "levels", "languages", "fields", "years", "blended"):
        assert words_of(back, key) == words_of(first, key)
