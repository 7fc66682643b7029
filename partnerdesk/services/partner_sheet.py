"""What the form of a partner shows on one day: the records, and its agreements with what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.services.gathering import House, Paper, gather
from partnerdesk.services.partners import PartnerFile, partner_file

if TYPE_CHECKING:
    from partnerdesk.domain.years import AcademicYear
    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """A partner's records, its agreements the most pressing first, and the office's day and year."""

    partner: PartnerFile
    papers: tuple[Paper, ...]
    house: House

    @property
    def year(self) -> AcademicYear:
        """The office's academic year today."""
        return self.house.year


def partner_sheet(reader: Reader, institution_id: int) -> PartnerSheet:
    """All that the form of a partner shows. Raises Missing."""
    data = next(gather(reader, (institution_id,)))
    return PartnerSheet(partner_file(reader, institution_id), data.papers, data.house)
