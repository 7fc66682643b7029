"""What is in attached files: kept once by its SHA-256, checked whenever it is read.

Contents lie in the office file and not in a folder beside it: the office stays one file to copy, lock and back
up, a content is committed together with the record that names it, and no half state can be left by a power loss.
They have a table of their own, so that lists and forms never read a page of them.
"""

import hashlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.store import schema
from partnerdesk.store.unit import Reader, Unit


def keep(unit: Unit, data: bytes) -> str:
    """Keep a content; the SHA-256 (64 hexadecimal digits) by which it is found again."""
    digest = hashlib.sha256(data).hexdigest()
    known = sa.select(schema.content.c.sha256).where(schema.content.c.sha256 == digest)
    if unit.connection.execute(known).first() is None:
        unit.connection.execute(sa.insert(schema.content), {"sha256": digest, "data": data})
    return digest


def content(reader: Reader, sha256: str) -> bytes:
    """The bytes of a content. Raises EnvironmentTrouble when they are gone or no longer what was kept."""
    row = reader.connection.execute(sa.select(schema.content.c.data).where(schema.content.c.sha256 == sha256)).first()
    if row is None:
        raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The attached file is missing from the office. A backup may still have it.")))
    data = bytes(row.data)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The attached file is damaged. A backup may have it whole.")))
    return data


def damaged(reader: Reader) -> Iterator[str]:
    """The SHA-256 of every content that is no longer what was kept, or that a document names in vain."""
    seen = set()
    for (digest,) in reader.connection.execute(sa.select(schema.content.c.sha256)).all():
        seen.add(digest)
        query = sa.select(schema.content.c.data).where(schema.content.c.sha256 == digest)
        if hashlib.sha256(bytes(reader.connection.execute(query).scalar_one())).hexdigest() != digest:
            yield digest
    yield from sorted(_named(reader) - seen)


def sweep(unit: Unit) -> int:
    """Drop contents that no document names and that no step could bring back; how many went."""
    remembered = unit.connection.exec_driver_sql(
        "SELECT json_extract(before, '$.sha256') FROM history WHERE entity = 'document' "
        "UNION SELECT json_extract(after, '$.sha256') FROM history WHERE entity = 'document'").scalars()
    wanted = _named(unit) | set(remembered)
    stored = unit.connection.execute(sa.select(schema.content.c.sha256)).scalars()
    return _drop(unit, [digest for digest in stored if digest not in wanted])


def _named(reader: Reader) -> set[str]:
    document = schema.BY_TABLE["document"].table
    return set(reader.connection.execute(sa.select(document.c.sha256).where(document.c.sha256 != "")).scalars())


def _drop(unit: Unit, digests: Iterable[str]) -> int:
    gone = list(digests)
    for digest in gone:
        unit.connection.execute(sa.delete(schema.content).where(schema.content.c.sha256 == digest))
    return len(gone)
