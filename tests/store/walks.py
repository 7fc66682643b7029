"""Random walks through everything a user can do, and what an office holds after them."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Document,
    Party,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.office import SavedView
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, OrgUnit, Partnership
from partnerdesk.domain.problems import Refused
from partnerdesk.services import agreements, partners
from partnerdesk.services.office import change_settings, create_file, delete_view, do, save_view, set_home
from partnerdesk.store import schema, search
from partnerdesk.store.settle import renew_all

WHO = "Marta Ilves"
NAMES = ("Łódź", "Ørsted", "Straße", "Işık", "Đakovo", "清华大学", "Berfeld", "Nordhafen")
COUNTRIES = ("PL", "DK", "DE", "TR", "HR", "CN", "GB")

Maker = Callable[[Any, Random], Deed[Any] | None]


class Walk:
    """An office in which things are done at random; `done` counts them by their label."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.office = create_file(folder / f"walk {seed}.partnerdesk")
        self.random = Random(seed)
        self.done: dict[str, int] = {}
        self.act(set_home(name="Northbridge", country="GB"))
        for _ in range(2):
            self.act(_new_partner(None, self.random))

    def act(self, deed: Deed[Any] | None) -> Any:
        """Do a deed; None when a rule refused it."""
        if deed is None:
            return None
        try:
            answer, _ = do(self.office, deed, WHO)
        except Refused:
            return None
        self.done[deed.label.template] = self.done.get(deed.label.template, 0) + 1
        return answer

    def steps(self, n: int) -> None:
        """Do n things chosen at random."""
        for _ in range(n):
            maker = self.random.choice(MAKERS)
            with self.office.read() as reader:
                deed = maker(reader, self.random)
            self.act(deed)


def content(office: Any) -> dict[str, list[Any]]:
    """Every row of every record type; versions count saves, not content, and are left out."""
    return _rows(office, list(schema.BY_TABLE), without={"version"})


def derived(office: Any) -> dict[str, list[Any]]:
    """Every derived row."""
    return _rows(office, list(schema.DERIVED), set()) | {
        table: _fetch(office, f"SELECT rowid, body FROM {table} ORDER BY rowid") for table in search.TABLES.values()}


def derived_anew(office: Any) -> dict[str, list[Any]]:
    """What the derived rows would be, made from the records alone; the office is left as it is."""
    connection = office._engine.connect()
    with closing(connection):
        from partnerdesk.domain.words import text
        from partnerdesk.store.unit import Unit

        connection.exec_driver_sql("BEGIN")
        for table in (*schema.DERIVED, *search.TABLES.values()):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        renew_all(Unit(connection, text("anew"), WHO))
        made = {name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1")]
                for name in schema.DERIVED}
        made |= {table: [tuple(row) for row in connection.exec_driver_sql(
            f"SELECT rowid, body FROM {table} ORDER BY rowid")] for table in search.TABLES.values()}
        connection.rollback()
    return made


def _rows(office: Any, tables: list[str], without: set[str]) -> dict[str, list[Any]]:
    found = {}
    for name in tables:
        columns = [c.name for c in schema.metadata.tables[name].columns if c.name not in without]
        quoted = ", ".join(f'"{c}"' for c in columns)
        found[name] = _fetch(office, f"SELECT {quoted} FROM {name} ORDER BY 1")
    return found


def _fetch(office: Any, sql: str) -> list[Any]:
    with office.read() as reader:
        return [tuple(row) for row in reader.connection.exec_driver_sql(sql)]


def _one(reader: Any, record: type[Any], chance: Random, **equals: Any) -> Any:
    found = reader.find(record, **equals)
    return chance.choice(found) if found else None


def _partner(reader: Any, chance: Random) -> Any:
    return _one(reader, Institution, chance, is_home=False)


def _with(reader: Any, chance: Random, record: type[Any], parent: type[Any], link: str) -> tuple[Any, Any]:
    child = _one(reader, record, chance)
    return (reader.get(parent, getattr(child, link)), child) if child is not None else (None, None)


def _new_partner(_: Any, chance: Random) -> Deed[Any]:
    name = f"{chance.choice(NAMES)} {chance.randrange(1000)}"
    institution = Institution(name=name, country=chance.choice(COUNTRIES), tags=("a b", '"q"')[: chance.randrange(3)])
    codes = [Identifier(scheme="local", value=f"L{chance.randrange(10**9)}")] if chance.random() < 0.5 else []
    relation = Partnership(responsible=WHO) if chance.random() < 0.5 else None
    return partners.new_partner(institution, codes, [Alias(name=f"Alias {name}")], relation)


def _change_partner(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    fields = {"name": f"{chance.choice(NAMES)} {chance.randrange(99)}", "remark": f"r{chance.randrange(9)}",
              "latitude": chance.uniform(-90, 90), "charter_from": clock.today(), "country": chance.choice(COUNTRIES)}
    some = {k: fields[k] for k in chance.sample(sorted(fields), chance.randint(1, 3))}
    return partners.change_institution(one, **some) if one else None


def _change_relation(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    if one is None:
        return None
    file = partners.partner_file(reader, one.id)
    relation = file.partnerships[0] if file.partnerships else None
    return partners.change_partnership(one, relation, tier=chance.randint(1, 3), forms=("joint_research",))


def _second_relation(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    return partners.new_partnership(one, "Second") if one and chance.random() < 0.3 else None


def _add_child(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    if one is None:
        return None
    units = reader.find(OrgUnit, institution_id=one.id)
    child = chance.choice((
        Identifier(scheme="local", value=f"X{chance.randrange(10**9)}"), Alias(name="Işık Đ"),
        OrgUnit(name="Faculty", parent_id=units[0].id if units else None),
        Contact(family_name="Nowak", given_names="Ana", email="ana@example.edu", roles=("outgoing",)),
        Document(title="Charter", received_on=clock.today()),
    ))
    return partners.add_child(one, child)


def _change_child(reader: Any, chance: Random) -> Deed[Any] | None:
    kind, fields = chance.choice((
        (Alias, {"name": f"Other {chance.randrange(9)}"}), (Contact, {"family_name": f"Ilves {chance.randrange(9)}"}),
        (OrgUnit, {"name": f"School {chance.randrange(9)}"}), (Identifier, {"value": f"Y{chance.randrange(10**9)}"}),
    ))
    one, child = _with(reader, chance, kind, Institution, "institution_id")
    return partners.change_child(one, child, **fields) if child else None


def _remove_child(reader: Any, chance: Random) -> Deed[Any] | None:
    kind = chance.choice((Alias, Contact, OrgUnit, Identifier))
    one, child = _with(reader, chance, kind, Institution, "institution_id")
    return partners.remove_child(one, child) if child and chance.random() < 0.5 else None


def _delete_partner(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    if one is None or chance.random() < 0.5:
        return None
    if one.deleted_at:
        return partners.restore_partners([one])
    archive = partners.archive_partners([one], back=bool(one.archived_on))
    return chance.choice((partners.delete_partners([one]), archive))


def _bulk(reader: Any, chance: Random) -> Deed[Any] | None:
    ids = [i.id for i in reader.find(Institution, is_home=False)][:3]
    return partners.change_many(ids, {"status": "closed"}, {"stage": "review", "responsible": WHO}, len(ids))


def _new_agreement(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _partner(reader, chance)
    first = clock.today().year + chance.randint(-4, 1)
    version = AgreementVersion(first_year=first, last_year=first + chance.randint(0, 5), notice_months=12,
                               auto_renew_months=chance.choice((None, None, 12)))
    agreement = Agreement(type="student_exchange", our_code=f"A{chance.randrange(10**6)}")
    conditions = [Condition(heads=chance.randint(1, 5), direction=d) for d in ("out", "in")]
    return agreements.new_agreement(one, agreement, version, conditions) if one else None


def _change_agreement(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _one(reader, Agreement, chance)
    field = chance.choice(({"title": f"T{chance.randrange(9)}"}, {"languages": ("en", "pl")}, {"confidential": True}))
    return agreements.change_agreement(one, **field) if one else None


def _change_terms(reader: Any, chance: Random) -> Deed[Any] | None:
    one, version = _with(reader, chance, AgreementVersion, Agreement, "agreement_id")
    fields = chance.choice(({"last_year": 2030}, {"open_ended": True}, {"auto_renew_months": 24},
                            {"valid_from": clock.today(), "valid_to": clock.today() + timedelta(days=300)}))
    return agreements.change_terms(one, version, **fields) if version else None


def _conditions(reader: Any, chance: Random) -> Deed[Any] | None:
    one, version = _with(reader, chance, AgreementVersion, Agreement, "agreement_id")
    if version is None:
        return None
    condition = _one(reader, Condition, chance, version_id=version.id)
    if condition is None or chance.random() < 0.4:
        return agreements.add_condition(one, version, Condition(heads=2, levels=("6",), months=5))
    return chance.choice((
        agreements.change_condition(one, condition, heads=chance.randint(0, 9)),
        agreements.remove_condition(one, condition),
        agreements.set_exception(one, ConditionYear(
            condition_id=condition.id, year=2026, heads=chance.choice((None, 0, 7)), closed=chance.random() < 0.2)),
    ))


def _sign(reader: Any, chance: Random) -> Deed[Any] | None:
    one, version = _with(reader, chance, AgreementVersion, Agreement, "agreement_id")
    if version is None:
        return None
    party = _one(reader, Party, chance, agreement_id=one.id)
    day = clock.today() - timedelta(days=chance.randrange(500)) if chance.random() < 0.8 else None
    return agreements.sign(one, version, party, day, by="J. Weil") if party else None


def _versions(reader: Any, chance: Random) -> Deed[Any] | None:
    one, version = _with(reader, chance, AgreementVersion, Agreement, "agreement_id")
    if version is None:
        return None
    return chance.choice((agreements.new_version(one, version), agreements.remove_version(one, version)))


def _parties(reader: Any, chance: Random) -> Deed[Any] | None:
    one, party = _with(reader, chance, Party, Agreement, "agreement_id")
    other = _partner(reader, chance)
    if one is None or other is None:
        return None
    return chance.choice((agreements.add_party(one, other, "partner"), agreements.remove_party(one, party)))


def _end(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _one(reader, Agreement, chance)
    if one is None:
        return None
    day = clock.today() + timedelta(days=chance.randint(-100, 300))
    return chance.choice((
        agreements.terminate(one, None, day, "us", "no demand"), agreements.terminate(one, None, None, ""),
        agreements.log_event(one, "sent", day), agreements.archive_agreements([one], back=bool(one.archived_on)),
        agreements.restore_agreements([one]) if one.deleted_at else agreements.delete_agreements([one]),
        agreements.change_many([one.id], {"programme": "erasmus"}),
    ))


def _renew(reader: Any, chance: Random) -> Deed[Any] | None:
    one = _one(reader, Agreement, chance)
    if one is None:
        return None
    file = agreements.agreement_file(reader, one.id)
    if file.partner is None or not file.versions:
        return None
    return chance.choice((agreements.renew(file, 2025, 2027, f"R{one.id}"), agreements.duplicate(file)))


def _house(reader: Any, chance: Random) -> Deed[Any] | None:
    view = _one(reader, SavedView, chance)
    made = [change_settings(office_name=f"Office {chance.randrange(9)}"), set_home(city=f"C{chance.randrange(9)}"),
            change_settings(office_year_start=chance.choice(("09-01", "02-01"))),
            save_view(SavedView(page="partners", name="Mine", query="country:PL"))]
    if view is not None:
        made += [delete_view(view), save_view(replace(view, name="Renamed"))]
    return chance.choice(made)


MAKERS: tuple[Maker, ...] = (
    _new_partner, _change_partner, _change_partner, _change_relation, _second_relation, _add_child, _add_child,
    _change_child, _remove_child, _delete_partner, _bulk, _new_agreement, _new_agreement, _change_agreement,
    _change_terms, _conditions, _conditions, _sign, _sign, _sign, _sign, _versions, _parties, _end, _renew, _house,
)

__all__ = ["MAKERS", "WHO", "Walk", "content", "derived", "derived_anew"]
