"""How things to do about stays are put: nominations and papers by partner, papers and money by person."""

from collections.abc import Sequence
from datetime import date, timedelta

from partnerdesk.domain.today import Item
from partnerdesk.domain.transcripts import RECOGNITION_DAYS, TRANSCRIPT_WEEKS
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

DECISION_WEEKS = 5
"""R70: weeks within which a host decides on a nomination, where its factsheet names none."""
PAPERS_DAYS = 14
"""How long before its day a missing paper is first shown."""
DEPARTURE_DAYS = 45
"""How near a departure is when all its missing papers are shown."""
PAYMENT_DAYS = 45
"""R85: days after the end of a stay within which the last instalment is paid, where none was agreed."""


def nominate(
    partner_id: int, partner: str, year: int, second: bool, n: int, deadline: date | None, who: str
) -> Item:
    """People selected whom a partner has to be told of by its deadline."""
    why = (text(QT_TRANSLATE_NOOP("PartnerDesk", "Deadline of the partner on {day}"), day=deadline)
           if deadline is not None else
           Text(QT_TRANSLATE_NOOP("PartnerDesk", "The deadline of the partner is not known")))
    return Item(
        key=f"nominate:{partner_id}:{year}:{2 if second else 1}", kind="nominate", when=deadline, who=who, n=n,
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Nominate 1 person to {partner}"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Nominate {n} people to {partner}"), partner=partner),
        why=why, root="partner", root_id=partner_id, page="nominations", fix="nominate")


def nominated(partner_id: int, partner: str, n: int, first: date, weeks: int | None, who: str) -> Item:
    """R70: people nominated about whom a partner has not decided in time."""
    weeks = weeks or DECISION_WEEKS
    return Item(
        key=f"nominated:{partner_id}", kind="nominated", when=first + timedelta(weeks=weeks), who=who, n=n,
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Ask {partner} about 1 nomination"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Ask {partner} about {n} nominations"), partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Sent {day}, no decision after {weeks} weeks"), day=first,
                 weeks=weeks),
        root="partner", root_id=partner_id, fix="list", line=f"phase:nominated direction:out partner:{partner_id}")


def incoming(partner_id: int, partner: str, n: int, first: date, who: str) -> Item:
    """People a partner has nominated to us who wait for our answer."""
    return Item(
        key=f"incoming:{partner_id}", kind="incoming", when=first + timedelta(weeks=DECISION_WEEKS), who=who, n=n,
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Answer 1 nomination from {partner}"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Answer {n} nominations from {partner}"), partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Came on {day} · {weeks} weeks to decide"), day=first,
                 weeks=DECISION_WEEKS),
        root="partner", root_id=partner_id, fix="answer", line=f"phase:nominated direction:in partner:{partner_id}")


def offers(call_id: int, call: str, n: int, answer_by: date | None) -> Item:
    """Offers of a call that nobody has answered yet."""
    why = (text(QT_TRANSLATE_NOOP("PartnerDesk", "{call} · answer by {day}"), call=call, day=answer_by)
           if answer_by is not None else
           text(QT_TRANSLATE_NOOP("PartnerDesk", "{call} · no day to answer by"), call=call))
    return Item(
        key=f"offers:{call_id}", kind="offers", when=answer_by, n=n, root="call", root_id=call_id, fix="open",
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "1 offer is not answered"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "{n} offers are not answered")), why=why)


def papers(
    id: int, name: str, partner: str, direction: str, kinds: Sequence[str], due: date | None, day: date | None,
    who: str, *, before: bool,
) -> Item:
    """Papers of one person that are missing: before the departure on `day`, or after it."""
    kind = "departure-papers" if before else "papers"
    if len(kinds) == 1:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "{paper}: {name}"), paper=label_of("stay_document", kinds[0]),
                    name=name)
    else:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} papers: {name}"), n=len(kinds), name=name)
    if not before:
        said = QT_TRANSLATE_NOOP("PartnerDesk", "{partner} · {papers}")
    elif direction == "out":
        said = QT_TRANSLATE_NOOP("PartnerDesk", "Leaves for {partner} on {day} · {papers}")
    else:
        said = QT_TRANSLATE_NOOP("PartnerDesk", "Comes from {partner} on {day} · {papers}")
    return Item(
        key=f"{kind}:{id}", kind=kind, what=what, when=due or day, who=who, root="stay", root_id=id, fix="open",
        fix_id=id, n=len(kinds), why=text(said, partner=partner, day=day, papers=_missing(kinds)))


def _missing(kinds: Sequence[str]) -> Text:
    if len(kinds) == 1:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "still missing"))
    first, second = (label_of("stay_document", kind) for kind in kinds[:2])
    if len(kinds) == 2:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{one} and {other} missing"), one=first, other=second)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "{one}, {other} and {n} more missing"), one=first, other=second,
                n=len(kinds) - 2)


def movement(id: int, name: str, partner: str, direction: str, day: date, who: str, *, arrives: bool) -> Item:
    """An arrival or an end whose day has passed without being recorded."""
    if arrives:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Record the arrival of {name}"), name=name)
        said = (QT_TRANSLATE_NOOP("PartnerDesk", "Was to arrive at {partner} on {day}") if direction == "out" else
                QT_TRANSLATE_NOOP("PartnerDesk", "Was to come from {partner} on {day}"))
    else:
        what = text(QT_TRANSLATE_NOOP("PartnerDesk", "Record the end of the stay of {name}"), name=name)
        said = (QT_TRANSLATE_NOOP("PartnerDesk", "Was to leave {partner} on {day}") if direction == "out" else
                QT_TRANSLATE_NOOP("PartnerDesk", "Was to go home to {partner} on {day}"))
    kind = "arrival" if arrives else "return"
    return Item(key=f"{kind}:{id}", kind=kind, what=what, why=text(said, partner=partner, day=day), when=day, who=who,
                root="stay", root_id=id, fix="arrived" if arrives else "left", fix_id=id)


def transcripts(partner_id: int, partner: str, n: int, due: date, weeks: int | None, who: str) -> Item:
    """R71: transcripts that a host should have sent by now."""
    return Item(
        key=f"transcripts:{partner_id}", kind="transcripts", when=due, who=who, n=n, root="partner",
        root_id=partner_id, fix="list", line=f"phase:returned direction:out partner:{partner_id}",
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Ask {partner} for 1 transcript"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Ask {partner} for {n} transcripts"), partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Due {weeks} weeks after the end of the stay"),
                 weeks=weeks or TRANSCRIPT_WEEKS))


def recognition(partner_id: int, partner: str, n: int, due: date, who: str) -> Item:
    """R72: transcripts on which home has to decide."""
    return Item(
        key=f"recognition:{partner_id}", kind="recognition", when=due, who=who, n=n, root="partner",
        root_id=partner_id, fix="check", line=f"phase:returned direction:out partner:{partner_id}",
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Check 1 transcript from {partner}"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Check {n} transcripts from {partner}"), partner=partner),
        why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Recognition is due {days} days after the transcript"),
                 days=RECOGNITION_DAYS))


def payment(
    id: int, stay_id: int, name: str, amount: str, currency: str, due: date, final: bool, who: str
) -> Item:
    """An instalment that should be paid."""
    what = (QT_TRANSLATE_NOOP("PartnerDesk", "Pay the last instalment to {name}") if final else
            QT_TRANSLATE_NOOP("PartnerDesk", "Pay an instalment to {name}"))
    return Item(key=f"payment:{id}", kind="payment", what=text(what, name=name), when=due, who=who, root="stay",
                root_id=stay_id, fix="pay", fix_id=id,
                why=text(QT_TRANSLATE_NOOP("PartnerDesk", "{amount} {currency}, due {day}"), amount=amount,
                         currency=currency, day=due))
