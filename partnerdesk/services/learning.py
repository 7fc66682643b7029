"""What users do with learning agreements: fill the tables, sign on three sides, change by a new version."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.coursetable import Course
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import (
    FORM_FIELDS,
    SIDES,
    LearningComponent,
    LearningVersion,
    completed_on,
    component_problems,
    first_completed_on,
    next_pair,
    next_version,
)
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.transcripts import Recognition
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, set_fields
from partnerdesk.services.stay_documents import settle_document

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_DAYS = {side: f"{side}_signed_on" for side in SIDES}


def first_signed_on(reader: Reader, stay_id: int) -> date | None:
    """The day since which a stay has a learning agreement signed by all three; None while it has none."""
    return first_completed_on(reader.find(LearningVersion, stay_id=stay_id))


def new_version(stay_id: int, name: str = "") -> Deed[int]:
    """Begin the learning agreement of a stay, or a version of changes after the last one is complete.

    The answer is the version's id. Raises Refused while the last version lacks a signature.
    """

    def run(unit: Unit) -> int:
        versions = sorted(unit.find(LearningVersion, stay_id=stay_id), key=lambda v: v.n)
        if not versions:
            return unit.add(LearningVersion(stay_id=stay_id, made_on=clock.today())).id
        last = versions[-1]
        if completed_on(last) is None:
            raise Refused(Problem("R59", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The last version is not signed by all three yet; change that one."))))
        version, components = next_version(last, _components(unit, last.id), clock.today())
        made = unit.add(version)
        unit.add_many([dataclasses.replace(c, version_id=made.id) for c in components])
        return made.id

    label = QT_TRANSLATE_NOOP("PartnerDesk", "new version of the learning agreement of {name}")
    return Deed(text(label, name=name), run)


def change_version(version: LearningVersion, name: str = "", **fields: Any) -> Deed[bool]:
    """Change who signs a version, or when it was made; signatures are given by `sign`."""

    def run(unit: Unit) -> bool:
        changed = set_fields(unit, LearningVersion, version.id, version.version, fields, None)
        if set(fields) & set(_DAYS.values()):
            _settle(unit, version.stay_id)
        return changed

    return Deed(_changed(name), run)


def sign(
    version: LearningVersion, side: str, day: date | None, by: str = "", position: str = "", name: str = ""
) -> Deed[bool]:
    """Record the signature of a side ("student", "sending", "receiving"), or take it back with no day.

    The document of the agreement follows: checked with the third signature, wanted again when one is taken back.
    """
    fields: dict[str, Any] = {_DAYS[side]: day}
    if side != "student" and by:
        fields |= {f"{side}_signed_by": by, f"{side}_position": position}

    def run(unit: Unit) -> bool:
        changed = unit.change(LearningVersion, version.id, None, **fields)
        _settle(unit, version.stay_id)
        return changed

    taken = QT_TRANSLATE_NOOP("PartnerDesk", "take back a signature under the learning agreement of {name}")
    given = QT_TRANSLATE_NOOP("PartnerDesk", "sign the learning agreement of {name}")
    return Deed(text(taken if day is None else given, name=name), run)


def remove_version(version: LearningVersion, name: str = "") -> Deed[None]:
    """Take away the last version, which is not complete. Raises Refused."""

    def run(unit: Unit) -> None:
        _open(unit, version.id)
        if any(v.n > version.n for v in unit.find(LearningVersion, stay_id=version.stay_id)):
            raise Refused(Problem("R59", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Only the last version can be removed."))))
        _remove(unit, _components(unit, version.id))
        unit.remove(LearningVersion, version.id)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "remove a version of the learning agreement of {name}")
    done = QT_TRANSLATE_NOOP("PartnerDesk", "Removed a version of the learning agreement of {name}")
    return Deed(text(label, name=name), run, text(done, name=name))


def add_component(version: LearningVersion, component: LearningComponent, name: str = "") -> Deed[int]:
    """Add a component; in a version of changes it is marked as inserted. Raises Refused."""

    def run(unit: Unit) -> int:
        return _add(unit, _open(unit, version.id), [component])[0]

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add a course of {name}"), name=name), run)


def paste_components(version: LearningVersion, part: str, courses: Sequence[Course], name: str = "") -> Deed[int]:
    """Add pasted courses to a table of a version; how many there are. Raises Refused."""

    def run(unit: Unit) -> int:
        made = [LearningComponent(part=part, code=c.code[:40], title=c.title[:200], term=c.term[:20],
                                  credits=c.credits) for c in courses]
        return len(_add(unit, _open(unit, version.id), made))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "paste {n} courses of {name}"), n=len(courses), name=name), run)


def change_component(component: LearningComponent, name: str = "", **fields: Any) -> Deed[bool]:
    """Change a component of a version that is not complete.

    What was signed before changes by a deletion and an insertion only, as the form asks. Raises Refused.
    """

    def run(unit: Unit) -> bool:
        version = _open(unit, component.version_id)
        signed = version.kind == "change" and component.change != "inserted"
        if signed and any(field in FORM_FIELDS and getattr(component, field) != value
                          for field, value in fields.items()):
            raise Refused(Problem("R59", "block", next(iter(fields)), Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This course was signed. Replace it, so that the change can be signed too."))))
        return set_fields(unit, LearningComponent, component.id, component.version, fields, component_problems)

    return Deed(_changed(name), run)


def remove_components(
    components: Sequence[LearningComponent], reason_code: str = "", reason: str = "", name: str = ""
) -> Deed[None]:
    """Take components out; in a version of changes those signed before stay, marked as deleted with the reason."""

    def run(unit: Unit) -> None:
        version = _open(unit, components[0].version_id)
        now = list(unit.many(LearningComponent, [c.id for c in components]).values())
        kept = [c for c in now if version.kind == "change" and c.change != "inserted"]
        _remove(unit, [c for c in now if c not in kept])
        unit.change_many(LearningComponent, [c.id for c in kept], change="deleted", reason_code=reason_code,
                         reason=reason)

    values: dict[str, object] = {"n": len(components), "name": name}
    if len(components) == 1:
        return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a course of {name}"), name=name), run,
                    text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a course of {name}"), name=name))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} courses of {name}"), **values), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} courses of {name}"), **values))


def keep_component(component: LearningComponent, name: str = "") -> Deed[bool]:
    """Take back that a component is deleted."""

    def run(unit: Unit) -> bool:
        _open(unit, component.version_id)
        return unit.change(LearningComponent, component.id, None, change="", reason_code="", reason="")

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "keep a course of {name}"), name=name), run)


def replace_component(
    component: LearningComponent, instead: LearningComponent, reason_code: str, reason: str = "", name: str = ""
) -> Deed[int]:
    """Delete a signed component for a reason and insert another in its place; the answer is the new one's id."""

    def run(unit: Unit) -> int:
        version = _open(unit, component.version_id)
        unit.change(LearningComponent, component.id, None, change="deleted", reason_code=reason_code, reason=reason)
        made = dataclasses.replace(instead, part=component.part, pair=component.pair, reason_code="substitute")
        return _add(unit, version, [made])[0]

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "replace a course of {name}"), name=name), run)


def pair_components(components: Sequence[LearningComponent], name: str = "") -> Deed[int]:
    """Let components of host and home stand for each other; the answer is the number of the pair. Raises Refused."""

    def run(unit: Unit) -> int:
        version = _open(unit, components[0].version_id)
        sides = {c.part == "B" for c in components}
        if len(sides) < 2:
            raise Refused(Problem("R59", "block", "pair", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A pair has courses of the host and of home."))))
        number = min((c.pair for c in components if c.pair is not None),
                     default=next_pair(_components(unit, version.id)))
        unit.change_many(LearningComponent, [c.id for c in components], pair=number)
        return number

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "pair courses of {name}"), name=name), run)


def _open(unit: Unit, version_id: int) -> LearningVersion:
    """The version, which lacks a signature still. Raises Refused."""
    version = unit.get(LearningVersion, version_id)
    if completed_on(version) is not None:
        raise Refused(Problem("R59", "block", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "This version is signed by all three. Change it by a new version."))))
    return version


def _components(unit: Unit, version_id: int) -> list[LearningComponent]:
    return unit.find(LearningComponent, "position", version_id=version_id)


def _add(unit: Unit, version: LearningVersion, components: Sequence[LearningComponent]) -> list[int]:
    place = 1 + max((c.position for c in _components(unit, version.id)), default=-1)
    mark = "inserted" if version.kind == "change" else ""
    made = [dataclasses.replace(c, id=0, uid="", version=1, version_id=version.id, position=place + at, change=mark)
            for at, c in enumerate(components)]
    for one in made:
        refuse_blocks(component_problems(one))
    return unit.add_many(made)


def _remove(unit: Unit, components: Sequence[LearningComponent]) -> None:
    """Take components out for good; recognitions that named them stand on their own words."""
    for named in unit.where(Recognition, "component_id", [c.id for c in components]):
        unit.change(Recognition, named.id, None, component_id=None)
    for component in components:
        unit.remove(LearningComponent, component.id)


def _settle(unit: Unit, stay_id: int) -> None:
    """Let the documents follow the signatures: the agreement before departure, its change during the stay."""
    versions = sorted(unit.find(LearningVersion, stay_id=stay_id), key=lambda v: v.n)
    for kind, wanted in (("learning_agreement", versions[:1]), ("learning_change", versions[1:])):
        if wanted:
            day = completed_on(wanted[-1])
            settle_document(unit, stay_id, kind, "required" if day is None else "checked", day)


def _changed(name: str) -> Text:
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change the learning agreement of {name}"), name=name)
