"""The full-text index of SQLite: what can be searched for, folded in Python so that ł, ø and ß are found.

What only SQLite knows stands here, in driver.py and in office.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cache

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.countries import country_name
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of
from partnerdesk.store.prepared import Prepared, together
from partnerdesk.store.unit import CHUNK, Reader

TABLES = {"partner": "search_partner", "agreement": "search_agreement", "person": "search_person",
          "stay": "search_stay", "project": "search_project", "visit": "search_visit"}
FEW = 1000
SHORT = 3


def create(connection: sa.Connection) -> None:
    """Make the index tables of a new office file."""
    for table in TABLES.values():
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {table} USING fts5(body, "
            "tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')"
        )


def optimize(unit: Reader) -> None:
    """Merge the index so that no word of a removed text is left in it."""
    for table in TABLES.values():
        unit.connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def hits(kind: str, parameter: str) -> sa.Select[tuple[int]]:
    """A query for the ids whose text matches the FTS5 expression in a parameter."""
    index = sa.table(TABLES[kind], sa.column("rowid", sa.Integer), sa.column(TABLES[kind]))
    words = sa.bindparam(parameter, None, type_=sa.Text)
    return sa.select(index.c.rowid).where(index.c[TABLES[kind]].op("MATCH")(words))


def is_hit(kind: str, parameter: str, key: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the text of a record matches, looked up for this record alone: quick for words of `SHORT` letters."""
    index = sa.table(TABLES[kind], sa.column("rowid", sa.Integer), sa.column(TABLES[kind]))
    words = sa.bindparam(parameter, None, type_=sa.Text)
    found = sa.select(index.c.rowid).where(index.c.rowid == key, index.c[TABLES[kind]].op("MATCH")(words))
    return found.exists()


def few_hits(reader: Reader, kind: str, matched: str) -> list[int] | None:
    """The ids whose text matches, None when they are more than a few."""
    found = _some_hits(kind).ids(reader.connection, match=matched)
    return found if len(found) <= FEW else None


def hits_up_to(reader: Reader, kind: str, words: Sequence[str], most: int) -> int:
    """How many ids' texts hold these words, `most` + 1 where they are more than that."""
    rows = _counted_hits(kind).rows(reader.connection, match=match_text(words), most=most + 1)
    return int(rows[0][0])


@cache
def _counted_hits(kind: str) -> Prepared:
    found = hits(kind, "match").limit(sa.bindparam("most", None, type_=sa.Integer)).subquery()
    return Prepared(sa.select(sa.func.count()).select_from(found))


@cache
def _some_hits(kind: str) -> Prepared:
    return Prepared(together(hits(kind, "match").limit(FEW + 1)))


def match_text(words: Sequence[str]) -> str:
    """The FTS5 expression for words and phrases, each folded and taken as the beginning of a word."""
    terms = []
    for word in words:
        parts = fold(word).split()
        if parts:
            terms.append('"' + " ".join(parts) + '"*')
    return " AND ".join(terms)


def renew_partners(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these institutions anew; `new` ones have none yet."""
    ids = set(ids)
    more: dict[int, list[str]] = defaultdict(list)
    for partner, value in unit.columns(pa.Identifier, ("institution_id", "value"), "institution_id", ids):
        more[partner] += [value, value.replace(" ", "")]
    for partner, name in unit.columns(pa.Alias, ("institution_id", "name"), "institution_id", ids):
        more[partner].append(name)
    for partner, *names in unit.columns(pa.Contact, _PERSON, "institution_id", ids):
        more[partner] += names
    lands: dict[str, str] = {}
    texts: dict[int, str] = {}
    for partner, is_home, country, *names in unit.columns(pa.Institution, _NAMED, "id", ids):
        if is_home:
            continue
        land = lands.get(country)
        if land is None:
            land = lands[country] = f"{country} {country_name(country)}"
        also = " ".join(more[partner]) if partner in more else ""
        texts[partner] = fold(f"{' '.join(names)} {land} {also}")
    write(unit, "partner", ids - new, texts)


def renew_agreements(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these agreements anew, their partners' names included; `new` ones have none yet."""
    ids = set(ids)
    agreements = unit.many(ag.Agreement, ids)
    members = unit.where(pa.Member, "partnership_id", {a.partnership_id for a in agreements.values()})
    institutions = unit.many(pa.Institution, {m.institution_id for m in members})
    names: dict[int, list[str]] = defaultdict(list)
    for member in members:
        partner = institutions.get(member.institution_id)
        if partner is not None and not partner.is_home:
            names[member.partnership_id] += [partner.name, partner.name_original, partner.short_name,
                                             partner.country, country_name(partner.country)]
    texts = {
        a.id: fold(" ".join((a.title, str(label_of("agreement_type", a.type)), a.programme, a.our_code,
                             a.partner_code, a.remark, *names[a.partnership_id])))
        for a in agreements.values()
    }
    write(unit, "agreement", ids - new, texts)


_PERSON = ("institution_id", "title", "given_names", "family_name", "email")
_NAMED = ("id", "is_home", "country", "name", "name_original", "short_name", "city", "website", "tags")


def write(unit: Reader, kind: str, ids: Iterable[int], texts: dict[int, str]) -> None:
    """Put the search texts of a kind in the place of those of `ids`."""
    table, gone = TABLES[kind], list(ids)
    driver = unit.connection.connection.driver_connection
    assert driver is not None
    for start in range(0, len(gone), CHUNK):
        part = gone[start:start + CHUNK]
        driver.execute(f"DELETE FROM {table} WHERE rowid IN ({','.join('?' * len(part))})", part)
    driver.executemany(f"INSERT INTO {table} (rowid, body) VALUES (?, ?)", list(texts.items()))
