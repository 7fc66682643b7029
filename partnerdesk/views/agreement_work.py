"""The agreement on the desk: what is known of it, and which of its versions is looked at."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement, AgreementVersion
from partnerdesk.domain.journal import Changes
from partnerdesk.models.agreements import SEALED, Dossier, dossier
from partnerdesk.views.form_work import Bound as Bound
from partnerdesk.views.form_work import Edit as Edit
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.form_work import RecordOf as RecordOf
from partnerdesk.views.form_work import Target as Target
from partnerdesk.views.kit.savestate import SaveState


class Work(FormWork):
    """Asks for an agreement, and writes its fields and those of the version shown."""

    about: Dossier | None

    def __init__(self, desk: Desk, foot: SaveState, parent: QObject) -> None:
        super().__init__(desk, foot, parent)
        self._version_id: int | None = None

    @property
    def version(self) -> AgreementVersion | None:
        """The version shown, edits on their way included."""
        if self.about is None:
            return None
        found = self.about.version(self._version_id) or self.about.file.current
        return None if found is None else cast(AgreementVersion, self.latest(found))

    @property
    def agreement(self) -> Agreement | None:
        """The agreement shown, edits on their way included."""
        return None if self.about is None else cast(Agreement, self.latest(self.about.agreement))

    @property
    def sealed(self) -> bool:
        """Whether the version shown is approved and so can no longer be changed."""
        version = self.version
        return version is not None and version.status in SEALED

    @property
    def locked(self) -> bool:
        """Whether the terms shown cannot be changed: approved, or the office is read-only."""
        return self.sealed or self.desk.read_only

    def show_agreement(self, agreement_id: int | None) -> None:
        """Show another agreement, or none."""
        self.show_id(agreement_id)

    def show_version(self, version_id: int) -> None:
        """Show another version of the same agreement."""
        if self._version_id != version_id:
            self._version_id = version_id
            self.show_afresh(known=self.about is not None and self.about.version(version_id) is not None)

    def question(self, record_id: int) -> Callable[[Any], Dossier]:
        return dossier(record_id)

    def id_of(self, about: Dossier) -> int:
        return about.agreement.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("agreement"):
            return True
        return self.about is not None and bool(changes.ids("partner") & self.about.institutions.keys())

    def begin(self) -> None:
        self._version_id = None

    def prepare(self) -> None:
        if self.about is not None and self.about.version(self._version_id) is None:
            current = self.about.file.current
            self._version_id = current.id if current is not None else None
