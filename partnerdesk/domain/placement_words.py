"""Puts a placement into words: a sentence for each person, made when asked for, and one for each change."""

from collections.abc import Mapping

from partnerdesk.domain import isced
from partnerdesk.domain.countries import language_name
from partnerdesk.domain.placement import Filled, Hopeful, Move, Placement, Seat, Why
from partnerdesk.domain.quota import amount
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

_KEPT = QT_TRANSLATE_NOOP("PartnerDesk", "Placed at {place} by the office")
_KEPT_TOO = QT_TRANSLATE_NOOP("PartnerDesk", "placed at {place} by the office")
_FIRST = QT_TRANSLATE_NOOP("PartnerDesk", "Wish {n} {place}")
_NEXT = QT_TRANSLATE_NOOP("PartnerDesk", "wish {n} {place}")
_FIXED = {
    Why.PLACED: QT_TRANSLATE_NOOP("PartnerDesk", "{wish}: placed"),
    Why.NOT_NEEDED: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} was not needed"),
    Why.GONE: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is no longer in any agreement"),
    Why.CLOSED: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} has no places in this year"),
    Why.ACTIVITY: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is for another activity or direction"),
    Why.UNIT: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is for another faculty"),
    Why.NO_NUMBER: QT_TRANSLATE_NOOP("PartnerDesk", "{wish} says no number of places"),
}


def explanation(placement: Placement, hopeful_id: int) -> Text:
    """Why somebody is placed where they are: what became of each wish, in one sentence."""
    one = placement.hopefuls[hopeful_id]
    if one.out:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "Wants no place any more."))
    said = [_wish(placement, one, n, why) for n, why in enumerate(placement.whys[hopeful_id], 1)
            if why != Why.NOT_NEEDED]
    if one.kept is not None and Why.PLACED not in placement.whys[hopeful_id]:
        said.append(text(_KEPT_TOO if said else _KEPT, place=_name(placement.seats, one.kept)))
    if not said:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "No wishes."))
    if placement.waits(hopeful_id):
        said.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "on the waiting list")))
    whole = said[-1]
    for part in reversed(said[:-1]):
        whole = text(QT_TRANSLATE_NOOP("PartnerDesk", "{first}; {rest}"), first=part, rest=whole)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{sentence}."), sentence=whole)


def what_changed(before: Placement, after: Placement, move: Move) -> Text:
    """One person's move between two runs, with the reason."""
    gone, came = move.before, move.after
    if came is None:
        if after.hopefuls[move.hopeful_id].out:
            return text(QT_TRANSLATE_NOOP("PartnerDesk", "Leaves {place}."), place=_name(before.seats, gone))
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "Loses {place}: {why}"), place=_name(before.seats, gone),
                    why=explanation(after, move.hopeful_id))
    if gone is None:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "Gets {place} (wish {n}), where a place is free now."),
                    place=_name(after.seats, came), n=after.wish_met(move.hopeful_id) or 0)
    return text(
        QT_TRANSLATE_NOOP("PartnerDesk", "Moves from {gone} to {place} (wish {n}), where a place is free now."),
        gone=_name(before.seats, gone), place=_name(after.seats, came), n=after.wish_met(move.hopeful_id) or 0)


def _wish(placement: Placement, one: Hopeful, n: int, why: Why) -> Text:
    wanted, term = one.wishes[n - 1]
    seat = placement.seats.get(wanted)
    wish = text(_FIRST if n == 1 else _NEXT, n=n, place=_name(placement.seats, wanted))
    if why == Why.UNIT and not one.units:
        return text(_UNIT_UNKNOWN, wish=wish)
    if why in _FIXED or seat is None:
        return text(_FIXED[why], wish=wish)
    if why == Why.LEVEL:
        return text(_sentence(one.level, _LEVEL, _LEVEL_UNKNOWN), wish=wish, has=label_of("level", one.level),
                    wanted=_listed([label_of("level", level) for level in seat.levels]))
    if why == Why.FIELD:
        return text(_sentence(one.field, _FIELD, _FIELD_UNKNOWN), wish=wish, has=_field(one.field),
                    wanted=_listed([Text(_field(code)) for code in seat.fields]))
    if why == Why.LANGUAGE:
        return _language(wish, seat, one)
    if why == Why.TERM:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is wanted for “{term}”, the call is for “{call}”"),
                    wish=wish, term=label_of("term", term), call=label_of("term", seat.term))
    return _full(placement, seat, one, wish, why, term)


def _full(placement: Placement, seat: Seat, one: Hopeful, wish: Text, why: Why, term: str) -> Text:
    """What is full, how many are there, and who came in last; a tie with that one is said."""
    filled = placement.filled.get(seat.id, Filled())
    share = seat.share_of(one.units) if why == Why.SHARE_FULL else None
    mates = [i for i in filled.here if why == Why.FULL or seat.share_of(placement.hopefuls[i].units) == share]
    taken = filled.taken if why == Why.FULL else filled.by_share[share]
    places = (seat.places or 0) if why == Why.FULL else seat.limit_of(share)
    template = QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is full ({taken} of {places}, {last})")
    if why == Why.SHARE_FULL:
        template = QT_TRANSLATE_NOOP(
            "PartnerDesk", "{wish} has no place left for this faculty ({taken} of {places}, {last})")
    elif taken < places:
        template = QT_TRANSLATE_NOOP(
            "PartnerDesk", "{wish} has too little left for this stay ({taken} of {places}, {last})")
    return text(template, wish=wish, taken=amount(taken), places=amount(places), last=_last(placement, mates, one))


def _last(placement: Placement, mates: list[int], one: Hopeful) -> Text:
    chosen = [placement.hopefuls[i] for i in mates if placement.hopefuls[i].kept is None]
    if not chosen:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "all promised before"))
    last = chosen[-1]
    points = f"{last.score:.1f}"
    if last.score != one.score:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "last placed {points} points"), points=points)
    if last.order != one.order:
        return text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "last placed {points} points too, with more in the first part that differs"), points=points)
    return text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "last placed {points} points too, with all parts equal, and was entered first"), points=points)


def _language(wish: Text, seat: Seat, one: Hopeful) -> Text:
    """Which languages would do, and what the person has in the first of them that is known."""
    wanted = _listed([_wanted(each) for each in seat.languages])
    has = next(((code, one.languages[code]) for each in seat.languages
                if (code := each.partition(" ")[0]) in one.languages), None)
    if has is None:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{wish} asks for {wanted}, has none"), wish=wish, wanted=wanted)
    if not has[1]:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{wish} asks for {wanted}, the level is not known"),
                    wish=wish, wanted=wanted)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{wish} asks for {wanted}, has {has}"), wish=wish, wanted=wanted,
                has=has[1])


def _wanted(each: str) -> Text:
    code, _, level = each.partition(" ")
    if not level:
        return Text(language_name(code))
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{level} in {language}"), level=level, language=language_name(code))


def _field(code: str) -> str:
    return f"{code} {isced.title(code)}".strip()


def _listed(parts: list[Text]) -> Text:
    whole = parts[-1]
    for part in reversed(parts[:-1]):
        whole = text(QT_TRANSLATE_NOOP("PartnerDesk", "{first} or {rest}"), first=part, rest=whole)
    return whole


def _sentence(has: str, known: str, unknown: str) -> str:
    return known if has else unknown


def _name(seats: Mapping[int, Seat], seat_id: int | None) -> str:
    seat = seats.get(seat_id or 0)
    return seat.name if seat is not None else "?"


_UNIT_UNKNOWN = QT_TRANSLATE_NOOP(
    "PartnerDesk", "{wish} is for one of our faculties, that of the applicant is not known")
_LEVEL = QT_TRANSLATE_NOOP("PartnerDesk", "{wish} takes {wanted}, not {has}")
_LEVEL_UNKNOWN = QT_TRANSLATE_NOOP("PartnerDesk", "{wish} takes {wanted}, the level is not known")
_FIELD = QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is for {wanted}, not for {has}")
_FIELD_UNKNOWN = QT_TRANSLATE_NOOP("PartnerDesk", "{wish} is for {wanted}, the field of study is not known")
