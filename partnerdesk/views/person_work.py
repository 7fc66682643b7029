"""The person on the desk: what is known of them, and how each field of the form is written and kept."""

from collections.abc import Callable
from typing import Any, cast

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.people import Person
from partnerdesk.services.people import PersonFile, person_file
from partnerdesk.views.form_work import FormWork


class PersonWork(FormWork):
    """Asks for a person with all that belongs to them, and writes their fields."""

    kind = "person"
    about: PersonFile | None

    @property
    def person(self) -> Person | None:
        """The person shown, edits on their way included."""
        return None if self.about is None else cast(Person, self.latest(self.about.person))

    @property
    def file(self) -> PersonFile:
        """All that the form shows; only asked for while somebody is shown."""
        assert self.about is not None
        return self.about

    def question(self, record_id: int) -> Callable[[Any], PersonFile]:
        return lambda reader: person_file(reader, record_id)

    def id_of(self, about: PersonFile) -> int:
        return about.person.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("person"):
            return True
        return self.about is not None and bool(changes.ids("partner") & self.about.institutions.keys())
