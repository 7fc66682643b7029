"""What a step does to places, and who does not fit the conditions, in words for the question before it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.quota import amount
from partnerdesk.domain.vocab import short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import say
from partnerdesk.services.stay_answers import PlacesAfter, Weighed


def _tr(source: str) -> str:
    return QCoreApplication.translate("StayAnswers", source)


def weighed_lines(weighed: Weighed) -> list[str]:
    """A line for each condition and year, then one for each doubt."""
    return [*map(places_line, weighed.places), *_doubt_lines(weighed)]


def places_line(one: PlacesAfter) -> str:
    """ "Kyoto University, Studies, 2026/27: 3 of 4 places used, 4 of 4 after this"."""
    head = ", ".join(part for part in (one.partner, say(short_of("activity", one.activity)),
                                       AcademicYear(one.year).short) if part)
    if one.before.places is None:
        words = _tr("{head}: no places are agreed for this year")
    elif one.after.used == one.before.used:
        words = _tr("{head}: {before} of {places} places used, as before")
    elif one.after.over:
        words = _tr("{head}: {before} of {places} places used, {after} after this, more than there are")
    else:
        words = _tr("{head}: {before} of {places} places used, {after} after this")
    return words.format(head=head, places=amount(one.before.places or 0), before=amount(one.before.used),
                        after=amount(one.after.used))


def _doubt_lines(weighed: Weighed) -> Sequence[str]:
    return [_tr("{name}: {problem}").format(name=doubt.name, problem=say(doubt.problem.message))
            for doubt in weighed.doubts]
