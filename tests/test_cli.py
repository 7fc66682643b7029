"""The door without a window: every command, what it prints, and how it says no."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk import cli

ROOT = Path(__file__).resolve().parent.parent
CSV = (
    "Name;Country;City;Website\n"
    "Universität Nord;DE;Kiel;nord.example.edu\n"
    "Universitet Nordlys;DK;Aarhus;nordlys.example.edu\n"
)
FIVE = {"new", "changed", "same", "rejected", "duplicates"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small sample office, only read."""
    path = tmp_path_factory.mktemp("cli") / "oxford.partnerdesk"
    assert cli.main(["sample", str(path), "--story", "oxford"]) == 0
    return path


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "partners.csv"
    file.write_text(CSV, encoding="utf-8")
    return file


def program(*arguments, **environment):
    """The program as a process of its own: exit code, what it said, what it complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "partnerdesk", *map(str, arguments)], capture_output=True, check=False, timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def refused(capfd, *arguments):
    """The one sentence with which a command is refused."""
    assert cli.main([*map(str, arguments)]) == 1
    said = capfd.readouterr().err.strip()
    assert said.startswith("partnerdesk: ") and said.endswith(".") and "\n" not in said
    return said.removeprefix("partnerdesk: ")


def test_that_an_import_counts_its_rows_and_the_second_time_changes_nothing(sheet, tmp_path, capfd):
    office = tmp_path / "new.partnerdesk"
    assert cli.main(["import", str(sheet), "--into", str(office), "--json"]) == 0
    first = json.loads(capfd.readouterr().out)
    assert {*FIVE, "kinds"} <= set(first)
    assert first["kinds"]["partners"]["new"] == 2 and set(first["kinds"]["partners"]) == FIVE
    assert all(first[key] == sum(kind[key] for kind in first["kinds"].values()) for key in FIVE)
    assert cli.main(["import", str(sheet), "--into", str(office), "--json"]) == 0
    again = json.loads(capfd.readouterr().out)
    assert (again["new"], again["changed"], again["kinds"]["partners"]["same"]) == (0, 0, 2)


def test_that_a_dry_run_says_what_would_come_in_and_leaves_the_office_as_it_is(sheet, made, capfd):
    before = made.read_bytes()
    assert cli.main(["import", str(sheet), "--into", str(made), "--dry-run", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["kinds"]["partners"]["new"] == 2
    assert made.read_bytes() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("what", ["partners", "agreements"])
def test_that_a_list_is_written_in_every_kind_of_file(made, tmp_path, capfd, what, ending):
    target = tmp_path / f"list.{ending}"
    assert cli.main(["export", what, "--from", str(made), "--to", str(target)]) == 0
    said = {"partners": "Wrote 1 partner to", "agreements": "Wrote 5 agreements to"}[what]
    assert f"{said} {target}\n" == capfd.readouterr().out
    assert target.stat().st_size > 100


def test_that_an_export_speaks_the_language_asked_for(sheet, tmp_path, capfd):
    office, target = tmp_path / "new.partnerdesk", tmp_path / "list.csv"
    assert cli.main(["import", str(sheet), "--into", str(office)]) == 0
    for language, name in (("en", "Germany"), ("de", "Deutschland")):
        assert cli.main(["export", "partners", "--from", str(office), "--to", str(target), "--language", language]) == 0
        assert name in target.read_text(encoding="utf-8")


def test_that_an_export_replaces_a_file_that_is_there(made, tmp_path, capfd):
    target = tmp_path / "list.csv"
    target.write_text("old")
    assert cli.main(["export", "partners", "--from", str(made), "--to", str(target)]) == 0
    assert b"old" not in target.read_bytes()[:3]


@pytest.mark.parametrize("paper, size", [("A4", b"595"), ("Letter", b"612")])
def test_that_a_summary_is_printed_on_the_paper_asked_for(made, tmp_path, capfd, paper, size):
    target = tmp_path / "summary.pdf"
    code, out, error = program("print", "summary", "--from", made, "--partner", "Tsinghua University", "--to", target,
                               "--paper", paper, "--language", "de")
    assert (code, error) == (0, "")
    assert str(target) in out
    assert b"/MediaBox [0 0 " + size in target.read_bytes()


def test_that_an_unknown_partner_an_ambiguous_name_and_a_missing_folder_are_refused(
        qapp, made, sheet, tmp_path, capfd):
    target = tmp_path / "summary.pdf"
    where = ("print", "summary", "--from", made, "--to")
    assert "Atlantis" in refused(capfd, *where, target, "--partner", "Atlantis")
    assert refused(capfd, *where, tmp_path / "none" / "a.pdf", "--partner", "Tsinghua University")
    two = tmp_path / "two.partnerdesk"
    assert cli.main(["import", str(sheet), "--into", str(two)]) == 0
    capfd.readouterr()
    both = refused(capfd, "print", "summary", "--from", two, "--partner", "Universit", "--to", target)
    assert "Universität Nord" in both and "Universitet Nordlys" in both
    assert not target.exists()


@pytest.mark.parametrize("command", [
    ["export", "partners", "--from", "{file}", "--to", "{folder}/a.csv"],
    ["print", "summary", "--from", "{file}", "--partner", "X", "--to", "{folder}/a.pdf"],
    ["import", "{sheet}", "--into", "{file}"],
    ["check", "{file}"],
])
@pytest.mark.parametrize("content", [b"no office", None])
def test_that_what_is_no_office_is_refused_in_one_sentence(qapp, sheet, tmp_path, capfd, command, content):
    file = tmp_path / "a.partnerdesk"
    file.mkdir() if content is None else file.write_bytes(content)
    places = {"file": file, "folder": tmp_path, "sheet": sheet}
    assert "a.partnerdesk" in refused(capfd, *(word.format(**places) for word in command))
    assert content is None or file.read_bytes() == content


def test_that_an_office_cut_in_half_is_refused_in_one_sentence_by_every_command(made, tmp_path, capfd):
    file, whole = tmp_path / "half.partnerdesk", made.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert refused(capfd, "export", "partners", "--from", file, "--to", tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_that_a_sample_never_takes_the_place_of_a_file(made, capfd):
    before = made.read_bytes()
    assert made.name in refused(capfd, "sample", made)
    assert made.read_bytes() == before


@pytest.mark.parametrize("given", [
    ["import"], ["import", "a.csv"], ["export", "planets", "--from", "a", "--to", "b"], ["print", "summary"],
    ["sample", "a", "--story", "atlantis"], ["check"], ["print", "summary", "--from", "a", "--partner", "b", "--to",
                                                        "c", "--paper", "A3"], ["tour"], ["--nonsense"],
])
def test_that_a_wrong_use_ends_with_2_and_says_how_it_is_used(given, capfd):
    with pytest.raises(SystemExit) as ended:
        cli.main(given)
    assert ended.value.code == 2
    assert "usage: partnerdesk" in capfd.readouterr().err


def test_that_a_size_of_the_tour_is_written_in_two_numbers(tmp_path, capfd):
    assert cli.main(["tour", "--to", str(tmp_path), "--size", "large"]) == 2
    assert capfd.readouterr().err == "partnerdesk: --size is written like 1280x800.\n"


def test_that_names_come_out_whole_where_the_locale_knows_ascii_only(sheet, tmp_path):
    office = tmp_path / "Büro 清华.partnerdesk"
    for _ in range(2):
        code, _, error = program("import", sheet, "--into", office, LC_ALL="C", PYTHONIOENCODING="")
        assert (code, error) == (0, "")
    code, out, error = program("export", "partners", "--from", office, "--to", tmp_path / "ö.json", LC_ALL="C")
    assert (code, error) == (0, "") and "ö.json" in out
    assert "Universität Nord" in (tmp_path / "ö.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a pipe that nobody reads is told of by other means there")
def test_that_nothing_is_complained_of_when_nobody_reads_the_answer(made):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-m", "partnerdesk", "check", made], stdout=write, stderr=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    os.close(write)
    assert done.stderr == b""
