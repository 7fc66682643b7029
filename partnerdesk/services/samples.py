"""Sample offices: invented home offices with real partner institutions and invented people, made as a file.

A story is data (`resources/samples`); what repeats (terms, sign-offs, numbers of agreements) is made by rule.
The same day gives the same file content, and dates follow the day on which the sample is made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.office import Setting
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.office import create_file, do
from partnerdesk.services.samples_cohorts import put_call, put_cohorts
from partnerdesk.services.samples_papers import papers_of, put_papers, sign_all
from partnerdesk.services.samples_people import (
    Card,
    put_colleagues,
    put_contacts,
    put_institution,
    put_partnership,
)
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_projects import put_cooperation
from partnerdesk.services.samples_stays import put_stays
from partnerdesk.services.samples_studies import put_studies
from partnerdesk.services.samples_terms import moment_of

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

STORIES: Mapping[str, str] = {
    "northbridge": QT_TRANSLATE_NOOP("PartnerDesk", "Northbridge, a whole office with 67 partners"),
    "oxford": QT_TRANSLATE_NOOP("PartnerDesk", "Oxford and Tsinghua"),
    "berkeley": QT_TRANSLATE_NOOP("PartnerDesk", "Berkeley and Singapore"),
}
"""The stories by name, with what they are called in a menu."""


def make_sample(path: Path, story: str = "northbridge") -> Path:
    """Make a new office file that tells a story; the path. Raises BadFile when the story or the place is no good."""
    told = read_story(story)
    pile = pile_of(story, told)
    office = create_file(path)
    try:
        do(office, fill_deed(told, pile), _name_of(told, told["office"]["who"]))
    except BaseException:
        from partnerdesk.store.files import remove

        office.close()
        remove(path)
        raise
    office.close()
    return path


def read_story(story: str) -> dict[str, Any]:
    """A story as it is told in the resources. Raises BadFile when there is none of that name."""
    if story not in STORIES:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no sample office named {name}."), name=story))
    told: dict[str, Any] = _read(f"{story}.json")
    if isinstance(told["partners"], str):
        told["partners"] = _read(told["partners"])
    return told


def pile_of(story: str, told: Mapping[str, Any]) -> Pile:
    """All records of a story, as of today."""
    pile, moment = Pile(story, told["seed"]), moment_of(clock.today())
    home = put_institution(pile, told["home"], moment, is_home=True)
    cards: dict[str, Card] = {p["key"]: put_institution(pile, p, moment) for p in told["partners"]}
    colleagues = put_colleagues(pile, home, told, moment)
    for card in cards.values():
        put_contacts(pile, card, moment)
    papers, relations = [], {}
    for relation in (*told["partners"], *told.get("networks", ())):
        partners = [cards[key] for key in relation.get("members", (relation["key"],))]
        partnership = put_partnership(pile, relation, home, partners, colleagues[relation["who"]], moment)
        relations[relation["key"]] = partnership
        papers += papers_of(relation, partnership, partners, pile, moment)
    sign_all(papers, pile, moment)
    put_papers(papers, pile, home, moment)
    put_stays(pile, home, moment)
    put_studies(pile, home, moment)
    put_cohorts(pile, home, moment)
    put_call(pile, home, moment)
    put_cooperation(pile, _read(f"{story}_projects.json"), cards, home, colleagues, relations, moment)
    for key, value in _settings(told).items():
        pile.put(Setting(key=key, value=json.dumps(value, ensure_ascii=False)), key)
    return pile


def fill_deed(told: Mapping[str, Any], pile: Pile) -> Deed[None]:
    """Write the records of a story into an empty office, as one step."""

    def run(unit: Unit) -> None:
        pile.store(unit)

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "Sample office: {name}"), name=told["name"])
    return Deed(label, run)


def _read(name: str) -> Any:
    return json.loads(resource_path("samples", name).read_text(encoding="utf-8"))


def _settings(told: Mapping[str, Any]) -> dict[str, Any]:
    office = told["office"]
    people = [_name_of(told, written.split("|")[0]) for written in told["colleagues"]]
    return {"office.name": office["name"], "office.unit": office["unit"], "office.address": office["address"],
            "office.people": people, "office.paper": office["paper"]}


def _name_of(told: Mapping[str, Any], key: str) -> str:
    _, _, given, family, *_ = next(w for w in told["colleagues"] if w.startswith(f"{key}|")).split("|")
    return f"{given} {family}"
