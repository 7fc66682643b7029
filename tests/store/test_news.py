"""What another desk changed is told from the journal, as its own desk told it."""

from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Changes, Mark
from partnerdesk.domain.partners import Institution
from partnerdesk.services import agreements, journal, office, partners
from partnerdesk.services.office import create_file, do
from partnerdesk.store import backup
from partnerdesk.store.news import mark, news_since
from partnerdesk.store.restore import restore

WHO = "Marta Ilves"


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    made = create_file(tmp_path / "news.partnerdesk")
    for n in range(3):
        do(made, partners.new_partner(Institution(name=f"Partner {n}", country="FR")), WHO)
    yield made
    made.close()


def heard(office: Any, since: Mark) -> Changes:
    with office.read() as reader:
        return news_since(reader, since)[0]


def now(office: Any) -> Mark:
    with office.read() as reader:
        return mark(reader)


def test_that_the_news_of_another_desk_hold_all_that_its_own_desk_was_told(opened: Any) -> None:
    with opened.read() as reader:
        one = reader.find(Institution, name="Partner 1")[0]
    deeds = [
        partners.change_institution(one, city="Lyon"),
        agreements.new_agreement(one, Agreement(type="student_exchange")),
        partners.change_many([one.id], {"city": "Nice"}, {}, 1),
        partners.new_partner(Institution(name="Partner 9")),
        office.change_settings(office_year_start="08-01"),
    ]
    for deed in deeds:
        before = now(opened)
        own = do(opened, deed, WHO)[1]
        news = heard(opened, before)
        assert news.step_id == own.step_id
        for kind, ids in own.touched.items():
            assert ids <= news.ids(kind), f"{deed.label}: {kind}"


def test_that_several_steps_and_an_undo_come_as_one_piece_of_news(opened: Any) -> None:
    since = now(opened)
    with opened.read() as reader:
        first, second = reader.find(Institution, name="Partner 0")[0], reader.find(Institution, name="Partner 1")[0]
    do(opened, partners.change_institution(first, city="Lyon"), WHO)
    do(opened, partners.change_institution(second, city="Nice"), WHO)
    with opened.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(opened, journal.undo_deed(step), WHO)
    news = heard(opened, since)
    assert {first.id, second.id} <= news.ids("partner")
    assert heard(opened, now(opened)).nothing


@pytest.mark.parametrize("steps_after", [0, 6])
def test_that_a_restore_is_news_of_every_record_before_and_now(opened: Any, tmp_path: Path, steps_after: int) -> None:
    """Also when the journal has meanwhile grown past the step that was heard last."""
    made = backup.make(opened.path, tmp_path / "backups", backup.Wish("asked", WHO))
    for n in range(4):
        do(opened, partners.new_partner(Institution(name=f"Lost {n}", country="IT")), WHO)
    seen = now(opened)
    restore(made, opened, WHO)
    for n in range(steps_after):
        do(opened, partners.change_many([1], {"city": f"City {n}"}, {}, 1), WHO)
    news = heard(opened, seen)
    assert news.kind == "restore"
    assert news.ids("partner") >= set(range(1, 8))
    assert heard(opened, now(opened)).nothing
