"""The page that is painted first is the page the list will show."""

import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.domain.listing import ListQuery
from partnerdesk.services import listing
from partnerdesk.services.samples import make_sample
from partnerdesk.store.first import first_page
from partnerdesk.store.office import open_office
from tests.store.walks import Walk

HEAVY = ("sqlalchemy", "babel", "rapidfuzz", "python_calamine", "alembic", "xlsxwriter", "charset_normalizer")
ROOMS = (
    "partnerdesk.bridge.desk", "partnerdesk.bridge.files", "partnerdesk.models.listing", "partnerdesk.store.first",
    "partnerdesk.services.partners", "partnerdesk.services.agreements", "partnerdesk.services.deeds",
    "partnerdesk.services.journal", "partnerdesk.services.office", "partnerdesk.services.listing",
)


@pytest.mark.usefixtures("stopped_clock")
@pytest.mark.parametrize("seed", range(3))
def test_that_the_first_page_is_what_the_list_shows(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    walk.steps(120)
    for limit in (64, 3):
        with walk.office.read() as reader:
            ids = listing.partner_ids(reader, ListQuery(), limit)
            assert first_page(walk.office.path, limit) == (ids, listing.partner_lines(reader, ids))
    assert ids
    walk.office.close()


def test_that_the_first_page_of_the_sample_is_what_the_list_shows(tmp_path: Path) -> None:
    path = tmp_path / "sample.partnerdesk"
    make_sample(path, "northbridge")
    office = open_office(path)
    with office.read() as reader:
        ids = listing.partner_ids(reader, ListQuery(), 64)
        lines = listing.partner_lines(reader, ids)
    assert first_page(path) == (ids, lines)
    assert any(line.places_out for line in lines.values())
    office.close()


def test_that_a_file_that_cannot_be_read_has_no_first_page(tmp_path: Path) -> None:
    note = tmp_path / "note.partnerdesk"
    note.write_text("hello" * 500)
    assert first_page(note) == ([], {})
    assert first_page(tmp_path / "gone") == ([], {})
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("room", ROOMS)
def test_that_nothing_heavy_is_loaded_before_the_first_paint(room: str) -> None:
    program = f"import sys, {room}; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_that_loading_something_heavy_would_be_seen() -> None:
    program = f"import sys, partnerdesk.store.unit; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["sqlalchemy"]


def test_that_all_of_domain_is_light() -> None:
    import partnerdesk.domain

    names = [f"partnerdesk.domain.{p.stem}" for p in Path(partnerdesk.domain.__path__[0]).glob("[a-z]*.py")]
    program = f"import sys, {', '.join(names)}; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
