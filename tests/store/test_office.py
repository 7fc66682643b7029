"""Opening and writing an office file: what is refused with a sentence, what holds when things go wrong."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from partnerdesk.domain.partners import Identifier, Institution, Member, Partnership
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble, Refused, Superseded
from partnerdesk.domain.words import text
from partnerdesk.store import driver, schema
from partnerdesk.store import office as rooms
from partnerdesk.store.office import create_office, inspect, open_office

WHO = "Marta Ilves"
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("schema_*.partnerdesk"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = create_office(tmp_path / "Ö ffice.partnerdesk")
    with made.write(text("new"), WHO) as unit:
        unit.add_many([Institution(name=f"Partner {n}", remark="r" * 300) for n in range(400)])
    made.close()
    return made.path


def names(office: Any) -> set[str]:
    with office.read() as reader:
        return {i.name for i in reader.find(Institution)}


def test_that_the_safety_settings_hold_on_every_connection(path: Path) -> None:
    connection = driver.connect(path)
    read = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name, _ in driver._PRAGMAS
            if connection.execute(f"PRAGMA {name}").fetchone() is not None}
    assert read == {name: value for name, value in driver._PRAGMAS if name in read}
    assert {"trusted_schema", "foreign_keys", "secure_delete", "cell_size_check"} <= set(read)
    assert driver.keep_journal(connection) == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    connection.close()


def test_that_a_setting_the_engine_does_not_take_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_PRAGMAS", (("foreign_keys", 7),))
    with pytest.raises(driver.DatabaseError, match="foreign_keys"):
        driver.connect(path)


def test_that_the_declared_schema_is_the_stored_one(path: Path) -> None:
    office = open_office(path)
    inspector = sa.inspect(office._engine)
    for table in schema.metadata.sorted_tables:
        stored = {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(table.name)}
        declared = {c.name: (str(c.type), bool(c.nullable)) for c in table.columns}
        assert stored == declared
        assert {i["name"] for i in inspector.get_indexes(table.name)} >= {i.name for i in table.indexes}
        links = {(k["constrained_columns"][0], k["referred_table"]) for k in inspector.get_foreign_keys(table.name)}
        assert links == {(k.parent.name, k.column.table.name) for k in table.foreign_keys}
    office.close()


def layout(path: Path) -> dict[str, Any]:
    """Every table with its columns, links and indexes, and the schema's number."""
    connection = driver.connect(path, mode="ro")
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        said: dict[str, Any] = {"": connection.execute("PRAGMA user_version").fetchone()}
        for name in tables:
            said[name] = [sorted(map(str, connection.execute(f"PRAGMA {ask}('{name}')")))
                          for ask in ("table_info", "foreign_key_list")]
            indexes = connection.execute(f"PRAGMA index_list('{name}')").fetchall()
            said[name].append(sorted((one[1], one[2], str(connection.execute(
                f"PRAGMA index_info('{one[1]}')").fetchall())) for one in indexes))
        return said
    finally:
        connection.close()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda p: p.stem)
def test_that_a_file_of_every_schema_becomes_one_of_the_newest(fixture: Path, path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(fixture, tmp_path / "older.partnerdesk"))
    office = open_office(copy)
    assert "Uniwersytet Łódzki" in names(office)
    office.close()
    assert layout(copy) == layout(path)


def test_that_every_schema_keeps_a_fixture() -> None:
    assert [f.stem for f in FIXTURES] == [f"schema_{n}" for n in range(1, schema.SCHEMA_VERSION + 1)]


def refused(path: Path, *, kind: type[Exception] = BadFile) -> str:
    """The sentence with which a file is refused, by the one that opens it."""
    with pytest.raises(kind) as told:
        open_office(path)
    return str(told.value)


def test_that_what_is_no_office_is_refused_with_a_sentence(tmp_path: Path) -> None:
    database = tmp_path / "other.partnerdesk"
    driver.dbapi.connect(str(database)).executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
    note, empty = tmp_path / "note.partnerdesk", tmp_path / "empty.partnerdesk"
    note.write_text("To whom it may concern" * 400)
    empty.touch()
    for file in (note, empty):
        assert refused(file) == f"{file.name} is not a PartnerDesk office."
    assert refused(database) == "other.partnerdesk cannot be read as a PartnerDesk office. It may be damaged."
    os.mkfifo(tmp_path / "pipe")
    assert "not a PartnerDesk office" in refused(tmp_path / "pipe")
    assert refused(tmp_path) == f"{tmp_path.name} is a folder, not an office file."
    assert refused(tmp_path / "gone") == "gone is not there."


def test_that_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    connection = driver.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = path.read_bytes()
    assert "newer version" in refused(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_that_a_file_cut_short_is_refused_and_left_alone(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    before = path.read_bytes()
    assert refused(path) == f"{path.name} is damaged or cut off. Open a copy from before the damage."
    assert path.read_bytes() == before


def test_that_a_file_with_its_log_beside_it_is_not_taken_for_cut(path: Path) -> None:
    office = open_office(path)
    with office.write(text("more"), WHO) as unit:
        unit.add_many([Institution(name=f"More {n}", remark="r" * 900) for n in range(900)])
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    assert inspect(path) == (schema.SCHEMA_VERSION, True)
    other = open_office(path, read_only=True)
    assert len(names(other)) == 1300
    other.close()
    office.close()


def test_that_a_missing_table_is_noticed_on_opening(path: Path) -> None:
    connection = driver.connect(path)
    connection.execute("DROP TABLE saved_view")
    connection.close()
    assert "is damaged or cut off" in refused(path)


def test_that_a_new_office_is_not_made_over_a_file_or_into_nowhere(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="already a file"):
        create_office(path)
    with pytest.raises(BadFile, match="does not exist"):
        create_office(tmp_path / "nowhere" / "a.partnerdesk")


def read_only_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if neither file nor folder could be written to; root may everything."""
    monkeypatch.setattr(rooms.os, "access", lambda path, mode: mode != os.W_OK)


def test_that_an_office_on_read_only_ground_is_shown_and_not_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    read_only_ground(monkeypatch)
    office = open_office(path)
    assert office.read_only
    assert len(names(office)) == 400
    with pytest.raises(EnvironmentTrouble, match="reading only"), office.write(text("x"), WHO):
        pass
    office.close()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_that_what_lies_in_the_log_is_seen_on_read_only_ground(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(path)
    with office.write(text("more"), WHO) as unit:
        unit.add(Institution(name="In the log"))
    medium = tmp_path / "medium"
    medium.mkdir()
    for part in (path, path.with_name(path.name + "-wal")):
        shutil.copy(part, medium)
    office.close()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(rooms.tempfile, "tempdir", None)
    read_only_ground(monkeypatch)
    shown = open_office(medium / path.name)
    assert "In the log" in names(shown)
    shown.close()
    assert not list(tmp_path.glob("partnerdesk-*")), "the private copy is left behind"


def test_that_a_failure_takes_back_the_whole_unit(path: Path) -> None:
    office = open_office(path)
    with pytest.raises(ZeroDivisionError), office.write(text("half"), WHO) as unit:
        unit.add(Institution(name="Half"))
        raise ZeroDivisionError
    assert "Half" not in names(office)
    with office.write(text("whole"), WHO) as unit:
        unit.add(Institution(name="Whole"))
    assert "Whole" in names(office)
    office.close()


def test_that_a_full_disk_is_told_and_the_next_save_works(path: Path) -> None:
    office = open_office(path)
    with office._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 3}")
    with pytest.raises(EnvironmentTrouble, match=r"disk .* is full"), office.write(text("much"), WHO) as unit:
        unit.add_many([Institution(name=f"Much {n}", remark="r" * 2000) for n in range(500)])
    with office._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    with office.write(text("more"), WHO) as unit:
        unit.add(Institution(name="More"))
    assert "More" in names(office)
    assert "Much 1" not in names(office)
    office.close()


@pytest.mark.parametrize("later", [False, True])
def test_that_a_record_others_need_is_not_taken_away(path: Path, later: bool) -> None:
    office = open_office(path)
    with office.write(text("relation"), WHO) as unit:
        unit.add(Member(partnership_id=unit.add(Partnership()).id, institution_id=1))
    with pytest.raises(Refused, match="still belong to it"), office.write(text("remove"), WHO) as unit:
        if later:
            unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys=1")
        unit.remove(Institution, 1)
    with pytest.raises(Refused, match="there already"), office.write(text("double"), WHO) as unit:
        unit.add(Member(partnership_id=1, institution_id=1))
    with office.write(text("next"), WHO) as unit:
        assert unit.change(Institution, 1, None, city="Next")
    office.close()


def test_that_a_save_over_a_colleagues_is_refused_by_name_and_a_fresh_one_is_not(path: Path) -> None:
    office = open_office(path)
    with office.write(text("first"), "Jonas Weil") as unit:
        unit.change(Institution, 5, 1, city="First")
    with pytest.raises(Superseded, match="Jonas Weil changed"), office.write(text("second"), WHO) as unit:
        unit.change(Institution, 5, 1, city="Second")
    with office.write(text("same"), WHO) as unit:
        assert not unit.change(Institution, 5, 1, city="First"), "what already holds is no conflict"
        assert unit.change(Institution, 5, 2, city="Second")
    office.close()


def test_that_ids_brought_along_and_new_ones_do_not_meet(path: Path) -> None:
    office = open_office(path)
    with office.write(text("ids"), WHO) as unit:
        assert unit.add(Institution(id=900, name="Brought")).id == 900
        assert unit.add_many([Institution(name="A"), Institution(id=950, name="B"), Institution(name="C")]) == [
            951, 950, 952]
        assert unit.add(Institution(name="D")).id == 953
        unit.remove(Institution, 953)
    with office.write(text("again"), WHO) as unit:
        assert unit.add(Institution(name="E")).id == 954, "ids of removed records are not used again"
    office.close()


def test_that_many_rows_at_once_have_their_history_too(path: Path) -> None:
    office = open_office(path)
    with office.write(text("codes"), WHO) as unit:
        unit.add_many([Identifier(institution_id=n, scheme="local", value=str(n)) for n in range(1, 301)])
    with office.read() as reader:
        count = reader.connection.exec_driver_sql(
            "SELECT count(*), count(DISTINCT root_id) FROM history WHERE entity = 'institution_identifier'").one()
        rows = reader.connection.exec_driver_sql("SELECT rows FROM step ORDER BY id DESC").scalar()
    assert (*count, rows) == (300, 300, 300)
    office.close()


def test_that_reading_leaves_nothing_beside_the_office(path: Path) -> None:
    open_office(path, read_only=True).close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_that_a_reader_leaves_the_log_to_who_is_writing(path: Path) -> None:
    writer = open_office(path)
    names(writer)
    open_office(path, read_only=True).close()
    with writer.write(text("add"), WHO) as unit:
        unit.add(Institution(name="Added meanwhile"))
    assert path.with_name(path.name + "-wal").exists()
    assert "Added meanwhile" in names(writer)
    writer.close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]
