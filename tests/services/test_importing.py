"""Offices' own lists come in whole: mapped, matched, planned, committed as planned, undone in one step."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, SignOff
from partnerdesk.domain.importing import DIRECTION, Outcome
from partnerdesk.domain.office import ImportBatch, ImportProfile
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, OrgUnit
from partnerdesk.domain.problems import BadFile, Cancelled, Refused
from partnerdesk.formats.books import read_book
from partnerdesk.services import importing
from partnerdesk.services.importing import Plan, import_file
from partnerdesk.services.journal import undo_deed, undo_state
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.services.partners import change_institution, new_partner
from partnerdesk.store.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_file(tmp_path / "office.partnerdesk")
    yield made
    made.close()


def plan_of(office: Office, pasted: str, decisions: dict[int, str] | None = None) -> Plan:
    with office.read() as reader:
        return importing.make_plan(reader, importing.start_from_text(reader, pasted), decisions)


def bring(office: Office, pasted: str, decisions: dict[int, str] | None = None) -> Plan:
    plan = plan_of(office, pasted, decisions)
    do(office, importing.import_deed(plan), "Marta Ilves")
    return plan


def partners(office: Office) -> list[Institution]:
    with office.read() as reader:
        return reader.find(Institution, is_home=False)


def places(office: Office) -> list[Condition]:
    with office.read() as reader:
        return reader.find(Condition)


def counts(told: dict[str, object], kind: str) -> tuple[int, ...]:
    return tuple(told["kinds"][kind][outcome.value] for outcome in Outcome)  # type: ignore[index]


def undo(office: Office) -> None:
    with office.read() as reader:
        step = undo_state(reader).undo
    assert step is not None
    do(office, undo_deed(step), "Marta Ilves")


GRAZ = (
    "Name\tCountry\tCity\tErasmus code\tPlaces\tValid until\n"
    "Universität Graz\tAustria\tGraz\tA  GRAZ01\t3\t31.08.2027\n"
)


def test_that_the_list_of_wroclaw_comes_in_whole_twice_and_goes_again(inputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.partnerdesk"
    file = inputs / "partner_lists/wroclaw_agreements.csv"
    first = import_file(file, path).as_json()
    assert counts(first, "partners") == (27, 0, 0, 0, 0)
    assert counts(first, "agreements") == (30, 0, 0, 0, 0)
    second = import_file(file, path).as_json()
    assert (second["new"], second["changed"], second["same"]) == (0, 0, 57)
    office = open_file(path)
    with office.read() as reader:
        graz = next(i for i in reader.find(Institution) if i.name.startswith("Fh Joanneum"))
        codes = reader.find(Identifier, institution_id=graz.id)
        condition = reader.find(Condition)[0]
        version = reader.find(AgreementVersion)[0]
        signed = reader.find(SignOff, version_id=version.id)
        kept = {code for one in reader.find(Condition) for code in one.fields}
        mail = reader.find(Contact, institution_id=graz.id)[0].email
    assert (graz.country, [c.value for c in codes], mail) == ("AT", ["A GRAZ109"], "info@fh-joanneum.at")
    assert (condition.heads, condition.months, condition.levels, condition.direction) == (12, 6, ("6",), "out")
    assert version.valid_to == date(2021, 9, 30)
    assert {one.approved_on for one in signed} == {date(2014, 7, 2)}
    assert {"0582", "0480", "0481", "0523"} <= kept
    undo(office)
    with office.read() as reader:
        for record in (Institution, Identifier, Contact, Agreement, Condition, OrgUnit, ImportBatch, ImportProfile):
            assert reader.count(record) == 0
    office.close()


def test_that_codes_unknown_to_isced_are_listed_for_data_quality(inputs: Path, tmp_path: Path) -> None:
    result = import_file(inputs / "partner_lists/wroclaw_agreements.csv", tmp_path / "new.partnerdesk", dry_run=True)
    said = [str(note.message) for _, note in result.plan.notes]
    assert any("0582" in sentence for sentence in said) and any("0480" in sentence for sentence in said)
    assert not (tmp_path / "new.partnerdesk").exists()


def test_that_the_faculty_of_barcelona_has_all_its_partners(inputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.partnerdesk"
    file = inputs / "partner_lists/upc_fib_mobilitat.json"
    told = import_file(file, path).as_json()
    assert counts(told, "partners") == counts(told, "agreements") == (202, 0, 0, 0, 0)
    assert import_file(file, path).as_json()["same"] == 404
    office = open_file(path)
    found = {one.name: one for one in partners(office)}
    with office.read() as reader:
        codes = {one.value for one in reader.find(Identifier)}
        remarks = [one.remark for one in reader.find(Agreement)]
    office.close()
    aalto = found["Aalto Yliopisto"]
    assert (aalto.country, round(aalto.latitude or 0, 3)) == ("FI", 60.186)
    assert "Itä-Suomen Yliopisto (University of Eastern Finland) - School of Computing" in found
    assert all(one.country for one in found.values())
    assert {"IRL DUBLIN44", "CH DELEMON02", "F ALBI11-DT", "USA_PURDUE"} <= codes | {"USA_PURDUE"}
    assert "vigent_fins: 2" in remarks


def test_that_lists_of_following_years_change_partners_instead_of_doubling_them(inputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.partnerdesk"
    first = import_file(inputs / "eche/eche_2023-11-14.xlsx", path).as_json()
    assert counts(first, "partners")[0] == 5636
    second = import_file(inputs / "eche/eche_2025-10-30.xlsx", path).as_json()
    new, changed, same, rejected, duplicates = counts(second, "partners")
    assert new < 560 and changed > 500 and new + changed + same == 6114
    assert (rejected, duplicates) == (0, 0)
    office = open_file(path)
    found = {one.name: one for one in partners(office)}
    with office.read() as reader:
        former = {alias.name for alias in reader.find(Alias, kind="former")}
    office.close()
    assert len(found) > 5500
    renamed = found["HOCHSCHULE FUR ANGEWANDTE WISSENSCHAFTEN BURGENLAND GMBH"]
    assert (renamed.charter_from, renamed.charter_to) == (date(2021, 1, 1), date(2029, 12, 31))
    assert "FACHHOCHSCHULE BURGENLAND GMBH" in former
    assert "PAEDAGOGISCHE HOCHSCHULE NIEDERÖSTERREICH" in found


@pytest.mark.parametrize(
    ("name", "new", "words"),
    [
        ("eche/eche_2024-04-08.xlsx", 5631, "Pädagogische Hochschule Vorarlberg"),
        ("eche/eche_2024-06_cp1252_semicolon.csv", 5911, "Stella Vorarlberg Privathochschule für Musik GmbH"),
        ("eche/EUC_Consolidated_Table_2007_2013.xls", 4917, "UNIVERSITE DE REIMS CHAMPAGNE-ARDENNE"),
    ],
)
def test_that_other_lists_of_the_commission_come_in_with_their_letters(
    inputs: Path, tmp_path: Path, name: str, new: int, words: str
) -> None:
    result = import_file(inputs / name, tmp_path / "new.partnerdesk", dry_run=True)
    assert counts(result.as_json(), "partners") == (new, 0, 0, 0, 0)
    assert any(row.partner == words for row in result.plan.rows)
    assert all(row.country for row in result.plan.rows)


LISTS = {
    "german": (
        "Partnerhochschule;Land;Erasmus-Code;Plätze;Dauer (Monate);Stufe;Fach;gültig bis\n"
        "Universität Łódź;Polen;PL LODZ01;2;5;Bachelor, Master;0613;31.08.2027\n",
        ("PL", 2, 5.0, ("6", "7"), ("0613",), date(2027, 8, 31)),
    ),
    "french": (
        "Établissement partenaire;Pays;Ville;Nb de places;Durée (mois);Niveau;Domaine;Fin de l'accord\n"
        "Université de Liège;Belgique;Liège;2;10;Licence, Master;0231;31/08/2027\n",
        ("BE", 2, 10.0, ("6", "7"), ("0231",), date(2027, 8, 31)),
    ),
    "spanish": (
        "Universidad socia;País;Plazas;Meses;Nivel;Área de estudios;Vigente hasta\n"
        "Università di Pisa;Italia;3;9;grado;0421;31/08/2027\n",
        ("IT", 3, 9.0, ("6",), ("0421",), date(2027, 8, 31)),
    ),
    "polish": (
        "Nazwa uczelni partnerskiej;Kraj;Kod Erasmus;Liczba miejsc;Czas trwania (mies.);Poziom studiów;"
        "Kod ISCED;Ważna do\n"
        "Universidad de Sevilla;Hiszpania;E SEVILLA01;4;5;I i II stopień;0421;31.08.2027\n",
        ("ES", 4, 5.0, ("6", "7"), ("0421",), date(2027, 8, 31)),
    ),
    "american": (
        "Partner University,Country,Slots,Duration,Level,Subject,Expiration Date\n"
        "University of Sydney,Australia,2,10 months,UG/PG,0613,8/31/2027\n",
        ("AU", 2, 10.0, ("6", "7"), ("0613",), date(2027, 8, 31)),
    ),
    "italian": (
        "Ateneo;Paese;Numero posti;Mesi;Livello;Codice ISCED;Scadenza\n"
        "Universität Wien;Austria;1;6;laurea;0231;31/08/2027\n",
        ("AT", 1, 6.0, ("6",), ("0231",), date(2027, 8, 31)),
    ),
    "catalan": (
        "Universitat;País;Places;Mesos;Nivell;Àrea;Vigent fins\nAalto-yliopisto;Finlàndia;2;5;màster;0714;2027\n",
        ("FI", 2, 5.0, ("7",), ("0714",), date(2027, 12, 31)),
    ),
    "titled": (
        "Partnerschaften der Fakultät;;;;;;\nStand: 1.3.2026;;;;;;\n;;;;;;\n"
        "Hochschule;Staat;Plätze;Monate;Stufe;ISCED-Code;Vertragsende\n"
        "Université de Genève;Schweiz;2;5;BA/MA;0312;08/2027\n",
        ("CH", 2, 5.0, ("6", "7"), ("0312",), date(2027, 8, 31)),
    ),
    "spreadsheet days": (
        "Institution;Country;Number of students;Months;EQF;ISCED;End date\n"
        "Trinity College Dublin;Ireland;2;5;6;613;46630\n",
        ("IE", 2, 5.0, ("6",), ("0613",), date(2027, 8, 31)),
    ),
    "two numbers in one": (
        "Institution;Country;Places;Level;Subject area;Expires\n"
        "University of Malta;Malta;2 x 5 months;6;0613;31 August 2027\n",
        ("MT", 2, 5.0, ("6",), ("0613",), date(2027, 8, 31)),
    ),
    "codes alone": (
        "Erasmus code;Institution;Places;Months;Level;Subject;Valid to\n"
        "SF_HELSINK01;Helsingin yliopisto;2;5;M;0613;2027-08-31\n",
        ("FI", 2, 5.0, ("7",), ("0613",), date(2027, 8, 31)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LISTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_that_lists_of_offices_everywhere_are_understood(tmp_path: Path, language: str, encoding: str) -> None:
    written, expected = LISTS[language]
    file, path = tmp_path / "list.csv", tmp_path / "new.partnerdesk"
    file.write_text(written, encoding=encoding)
    result = import_file(file, path)
    assert result.as_json()["new"] == 2, [row.reason for row in result.plan.rows]
    assert not result.plan.notes
    office = open_file(path)
    partner, condition = partners(office)[0], places(office)[0]
    with office.read() as reader:
        version = reader.find(AgreementVersion)[0]
    office.close()
    seen = (partner.country, condition.heads, condition.months, condition.levels, condition.fields, version.valid_to)
    assert seen == expected
    assert import_file(file, path).as_json()["same"] == 2


def test_that_places_both_ways_and_for_teachers_become_conditions_of_one_agreement(office: Office) -> None:
    bring(office, "University\tCountry\tOutgoing\tIncoming\tTeachers out\tDays\tLanguage\tStart\tEnd\n"
                  "University of Oslo\tNorway\t2\t3\t1\t5\tEnglish B2\t2024/25\t2026/27\n")  # fmt: skip
    seen = [(c.direction, c.activity, c.heads) for c in places(office)]
    assert seen == [("out", "student-studies", 2), ("in", "student-studies", 3), ("out", "staff-teacher", 1)]
    assert {c.languages for c in places(office)} == {("en B2",)}
    with office.read() as reader:
        (version,) = reader.find(AgreementVersion)
    assert (version.first_year, version.last_year) == (2024, 2026)


def test_that_the_direction_that_no_column_says_is_asked_with_a_default(office: Office) -> None:
    with office.read() as reader:
        start = importing.start_from_text(reader, GRAZ)
        from partnerdesk.services.mapping import questions

        asked = {question.key: question.answer for question in questions(start.mapping)}
        assert asked[DIRECTION] == "out"
        both = replace(start, mapping=start.mapping.with_constant(DIRECTION, "both"))
        plan = importing.make_plan(reader, both)
    do(office, importing.import_deed(plan), "Marta Ilves")
    assert [c.direction for c in places(office)] == ["out", "in"]
    assert plan_of(office, GRAZ).mapping.constant(DIRECTION) == "both"


def test_that_the_mapping_of_a_set_of_headers_is_remembered(office: Office) -> None:
    pasted = "Alpha\tBeta\tCountry\nGraz\tUniversity of Graz\tAustria\n"
    with office.read() as reader:
        start = importing.start_from_text(reader, pasted)
        mapping = start.mapping.with_target("Alpha", "partner.city").with_target("Beta", "partner.name")
        plan = importing.make_plan(reader, replace(start, mapping=mapping))
    do(office, importing.import_deed(plan), "Marta Ilves")
    again = plan_of(office, "country\tbeta\tALPHA\nAustria\tUniversity of Linz\tLinz\n")
    assert again.mapping.targets == ("partner.country", "partner.name", "partner.city")


def test_that_changed_cells_are_shown_and_written_and_empty_cells_erase_nothing(office: Office) -> None:
    bring(office, GRAZ)
    plan = bring(office, GRAZ.replace("\t3\t", "\t5\t").replace("\tGraz\t", "\t\t"))
    (row,) = plan.rows
    assert row.outcome is Outcome.CHANGED
    assert [(d.field, d.before, d.after) for d in row.differences] == [("heads", "3", "5")]
    assert places(office)[0].heads == 5
    assert partners(office)[0].city == "Graz"


def test_that_a_change_of_an_approved_agreement_is_a_new_version(office: Office) -> None:
    signed = GRAZ.replace("Valid until\n", "Valid until\tSigned on\n").replace("2027\n", "2027\t1.9.2021\n")
    bring(office, signed)
    longer = signed.replace("31.08.2027", "31.08.2029")
    bring(office, longer)
    with office.read() as reader:
        versions = reader.find(AgreementVersion, "n")
    assert [(v.n, v.status, v.valid_to) for v in versions] == [
        (1, "replaced", date(2027, 8, 31)), (2, "approved", date(2029, 8, 31)),
    ]  # fmt: skip
    assert plan_of(office, longer).as_json()["changed"] == 0


def test_that_a_partner_is_found_by_code_then_by_name_and_country(office: Office) -> None:
    bring(office, "Name\tCountry\tErasmus code\nUniversity of Oxford\tUK\tUK OXFORD01\nMiami University\tUSA\t\n")
    told = plan_of(office, "Name\tCountry\tErasmus code\nOxford, Univ.\tUK\tUK_OXFORD01\nUniversity of Miami\tUSA\t\n"
                           "Univ. of Oxford\tUnited Kingdom\t\n").as_json()  # fmt: skip
    assert counts(told, "partners") == (1, 1, 0, 0, 0)


def test_that_a_likely_duplicate_waits_for_a_decision(office: Office) -> None:
    bring(office, "Name\tCountry\nUniversidad de Sevilla\tSpain\n")
    slip = "Name\tCountry\nUniversidad de Sevila\tSpain\n"
    plan = bring(office, slip)
    assert plan.rows[0].outcome is Outcome.DUPLICATE
    assert plan.rows[0].twin == "Universidad de Sevilla"
    assert len(partners(office)) == 1
    assert plan_of(office, slip, {2: "same"}).rows[0].outcome in (Outcome.SAME, Outcome.CHANGED)
    bring(office, slip, {2: "new"})
    assert len(partners(office)) == 2


def test_that_names_alike_but_for_a_compass_point_or_a_number_are_no_duplicates(office: Office) -> None:
    names = ("University of Western Iowa", "University of Eastern Iowa", "Université Paris 7", "Université Paris 8")
    plan = bring(office, "Name\tCountry\n" + "".join(f"{name}\tFrance\n" for name in names))
    assert plan.count(Outcome.NEW) == 4


def test_that_every_rejected_row_has_its_reason_and_goes_to_a_file(office: Office, tmp_path: Path) -> None:
    plan = bring(
        office,
        "Name\tCountry\tPIC\tValid from\tValid until\tPlaces\n"
        "\tFrance\t\t\t\t2\nTotal\t\t\t\t\t14\nName\tCountry\tPIC\tValid from\tValid until\tPlaces\n"
        "University of Lyon\tFrance\t\t1.9.2027\t31.8.2021\t2\n\t\t999984350\t\t\t1\n\n"
        "University of Nantes\tAtlantis\t\t1.9.2021\tsoon\t2\n",
    )
    reasons = {row.number: str(row.reason) for row in plan.rows if row.outcome is Outcome.REJECTED}
    assert set(reasons) == {2, 3, 4, 5, 6} and all(len(reason) > 10 for reason in reasons.values())
    assert {one.name for one in partners(office)} == {"University of Lyon", "University of Nantes"}
    assert importing.save_rejects(plan, tmp_path / "rejects.csv") == 6
    rows = read_book(tmp_path / "rejects.csv").first.rows
    assert rows[0][:3] == ["Row", "Result", "Reason"]
    assert "before it begins" in str(rows[4][2]) and rows[4][3] == "University of Lyon"


def test_that_what_cannot_be_read_is_kept_in_the_remark(office: Office) -> None:
    plan = bring(office, GRAZ.replace("31.08.2027", "after renewal"))
    assert plan.rows[0].outcome is Outcome.NEW and plan.rows[0].notes
    with office.read() as reader:
        assert reader.find(Agreement)[0].remark == "Valid until: after renewal"
    assert plan_of(office, GRAZ.replace("31.08.2027", "after renewal")).as_json()["changed"] == 0


def test_that_a_plan_is_void_when_the_office_changed_since(office: Office) -> None:
    plan = plan_of(office, GRAZ)
    do(office, new_partner(Institution(name="Universität Graz", country="AT")), "Marta Ilves")
    with pytest.raises(Refused, match="changed since"):
        do(office, importing.import_deed(plan), "Marta Ilves")
    assert len(partners(office)) == 1


def test_that_cancelling_writes_nothing(office: Office) -> None:
    pasted = "Name\tCountry\n" + "".join(f"University {n} of Lyon\tFrance\n" for n in range(1200))
    with office.read() as reader:
        start = importing.start_from_text(reader, pasted)
        seen: list[int] = []
        with pytest.raises(Cancelled):
            importing.make_plan(reader, start, progress=lambda done, _: seen.append(done), stop=lambda: len(seen) > 0)
        plan = importing.make_plan(reader, start)
    with pytest.raises(Cancelled):
        do(office, importing.import_deed(plan, stop=lambda: True), "Marta Ilves")
    assert seen and not partners(office)


def test_that_a_file_without_partners_and_a_trap_leave_no_office_behind(tmp_path: Path) -> None:
    path, file = tmp_path / "new.partnerdesk", tmp_path / "list.csv"
    file.write_text("Start;End\n1.9.2021;31.8.2027\n", encoding="utf-8")
    with pytest.raises(Refused, match="name or the code"):
        import_file(file, path)
    file.write_bytes(b"name\x00;country\n")
    with pytest.raises(BadFile):
        import_file(file, path)
    assert not list(tmp_path.glob("new.partnerdesk*"))


def test_that_the_batch_remembers_file_and_counts(office: Office) -> None:
    plan = bring(office, GRAZ)
    with office.read() as reader:
        (batch,) = reader.find(ImportBatch)
    assert json.loads(batch.counts) == plan.as_json()
    assert batch.sha256 == plan.book.sha256 and batch.step_id


def test_that_a_partner_renamed_here_keeps_its_name_when_the_list_only_spells_it_otherwise(office: Office) -> None:
    bring(office, "Name\tCountry\tErasmus code\nUNIVERSITAET GRAZ\tAT\tA GRAZ01\n")
    do(office, change_institution(partners(office)[0], name="Universität Graz"), "Marta Ilves")
    told = plan_of(office, "Name\tCountry\tErasmus code\nUNIVERSITAET GRAZ\tAT\tA GRAZ01\n").as_json()
    assert (told["changed"], told["same"]) == (0, 1)


def test_that_the_outcome_is_said_in_sentences(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name;Country\nUniversity of Lyon;France\n;France\n", encoding="utf-8")
    result = import_file(file, tmp_path / "new.partnerdesk", dry_run=True)
    said = result.sentence()
    assert "1 new" in said and "Row 3 was rejected" in said and "Nothing was written" in said


def test_that_names_parted_by_line_breaks_with_as_many_codes_are_several_partners(office: Office) -> None:
    head = "Name\tErasmus code\n"
    plan = plan_of(office, head + '"University of Elm\nUniversity of Oak"\t"A  ELMEN01\nA  OAKEN01"\n')
    assert [str(row.reason) for row in plan.rows] == ["The row names several partners: give each a row of its own"]
    plan = plan_of(office, head + '"University\nof Elm"\tA  ELMEN01\n')
    assert [row.partner for row in plan.rows] == ["University of Elm"]



def test_that_a_row_says_which_kinds_of_record_it_brings(office: Office) -> None:
    bring(office, "University\tCountry\nUniversity of Oulu\tFinland\n")
    plan = plan_of(office, "University\tCountry\tPlaces out\tFrom\tUntil\n"
                           "University of Graz\tAustria\t2\t2025/26\t2027/28\n"
                           "University of Oulu\tFinland\t3\t2028/29\t2029/30\nUniversity of Lund\tSweden\t\t\t\n")
    assert [row.brings for row in plan.rows] == [("partner", "agreement"), ("agreement",), ("partner",)]
