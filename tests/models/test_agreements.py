"""Small tables that follow their records, and two versions compared line by line."""

from partnerdesk.domain.agreements import AgreementVersion
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import Text
from partnerdesk.models.agreement_words import said_value, validity_words
from partnerdesk.models.agreements import Line, LinesModel, together


def line(key, words="x"):
    return Line(key, (words,), words)


def test_that_a_small_table_renews_inserts_and_removes_single_rows(qtbot):
    model = LinesModel(["What"])
    model.show_lines([line(1), line(2), line(3)])
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_lines([line(4), line(3), line(1, "y")])
    assert [row.key for row in model.lines] == [4, 3, 1]
    model.show_lines([line(4), line(3), line(1, "z")])
    assert changed[-1:] == [2]


def test_that_deeds_together_run_in_their_order_under_one_label():
    ran = []
    deed = together(Text("both"), [Deed(Text("a"), lambda unit: ran.append(("a", unit))),
                                   Deed(Text("b"), lambda unit: ran.append(("b", unit)))])
    deed.run("unit")
    assert (ran, str(deed.label)) == ([("a", "unit"), ("b", "unit")], "both")


def test_that_values_are_said_for_people():
    assert said_value("first_year", 2026) == "2026/2027"
    assert said_value("levels", ("6", "7")) == "Bachelor, Master"
    assert said_value("confidential", False) == "no"
    assert said_value("signee_id", 7, names={("contact", 7): "Eva Berg"}) == "Eva Berg"
    assert said_value("remark", "") == "—"


def test_that_a_validity_is_said_the_way_it_was_given():
    by_years = AgreementVersion(first_year=2024, last_year=2026)
    assert validity_words(by_years, None, None) == "2024/2025 – 2026/2027"
    assert validity_words(AgreementVersion(first_year=2024, open_ended=True), None, None).endswith("open-ended")
    assert validity_words(AgreementVersion(open_ended=True), None, None) == "open-ended"
