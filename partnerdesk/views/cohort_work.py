"""The cohort on the desk: what is known of it, and how each field of its form is written and kept."""

from collections.abc import Callable
from typing import Any, cast

from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.journal import Changes
from partnerdesk.services.cohorts import CohortFile, cohort_file
from partnerdesk.views.form_work import FormWork


class CohortWork(FormWork):
    """Asks for a cohort with its members and their papers, and writes its fields."""

    kind = "cohort"
    about: CohortFile | None

    @property
    def cohort(self) -> Cohort | None:
        """The cohort shown, edits on their way included."""
        return None if self.about is None else cast(Cohort, self.latest(self.about.cohort))

    @property
    def file(self) -> CohortFile:
        """All that the form shows; only asked for while a cohort is shown."""
        assert self.about is not None
        return self.about

    def question(self, record_id: int) -> Callable[[Any], CohortFile]:
        return lambda reader: cohort_file(reader, record_id)

    def id_of(self, about: CohortFile) -> int:
        return about.cohort.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("cohort"):
            return True
        about = self.about
        return about is not None and bool(
            changes.ids("stay") & {one.id for one in about.members}
            or (about.cohort.partner_id and about.cohort.partner_id in changes.ids("partner")))
