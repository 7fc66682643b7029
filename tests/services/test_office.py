"""Settings and saved views that travel with the office file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.office import SavedView
from partnerdesk.domain.partners import Institution
from partnerdesk.services import listing, office, partners
from partnerdesk.services.office import DEFAULTS, change_settings, create_file, do, open_file

WHO = "Marta Ilves"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    made = create_file(tmp_path / "settings.partnerdesk")
    yield made
    made.close()


def test_that_settings_hold_over_a_restart_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    made = create_file(tmp_path / "settings.partnerdesk")
    do(made, change_settings(office_name="Büro Ł", office_people=["Ana", "Ben"]), WHO)
    made.close()
    again = open_file(made.path)
    with again.read() as reader:
        found = office.settings(reader)
    assert found == {**DEFAULTS, "office.name": "Büro Ł", "office.people": ["Ana", "Ben"]}
    again.close()


@pytest.mark.usefixtures("stopped_clock")
def test_that_another_start_of_the_year_moves_the_days_and_tells_the_lists(opened: Any) -> None:
    from partnerdesk.domain.agreements import Agreement, AgreementVersion
    from partnerdesk.services import agreements

    made, _ = do(opened, partners.new_partner(Institution(name="Łódź")), WHO)
    with opened.read() as reader:
        one = reader.get(Institution, made)
    paper, _ = do(opened, agreements.new_agreement(one, Agreement(type="mou"), AgreementVersion(
        first_year=2024, last_year=2026)), WHO)
    _, news = do(opened, change_settings(office_year_start="01-01"), WHO)
    assert (news.ids("agreement"), made in news.ids("partner")) == ({paper}, True)
    with opened.read() as reader:
        assert str(listing.agreement_lines(reader, [paper])[paper].ends_on) == "2026-12-31"
        assert listing.this_year(reader).first == 2026


def test_that_views_are_kept_in_order_changed_and_forgotten(opened: Any) -> None:
    first, _ = do(opened, office.save_view(SavedView(page="partners", name="Mine", query="country:PL")), WHO)
    do(opened, office.save_view(SavedView(page="partners", name="Other")), WHO)
    do(opened, office.save_view(SavedView(page="agreements", name="Elsewhere")), WHO)
    with opened.read() as reader:
        views = office.saved_views(reader, "partners")
    assert [(v.name, v.position) for v in views] == [("Mine", 0), ("Other", 1)]
    do(opened, office.save_view(SavedView(id=first, page="partners", name="Renamed", columns=("name",))), WHO)
    do(opened, office.delete_view(views[1]), WHO)
    with opened.read() as reader:
        assert [(v.name, v.columns) for v in office.saved_views(reader, "partners")] == [("Renamed", ("name",))]


def test_that_there_is_one_home_however_often_it_is_entered(opened: Any) -> None:
    first, _ = do(opened, office.set_home(name="Northbridge"), WHO)
    again, _ = do(opened, office.set_home(city="Northbridge"), WHO)
    with opened.read() as reader:
        assert first == again
        assert listing.partner_count(reader) == 0
        home = partners.home_institution(reader)
    assert home is not None
    assert (home.name, home.city) == ("Northbridge", "Northbridge")
