"""The list of joint outputs: some hundreds at most, read whole with their projects and partners."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import outputs as ou
from partnerdesk.domain import partners as pa
from partnerdesk.domain import projects as pr
from partnerdesk.domain.outputs import OutputLine
from partnerdesk.store import schema
from partnerdesk.store.unit import Reader

_output = schema.KINDS[ou.JointOutput].table
_member = schema.KINDS[ou.OutputMember].table
_project = schema.KINDS[pr.Project].table
_institution = schema.KINDS[pa.Institution].table
_OWN = ("id", "kind", "title", "in_year", "doi", "project_id", "adopted_on", "adopted_at", "archived_on")


def output_lines(reader: Reader, partner_id: int | None = None, ids: Sequence[int] | None = None) -> list[OutputLine]:
    """What the list shows of outputs: of all, of those of a partner, or of certain ones; the latest first."""
    query = (
        sa.select(*(_output.c[name] for name in _OWN), _project.c.acronym, _project.c.title)
        .outerjoin(_project, sa.and_(_project.c.id == _output.c.project_id, _project.c.deleted_at == ""))
        .where(_output.c.deleted_at == "")
        .order_by(_output.c.in_year.desc().nulls_last(), _output.c.title, _output.c.id))
    if partner_id is not None:
        query = query.where(_output.c.id.in_(
            sa.select(_member.c.output_id).where(_member.c.institution_id == partner_id)))
    if ids is not None:
        query = query.where(_output.c.id.in_(list(ids)))
    rows = list(reader.connection.execute(query))
    names = _partners(reader, [row[0] for row in rows])
    return [_line(row, names[row[0]]) for row in rows]


def _partners(reader: Reader, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    members = reader.columns(ou.OutputMember, ("output_id", "institution_id"), "output_id", ids)
    known = reader.columns(pa.Institution, ("id", "name", "is_home"), "id", {one for _, one in members})
    names = {i: name for i, name, home in known if not home}
    for output, institution in members:
        if institution in names:
            found[output].append(names[institution])
    return found


def _line(row: Any, partners: list[str]) -> OutputLine:
    own: dict[str, Any] = dict(zip(_OWN, row, strict=False))
    acronym, title = row[len(_OWN):]
    own["adopted_on"] = date.fromisoformat(own["adopted_on"]) if own["adopted_on"] else None
    archived = own.pop("archived_on") is not None
    return OutputLine(**own, project=acronym or title or "", partners=", ".join(sorted(partners)), archived=archived)
