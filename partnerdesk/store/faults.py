"""Tells the database's errors in sentences: what happened and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc

from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.store.driver import DatabaseError

_SENTENCES = (
    ("disk is full", QT_TRANSLATE_NOOP("PartnerDesk", "The disk is full. Free some space and try again.")),
    ("disk i/o", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The disk did not answer. Check the drive or the network and try again.")),
    ("locked", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file is busy in another program. Try again in a moment.")),
    ("readonly", QT_TRANSLATE_NOOP("PartnerDesk", "The office file cannot be written to.")),
    ("unable to open", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file cannot be opened: the folder is gone or not readable.")),
    ("malformed", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file is damaged. Open a copy from before the damage.")),
    ("not a database", QT_TRANSLATE_NOOP("PartnerDesk", "This file is not a PartnerDesk office.")),
)


def sentence_for(error: BaseException) -> Text | None:
    """The sentence for a database error, or None when it is a mistake of the program."""
    said = str(error).lower()
    return next((Text(sentence) for mark, sentence in _SENTENCES if mark in said), None)


@contextmanager
def told() -> Iterator[None]:
    """Turn errors of the disk and the file into EnvironmentTrouble; anything else passes unchanged."""
    try:
        yield
    except (sqlalchemy.exc.DatabaseError, sqlite3.DatabaseError, DatabaseError) as error:
        sentence = sentence_for(getattr(error, "orig", None) or error)
        if sentence is None:
            raise
        raise EnvironmentTrouble(sentence) from error
