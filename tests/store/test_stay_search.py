"""A first page of very many hits is found along the order of the list, and is the same page."""

from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.listing import ListQuery
from partnerdesk.services.office import open_file
from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.services.samples_big_stays import add_stays
from partnerdesk.store import search, stays

DAY = date(2026, 3, 2)


def test_that_a_first_page_is_the_same_whether_hits_are_gathered_or_looked_up_along_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_big_office(tmp_path / "big.partnerdesk", Size(10, 20, 40))
    add_stays(file, 1_700)
    office = open_file(file)
    with office.read() as reader:
        for sort in ("", "name", "starts", "ends"):
            for words in (("e",), ("er",), ("era", "s"), ("s",)):
                query = ListQuery(words, sort=sort)
                monkeypatch.setattr(stays, "_MANY", 10**9)
                gathered = stays.stay_ids(reader, query, DAY, 30)
                monkeypatch.setattr(stays, "_MANY", search.FEW)
                assert len(gathered) == 30
                assert stays._many_of_order(reader, query)
                assert stays.stay_ids(reader, query, DAY, 30) == gathered
                assert stays.stay_ids(reader, query, DAY)[:30] == gathered
    office.close()
