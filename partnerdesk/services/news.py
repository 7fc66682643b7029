"""What other desks have changed in the office, for views that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerdesk.domain.journal import Changes

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def last_step(reader: Reader) -> int:
    """The id of the newest step of the journal, 0 where there is none."""
    from partnerdesk.store import news

    return news.last_step(reader)


def news_since(reader: Reader, step_id: int) -> Changes:
    """Everything that looks different since a step, as one piece of news with the newest step's id."""
    from partnerdesk.store import news

    return news.news_since(reader, step_id)
