"""Plans of MS Project and GanttProject in four languages; circles and hostile files are refused in a sentence."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.problems import BadFile
from partnerdesk.formats.plan_cells import Wait, last_day, read_length, read_waits
from partnerdesk.formats.plan_parts import parts_of
from partnerdesk.formats.plans import looks_like_plan, read_plan

TODAY = date(2026, 3, 2)

ENGLISH = """ID,Task Name,Duration,Start,Finish,Predecessors,% Complete,Outline Level,Resource Names
1,WP1 Management,45 days,Mon 03/02/26,Fri 05/01/26,,0%,1,
2,Kick-off meeting,1 day,Mon 03/02/26,Mon 03/02/26,,100%,2,Anna
3,Handbook,10 days,Wed 03/04/26,Tue 03/17/26,2FS+1d,50%,2,"Anna,Boris"
4,M1 Handbook approved,0 days,Wed 03/18/26,Wed 03/18/26,3,0%,2,
5,WP2 Teaching,20 days,Thu 03/19/26,Wed 04/15/26,,0%,1,
6,Course,20 days,Thu 03/19/26,Wed 04/15/26,"4;3SS+2 wks",0%,2,Chen
"""
GERMAN = """Nr.;Vorgangsname;Dauer;Anfang;Ende;Vorgänger;% Abgeschlossen;Gliederungsebene;Ressourcennamen
1;AP1 Leitung;5 Tage;Mo 02.03.26;Fr 06.03.26;;0%;1;
2;Auftakt;1 Tag;Mo 02.03.26;Mo 02.03.26;;100%;2;Anna
3;Handbuch;3 Tage;Mi 04.03.26;Fr 06.03.26;2EA+1 Tag;50%;2;Boris
4;Prüfung;2 Tage;Mi 04.03.26;Do 05.03.26;"3AA;2EE-1 Wo";0%;2;
"""
FRENCH = """N°;Nom de la tâche;Durée;Début;Fin;Prédécesseurs;% achevé;Niveau hiérarchique;Noms ressources
1;LT1 Gestion;5 jours;Lun 02/03/26;Ven 06/03/26;;0%;1;
2;Lancement;1 jour;Lun 02/03/26;Lun 02/03/26;;100%;2;Anna
3;Manuel;3 jours;Mer 04/03/26;Ven 06/03/26;2FD+1 jour;50%;2;
"""
SPANISH = """Id;Nombre de tarea;Duración;Comienzo;Fin;Predecesoras;% completado;Nivel de esquema;Nombres de los recursos
1;PT1 Gestión;5 días;lun 02/03/26;vie 06/03/26;;0%;1;
2;Inicio;1 día;lun 02/03/26;lun 02/03/26;;100%;2;Anna
3;Manual;3 días;mié 04/03/26;vie 06/03/26;2FC+1 día;50%;2;
"""
GANTT = """ID,Name,Begin date,End date,Duration,Completion,Cost,Coordinator,Predecessors,Outline number,Resources,Notes
0,Management,2/3/26,20/3/26,15,0,0,,,1,,
1,Kick-off,2/3/26,2/3/26,1,100,0,Anna,,1.1,Anna,In Vienna
2,Handbook,4/3/26,17/3/26,10,50,0,,1-FS=P1D,1.2,Anna;Boris,
3,Approved,18/3/26,18/3/26,0,0,0,,2-FS,1.3,,

ID,Name,e-mail,Phone,Default role
0,Anna,anna@example.org,,Default
"""


def made(tmp_path: Path, content: str, name: str = "plan.csv") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_that_a_plan_of_ms_project_is_read_as_it_stands(tmp_path):
    plan = read_plan(made(tmp_path, ENGLISH), TODAY)
    assert [item.title for item in plan.items][:2] == ["WP1 Management", "Kick-off meeting"]
    handbook = plan.items[2]
    assert (handbook.starts_on, handbook.ends_on, handbook.progress) == (date(2026, 3, 4), date(2026, 3, 17), 50)
    assert handbook.waits == (Wait("2", "FS", 1),) and handbook.people == "Anna,Boris"
    assert plan.items[3].milestone and plan.unused == () and not any(item.notes for item in plan.items)
    assert plan.items[5].waits == (Wait("4", "FS", 0), Wait("3", "SS", 14))


def test_that_its_lines_become_packages_tasks_milestones_and_links(tmp_path):
    parts = parts_of(read_plan(made(tmp_path, ENGLISH), TODAY).items)
    assert [(part.kind, part.number, part.title, part.package) for part in parts.parts] == [
        ("package", "WP1", "Management", None), ("task", "", "Kick-off meeting", 0), ("task", "", "Handbook", 0),
        ("milestone", "M1", "Handbook approved", 0), ("package", "WP2", "Teaching", None), ("task", "", "Course", 4)]
    assert parts.parts[3].leads == 2
    # the course waits for the milestone, which comes down to the handbook that it waits for
    assert [(wire.after, wire.before, wire.kind, wire.lag) for wire in parts.wires] == [(2, 1, "FS", 1),
                                                                                       (5, 2, "FS", 0)]
    assert parts.days == (date(2026, 3, 2), date(2026, 5, 1))


def test_that_a_line_for_the_whole_project_gives_its_name(tmp_path):
    rows = ("ID,Name,Start,Finish,Outline Level\n0,Bridges,2026-03-02,2026-03-06,0\n1,WP1,2026-03-02,2026-03-06,1\n"
            "2,A,2026-03-02,2026-03-06,2\n")
    plan = read_plan(made(tmp_path, rows), TODAY)
    assert plan.name == "Bridges" and [part.kind for part in parts_of(plan.items).parts] == ["package", "task"]
    deeper = rows.replace(",2\n", ",3\n").replace(",1\n", ",2\n").replace(",0\n", ",1\n")
    assert read_plan(made(tmp_path, deeper), TODAY).name == "Bridges"


@pytest.mark.parametrize("content", [GERMAN, FRENCH, SPANISH])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_that_the_same_plan_is_read_in_other_languages(tmp_path, content, encoding):
    path = tmp_path / "plan.csv"
    path.write_bytes(content.encode(encoding))
    plan = read_plan(path, TODAY)
    assert plan.unused == () and not any(item.notes for item in plan.items)
    first, kick_off, handbook = plan.items[:3]
    assert (first.level, kick_off.level) == (1, 2) and kick_off.progress == 100 and kick_off.people == "Anna"
    assert (handbook.starts_on, handbook.ends_on) == (date(2026, 3, 4), date(2026, 3, 6))
    assert handbook.waits == (Wait("2", "FS", 1),)
    if content is GERMAN:
        assert plan.items[3].waits == (Wait("3", "SS", 0), Wait("2", "FF", -7))
    assert looks_like_plan(content.splitlines()[0].split(";"))


def test_that_a_plan_of_ganttproject_is_read_without_its_resources(tmp_path):
    plan = read_plan(made(tmp_path, GANTT), TODAY)
    assert [item.title for item in plan.items] == ["Management", "Kick-off", "Handbook", "Approved"]
    assert plan.items[1].remark == "In Vienna" and plan.items[1].people == "Anna"
    assert plan.items[2].waits == (Wait("1", "FS", 1),) and plan.items[3].milestone
    assert plan.items[2].starts_on == date(2026, 3, 4) and plan.unused == ("Cost",)


def test_that_months_come_first_where_only_the_lengths_tell(tmp_path):
    rows = "Name,Start,Finish,Duration\nA,03/02/26,03/06/26,5 days\nB,03/09/26,03/10/26,2 days\n"
    items = read_plan(made(tmp_path, rows), TODAY).items
    assert items[0].ends_on == date(2026, 3, 6) and items[1].starts_on == date(2026, 3, 9)


def test_that_an_end_follows_from_a_length_and_other_writings_of_days_are_read(tmp_path):
    rows = ("Name;Start;Duration\nA;02 March 2026 08:00;10 days\nB;March 2, 2026 8:00 AM;2 ewks\n"
            "C;2026-03-02T08:00;1 mon?\nD;NA;\n")
    items = read_plan(made(tmp_path, rows), TODAY).items
    assert [item.starts_on for item in items] == [date(2026, 3, 2)] * 3 + [None]
    assert [item.ends_on for item in items] == [date(2026, 3, 13), date(2026, 3, 15), date(2026, 3, 27), None]


def test_that_what_cannot_be_read_is_named_at_its_line(tmp_path):
    rows = ("ID,Name,Start,Finish,Predecessors,% Complete,Colour\n1,A,someday,2026-03-06,7,150%,red\n"
            "2,B,2026-03-06,2026-03-02,1FS+50%,20%,\n")
    plan = read_plan(made(tmp_path, rows), TODAY)
    said = [" ".join(str(note) for note in item.notes) for item in plan.items]
    assert "someday" in said[0] and "number 7" in said[0] and "150%" in said[0] and plan.unused == ("Colour",)
    assert "ends before" in said[1] and "1FS+50%" in said[1]


def test_that_tasks_of_a_summary_within_a_package_stay_in_the_package(tmp_path):
    rows = ("ID,Name,Start,Finish,Outline Level,Predecessors\n1,WP1,2026-03-02,2026-03-06,1,\n"
            "2,Part,2026-03-02,2026-03-06,2,\n3,A,2026-03-02,2026-03-06,3,\n4,B,2026-03-02,2026-03-06,2,2\n"
            "5,Alone,2026-03-02,2026-03-06,1,\n")
    parts = parts_of(read_plan(made(tmp_path, rows), TODAY).items)
    assert [(part.title, part.package) for part in parts.parts] == [("WP1", None), ("A", 0), ("B", 0), ("Alone", None)]
    assert parts.wires == () and "Part" in str(parts.parts[2].notes[0])


def test_that_a_circle_is_refused_and_named(tmp_path):
    rows = "ID,Name,Start,Finish,Predecessors\n1,A,2026-03-02,2026-03-03,3\n2,B,,,1\n3,C,,,2SS\n"
    with pytest.raises(BadFile, match=r"in a circle: (A → B → C → A|B → C → A → B|C → A → B → C)\."):
        read_plan(made(tmp_path, rows), TODAY)
    itself = "ID,Name,Start,Finish,Predecessors\n1,A,2026-03-02,2026-03-03,1\n"
    with pytest.raises(BadFile, match="A → A"):
        read_plan(made(tmp_path, itself), TODAY)


HOSTILE = {
    "one_line": "Name,Start,Finish," + "x" * 10_400_000,
    "no_plan": "partner,country\nA,DE\n",
    "nothing": "Name,Start,Finish\n,,\n",
    "many": "ID,Name,Start,Finish\n" + "1,A,2026-03-02,2026-03-03\n" * 6_000,
    "endless_chain": "ID,Name,Start,Finish,Predecessors\n" + "".join(
        f"{n},T,,,{n + 1}\n" for n in range(1, 4_900)) + "4900,T,,,1\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_plan_is_refused_in_one_sentence(tmp_path, name):
    with pytest.raises(BadFile) as refused:
        read_plan(made(tmp_path, HOSTILE[name]), TODAY)
    said = str(refused.value)
    assert said.endswith(".") and "\n" not in said and len(said) < 200


def test_that_a_net_of_milestones_costs_no_more_than_a_moment(tmp_path):
    rows = ["ID,Name,Start,Finish,Duration,Predecessors"]
    rows += [f"{n},M{n},,,0 days,\"{';'.join(str(k) for k in range(max(1, n - 9), n))}\"" for n in range(1, 300)]
    rows += ["300,End,2026-03-02,2026-03-03,2 days,299"]
    assert len(parts_of(read_plan(made(tmp_path, "\n".join(rows)), TODAY).items).parts) == 300


@given(st.text(max_size=40), st.text(max_size=30))
def test_that_any_cell_is_read_or_named(said, other):
    waits, unread = read_waits(said)
    assert len(waits) + len(unread) <= len(said) + 1
    length = read_length(other)
    assert length is None or length[0] >= 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)).filter(lambda day: day.weekday() < 5), st.integers(1, 400))
def test_that_work_leaves_out_saturdays_and_sundays(first, days):
    last = last_day(first, days, False)
    worked = sum(date.fromordinal(n).weekday() < 5 for n in range(first.toordinal(), last.toordinal() + 1))
    assert worked == days and last.weekday() < 5
