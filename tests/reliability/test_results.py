"""The table of results keeps what others wrote and takes what is new."""

from pathlib import Path

import pytest

from tests.reliability.results import BEGIN, END, HEADING, README, Result, keep, kept


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\n| a | b |\n| --- | --- |\n{END}\nafter\n", encoding="utf-8")
    return path


def test_that_a_result_takes_its_own_place_and_leaves_the_others(readme: Path) -> None:
    keep([Result("kill", "60", "1,000 kills, 0 lost", "0", "lost 3", True),
          Result("power | loss", "5,000", "0 of\n100,000", "0", "31 %", True)], readme)
    keep([Result("kill", "60", "1,000 kills, 1 lost", "0", "lost 3", False)], readme)
    rows = kept(readme)
    assert rows["kill"] == ("kill", "60", "1,000 kills, 1 lost", "0", "lost 3", "NO")
    assert rows["power / loss"][2] == "0 of 100,000"
    assert list(rows) == ["kill", "power / loss"]
    assert readme.read_text(encoding="utf-8").startswith("before\n")
    assert readme.read_text(encoding="utf-8").endswith(f"{END}\nafter\n")


def test_that_a_table_that_is_gone_is_noticed(readme: Path) -> None:
    readme.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="marks"):
        keep([], readme)


def test_that_every_row_of_the_table_has_held() -> None:
    assert [row for row in kept(README).values() if len(row) != len(HEADING) or row[-1] != "yes"] == []
