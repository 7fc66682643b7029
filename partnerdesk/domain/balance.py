"""Balance of exchange with a partner: who sent how many, in heads, months or semesters, and what it will be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTerms:
    """How a partnership's balance is kept: `unit` is heads, months or terms (semester 1, year 2, short 0).

    `opening` is what stood when the first counted year `since` began: plus means we had sent more. `bound` is the
    imbalance up to which the office does not mind.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    partnership_id: int = 0
    unit: str = "heads"
    opening: float = 0.0
    since: int | None = None
    bound: float | None = None
    note: str = ""
