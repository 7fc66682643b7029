"""The rules for joint outputs: a title, a DOI that is one, years and days that can be."""

import re
from collections.abc import Iterator
from datetime import date

from partnerdesk.domain.outputs import JointOutput
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

FIRST_YEAR = 1900
YEARS_AHEAD = 10
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def doi_normal(written: str) -> str:
    """A DOI as it is stored: without the address in front of it."""
    return _DOI_PREFIX.sub("", written.strip())


def output_problems(output: JointOutput, today: date) -> Iterator[Problem]:
    """What is wrong with an output; `doi` as `doi_normal` gives it."""
    if not output.title.strip():
        yield _block("title", QT_TRANSLATE_NOOP("PartnerDesk", "An output needs a title"))
    if output.doi and not _DOI.fullmatch(output.doi):
        yield _block("doi", QT_TRANSLATE_NOOP("PartnerDesk", "A DOI looks like 10.1234/abcd"))
    if output.in_year is not None and not FIRST_YEAR <= output.in_year <= today.year + YEARS_AHEAD:
        yield _block("in_year", QT_TRANSLATE_NOOP("PartnerDesk", "This year cannot be"))
    if output.adopted_on is not None and output.adopted_on > today:
        yield _block("adopted_on", QT_TRANSLATE_NOOP("PartnerDesk", "This day is still to come"))
    if output.in_year is not None and output.happened_on is not None and output.happened_on.year != output.in_year:
        yield Problem("R00", "warn", "in_year", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The year and the day do not fit each other")))


def _block(field: str, template: str) -> Problem:
    return Problem("R00", "block", field, Text(template))
