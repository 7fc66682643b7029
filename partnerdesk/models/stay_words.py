"""Stays in words: the lines of a card, the name of a phase with its icon, and a card as one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from partnerdesk.domain import clock
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import EN_DASH, NOTHING, counted, day, day_range, number, say


@dataclass(frozen=True, slots=True)
class PaperState:
    """How the documents of a card stand: icon, word and colour at the left, and what stands at the right."""

    icon: Icon | None
    word: str
    role: str
    right: str
    right_role: str


def _tr(source: str) -> str:
    return QCoreApplication.translate("Stays", source)


def phase_name(phase: Phase) -> str:
    """A phase in the user's language."""
    return say(label_of("phase", phase))


def phase_icon(phase: Phase) -> Icon:
    """The icon of a phase."""
    term = vocabulary("phase").term(phase)
    return Icon[term.icon] if term is not None and term.icon else Icon.STAYS


def card_name(card: StayCard) -> str:
    """Who it is, in the original script besides where that differs."""
    return " ".join(part for part in (card.name, card.name_original) if part) or NOTHING


def card_partner(card: StayCard) -> str:
    """Where the person goes, or comes from."""
    if not card.partner:
        return _tr("no partner yet")
    return _tr("from {partner}").format(partner=card.partner) if card.direction == "in" else card.partner


def card_dates(card: StayCard) -> str:
    """From when until when, and that it is staff or a pupil who goes."""
    kind = "" if card.kind == "student" else say(label_of("person_kind", card.kind)).lower()
    return f"{stay_days(card)} · {kind}" if kind else stay_days(card)


def stay_days(card: StayCard) -> str:
    """From when until when."""
    return short_range(card.starts_on, card.ends_on) if card.starts_on or card.ends_on else _tr("no dates yet")


def paper_state(card: StayCard) -> PaperState:
    """How the documents of a card stand."""
    done = _tr("{done} of {all}").format(done=number(card.done), all=number(card.documents)) if card.documents else ""
    late = card.late_by(clock.today())
    if card.missing:
        word = counted(card.missing, _tr("1 missing"), _tr("{n} missing"))
        if late:
            return PaperState(Icon.MISSING, word, "danger", counted(late, _tr("1 day late"), _tr("{n} days late")),
                              "danger")
        return PaperState(Icon.MISSING, word, "danger", done, "muted")
    if card.documents and card.done >= card.documents:
        return PaperState(Icon.TICK, _tr("complete"), "success", done, "muted")
    return PaperState(Icon.TICK, _tr("nothing due"), "success", done, "muted")


def card_sentence(card: StayCard) -> str:
    """A card as a screen reader says it."""
    papers = paper_state(card)
    way = say(label_of("direction", card.direction))
    parts = (card_name(card), way, card_partner(card), card_dates(card), phase_name(card.phase), papers.word,
             papers.right)
    return ", ".join(part for part in parts if part and part != NOTHING)


def short_range(start: date | None, end: date | None) -> str:
    """ "3 Aug – 12 Dec 2026", "12 – 30 Jul 2026": what both days share is said once, where the language writes so."""
    if start is None or end is None or start.year != end.year or not _day_first():
        return day_range(start, end)
    whole = day(end)
    shared = f" {start.year}" if start.month != end.month else whole[len(str(end.day)):]
    first = day(start).removesuffix(shared)
    return f"{first} {EN_DASH} {whole}"


def named(names: Sequence[str], most: int = 3) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    return _tr("{names} and {n} more").format(names=shown, n=number(more)) if more > 0 else shown


def _day_first() -> bool:
    """Whether days are written as 12 Dec 2026."""
    probe = day(date(2026, 12, 28))
    return probe.startswith("28 ") and probe.endswith(" 2026") and QLocale().textDirection().name == "LeftToRight"
