"""The counts of the view tabs are right, are asked for in quiet moments, and not again before a write."""

import pytest
from PySide6.QtCore import QTimer

from partnerdesk.domain.partners import Institution
from partnerdesk.services import partners


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


def wait_for_counts(driven, page):
    driven.qtbot.waitUntil(lambda: "s0" in page.views.counts and not waits(page), timeout=10000)
    driven.settle()


def waits(page):
    return any(timer.isActive() for timer in page.views.findChildren(QTimer))


def test_that_each_view_says_how_many_records_it_finds(driven):
    page = driven.house.partners
    wait_for_counts(driven, page)
    page.show_line("eotvos")
    driven.settle()
    assert page.model.rowCount() == 1
    assert page.views.counts["s0"] == page.model.total > 1
    assert len(page.views.counts) > 2


def test_that_a_write_counts_anew(driven):
    page = driven.house.partners
    wait_for_counts(driven, page)
    before = page.views.counts["s0"]
    driven.house.desk.do(partners.archive_partners(first_record(driven, page)))
    driven.qtbot.waitUntil(lambda: page.views.counts["s0"] == before - 1, timeout=10000)


def first_record(driven, page):
    found = []
    driven.house.desk.ask(lambda reader: reader.get(Institution, page.model.id_at(0)), found.append)
    driven.settle()
    return found


def test_that_a_search_counts_nothing_again(driven):
    page = driven.house.partners
    wait_for_counts(driven, page)
    page.show_line("univ")
    driven.settle()
    page.views.count_views()
    assert not waits(page)


def test_that_the_tab_of_the_list_shown_never_says_another_number_than_its_foot(driven):
    page = driven.house.partners
    wait_for_counts(driven, page)
    driven.do(partners.new_partner(Institution(name="Aaa University", country="FR")))
    driven.qtbot.waitUntil(lambda: page.foot_words() == "68 partners")
    assert page.views.counts["s0"] == 68


def test_that_the_side_counts_records_that_come_in_while_their_list_is_not_seen(driven):
    driven.window.go("data")
    driven.settle()
    driven.do(partners.new_partner(Institution(name="Aaa University", country="FR")))
    driven.qtbot.waitUntil(lambda: driven.house.partners.count == 68)
