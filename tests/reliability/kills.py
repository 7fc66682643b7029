"""Kills a process that saves or imports, again and again, and looks at what is left.

Run as a program: `kills.py saves|imports KILLS FOLDER [--lying]` prints one JSON object. Children are forked from
a process that has everything loaded, so that a thousand kills take minutes. With --lying the child acknowledges
a save before it is done: the negative control, which has to be caught.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.services.importing import import_file
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.services.partners import change_institution, new_partner
from partnerdesk.store import journal

ROWS = 150


def main(kind: str, kills: int, folder: Path, lying: bool) -> dict[str, int]:
    """Kill so often; how often something was lost, half written or damaged, and how many saves were acknowledged."""
    rng = random.Random(20261124)
    told = {"kills": 0, "acknowledged": 0, "lost": 0, "partial": 0, "corrupt": 0, "finished": 0}
    for number in range(kills):
        office = folder / f"{kind}{number}.partnerdesk"
        (_killed_save if kind == "saves" else _killed_import)(office, rng, lying, told)
        for part in folder.glob(f"{office.name}*"):
            part.unlink()
    return told


def _killed_save(path: Path, rng: random.Random, lying: bool, told: dict[str, int]) -> None:
    office = create_file(path)
    partner, _ = do(office, new_partner(Institution(name="Kill me")), "test")
    office.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _save_on_and_on(path, partner, writing, lying)
    os.close(writing)
    time.sleep(rng.uniform(0.005, 0.12))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        acknowledged = pipe.read().count(b"\n")
    told["kills"] += 1
    told["acknowledged"] += acknowledged
    stored, steps = _look(path, partner, told)
    if stored < acknowledged:
        told["lost"] += 1
    if stored != steps - 1:
        told["partial"] += 1


def _save_on_and_on(path: Path, partner: int, writing: int, lying: bool) -> None:
    office = open_file(path)
    number = 0
    while True:
        number += 1
        with office.read() as reader:
            institution = reader.get(Institution, partner)
        if lying:
            os.write(writing, b"saved\n")
            time.sleep(0.004)
        do(office, change_institution(institution, remark=str(number)), "test")
        if not lying:
            os.write(writing, b"saved\n")


def _look(path: Path, partner: int, told: dict[str, int]) -> tuple[int, int]:
    """The number stored and the steps of the journal, after a check of the file."""
    try:
        office = open_file(path)
    except PartnerDeskError:
        told["corrupt"] += 1
        return 0, 1
    with office.read() as reader:
        if reader.connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            told["corrupt"] += 1
        remark = reader.get(Institution, partner).remark
        steps = len(journal.recent_steps(reader, 100_000))
    office.close()
    return int(remark or 0), steps


def _killed_import(path: Path, rng: random.Random, lying: bool, told: dict[str, int]) -> None:
    create_file(path).close()
    table = path.with_name(path.name + ".csv")
    table.write_text("Name;Country;City\n" + "".join(f"University {n};France;Paris {n}\n" for n in range(ROWS)),
                     encoding="utf-8")
    child = os.fork()
    if child == 0:
        import_file(table, path)
        os._exit(0)
    time.sleep(rng.uniform(0.0, 0.35))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told["kills"] += 1
    told["finished"] += os.WIFEXITED(status)
    office = open_file(path)
    with office.read() as reader:
        if reader.connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            told["corrupt"] += 1
        partners, steps = reader.count(Institution), len(journal.recent_steps(reader))
    office.close()
    told["acknowledged"] += partners == ROWS
    if (partners, steps) not in ((0, 0), (ROWS, 1)) or lying:
        told["partial"] += 1


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), "--lying" in sys.argv)))
