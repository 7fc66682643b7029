"""The verbs about exchange on the command line: what they write, and how they say no."""

import json
import shutil

import pytest

from partnerdesk import cli
from partnerdesk.domain.calls import Call
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.services.office import open_file

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "northbridge.partnerdesk"
    assert cli.main(["sample", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def known(made):
    """A person with a stay that is over, a cohort and a call of the sample."""
    office = open_file(made, read_only=True)
    with office.read() as reader:
        stay = next(one for one in reader.find(Stay) if one.actual_to)
        found = reader.get(Person, stay.person_id), reader.find(Cohort)[0], reader.find(Call)[0]
    office.close()
    return found


@pytest.mark.parametrize("given", [
    ["participant", "--person", "{number}"], ["cohort", "--cohort", "{cohort}", "--phones"],
    ["cohort", "--cohort", "{cohort}", "--anonymous"], ["abroad", "--on", "2026-03-02"], ["abroad", "--incoming"],
    ["nominations"], ["balance", "--partner", "tsinghua"], ["certificate", "--person", "{number}", "--kind", "arrival"],
    ["balance", "--partner", "tsinghua", "--language", "de", "--paper", "Letter"],
    ["places", "--year", "2025"], ["places"], ["arrivals", "--on", "2026-08-01"],
], ids=" ".join)  # fmt: skip
def test_that_each_print_is_written(made, known, tmp_path, given):
    person, cohort, _ = known
    target = tmp_path / "print.pdf"
    arguments = [one.format(number=person.local_id, cohort=cohort.title) for one in given]
    assert cli.main(["print", *arguments, "--from", str(made), "--to", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("given", "sentence"), [
    (["participant"], "print participant needs --person."), (["cohort"], "print cohort needs --cohort."),
    (["certificate"], "print certificate needs --person or --cohort."), (["summary"], "print summary needs --partner."),
])  # fmt: skip
def test_that_a_print_that_was_not_told_enough_is_a_matter_of_usage(made, tmp_path, capfd, given, sentence):
    assert cli.main(["print", *given, "--from", str(made), "--to", str(tmp_path / "print.pdf")]) == 2
    assert capfd.readouterr().err == f"partnerdesk: {sentence}\n"


@pytest.mark.parametrize(("given", "sentence"), [
    (["participant", "--person", "Nobody"], "There is no person “Nobody”."),
    (["cohort", "--cohort", "None"], "There is no cohort “None”."),
    (["balance", "--partner", "Nowhere"], "There is no partner “Nowhere”."),
])  # fmt: skip
def test_that_what_is_not_there_is_refused_in_a_sentence(made, tmp_path, capfd, given, sentence):
    target = tmp_path / "print.pdf"
    assert cli.main(["print", *given, "--from", str(made), "--to", str(target)]) == 1
    assert capfd.readouterr().err == f"partnerdesk: {sentence}\n" and not target.exists()


def test_that_a_call_is_placed_with_a_reason_for_everybody_and_the_same_again(made, known, tmp_path, capfd):
    office = tmp_path / "office.partnerdesk"
    shutil.copy(made, office)
    runs = []
    for extra in (["--dry-run"], [], []):
        assert cli.main(["place", str(office), "--call", known[2].title, "--json", *extra]) == 0
        runs.append(json.loads(capfd.readouterr().out))
    dry, first, again = runs
    assert dry["applications"] == first["applications"] == again["applications"]
    assert first["counts"]["placed"] > 0 and again["changed"] == 0 < first["changed"]
    assert all(one["explanation"] for one in first["applications"])
    placed = [one for one in first["applications"] if one["offer"] == "placed"]
    for seat in first["places"]:
        if seat["places"] is not None:
            assert seat["placed"] + seat["taken_elsewhere"] <= seat["places"]
    assert len(placed) == first["counts"]["placed"]


def test_that_a_call_that_is_not_there_is_refused(made, capfd):
    assert cli.main(["place", str(made), "--call", "No such call", "--dry-run"]) == 1
    assert "No such call" in capfd.readouterr().err


@pytest.mark.parametrize("what", ["cohorts", "balance"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json"])
def test_that_cohorts_and_balances_are_exported_as_they_stand(made, tmp_path, capfd, what, ending):
    target = tmp_path / f"list{ending}"
    assert cli.main(["export", what, "--from", str(made), "--to", str(target)]) == 0
    said = capfd.readouterr().out
    rows = int(said.split()[1])
    assert said == f"Wrote {rows} {what.removesuffix('s')}s to {target}\n" and rows > 1 and target.stat().st_size
    if ending == ".csv":
        assert len(target.read_text(encoding="utf-8-sig").splitlines()) == rows + 1
