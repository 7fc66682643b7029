"""The rules for cohorts: a title, an end after the beginning, room for all members."""

from collections.abc import Iterator

from partnerdesk.domain.cohorts import Cohort, CohortLeader
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.rules import email_looks_right
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text


def cohort_problems(cohort: Cohort) -> Iterator[Problem]:
    """What is wrong with a cohort's own fields."""
    if not cohort.title.strip():
        yield Problem("R00", "block", "title", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A cohort needs a title")))
    if cohort.starts_on is not None and cohort.ends_on is not None and cohort.ends_on < cohort.starts_on:
        yield Problem("R10", "block", "ends_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The end lies before the beginning")))
    if cohort.capacity is not None and not 0 <= cohort.capacity <= 9999:
        yield Problem("R00", "block", "capacity", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Numbers go from 0 to {n}"), n=9999))


def room_problems(cohort: Cohort, members: int) -> Iterator[Problem]:
    """Whether more people are in a cohort than it has room for; that is told, never hindered."""
    if cohort.capacity is not None and members > cohort.capacity:
        yield Problem("C01", "warn", "capacity", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{members} members, but room for {capacity}"), members=members, capacity=cohort.capacity))


def leader_problems(leader: CohortLeader) -> Iterator[Problem]:
    """What is wrong with somebody who leads a cohort."""
    if not leader.name.strip():
        yield Problem("R00", "block", "name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A contact needs a name")))
    if leader.email and not email_looks_right(leader.email):
        yield Problem("R00", "block", "email", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete")))
