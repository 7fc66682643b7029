"""Runs of the real program whose file events were noted, and the crash images made of them."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from partnerdesk.domain.partners import Institution
from partnerdesk.services import journal, partners
from partnerdesk.services.importing import import_file
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.store import driver
from tests.reliability.layer import Event, Layer
from tests.reliability.power import Verdict, content, images, judge, lay_out

NAME = "office.partnerdesk"
WHO = "Marta Ilves"


@dataclass
class Recorded:
    """What a run of the program did: the files before, the events, and what the office held after each step."""

    base: dict[str, bytes]
    events: list[Event]
    states: dict[int, str]


class Recording:
    """Works in an office as its users do, and keeps what it holds after each step."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        create_file(self.path).close()
        self.base = {one.name: one.read_bytes() for one in folder.iterdir()}
        self.layer = Layer(folder)
        self.states: dict[int, str] = {}
        self._keep_state()

    def run(self, saves: int) -> Recorded:
        with self.layer.on():
            self._work(saves)
            self._bring_in()
            self._work(saves // 3)
        return Recorded(self.base, self.layer.events, self.states)

    def _work(self, saves: int) -> None:
        office = open_file(self.path)
        for n in range(saves):
            self._did(do(office, partners.new_partner(Institution(name=f"Partner {n}", country="FR")), WHO))
            with office.read() as reader:
                one = reader.find(Institution)[-1]
            self._did(do(office, partners.change_institution(one, remark=f"remark {n} " * 40), WHO))
        for _ in range(3):
            with office.read() as reader:
                step = journal.undo_state(reader).undo
            assert step is not None
            self._did(do(office, journal.undo_deed(step), WHO))
        office.close()

    def _bring_in(self) -> None:
        sheet = self.path.with_name("partners.csv")
        lines = [f"Universidad {n};ES;Ciudad {n}" for n in range(60)]
        sheet.write_text("\n".join(["Name;Country;City", *lines]), encoding="utf-8")
        import_file(sheet, self.path)
        self._safe(self._keep_state())

    def _did(self, done: object) -> None:
        changes = done[1]  # type: ignore[index]
        assert changes.step_id == self._keep_state()
        self._safe(changes.step_id)

    def _safe(self, step: int) -> None:
        self.layer.said_safe(step)

    def _keep_state(self) -> int:
        connection = driver.connect(self.path)
        step = int(connection.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])
        self.states[step] = content(connection)
        connection.close()
        return step


def outcome(recorded: Recorded, folder: Path, number: int, seed: int) -> Verdict:
    """Look at a number of crash images of a run; `folder` is where each is laid out."""
    verdict = Verdict()
    for safe_step, image in images(recorded.base, recorded.events, number, Random(seed)):
        lay_out(folder, image)
        judge(folder / NAME, safe_step, recorded.states, verdict)
    shutil.rmtree(folder)
    return verdict
