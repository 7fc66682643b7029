"""Nominations as tables: partners by deadline, and the people nominated to one with what is missing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import clock
from partnerdesk.domain.nominations import ASKED, OPEN, REJECTED, Nomination, Nominee
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Cell, Chip, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, near, number, say
from partnerdesk.models.lines import LineColumn, LinesModel

SOON_DAYS = 14


def _tr(source: str) -> str:
    return QCoreApplication.translate("Nominations", source)


def nominations_model(parent: QObject) -> LinesModel[Nomination]:
    """An empty table of nominations by partner."""
    columns: tuple[LineColumn[Nomination], ...] = (
        LineColumn(_tr("Partner"), lambda line: TwoLine(line.partner.name, term_words(line))),
        LineColumn(_tr("Deadline"), deadline_cell, 118), LineColumn(_tr("To send"), _count(OPEN), 68, right=True),
        LineColumn(_tr("Missing"), lambda line: Number(number(line.missing) if line.missing else NOTHING), 68,
                   right=True),
        LineColumn(_tr("Asked"), _count(ASKED), 62, right=True),
        LineColumn(_tr("Rejected"), _count(REJECTED), 74, right=True))
    return LinesModel(columns, lambda line: line.key, nomination_sentence, parent)


def nominees_model(parent: QObject) -> LinesModel[Nominee]:
    """An empty table of the people nominated to a partner."""
    columns: tuple[LineColumn[Nominee], ...] = (
        LineColumn(_tr("Person"), _person), LineColumn(_tr("State"), state_chip, 120))
    return LinesModel(columns, lambda line: line.stay.id, nominee_sentence, parent)


def term_words(one: Nomination) -> str:
    """ "2026/2027, first half"."""
    half = _tr("second half") if one.second_half else _tr("first half")
    return f"{AcademicYear(one.year)}, {half}" if one.year else half


def deadline_cell(one: Nomination) -> Cell:
    """The deadline: as a chip when somebody still has to be nominated and it is near or over."""
    left = one.days_left(clock.today())
    if one.deadline is None or left is None:
        return Soft(_tr("No deadline known"))
    if one.late(clock.today()):
        return Chip("danger", near(one.deadline), Icon.PROBLEM)
    if one.of(OPEN) and left <= SOON_DAYS:
        return Chip("warn", near(one.deadline), Icon.SOON)
    return Soft(day(one.deadline))


def deadline_words(one: Nomination) -> str:
    """ "1 Apr 2026, in 30 days", or that none is known."""
    if one.deadline is None:
        return _tr("Not known: enter it in the partner's factsheet")
    return f"{day(one.deadline)}, {near(one.deadline, due=bool(one.of(OPEN)))}"


def state_chip(one: Nominee) -> Chip:
    """Whether the nomination is to be sent, waits for an answer, or was rejected."""
    if one.state == OPEN:
        return Chip("warn", _tr("Incomplete"), Icon.MISSING) if one.missing else Chip(
            "accent", _tr("To send"), Icon.SELECTED)
    if one.state == REJECTED:
        return Chip("danger", _tr("Rejected"), Icon.REJECTED)
    return Chip("info", _tr("Asked"), Icon.NOMINATED)


def second_words(one: Nominee) -> str:
    """What is missing, or the partner's comment, or the term."""
    if one.state == OPEN and one.missing:
        return _tr("Missing: {what}").format(what=", ".join(say(word) for word in one.missing))
    if one.state == REJECTED and one.stay.status_comment:
        return one.stay.status_comment
    return say(label_of("term", one.stay.term)) if one.stay.term else ""


def nomination_sentence(one: Nomination) -> str:
    """A nomination as a screen reader says it."""
    return _tr("{partner}, {term}, deadline {deadline}, {open} to send, {asked} asked, {rejected} rejected").format(
        partner=one.partner.name, term=term_words(one), deadline=deadline_words(one), open=len(one.of(OPEN)),
        asked=len(one.of(ASKED)), rejected=len(one.of(REJECTED)))


def nominee_sentence(one: Nominee) -> str:
    """A nominee as a screen reader says it."""
    return ", ".join(p for p in (one.person.listed_name, state_chip(one).word, second_words(one)) if p)


def nomination_rows(lines: Sequence[Nomination]) -> tuple[list[str], list[list[object]]]:
    """Header and rows for a spreadsheet: one for each partner and half year."""
    head = [_tr("Partner"), _tr("Country"), _tr("Term"), _tr("Deadline"), _tr("To send"), _tr("Missing"), _tr("Asked"),
            _tr("Rejected"), _tr("E-mail")]
    return head, [[
        one.partner.name, one.partner.country, term_words(one), one.deadline, len(one.of(OPEN)), one.missing,
        len(one.of(ASKED)), len(one.of(REJECTED)), one.contact.email if one.contact is not None else ""]
        for one in lines]


def _count(state: str) -> Callable[[Nomination], Cell]:
    def cell(line: Nomination) -> Cell:
        n = len(line.of(state))
        return Number(number(n) if n else NOTHING)

    return cell


def _person(one: Nominee) -> Cell:
    return TwoLine(one.person.listed_name or one.person.name_original, second_words(one))
