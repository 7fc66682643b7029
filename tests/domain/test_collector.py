"""The collector of cycles rests while asked to, and what stood by then is never walked over again."""

import gc
import weakref

import pytest

from partnerdesk.domain import collector


class Loop:
    def __init__(self):
        self.me = self


@pytest.fixture(autouse=True)
def collecting():
    gc.enable()
    yield
    gc.unfreeze()
    gc.enable()


def test_that_nothing_is_collected_until_it_is_settled():
    collector.hold()
    assert not gc.isenabled()
    collector.settle()
    assert gc.isenabled()


def test_that_what_stands_when_it_is_settled_is_left_alone_and_what_comes_later_is_not():
    before = Loop()
    early = weakref.ref(before)
    collector.hold()
    collector.settle()
    after = Loop()
    late = weakref.ref(after)
    del before, after
    gc.collect()
    assert early() is not None
    assert late() is None


def test_that_a_pause_within_a_rest_does_not_end_it():
    collector.hold()
    with collector.paused():
        assert not gc.isenabled()
    assert not gc.isenabled()
