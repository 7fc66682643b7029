"""How things to do about partners and agreements are put: from the stored days of one record each."""

from datetime import date, timedelta

from partnerdesk.domain.states import NOTICE_HORIZON_DAYS
from partnerdesk.domain.today import Item
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.domain.years import AcademicYear

ANSWER_DAYS = 30
"""How long a partner may take to sign or to answer a draft before one asks."""
CONFIRMED_DAYS = 365
"""R04: a contact is confirmed once a year."""
AMENDMENT = (1, 31)
"""R13: numbers for an academic year are amended by this day (month, day) inside the year before."""
AMENDMENT_DAYS = 120
_HORIZONS = ((183, QT_TRANSLATE_NOOP("PartnerDesk", "less than 6 months left")),
             (365, QT_TRANSLATE_NOOP("PartnerDesk", "less than 12 months left")),
             (548, QT_TRANSLATE_NOOP("PartnerDesk", "less than 18 months left")))
ENDS_DAYS = _HORIZONS[-1][0]
"""How long before its end an agreement is first shown."""


def named(type_code: str, title: str, code: str) -> Text:
    """An agreement as one line tells it: its title or its type, and our number."""
    what = text("{title}", title=title) if title else label_of("agreement_type", type_code)
    return text("{what} {code}", what=what, code=code) if code else what


def agreement_ends(
    id: int, partner: str, paper: Text, ends_on: date, notice_on: date | None, who: str, today: date
) -> Item:
    """An agreement that runs out and has no successor, or has run out."""
    over = ends_on < today
    if over:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Agreement with {partner} has ended"), partner=partner)
        why = text(QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · ended {day} · no successor"), paper=paper, day=ends_on)
    else:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Agreement with {partner} ends"), partner=partner)
        left = next(words for days, words in _HORIZONS if (ends_on - today).days <= days or days == ENDS_DAYS)
        said = (QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · ends {day} · notice by {notice} · no successor")
                if notice_on is not None and notice_on >= today else
                QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · ends {day} · {left} · no successor"))
        why = text(said, paper=paper, day=ends_on, notice=notice_on, left=Text(left))
    return Item(key=f"agreement-ends:{id}", kind="agreement-ends", what=what, why=why, when=ends_on, who=who,
                root="agreement", root_id=id, fix="renew", fix_id=id)


def agreement_notice(
    id: int, partner: str, paper: Text, ends_on: date, notice_on: date, renews: bool, who: str
) -> Item:
    """The last day to tell the partner that an agreement is not to go on."""
    said = (QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · renews itself after {day} · notice by {notice}") if renews else
            QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · ends {day} · notice by {notice}"))
    return Item(
        key=f"agreement-notice:{id}:{notice_on}", kind="agreement-notice",
        what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Decide on {partner} before the notice day"), partner=partner),
        why=text(said, paper=paper, day=ends_on, notice=notice_on), when=notice_on, who=who, root="agreement",
        root_id=id, fix="renew", fix_id=id, covers=(f"agreement-ends:{id}",))


def agreement_unsigned(
    id: int, partner: str, paper: Text, ours_on: date | None, theirs_on: date | None, sent_on: date | None,
    due: date | None, successor_of: date | None, who: str,
) -> Item:
    """A paper that one side has approved, that was sent and not answered, or that is still a draft."""
    kind, fix = "agreement-sign", "approve"
    if ours_on is not None:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Record approval from {partner}"), partner=partner)
        why = text(QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · we approved on {day}"), paper=paper, day=ours_on)
    elif theirs_on is not None:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Record our approval for {partner}"), partner=partner)
        why = text(QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · the partner approved on {day}"), paper=paper,
                   day=theirs_on)
    elif sent_on is not None:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Ask {partner} about the draft"), partner=partner)
        why = text(QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · sent {day}, no answer"), paper=paper, day=sent_on)
    else:
        kind, fix = "agreement-draft", "open"
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Finish the draft for {partner}"), partner=partner)
        said = (QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · follows the one that ends {day}")
                if successor_of is not None else QT_TRANSLATE_NOOP("PartnerDesk", "{paper} · not sent yet"))
        why = text(said, paper=paper, day=successor_of)
    return Item(key=f"{kind}:{id}", kind=kind, what=what, why=why, when=due, who=who, root="agreement", root_id=id,
                fix=fix, fix_id=id, covers=(f"agreement-draft:{id}",) if kind == "agreement-sign" else ())


def amendment_day(today: date, year_start: tuple[int, int]) -> tuple[date, int] | None:
    """The next amendment day and the academic year it is for, where it is near enough to think of it."""
    day = date(today.year, *AMENDMENT)
    if day < today:
        day = date(today.year + 1, *AMENDMENT)
    if day - today > timedelta(days=AMENDMENT_DAYS):
        return None
    first = date(day.year, *year_start)
    return day, first.year if first > day else first.year + 1


def amendment(day: date, year: int, agreements: int) -> Item:
    """The day by which the places of the next academic year are agreed."""
    return Item(
        key=f"amendment:{year}", kind="amendment", when=day, page="places", fix="places", n=agreements,
        what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Agree the places for {year}"), year=str(AcademicYear(year))),
        why=counted(agreements, QT_TRANSLATE_NOOP("PartnerDesk", "Amendment day · 1 agreement in effect"),
                    QT_TRANSLATE_NOOP("PartnerDesk", "Amendment day · {n} agreements in effect")))


def contact(id: int, partner_id: int, partner: str, name: str, confirmed_on: date, who: str) -> Item:
    """R04: somebody whose address should be asked for."""
    return Item(
        key=f"contact:{id}", kind="contact", when=confirmed_on + timedelta(days=CONFIRMED_DAYS), who=who,
        what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Confirm contact: {name}, {partner}"), name=name, partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Last confirmed on {day}"), day=confirmed_on), root="partner",
        root_id=partner_id, fix="confirm", fix_id=id)


def review(id: int, partner_id: int, partner: str, due: date, who: str) -> Item:
    """A partnership whose review is due."""
    return Item(
        key=f"review:{id}", kind="review", when=due, who=who, root="partner", root_id=partner_id, fix="review",
        what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Partnership review: {partner}"), partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Next review by {day}"), day=due))


def backup(last: date | None, today: date) -> Item:
    """No backup for a week, or none at all."""
    why = (text(QT_TRANSLATE_NOOP("PartnerDesk", "The last one is of {day}"), day=last) if last is not None else
           Text(QT_TRANSLATE_NOOP("PartnerDesk", "There is none yet")))
    return Item(key="backup", kind="backup", what=Text(QT_TRANSLATE_NOOP("PartnerDesk", "Make a backup")), why=why,
                when=today, page="backups", fix="backup")


def quality(n: int) -> Item:
    """What the data lacks or contradicts, as one line."""
    return Item(
        key="quality", kind="quality", page="data", fix="open", n=n,
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "1 thing in the data to put right"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "{n} things in the data to put right")),
        why=Text(QT_TRANSLATE_NOOP("PartnerDesk", "Wrong or missing, by the rules of the data check")))


NOTICE_DAYS = NOTICE_HORIZON_DAYS
