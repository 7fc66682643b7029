"""A registrar's list comes in whole: every row accounted for, the same file twice nothing new, undo takes it back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.domain.importing import KIND, Outcome
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.office import ImportBatch
from partnerdesk.domain.partners import Identifier, Institution
from partnerdesk.domain.people import Enrolment, Person, PersonContact
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import importing, journal, partners, people
from partnerdesk.services.exporting import export_query
from partnerdesk.services.importing_people import PeoplePlan
from partnerdesk.services.mapping import propose
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "people.partnerdesk")
    do(made, set_home(name="Northbridge University"), WHO)
    for name, code in (("Universidad de Sevilla", "E SEVILLA01"), ("Universität Wien", "A WIEN01")):
        do(made, partners.new_partner(Institution(name=name), [Identifier(scheme="erasmus", value=code)]), WHO)
    yield made
    made.close()


def plan_of(office: Any, pasted: str, decisions: dict[int, str] | None = None) -> PeoplePlan:
    with office.read() as reader:
        plan = importing.make_plan(reader, importing.start_from_text(reader, pasted), decisions)
    assert isinstance(plan, PeoplePlan)
    return plan


def bring(office: Any, pasted: str, decisions: dict[int, str] | None = None) -> PeoplePlan:
    plan = plan_of(office, pasted, decisions)
    do(office, importing.import_deed(plan), WHO)
    return plan


def counted(plan: Any, kind: str) -> tuple[int, ...]:
    told = plan.kinds[kind].as_dict()
    return tuple(told[outcome.value] for outcome in Outcome)


def everybody(office: Any) -> list[Person]:
    with office.read() as reader:
        return list(reader.find(Person))


def all_stays(office: Any) -> list[Stay]:
    with office.read() as reader:
        return list(reader.find(Stay))


HEADERS = {
    "en": "Student ID\tFamily name\tGiven name\tDate of birth\tE-mail\tNationality\tDegree programme\tPartner code",
    "de": "Matrikelnummer\tNachname\tVorname\tGeburtsdatum\tE-Mail\tStaatsangehörigkeit\tStudiengang\tErasmus-Code",
    "fr": "Numéro étudiant\tNom\tPrénom\tDate de naissance\tCourriel\tNationalité\tFilière\tCode Erasmus",
    "es": "Nº de expediente\tApellidos\tNombre\tFecha de nacimiento\tCorreo electrónico\tNacionalidad\tTitulación\t"
          "Código Erasmus",
    "pl": "Nr albumu\tNazwisko\tImię\tData urodzenia\tAdres e-mail\tObywatelstwo\tKierunek studiów\tKod Erasmus",
}


@pytest.mark.parametrize("language", HEADERS)
def test_that_a_list_of_people_is_known_by_its_headers(office: Any, language: str) -> None:
    row = "S-1\tKos\tIda\t03.04.2001\tida.kos@example.edu\tPoland\tPhysics\tE SEVILLA01"
    bring(office, f"{HEADERS[language]}\n{row}\n")
    (person,) = everybody(office)
    told = (person.local_id, person.family_name, person.given_names, person.email, person.citizenships)
    assert told == ("S-1", "Kos", "Ida", "ida.kos@example.edu", ("PL",))
    assert person.birth_date == date(2001, 4, 3)
    with office.read() as reader:
        assert [one.programme_title for one in reader.find(Enrolment)] == ["Physics"]
    assert len(all_stays(office)) == 1


def test_that_a_list_of_partners_with_contacts_stays_one_of_partners(office: Any) -> None:
    head = "Institution\tCountry\tErasmus code\tGiven name\tFamily name\tE-mail"
    with office.read() as reader:
        start = importing.start_from_text(reader, f"{head}\nX\tSpain\tE MADRID01\tA\tB\ta@b.edu\n")
    assert start.mapping.kind == "partners"


def test_that_the_kind_of_list_can_be_set_by_hand(office: Any) -> None:
    with office.read() as reader:
        start = importing.start_from_text(reader, "Name\tE-mail\nIda Kos\tida@example.edu\n")
    assert start.mapping.kind == "partners"
    mapping = propose(start.sheet, start.header, "people")
    assert mapping.kind == "people"
    assert mapping.targets == ("person.full_name", "person.email")
    assert mapping.constants[KIND] == "people"


@pytest.mark.parametrize(("written", "day"), [
    ("3.4.2001", date(2001, 4, 3)), ("2001-04-03", date(2001, 4, 3)), ("20010403", date(2001, 4, 3)),
    ("3 Apr 2001", date(2001, 4, 3)), ("36984", date(2001, 4, 3)), ("03/04/99", date(1999, 4, 3)),
    ("25/12/2001", date(2001, 12, 25)),
])
def test_that_days_of_birth_are_read_in_many_shapes(office: Any, written: str, day: date) -> None:
    bring(office, f"Student ID\tLast name\tFirst name\tBirth date\nS-1\tKos\tIda\t{written}\n")
    (person,) = everybody(office)
    assert person.birth_date == day


@pytest.mark.parametrize("written", ["31.02.2001", "2001", "1.1.2031", "soon", "1.1.1850"])
def test_that_an_impossible_birth_is_left_out_and_told(office: Any, written: str) -> None:
    plan = bring(office, f"Student ID\tLast name\tFirst name\tBirth date\nS-1\tKos\tIda\t{written}\n")
    (row,) = plan.rows
    assert row.outcome is Outcome.NEW
    assert len(row.notes) == 1 and str(row.notes[0].message)
    assert everybody(office)[0].birth_date is None


def test_that_a_row_may_hold_a_person_and_a_stay(office: Any) -> None:
    head = "Student ID\tName\tBorn\tLevel\tISCED\tHost\tYear\tTerm\tFrom\tUntil\tEmergency contact\tEmergency phone"
    row = ("S-7\tKos, Ida\t3.4.2001\tMaster\t0533\tUniversidad de Sevilla\t2026/27\tWS\t15.09.2026\t14.02.2027\t"
           "Ana Kos\t+34 5")
    bring(office, f"{head}\n{row}\n")
    (person,) = everybody(office)
    (stay,) = all_stays(office)
    assert (person.family_name, person.given_names) == ("Kos", "Ida")
    assert (stay.direction, stay.year, stay.term, stay.sending_status) == ("out", 2026, "1/2", "planned")
    assert (stay.planned_from, stay.planned_to) == (date(2026, 9, 15), date(2027, 2, 14))
    with office.read() as reader:
        file = people.person_file(reader, person.id)
        home = partners.home_institution(reader)
    assert file.stays[0].partner is not None and file.stays[0].partner.name == "Universidad de Sevilla"
    (study,) = file.enrolments
    assert home is not None and (study.institution_id, study.level, study.field) == (home.id, "7", "0533")
    assert [(c.name, c.phone, c.kind) for c in file.contacts] == [("Ana Kos", "+34 5", "emergency")]


def test_that_people_of_a_partner_come_in_as_incoming(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tNationality\tDirection\tPartner code\tDegree programme\tSemester"
    bring(office, f"{head}\nX1\tLang\tEva\tAustria\tIncoming\tA WIEN01\tHistory\tSoSe 2026\n")
    (stay,) = all_stays(office)
    assert (stay.direction, stay.year, stay.term) == ("in", 2025, "2/2")
    with office.read() as reader:
        (study,) = reader.find(Enrolment)
    assert study.institution_id == stay.sending_id


def test_that_rows_of_one_person_become_one_with_several_stays(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tDate of birth\tPartner code\tAcademic year"
    plan = bring(office, "\n".join((
        head, "S-1\tKos\tIda\t3.4.2001\tE SEVILLA01\t2025/26", "S-1\tKos\tIda\t3.4.2001\tA WIEN01\t2026/27",
        "S-1\tKos\tIda\t3.4.2001\tA WIEN01\t2026/27", "\tKos\tIda\t3.4.2001\tA WIEN01\t2026/27")))
    assert counted(plan, "people") == (1, 0, 0, 0, 0)
    assert counted(plan, "stays") == (2, 0, 0, 0, 0)
    outcomes = [row.outcome for row in plan.rows]
    assert outcomes == [Outcome.NEW, Outcome.NEW, Outcome.SAME, Outcome.SAME]
    assert "same person as in row 2" in str(plan.rows[3].notes[0].message)
    assert (len(everybody(office)), len(all_stays(office))) == (1, 2)


def test_that_what_contradicts_the_first_row_is_told_and_not_taken(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tDate of birth\tPhone"
    plan = bring(office, f"{head}\nS-1\tKos\tIda\t3.4.2001\t+34 1\nS-1\tKos\tIda\t3.4.2001\t+34 2\n")
    assert any("+34 1" in str(note.message) for note in plan.rows[1].notes)
    assert everybody(office)[0].phone == "+34 1"


def test_that_a_number_of_another_name_is_held_back_until_it_is_settled(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tDate of birth"
    pasted = f"{head}\nS-1\tKos\tIda\t3.4.2001\nS-1\tBrandt\tJonas\t9.9.1999\n"
    plan = plan_of(office, pasted)
    assert [row.outcome for row in plan.rows] == [Outcome.NEW, Outcome.DUPLICATE]
    assert plan.rows[1].twin == "Ida Kos"
    bring(office, pasted, {3: "new"})
    assert [one.family_name for one in everybody(office)] == ["Kos", "Brandt"]


def test_that_one_name_and_birth_under_two_numbers_is_asked_about(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tDate of birth"
    plan = plan_of(office, f"{head}\nS-1\tKos\tIda\t3.4.2001\nS-2\tKos\tIda\t3.4.2001\nS-3\tKos\tIdo\t3.4.2001\n")
    assert [row.outcome for row in plan.rows] == [Outcome.NEW, Outcome.DUPLICATE, Outcome.NEW]


def test_that_a_slip_in_a_name_with_the_same_birth_is_asked_about(office: Any) -> None:
    bring(office, "Family name\tGiven name\tDate of birth\nWojciechowska\tKatarzyna\t3.4.2001\n")
    pasted = "Family name\tGiven name\tDate of birth\nWojciechovska\tKatarzyna\t3.4.2001\n"
    plan = plan_of(office, pasted)
    assert plan.rows[0].outcome is Outcome.DUPLICATE
    assert plan.rows[0].twin_id == everybody(office)[0].id
    bring(office, pasted, {2: "same"})
    assert len(everybody(office)) == 1


def test_that_unknown_partners_and_turned_dates_leave_the_stay_out_and_the_person_in(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tPartner code\tHost\tStart date\tEnd date"
    plan = bring(office, "\n".join((
        head, "S-1\tKos\tIda\tX NOWHERE99\t\t\t", "S-2\tBo\tTor\t\tUniversity of Nowhere\t\t",
        "S-3\tAsk\tLiv\tA WIEN01\t\t1.3.2027\t1.2.2027", "S-4\tOle\tNora\t\t\t1.3.2027\t1.6.2027")))
    reasons = [str(row.reason) for row in plan.rows]
    assert "X NOWHERE99" in reasons[0] and "University of Nowhere" in reasons[1]
    assert "ends before it begins" in reasons[2] and "names no partner" in reasons[3]
    assert counted(plan, "people") == (4, 0, 0, 0, 0)
    assert counted(plan, "stays") == (0, 0, 0, 4, 0)
    assert (len(everybody(office)), len(all_stays(office))) == (4, 0)
    columns, rows = importing.reject_rows(plan)
    assert len(rows) == 4 and columns[:3] == ["Row", "Result", "Reason"]


def test_that_changes_are_shown_and_written_and_nothing_is_erased(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tE-mail\tPhone\tDegree programme\tPartner code\tYear\tUntil"
    bring(office, f"{head}\nS-1\tKos\tIda\ti@example.edu\t+34 1\tPhysics\tA WIEN01\t2026/27\t31.1.2027\n")
    plan = bring(office, f"{head}\nS-1\tKOS\tIda\tida@example.edu\t\tChemistry\tA WIEN01\t2026/27\t30.6.2027\n")
    told = {(d.field, d.before, d.after) for d in plan.rows[0].differences}
    assert told == {("email", "i@example.edu", "ida@example.edu"), ("programme_title", "", "Chemistry"),
                    ("planned_to", "2027-01-31", "2027-06-30")}
    (person,) = everybody(office)
    assert (person.family_name, person.email, person.phone) == ("Kos", "ida@example.edu", "+34 1")
    assert all_stays(office)[0].planned_to == date(2027, 6, 30)


def test_that_a_closed_stay_is_left_alone(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tPartner code\tYear\tUntil"
    bring(office, f"{head}\nS-1\tKos\tIda\tA WIEN01\t2026/27\t31.1.2027\n")
    with office.write(Text("close"), WHO) as unit:
        unit.change(Stay, all_stays(office)[0].id, None, sending_status="recognized")
    plan = bring(office, f"{head}\nS-1\tKos\tIda\tA WIEN01\t2026/27\t30.6.2027\n")
    assert not plan.changes_something


def test_that_totals_headers_and_empty_names_are_told(office: Any) -> None:
    head = "Family name\tGiven name\tDate of birth"
    plan = plan_of(office, f"{head}\nKos\tIda\t3.4.2001\n{head}\nTotal: 1\t\t\n\t\t3.4.2001\n---\t\t1.1.2000\n")
    said = [str(row.reason) if row.reason else "" for row in plan.rows]
    assert said[0] == "" and "repeats the header" in said[1] and "total" in said[2]
    assert "neither a name nor a number" in said[3] and "neither a name nor a number" in said[4]


def test_that_a_mapping_without_a_name_is_refused(office: Any) -> None:
    with office.read() as reader:
        start = importing.start_from_text(reader, "Student ID\tFamily name\tDate of birth\nS-1\tKos\t3.4.2001\n")
        mapping = start.mapping.with_target("Student ID", "").with_target("Family name", "")
        with pytest.raises(Refused, match="name or the number of a person"):
            importing.make_plan(reader, importing.Start(start.book, start.sheet, start.header, mapping))


GIVEN = ("Anaïs", "Lucía", "Jürgen", "Zoë", "Élodie", "Inês", "Björn", "Chloé", "Øystein", "Nuño")
FAMILY = ("Müller", "García", "Lefèvre", "Nowak", "Østergård", "Château", "Peña", "Strauß", "Ångström", "Öztürk")


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3)).title()


def registrar(path: Path, n: int) -> dict[str, int]:
    """A Windows-1252 file of a registrar; how many rows of each kind are in it."""
    chance = Random(7)
    made = {"rows": 0, "people": 0, "repeated": 0, "impossible": 0, "unknown": 0, "stays": 0}
    lines = ["Student ID;Last name;First name;Date of birth;E-mail;Nationality;Degree programme;Host code;Year;Term"]
    while made["rows"] < n:
        number = made["people"] + 1
        given = GIVEN[number % 10]
        family = f"{FAMILY[number // 10 % 10]}-{_letters(number)}"
        kind = chance.random()
        born = "31.02.2001" if kind < 0.05 else f"{number % 28 + 1:02}.{number % 12 + 1:02}.{1995 + number % 10}"
        code = "X NOWHERE99" if 0.05 <= kind < 0.1 else chance.choice(("E SEVILLA01", "A WIEN01"))
        mail = f"p{number}@example.edu"
        line = f"{number:06};{family};{given};{born};{mail};Germany;Biology;{code};2026/27;WS"
        lines.append(line)
        made["rows"] += 1
        made["people"] += 1
        made["impossible"] += kind < 0.05
        made["unknown"] += 0.05 <= kind < 0.1
        made["stays"] += not 0.05 <= kind < 0.1
        if 0.1 <= kind < 0.15 and made["rows"] < n:
            lines.append(line)
            made["rows"] += 1
            made["repeated"] += 1
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return made


def test_that_ten_thousand_rows_of_a_registrar_are_accounted_for_row_by_row(
    office: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "registrar.csv"
    made = registrar(path, 10_000)
    with office.read() as reader:
        start = importing.start_from_file(reader, path)
        plan = importing.make_plan(reader, start)
    assert start.book.encoding == "cp1252"
    assert len(plan.rows) == made["rows"] == 10_000
    assert counted(plan, "people") == (made["people"], 0, 0, 0, 0)
    assert counted(plan, "stays") == (made["stays"], 0, 0, made["unknown"], 0)
    outcomes = [row.outcome for row in plan.rows]
    assert outcomes.count(Outcome.SAME) == made["repeated"]
    assert outcomes.count(Outcome.REJECTED) == made["unknown"]
    assert sum(note.column == "Date of birth" for row in plan.rows for note in row.notes) == made["impossible"]
    do(office, importing.import_deed(plan), WHO)
    with office.read() as reader:
        assert reader.count(Person) == made["people"]
        assert reader.count(Stay) == made["stays"]
        one = reader.find(Person, local_id="000002")[0]
        assert one.given_names == "Jürgen" and one.family_name.startswith("Müller-")
        again = importing.make_plan(reader, importing.start_from_file(reader, path))
    assert not again.changes_something
    assert counted(again, "people") == (0, 0, made["people"], 0, 0)
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None and step.kind == "import" and "registrar.csv" in str(step.label)
    do(office, journal.undo_deed(step), WHO)
    with office.read() as reader:
        assert (reader.count(Person), reader.count(Stay), reader.count(ImportBatch)) == (0, 0, 0)
    assert "@example.edu" not in caplog.text and "Müller" not in caplog.text


def test_that_the_command_line_says_what_came_in(office: Any, tmp_path: Path) -> None:
    path, target = tmp_path / "list.csv", tmp_path / "new.partnerdesk"
    path.write_text("Student ID,Last name,First name,Date of birth\nS-1,Kos,Ida,2001-04-03\n", encoding="utf-8")
    result = importing.import_file(path, target)
    assert result.as_json()["kinds"]["people"]["new"] == 1
    assert "people: 1 new" in result.sentence()
    assert importing.import_file(path, target).as_json()["kinds"]["people"] == {
        "new": 0, "changed": 0, "same": 1, "rejected": 0, "duplicates": 0}


def test_that_somebody_to_call_is_updated_and_not_doubled(office: Any) -> None:
    head = "Student ID\tFamily name\tGiven name\tEmergency contact\tEmergency phone"
    bring(office, f"{head}\nS-1\tKos\tIda\tAna Kos\t+34 1\n")
    bring(office, f"{head}\nS-1\tKos\tIda\tANA KOS\t0034 1\n")
    bring(office, f"{head}\nS-1\tKos\tIda\tAna Kos\t+34 2\n")
    with office.read() as reader:
        assert [one.phone for one in reader.find(PersonContact)] == ["+34 2"]


def test_that_exported_people_are_known_again_and_change_nothing(office: Any, tmp_path: Path) -> None:
    head = ("Student ID\tFamily name\tGiven name\tBorn\tSex\tNationality\tE-mail\tPhone\tLevel\tISCED\t"
            "Degree programme\tEmergency contact\tEmergency phone\tTags\tOrcid")
    bring(office, f"{head}\n0086\tKos\tIda\t3.4.2001\tF\tPoland; Germany\ti@example.edu\t+34 1\tMaster\t0533\t"
                  "Physics\tAna Kos\t+34 5\tbuddy; tutor\t0000-0002-1825-0097\n")
    for name in ("people.xlsx", "people.csv"):
        path = tmp_path / name
        with office.read() as reader:
            assert export_query(reader, "people", ListQuery(sort="name"), path) == 1
            plan = importing.make_plan(reader, importing.start_from_file(reader, path))
        assert plan.mapping.kind == "people"
        assert not plan.changes_something, [row.differences for row in plan.rows]
        assert counted(plan, "people") == (0, 0, 1, 0, 0)
