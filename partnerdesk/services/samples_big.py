"""Big offices of invented institutions, for benchmarks and for looking at lists with thousands of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party, SignOff
from partnerdesk.domain.identifiers import ror_checksum
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, Partnership
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.office import create_file, do

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit



def _words(together: str) -> tuple[str, ...]:
    return tuple(together.split())


_AT_ONCE = 20_000
_HOME = 1
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
BEGINNINGS = _words(
    "Al Ber Bra Cal Car Dal Dor Eber El Fal Fer Gar Gold Hal Hart Isen Kar Kel Kirch Lan Lin Lor Mal Mar Mel Mont "
    "Nor Oak Oster Pel Pon Quin Ros Ry Sal San Scho Stan Sten Tal Tor Ul Val Ver Wal Wes Win Wol Yar Zel"
)
ENDINGS = _words(
    "acker ano berg bourne bridge burg by dale den dorf ella feld ford garde grad hafen ham heim hult ina ingen ino "
    "land ley mark minster mond mouth nau nitz ora owice pool ria sand sjö stad stein ton vale vik ville wald wick"
)
_KINDS = (
    "University of {}", "{} University", "Universität {}", "Université de {}", "Universidad de {}",
    "Uniwersytet w {}", "Technical University of {}", "{} Institute of Technology", "{} College", "{} School of Arts",
    "Hochschule {}", "{} yliopisto", "Politecnico di {}", "{} Academy of Music", "{} University of Applied Sciences",
    "Universidade Federal de {}",
)  # fmt: skip
_COUNTRIES = _words(
    "AR AT AU BE BR CA CH CL CN CO CZ DE DK EE EG ES FI FR GB GH GR HU IE IN IS IT JP KE KR LT LV MA MX MY NL NO NZ PE "
    "PL PT RO RS SE SG SI SK TH TR TW UA US VN ZA"
)
_FORMS = ("student_exchange", "faculty_exchange", "joint_research", "curriculum_development", "best_practice")
_TYPES = ("student_exchange", "erasmus_iia", "staff_exchange", "mou", "research")
_FIELDS = _words(
    "0113 0222 0231 0311 0312 0314 0413 0421 0511 0521 0531 0533 0541 0613 0713 0714 0715 0731 0732 0912"
)
_LANGUAGES = ("en B2", "de B1", "fr B2", "es B1", "it B1", "pl B1", "pt B1")
_PEOPLE = ("Marta Ilves", "Jonas Weil", "Rosa Santos", "Chidi Okafor")
GIVEN = _words(
    "Anna Ben Carla David Elif Finn Grace Hugo Ines Jan Kofi Lena Mei Nils Olga Pavel Rosa Sami Tariq Yuki"
)
FAMILY = _words(
    "Adler Bauer Costa Dumont Evans Fischer Garcia Haas Ito Jensen Kim Lopez Moreau Novak Ochoa Park Rossi"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a big office holds."""

    institutions: int = 3_000
    agreements: int = 6_000
    conditions: int = 20_000

    def times(self, factor: int) -> Size:
        """The same proportions, `factor` times as much."""
        return Size(self.institutions * factor, self.agreements * factor, self.conditions * factor)


def make_big_office(path: Path, size: Size = Size(), seed: int = 1) -> Path:
    """Make an office file of that size; the same seed and day give the same content. Raises BadFile."""
    office = create_file(path)
    try:
        do(office, fill_deed(size, seed), _PEOPLE[0])
    finally:
        office.close()
    return path


def fill_deed(size: Size, seed: int = 1) -> Deed[None]:
    """Write so many invented records into an empty office, as one step."""

    def run(unit: Unit) -> None:
        for kind in _records(size, seed, clock.today()):
            records = iter(kind)
            while some := list(islice(records, _AT_ONCE)):
                unit.add_many(some)

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "Sample office: {n} invented partners"), n=size.institutions)
    return Deed(label, run)


def _records(size: Size, seed: int, today: date) -> Iterator[Iterable[Any]]:
    """Records of one type after the other, those that are pointed to first; row n has the id n."""
    made = _Maker(size, Random(seed), today)  # noqa: S311
    return iter((
        made.institutions(), made.identifiers(), made.aliases(), made.contacts(), made.partnerships(), made.members(),
        made.agreements(), made.versions(), made.parties(), made.sign_offs(), made.conditions(),
    ))  # fmt: skip


class _Maker:
    """Invents the records; the home institution has the id 1, partners follow."""

    def __init__(self, size: Size, chance: Random, today: date) -> None:
        self._size, self._chance, self._today = size, chance, today
        self._partners = range(_HOME + 1, _HOME + 1 + size.institutions)
        self._partner_of = [chance.choice(self._partners) for _ in range(size.agreements)]
        self._signed = [chance.random() for _ in range(size.agreements)]
        self._agreement_of = sorted(chance.randrange(size.agreements) for _ in range(size.conditions))

    def institutions(self) -> Iterator[Institution]:
        """Our own, then the partners, each with another name."""
        yield Institution(id=_HOME, uid=self._uid(), name="Northbridge University", short_name="NBU", country="GB",
                          city="Northbridge", is_home=True)
        for n, partner in enumerate(self._partners):
            place, name = _named(n)
            yield Institution(
                id=partner, uid=self._uid(), name=name, short_name=place[:3].upper(), org_type="EPLUS-EDU-HEI",
                country=self._chance.choice(_COUNTRIES), city=place, website=f"{place.lower()}{n}.example.edu",
                latitude=round(self._chance.uniform(-55, 68), 3), longitude=round(self._chance.uniform(-170, 178), 3),
                geo_precision="city")

    def identifiers(self) -> Iterator[Identifier]:
        """A ROR with a right checksum and a host name each; they belong to nobody."""
        for partner in self._partners:
            body = "0" + _digits(partner, self._chance.randrange(32))
            yield Identifier(uid=self._uid(), institution_id=partner, scheme="ror", value=body + ror_checksum(body))
            yield Identifier(uid=self._uid(), institution_id=partner, scheme="schac", value=f"u{partner}.example.edu")

    def aliases(self) -> Iterator[Alias]:
        """A second name for every other partner."""
        for partner in self._partners[::2]:
            place, _ = _named(partner - _HOME - 1)
            yield Alias(uid=self._uid(), institution_id=partner, name=f"{place} U{partner}", language="en")

    def contacts(self) -> Iterator[Contact]:
        """One invented person each."""
        for partner in self._partners:
            given, family = self._chance.choice(GIVEN), self._chance.choice(FAMILY)
            yield Contact(
                uid=self._uid(), institution_id=partner, given_names=given, family_name=family, language="en",
                function="Exchange coordinator", roles=("outgoing", "incoming"), preferred=True,
                email=f"{given}.{family}.{partner}@example.edu".lower(),
                confirmed_on=self._today - timedelta(days=self._chance.randrange(700)))

    def partnerships(self) -> Iterator[Partnership]:
        """One with each partner; partnership n is that with the n-th partner."""
        for _ in self._partners:
            forms = tuple(form for form in _FORMS if self._chance.random() < 0.4)
            yield Partnership(
                uid=self._uid(), forms=forms or _FORMS[:1], responsible=self._chance.choice(_PEOPLE),
                tier=self._chance.choice((1, 2, 3, 3, 3)), purpose="Places in both directions and a shared seminar.",
                started_on=date(self._chance.randint(1998, self._today.year - 1), self._chance.randint(1, 12), 1),
                next_review=self._today + timedelta(days=self._chance.randrange(900)))

    def members(self) -> Iterator[Member]:
        """The partners of the partnerships."""
        for n, partner in enumerate(self._partners, 1):
            yield Member(uid=self._uid(), partnership_id=n, institution_id=partner)

    def agreements(self) -> Iterator[Agreement]:
        """Agreements spread over the partners by chance."""
        for n, partner in enumerate(self._partner_of, 1):
            yield Agreement(uid=self._uid(), partnership_id=partner - _HOME, type=self._chance.choice(_TYPES),
                            our_code=f"{2016 + n % 11}-{n:05}", languages=("en",))

    def versions(self) -> Iterator[AgreementVersion]:
        """One version each, most of them running, by academic years."""
        for n, signed in enumerate(self._signed, 1):
            first = self._today.year + self._chance.randint(-8, 1)
            yield AgreementVersion(
                uid=self._uid(), agreement_id=n, status="approved" if signed > 0.15 else "sent", first_year=first,
                last_year=first + self._chance.randint(2, 6), notice_months=self._chance.choice((6, 12)),
                made_on=date(first, 2, 1), made_by=_PEOPLE[n % 4])

    def parties(self) -> Iterator[Party]:
        """Our side and theirs; agreement n has the parties 2n - 1 and 2n."""
        for n, partner in enumerate(self._partner_of, 1):
            yield Party(uid=self._uid(), agreement_id=n, institution_id=_HOME, side="our")
            yield Party(uid=self._uid(), agreement_id=n, institution_id=partner)

    def sign_offs(self) -> Iterator[SignOff]:
        """Both sides of most agreements, one side of a few."""
        for n, signed in enumerate(self._signed, 1):
            day = self._today - timedelta(days=400 + n % 2000)
            if signed > 0.05:
                yield SignOff(uid=self._uid(), version_id=n, party_id=2 * n - 1, approved_on=day)
            if signed > 0.15:
                yield SignOff(uid=self._uid(), version_id=n, party_id=2 * n, approved_on=day)

    def conditions(self) -> Iterator[Condition]:
        """Rows of the grid, spread over the agreements."""
        for position, index in enumerate(self._agreement_of):
            yield Condition(
                uid=self._uid(), version_id=index + 1, position=position, direction=("out", "in")[position % 2],
                partner_id=self._partner_of[index], heads=self._chance.randint(1, 8), months=5.0,
                levels=("6", "7"), fields=(self._chance.choice(_FIELDS),), languages=(self._chance.choice(_LANGUAGES),))

    def _uid(self) -> str:
        return f"{self._chance.getrandbits(128):032x}"


def _named(n: int) -> tuple[str, str]:
    """Place and name of the n-th invented institution; no two names are alike."""
    kind, place = n % len(_KINDS), n // len(_KINDS) % (len(BEGINNINGS) * len(ENDINGS))
    beginning, ending = place % len(BEGINNINGS), place // len(BEGINNINGS)
    spelt = BEGINNINGS[(beginning * 7 + ending) % len(BEGINNINGS)] + ENDINGS[(ending + kind * 3) % len(ENDINGS)]
    return spelt, _KINDS[kind].format(spelt)


def _digits(partner: int, last: int) -> str:
    """Six characters of a ROR that differ for every partner."""
    written, number = "", partner
    for _ in range(5):
        written, number = _CROCKFORD[number % 32] + written, number // 32
    return written + _CROCKFORD[last]
