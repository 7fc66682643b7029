"""The History tab of a stay: who changed what of it, of its papers and its grant, when and why."""

from collections.abc import Sequence

from partnerdesk.views.record_pane import HistoryPart
from partnerdesk.views.stay_work import StayWork


class HistoryTab(HistoryPart):
    """The journal of one stay, asked for when it is looked at."""

    def __init__(self, work: StayWork) -> None:
        super().__init__(work.desk, self._of)
        self.setAccessibleName(self.tr("History"))
        self._work = work

    def _of(self) -> Sequence[tuple[str, int]]:
        return (("stay", self._work.record_id),) if self._work.record_id is not None else ()
