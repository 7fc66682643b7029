"""The stay on the desk: what is known of it, and how each field of its form is written and kept."""

from collections.abc import Callable
from typing import Any, cast

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.stays import Stay
from partnerdesk.services.stays import StayFile, stay_file
from partnerdesk.views.form_work import FormWork


class StayWork(FormWork):
    """Asks for a stay with all that belongs to it, and writes its fields."""

    kind = "stay"
    about: StayFile | None

    @property
    def stay(self) -> Stay | None:
        """The stay shown, edits on their way included."""
        return None if self.about is None else cast(Stay, self.latest(self.about.stay))

    @property
    def name(self) -> str:
        """Whose stay it is, for the labels of deeds."""
        return "" if self.about is None else self.about.name

    @property
    def sealed(self) -> bool:
        """Whether the stay is recognised or closed and so can no longer be changed (R60)."""
        stay = self.stay
        return stay is not None and (stay.sending_status == "recognized" or stay.closed_on is not None)

    @property
    def locked(self) -> bool:
        """Whether nothing of the stay can be changed: recognised, closed, or the office is read-only."""
        return self.sealed or self.desk.read_only

    def question(self, record_id: int) -> Callable[[Any], StayFile]:
        return lambda reader: stay_file(reader, record_id)

    def id_of(self, about: StayFile) -> int:
        return about.stay.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("stay"):
            return True
        about = self.about
        if about is None:
            return False
        return (about.person.id in changes.ids("person") or bool(changes.ids("partner") & about.institutions.keys())
                or bool(changes.ids("agreement") & {about.stay.agreement_id}))
