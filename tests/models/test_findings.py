"""The table of what a check found: where, what and how grave, in words."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject
from PySide6.QtTest import QAbstractItemModelTester

from partnerdesk.domain.findings import AREAS, Finding, damaged
from partnerdesk.domain.words import Text
from partnerdesk.look.cells import CELL_ROLE
from partnerdesk.models.findings import FindingLine, findings_model, weight_chip

LINKS = Finding("links", "block", Text("It belongs to nobody."), "repair", "contact", 2, "partner", 3)
INDEX = Finding("index", "warn", Text("An index is short."), "repair")
RULE = Finding("rules", "block", Text("This agreement has no version"), "open", "", 0, "agreement", 5)


@pytest.fixture
def model(qapp):
    owner = QObject()
    made = findings_model(owner)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester
    owner.deleteLater()


def test_that_a_line_says_where_what_and_what_to_do(model: QAbstractItemModel) -> None:
    model.set_lines([FindingLine(LINKS, "Kyoto University"), FindingLine(INDEX, "office.partnerdesk")])
    where, matter = (model.index(0, n).data(CELL_ROLE) for n in (0, 1))
    assert (where.name, where.second) == ("Kyoto University", str(AREAS["links"]))
    assert (matter.name, matter.second) == ("It belongs to nobody.", str(LINKS.advice))
    assert model.rowCount() == 2


def test_that_damage_repair_and_rules_are_told_apart(qapp) -> None:
    assert [weight_chip(one).word for one in (LINKS, INDEX, RULE)] == ["Damage", "Repair", "Check"]
    assert damaged([RULE, INDEX])
    assert not damaged([RULE])
