"""Makes the offices that are measured: institutions, agreements and conditions in the proportions of real ones."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeVar

from harness import Size

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party, SignOff
from partnerdesk.domain.partners import Contact, Identifier, Institution, Member, Partnership
from partnerdesk.domain.words import text
from partnerdesk.services.office import create_file
from partnerdesk.store.unit import Unit

T = TypeVar("T")

_KINDS = ("University of", "Technical University of", "Universität", "Université de", "Universidad de", "Politechnika")
_STEMS = (
    "Łódź", "Malmö", "Coimbra", "Ghent", "Zagreb", "Porto", "Tartu", "Brno", "Vilnius", "Málaga", "Groningen",
    "Trondheim", "Lyon", "Siena", "Thessaloniki", "Galway", "Poznań", "Aarhus", "Maribor", "Iași", "İzmir", "Évora",
)  # fmt: skip
_LANDS = ("PL", "SE", "PT", "BE", "HR", "EE", "CZ", "LT", "ES", "NL", "NO", "FR", "IT", "GR", "IE", "DK", "TR", "US")
_FIELDS = ("0311", "0421", "0613", "0732", "0912", "0231")
_CHUNK = 2_000


def make_office(path: Path, size: Size) -> Path:
    """An office of this size at `path`; kept when it is there already."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    office = create_file(unfinished)
    with office.write(text("benchmark office"), "bench") as unit:
        _Filling(unit, size).fill()
    office.close()
    unfinished.rename(path)
    return path


class _Filling:
    """Puts the records of one size into a unit, by the thousand."""

    def __init__(self, unit: Unit, size: Size) -> None:
        self._unit = unit
        self._size = size
        self._chance = Random(size.institutions)

    def fill(self) -> None:
        """Write everything; the numbers of rows are those of the size."""
        home = self._unit.add(Institution(name="Northbridge University", country="GB", is_home=True)).id
        institutions = self._add(institution(n, self._chance) for n in range(self._size.institutions))
        self._add(
            Identifier(institution_id=owner, scheme="erasmus", value=f"{_LANDS[n % 18]} BENCH{n:05d}")
            for n, owner in enumerate(institutions)
        )
        self._add(
            Contact(institution_id=owner, given_names="Ada", family_name=f"Name{n}", email=f"ada{n}@example.edu")
            for n, owner in enumerate(institutions)
        )
        partnerships = self._add(Partnership(started_on=date(2014, 9, 1)) for _ in institutions)
        self._add(
            Member(partnership_id=partnership, institution_id=owner)
            for partnership, owner in zip(partnerships, institutions, strict=True)
        )
        self._fill_agreements(home, institutions, partnerships)

    def _fill_agreements(self, home: int, institutions: Sequence[int], partnerships: Sequence[int]) -> None:
        count = len(institutions)
        agreements = self._add(
            Agreement(partnership_id=partnerships[n % count], type="inter-institutional", title=f"Exchange {n}",
                      our_code=f"NB-{n:06d}")
            for n in range(self._size.agreements)
        )  # fmt: skip
        versions = self._add(
            AgreementVersion(agreement_id=owner, status="approved", first_year=2020 + n % 4, last_year=2025 + n % 6)
            for n, owner in enumerate(agreements)
        )
        ours = self._add(Party(agreement_id=owner, institution_id=home, side="our") for owner in agreements)
        theirs = self._add(
            Party(agreement_id=owner, institution_id=institutions[n % count]) for n, owner in enumerate(agreements)
        )
        for side in (ours, theirs):
            self._add(
                SignOff(version_id=version, party_id=party, approved_on=date(2020 + n % 4, 3, 1))
                for n, (version, party) in enumerate(zip(versions, side, strict=True))
            )
        self._add(
            Condition(version_id=versions[n % len(versions)], position=n // len(versions),
                      direction=("out", "in")[n % 2], heads=1 + n % 6, months=5.0 * (1 + n % 2),
                      fields=(_FIELDS[n % 6],), levels=("6", "7"))
            for n in range(self._size.conditions)
        )  # fmt: skip

    def _add(self, records: Iterator[T]) -> list[int]:
        wanted = list(records)
        return [made for n in range(0, len(wanted), _CHUNK) for made in self._unit.add_many(wanted[n : n + _CHUNK])]


def institution(n: int, chance: Random) -> Institution:
    """The n-th invented partner."""
    city = f"{chance.choice(_STEMS)} {n}"
    name = f"{chance.choice(_KINDS)} {city}"
    return Institution(name=name, city=city, country=chance.choice(_LANDS), website=f"https://www.p{n}.example.edu")
