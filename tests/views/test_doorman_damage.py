"""Offices that must not be opened or not be written to: newer ones, cut ones, and folders that take nothing."""

import os
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def driven(drive):
    return drive()


def refusal(driven, path):
    """What is said when the office is not opened."""
    driven.house.doorman.open(path)
    driven.settle()
    assert not driven.house.desk.is_open and driven.window.page is None
    return driven.window.message().accessibleName()


def test_that_an_office_of_a_newer_version_is_refused_by_name_and_stays_as_it_is(driven, office_file):
    with closing(sqlite3.connect(office_file)) as newer:
        newer.execute("PRAGMA user_version = 999")
        newer.commit()
    before = office_file.read_bytes()
    said = refusal(driven, office_file)
    assert "northbridge.partnerdesk" in said and "newer" in said
    assert office_file.read_bytes() == before
    assert driven.local.recent == []


def test_that_an_office_cut_in_half_is_refused_and_stays_as_it_is(driven, office_file):
    half = office_file.read_bytes()[: office_file.stat().st_size // 2]
    office_file.write_bytes(half)
    assert "northbridge.partnerdesk" in refusal(driven, office_file)
    assert office_file.read_bytes() == half


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="no folder is closed to this user")
def test_that_an_office_in_a_folder_that_takes_nothing_opens_for_reading(driven, office_file):
    office_file.parent.chmod(0o500)
    try:
        driven.open(office_file)
        assert driven.house.desk.read_only
        assert "cannot be written to" in driven.window.message().accessibleName()
    finally:
        office_file.parent.chmod(0o700)
