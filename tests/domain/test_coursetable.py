"""Courses are read from what people paste: spreadsheets, and text copied out of a PDF."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.coursetable import read_courses, sum_of

TODAY = date(2026, 3, 2)


def told(written):
    return [(c.code, c.title, c.credits, c.grade, c.passed) for c in read_courses(written, TODAY).courses]


@pytest.mark.parametrize("written", [
    "Code\tTitle\tECTS\tGrade\nINF1\tDatabases\t6\t1,7",
    "Modulnummer;Bezeichnung;Leistungspunkte;Note\nINF1;Databases;6;1,7",
    "Sigle;Intitulé;Crédits;Note\nINF1;Databases;6;1,7",
    "Código;Asignatura;Créditos ECTS;Calificación\nINF1;Databases;6;1,7",
    "Kod przedmiotu;Nazwa przedmiotu;Punkty ECTS;Ocena\nINF1;Databases;6;1,7",
    "| No. | Course | Grade | Credits |\n|---|---|---|---|\n| INF1 | Databases | 1,7 | 6 |",
    "Code    Title        ECTS   Grade\nINF1    Databases    6      1,7",
    "INF1 Databases 6 1,7",
    "INF1\tDatabases\t6\t1,7",
])
def test_that_a_table_is_read_in_five_languages_and_with_any_separator(written):
    assert told(written) == [("INF1", "Databases", 6.0, "1,7", None)]


PDF = """Transcript of records
Academic year 2025/2026
Code        Title                       Local grade   ECTS grade   ECTS credits
CS 101A     Introduction to algorithms  15            B            6.0
CS102       Logic and proof             8             F            4.5
            and more
            Sports                      passed                     2
Total                                                              12.5
"""


def test_that_text_out_of_a_pdf_is_read_by_where_its_cells_stand():
    assert told(PDF) == [
        ("CS 101A", "Introduction to algorithms", 6.0, "15", True),
        ("CS102", "Logic and proof and more", 4.5, "8", False),
        ("", "Sports", 2.0, "passed", None)]


def test_that_rows_which_are_no_courses_are_told():
    table = read_courses(PDF, TODAY)
    assert table.headed
    assert table.left_out == ("Transcript of records", "Academic year 2025/2026")
    assert sum_of(table.courses) == 12.5


def test_that_a_number_in_a_title_stays_there():
    assert told("Mathematics 2 6 15\nPhysics II 7,5") == [
        ("", "Mathematics 2", 6.0, "15", None), ("", "Physics II", 7.5, "", None)]


def test_that_a_failed_course_is_known_by_its_words():
    assert [c[4] for c in told("Asignatura;ECTS;Calificación\nHistoria;6;Suspenso\nArte;6;Notable")] == [False, None]
    assert [c[4] for c in told("Modul;ECTS;Note;Bestanden\nRecht;6;4,0;ja\nKunst;6;5,0;nein")] == [True, False]


def test_that_the_day_of_a_result_is_read():
    table = read_courses("Course;Credits;Grade;Date\nLaw;5;B;12.02.2026", TODAY)
    assert table.courses[0].day == date(2026, 2, 12)


def test_that_nothing_comes_from_nothing():
    assert read_courses("", TODAY).courses == ()
    assert read_courses("\n \n\t\t\n", TODAY).courses == ()


TITLES = st.text("abcdefghij klmno", min_size=5, max_size=30).map(lambda s: " ".join(s.split())).filter(
    lambda s: len(s) > 4 and " " not in s[:3])


@given(st.lists(st.tuples(TITLES, st.integers(1, 30)), min_size=1, max_size=20))
def test_that_no_row_of_a_headed_table_is_lost(courses):
    written = "Title\tCredits\tGrade\n" + "\n".join(f"{title}\t{credits}\tB" for title, credits in courses)
    kept = [(title, credits) for title, credits in courses if title.split()[0] not in ("gpa",)]
    found = read_courses(written, TODAY).courses
    assert [(c.title, c.credits) for c in found] == kept


@given(st.text(max_size=200))
def test_that_any_text_can_be_pasted(written):
    table = read_courses(written, TODAY)
    assert all(course.title for course in table.courses)


def test_that_a_row_without_end_is_read_as_far_as_a_row_goes():
    assert read_courses("Title;ECTS;Grade\n" + "a" * 300_000 + ";6;B\nLaw;6;B", TODAY).courses[-1].title == "Law"


def test_that_two_columns_of_one_name_are_told_apart():
    german = "Modul-Nr.   Modulbezeichnung   LP   Note   Status\n10-201   Algorithmen II   10   1,3   BE\n"
    french = "Code UE;Intitulé;Note /20;Crédits ECTS;Résultat\nINF1;Systèmes;8/20;6;Ajourné\n"
    polish = "Lp.;Kod przedmiotu;Nazwa przedmiotu;Ocena;ECTS\n1;WI-101;Bazy danych;4.5;6\n"
    assert told(german) == [("10-201", "Algorithmen II", 10.0, "1,3", True)]
    assert told(french) == [("INF1", "Systèmes", 6.0, "8/20", False)]
    assert told(polish) == [("WI-101", "Bazy danych", 6.0, "4.5", None)]


def test_that_a_course_whose_title_sounds_like_a_header_is_kept():
    assert told("Title;Credits;Grade\nCourse design;6;B\nGrade of steel;3;A") == [
        ("", "Course design", 6.0, "B", None), ("", "Grade of steel", 3.0, "A", None)]
    assert told("Course design\t6\tpassed") == [("", "Course design", 6.0, "passed", None)]


def test_that_a_header_repeated_on_the_next_page_is_no_course():
    assert len(told("Title;Credits;Grade\nLaw;6;B\nTitle;Credits;Grade\nArt;3;A")) == 2
