"""What another desk changed is told from the journal, as its own desk told it."""

from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.partners import Institution
from partnerdesk.services import agreements, journal, office, partners
from partnerdesk.services.office import create_file, do
from partnerdesk.store.news import last_step, news_since

WHO = "Marta Ilves"


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    made = create_file(tmp_path / "news.partnerdesk")
    for n in range(3):
        do(made, partners.new_partner(Institution(name=f"Partner {n}", country="FR")), WHO)
    yield made
    made.close()


def heard(office: Any, since: int) -> Any:
    with office.read() as reader:
        return news_since(reader, since)


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
        with opened.read() as reader:
            before = last_step(reader)
        own = do(opened, deed, WHO)[1]
        news = heard(opened, before)
        assert news.step_id == own.step_id
        for kind, ids in own.touched.items():
            assert ids <= news.ids(kind), f"{deed.label}: {kind}"


def test_that_several_steps_and_an_undo_come_as_one_piece_of_news(opened: Any) -> None:
    since = heard(opened, 0).step_id
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
    assert heard(opened, news.step_id).nothing
