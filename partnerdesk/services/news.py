"""What other desks have changed in the office, for views that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerdesk.domain.journal import Changes, Mark

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def mark(reader: Reader) -> Mark:
    """How far the journal goes now."""
    from partnerdesk.store import news

    return news.mark(reader)


def news_since(reader: Reader, seen: Mark) -> tuple[Changes, Mark]:
    """Everything that looks different since a mark as one piece of news, and the mark from which to go on.

    Of the kind "restore", with every record there may have been, where a backup took the journal back.
    """
    from partnerdesk.store import news

    return news.news_since(reader, seen)
