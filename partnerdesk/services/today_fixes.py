"""The deeds behind the buttons of the day's work: each does in place what the record's own form would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

if TYPE_CHECKING:
    from partnerdesk.domain.today import Item
    from partnerdesk.store.unit import Unit


def fix(item: Item) -> Deed[Any]:
    """The deed of an item's button. Raises KeyError for a fix that leads somewhere instead."""
    run = _FIXES[item.fix]

    def go(unit: Unit) -> None:
        run(unit, item)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "do {name}"), name=item.what), go,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Done: {name}"), name=item.what))


def _done(unit: Unit, item: Item) -> None:
    from partnerdesk.domain.followups import FollowUp
    from partnerdesk.services.followups import do_followups

    do_followups([unit.get(FollowUp, item.fix_id)]).run(unit)


def _confirm(unit: Unit, item: Item) -> None:
    from partnerdesk.domain.partners import Contact

    unit.change(Contact, item.fix_id, None, confirmed_on=clock.today())


def _met(unit: Unit, item: Item) -> None:
    from partnerdesk.domain.projects import Milestone

    unit.change(Milestone, item.fix_id, None, met_on=clock.today())


def _handed_in(unit: Unit, item: Item) -> None:
    from partnerdesk.domain.projects import Deliverable

    unit.change(Deliverable, item.fix_id, None, submitted_on=clock.today())


def _arrived(unit: Unit, item: Item) -> None:
    from partnerdesk.services.stay_deeds import arrive

    arrive([item.fix_id]).run(unit)


def _left(unit: Unit, item: Item) -> None:
    from partnerdesk.services.stay_deeds import leave

    leave([item.fix_id]).run(unit)


def _pay(unit: Unit, item: Item) -> None:
    from partnerdesk.domain.grants import GrantPayment
    from partnerdesk.services.grants import grant_file, pay

    pay(grant_file(unit, item.root_id), unit.get(GrantPayment, item.fix_id), clock.today()).run(unit)


_FIXES: dict[str, Callable[[Unit, Item], None]] = {
    "done": _done, "confirm": _confirm, "met": _met, "handed-in": _handed_in, "arrived": _arrived, "left": _left,
    "pay": _pay,
}
