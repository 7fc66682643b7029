"""The verbs about cooperation on the command line: calendars, projects, the day's work out; calendars and plans in."""

import json
import shutil

import pytest

from partnerdesk import cli
from partnerdesk.domain.projects import Project, Task
from partnerdesk.domain.visits import Appointment, Visit
from partnerdesk.formats.icalendars import read_calendar
from partnerdesk.services.office import open_file

pytestmark = pytest.mark.usefixtures("qapp")
PLAN = "ID,Name,Start,Finish,Predecessors\n1,Draft,2026-03-02,2026-03-06,\n2,Print,2026-03-09,2026-03-10,1\n"
CALENDAR = ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@example.org\nSUMMARY:Fair\nDTSTART:20260302\nEND:VEVENT\n"
            "END:VCALENDAR\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "northbridge.partnerdesk"
    assert cli.main(["sample", str(path)]) == 0
    return path


@pytest.fixture
def office(made, tmp_path):
    path = tmp_path / "office.partnerdesk"
    shutil.copy(made, path)
    return path


def found(path, record, **equals):
    office = open_file(path, read_only=True)
    with office.read() as reader:
        records = reader.find(record, **equals)
    office.close()
    return records


@pytest.mark.parametrize("what", ["calendar", "projects", "today"])
@pytest.mark.parametrize("ending", [".ics", ".csv", ".xlsx"])
def test_that_calendar_projects_and_today_are_written_as_asked(made, tmp_path, capfd, what, ending):
    target = tmp_path / f"{what}{ending}"
    assert cli.main(["export", what, "--from", str(made), "--to", str(target)]) == 0
    n = int(capfd.readouterr().out.split()[1])
    if ending == ".ics":
        assert len(read_calendar(target.read_bytes()).entries) == n > 5
    elif ending == ".csv":
        assert len(target.read_text(encoding="utf-8-sig").splitlines()) >= n + 1 > 5
    else:
        assert target.read_bytes().startswith(b"PK")


def test_that_a_calendar_can_be_of_one_project_or_visit(made, tmp_path, capfd):
    project = next(one for one in found(made, Project) if one.acronym and not one.template)
    visit = found(made, Visit)[0]
    for option, name in (("--project", project.acronym), ("--visit", visit.title), ("--responsible", "Marta Ilves")):
        target = tmp_path / "one.ics"
        assert cli.main(["export", "calendar", "--from", str(made), "--to", str(target), option, name]) == 0
        assert len(read_calendar(target.read_bytes()).entries) == int(capfd.readouterr().out.split()[1])
    assert cli.main(["export", "calendar", "--from", str(made), "--to", str(target), "--project", "None"]) == 1
    assert capfd.readouterr().err == "partnerdesk: There is no project “None”.\n"
    assert cli.main(["export", "calendar", "--from", str(made), "--to", str(target), "--visit", "None"]) == 1
    assert "There is no visit “None”." in capfd.readouterr().err


def test_that_a_calendar_comes_in_once(office, tmp_path, capfd):
    path = tmp_path / "fair.ics"
    path.write_text(CALENDAR)
    given = ["import", str(path), "--into", str(office)]
    assert cli.main([*given, "--dry-run"]) == 0
    assert capfd.readouterr().out == "1 new, 0 changed, 0 the same, 0 rejected\nNothing was written\n"
    assert found(office, Appointment, source_uid="a@example.org") == []
    assert cli.main([*given, "--dry-run", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["new"] == 1
    assert cli.main(given) == 0 and cli.main(given) == 0
    assert capfd.readouterr().out.splitlines()[1] == "0 new, 0 changed, 1 the same, 0 rejected"
    assert [one.title for one in found(office, Appointment, source_uid="a@example.org")] == ["Fair"]


def test_that_a_plan_comes_into_a_project_or_makes_one(office, tmp_path, capfd):
    path = tmp_path / "Printing.csv"
    path.write_text(PLAN)
    assert cli.main(["import", str(path), "--into", str(office), "--plan"]) == 0
    project, = found(office, Project, title="Printing")
    assert [one.title for one in found(office, Task, project_id=project.id)] == ["Draft", "Print"]
    assert cli.main(["import", str(path), "--into", str(office), "--project", "Printing"]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "0 new, 0 changed, 2 the same, 0 rejected"


def test_that_what_is_no_calendar_or_goes_in_a_circle_is_refused_in_a_sentence(office, tmp_path, capfd):
    before = office.read_bytes()
    calendar, plan = tmp_path / "none.ics", tmp_path / "circle.csv"
    calendar.write_text("x" * 10_400_000)
    plan.write_text(PLAN.replace("03-06,", "03-06,2"))
    assert cli.main(["import", str(calendar), "--into", str(office)]) == 1
    assert cli.main(["import", str(plan), "--into", str(office), "--plan"]) == 1
    said = capfd.readouterr().err.splitlines()
    assert len(said) == 2 and "circle: " in said[1] and "Draft → Print" in said[1]
    assert office.read_bytes() == before


@pytest.mark.parametrize("arguments", [
    ("status", "--project", "tides"), ("trip", "--visit", "Rector's visit to Beijing"), ("followups",),
    ("followups", "--responsible", "Jonas Weil", "--language", "fr"), ("portfolio",),
    ("portfolio", "--lanes", "country", "--agreements"), ("portfolio", "--project", "H2GRID")])
def test_that_what_cooperation_needs_on_paper_is_printed(made, tmp_path, capfd, arguments):
    target = tmp_path / "print.pdf"
    assert cli.main(["print", arguments[0], "--from", str(made), "--to", str(target), *arguments[1:]]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert capfd.readouterr().out == f"Wrote {target}\n"


@pytest.mark.parametrize(("ending", "start"), [(".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_that_a_portfolio_is_a_drawing_or_a_picture_by_its_ending(made, tmp_path, ending, start):
    target = tmp_path / f"portfolio{ending}"
    assert cli.main(["print", "portfolio", "--from", str(made), "--to", str(target)]) == 0
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize(("arguments", "said", "code"), [
    (("status",), "print status needs --project.", 2), (("trip",), "print trip needs --visit.", 2),
    (("status", "--project", "NONE"), "There is no project “NONE”.", 1),
    (("trip", "--visit", "None"), "There is no visit “None”.", 1)])
def test_that_a_print_says_what_it_lacks(made, tmp_path, capfd, arguments, said, code):
    target = tmp_path / "print.pdf"
    assert cli.main(["print", arguments[0], "--from", str(made), "--to", str(target), *arguments[1:]]) == code
    assert capfd.readouterr().err == f"partnerdesk: {said}\n"
    assert not target.exists()


def test_that_a_portfolio_of_another_kind_is_refused(made, tmp_path, capfd):
    assert cli.main(["print", "portfolio", "--from", str(made), "--to", str(tmp_path / "portfolio.txt")]) == 1
    assert capfd.readouterr().err == "partnerdesk: A timeline is written as PDF, SVG or PNG, not .txt.\n"
