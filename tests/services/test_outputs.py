"""What came of working together: noted with its partners, changed, put away, and taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.outputs import JointOutput, OutputMember
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Project
from partnerdesk.services import journal, outputs, partners, projects, trash
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "outputs.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def both(office: Any) -> list[int]:
    return [int(do(office, partners.new_partner(Institution(name=name)), WHO)[0]) for name in ("Lund", "Ghent")]


def new(office: Any, partner_ids: list[int], **fields: Any) -> JointOutput:
    made = int(do(office, outputs.new_output(JointOutput(**{"title": "Paper", **fields}), partner_ids), WHO)[0])
    with office.read() as reader:
        found: JointOutput = reader.get(JointOutput, made)
        return found


def partners_of(office: Any, output: JointOutput) -> set[int]:
    with office.read() as reader:
        return set(outputs.partners_of(reader, output.id))


def test_that_an_output_is_listed_with_its_partners_and_project(office: Any, both: list[int]) -> None:
    project = int(do(office, projects.new_project(Project(acronym="BRIDGE")), WHO)[0])
    with office.read() as reader:
        home = partners.home_institution(reader)
    assert home is not None
    one = new(office, [*both, both[0], home.id], project_id=project, in_year=2025, doi="https://doi.org/10.1234/abcd")
    new(office, [both[1]], title="Course", kind="course", in_year=2026)
    new(office, [], title="Undated")
    with office.read() as reader:
        lines = outputs.output_lines(reader)
        mine = outputs.output_lines(reader, partner_id=both[0])
        some = outputs.output_lines(reader, ids=[one.id])
    assert [(line.title, line.partners, line.project, line.doi) for line in lines] == [
        ("Course", "Ghent", "", ""), ("Paper", "Ghent, Lund", "BRIDGE", "10.1234/abcd"), ("Undated", "", "", "")]
    assert mine == some == [lines[1]]


def test_that_fields_and_partners_change_together_and_back(office: Any, both: list[int]) -> None:
    one = new(office, [both[0]])
    assert do(office, outputs.change_output(one, partners=[both[1]], title="Better", doi="doi:10.1234/x"), WHO)[0]
    assert partners_of(office, one) == {both[1]}
    with office.read() as reader:
        stored = reader.get(JointOutput, one.id)
        step = journal.undo_state(reader).undo
    assert (stored.title, stored.doi) == ("Better", "10.1234/x")
    assert not do(office, outputs.change_output(stored, partners=[both[1]]), WHO)[0]
    assert step is not None
    do(office, journal.undo_deed(step), WHO)
    assert partners_of(office, one) == {both[0]}
    with pytest.raises(Refused):
        do(office, outputs.change_output(one, title=""), WHO)


def test_that_news_of_an_output_reach_its_project_and_partners(office: Any, both: list[int]) -> None:
    project = int(do(office, projects.new_project(Project(acronym="BRIDGE")), WHO)[0])
    _, changes = do(office, outputs.new_output(JointOutput(title="Paper", project_id=project), both), WHO)
    assert changes.ids("project") == {project} and set(both) <= changes.ids("partner")


def test_that_outputs_in_the_trash_come_back_or_go_with_their_partners(office: Any, both: list[int]) -> None:
    some = [new(office, both), new(office, both, title="Other")]
    do(office, outputs.delete_outputs(some), WHO)
    with office.read() as reader:
        assert outputs.output_lines(reader) == []
        lines = {line.name: line for line in trash.trash_lines(reader)}
    do(office, trash.restore([lines["Paper"]]), WHO)
    do(office, trash.purge([lines["Other"]]), WHO)
    with office.read() as reader:
        assert [line.title for line in outputs.output_lines(reader)] == ["Paper"]
        assert (reader.count(JointOutput), reader.count(OutputMember)) == (1, 2)
