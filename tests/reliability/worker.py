"""The process that is killed: saves or imports into an office and says on stdout what is safe.

Run as a program: worker.py OFFICE KIND, which begins when a line comes on stdin. KIND is save, import, change
or liar; the liar says so before the commit.
"""

import sys
from itertools import count
from pathlib import Path

from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution
from partnerdesk.domain.words import text
from partnerdesk.services import partners
from partnerdesk.services.office import do, open_file

WHO = "Marta Ilves"
BATCH = 40


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def save(office: object, label: str, early: bool = False) -> None:
    """One new partner with a code, a name and a contact: four rows or none."""
    if early:
        say(label)
    with office.write(text(label), WHO) as unit:  # type: ignore[attr-defined]
        made = unit.add(Institution(name=label, remark="r" * 200))
        unit.add(Identifier(institution_id=made.id, scheme="local", value=label))
        unit.add(Alias(institution_id=made.id, name=f"alias {label}"))
        unit.add(Contact(institution_id=made.id, family_name=label))
    if not early:
        say(label)


def bring_in(office: object, label: str) -> None:
    """A batch of partners as an import stores them: all or none."""
    with office.write(text(label), WHO, kind="import") as unit:  # type: ignore[attr-defined]
        ids = unit.add_many([Institution(name=f"{label} {n}", remark="r" * 200) for n in range(BATCH)])
        unit.add_many([Identifier(institution_id=i, scheme="local", value=f"{label} {i}") for i in ids])
    say(label)


def change(office: object, label: str) -> None:
    """A change of one field by the deed of the form."""
    with office.read() as reader:  # type: ignore[attr-defined]
        one = reader.get(Institution, 1)
    do(office, partners.change_institution(one, remark=label), WHO)  # type: ignore[arg-type]
    say(label)


def main(path: str, kind: str) -> None:
    sys.stdin.readline()
    office = open_file(Path(path))
    with office.read() as reader:
        first = reader.count(Institution)
    say("ready")
    for n in count(first):
        if kind == "import":
            bring_in(office, f"batch {n}")
        elif kind == "change":
            change(office, f"change {n}")
        else:
            save(office, f"save {n}", early=kind == "liar")


if __name__ == "__main__":
    main(*sys.argv[1:])
