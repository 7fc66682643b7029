"""The process of one desk among several: changes a few records again and again, as people do who share a list.

Run as a program: desks.py OFFICE NAME TIMES [careless]. Each change adds one to the number in a record's remark
and signs it; a desk that is told that somebody was quicker reads the record again. The careless one does not look
at versions.
"""

import sys
from pathlib import Path
from random import Random

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import EnvironmentTrouble, Superseded
from partnerdesk.domain.words import text
from partnerdesk.services import partners
from partnerdesk.services.office import do, open_file

ROWS = 5


def main(path: str, who: str, times: str, careless: str = "") -> None:
    office = open_file(Path(path))
    chance = Random(who)
    sys.stdin.readline()
    done = 0
    while done < int(times):
        try:
            with office.read() as reader:
                one = reader.get(Institution, chance.randint(1, ROWS))
            raised = f"{int(one.remark.split()[0]) + 1} by {who}"
            if careless:
                with office.write(text("careless"), who) as unit:
                    unit.change(Institution, one.id, None, remark=raised)
            else:
                do(office, partners.change_institution(one, remark=raised), who)
        except (Superseded, EnvironmentTrouble):
            continue
        done += 1
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
