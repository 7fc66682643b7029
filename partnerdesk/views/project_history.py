"""The History tab of a project: who changed what of it, of its plan, its people and its outputs, when and why."""

from collections.abc import Sequence

from partnerdesk.views.project_work import ProjectWork
from partnerdesk.views.record_pane import HistoryPart


class HistoryTab(HistoryPart):
    """The journal of one project and of what came of it, asked for when it is looked at."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__(work.desk, self._of)
        self.setAccessibleName(self.tr("History"))
        self._work = work

    def _of(self) -> Sequence[tuple[str, int]]:
        about = self._work.about
        if about is None:
            return ()
        return (("project", about.project.id), *(("output", one.id) for one in about.outputs))
