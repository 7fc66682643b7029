"""The filters a list offers: what they are called, what can be chosen, and how a chip reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.countries import countries
from partnerdesk.domain.listing import Filter
from partnerdesk.domain.query import Chip, Word
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.words import counted, say
from partnerdesk.models.names import country_name
from partnerdesk.views.kit.picker import Option


def _tr(source: str) -> str:
    return QCoreApplication.translate("Filters", source)


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """One filter: its key in the search line, its name, and its choices (value, word); `op` is : or <.

    One that is not `offered` is set by pages that lead here, not chosen by hand.
    """

    key: str
    title: str
    choices: Callable[[], Sequence[Option]]
    op: str = ":"
    offered: bool = True


def words_of(spec: FilterSpec | None, one: Filter) -> str:
    """How the chip of a filter reads: "Tier: 1, 2", "State: not expired", "Ends: within 90 days"."""
    if spec is None:
        return f"{one.key}{one.op}{','.join(one.values)}"
    labels = {str(option.value): option.label for option in spec.choices()}
    values = ", ".join(_short(spec.title, [labels.get(v, _day_words(one.op, v)) for v in one.values]))
    if one.negated:
        return _tr("{filter}: not {values}").format(filter=spec.title, values=values)
    return _tr("{filter}: {values}").format(filter=spec.title, values=values)


def _short(title: str, words: Sequence[str]) -> Sequence[str]:
    """Values that all begin with the filter's own name without it: "Tier: 1, 2", not "Tier: Tier 1, Tier 2"."""
    start = f"{title} ".casefold()
    if all(one.casefold().startswith(start) and len(one) > len(start) for one in words):
        return [one[len(start):] for one in words]
    return words


def chip_words(chip: Chip, specs: Sequence[FilterSpec]) -> str:
    """How any chip of the search line reads."""
    if isinstance(chip, Word):
        return _tr("without “{word}”").format(word=chip.text) if chip.negated else f"“{chip.text}”"
    return words_of(next((s for s in specs if s.key == chip.key), None), chip)


def partner_filters(people: Callable[[], Sequence[str]]) -> Sequence[FilterSpec]:
    """The filters of the list of partners."""
    return (
        FilterSpec("country", _tr("Country"), country_options),
        FilterSpec("state", _tr("State"), state_options),
        FilterSpec("tier", _tr("Tier"), term_options("tier")),
        FilterSpec("ends", _tr("Ends"), horizon_options, "<"),
        FilterSpec("forms", _tr("Cooperation"), term_options("cooperation_form")),
        FilterSpec("stage", _tr("Stage"), term_options("stage")),
        FilterSpec("responsible", _tr("Responsible"), _people(people)),
        FilterSpec("review", _tr("Review"), horizon_options, "<"),
        FilterSpec("covered", _tr("Agreement in force"), yes_no_options),
        FilterSpec("contact", _tr("Contact"), yes_no_options),
        FilterSpec("status", _tr("Status"), term_options("institution_status")),
        FilterSpec("archived", _tr("Archived"), yes_no_options),
    )


def agreement_filters(people: Callable[[], Sequence[str]]) -> Sequence[FilterSpec]:
    """The filters of the list of agreements."""
    return (
        FilterSpec("state", _tr("State"), state_options),
        FilterSpec("type", _tr("Kind"), term_options("agreement_type")),
        FilterSpec("country", _tr("Country"), country_options),
        FilterSpec("ends", _tr("Ends"), horizon_options, "<"),
        FilterSpec("notice", _tr("Notice"), horizon_options, "<"),
        FilterSpec("programme", _tr("Programme"), term_options("programme")),
        FilterSpec("direction", _tr("Direction"), term_options("direction")),
        FilterSpec("activity", _tr("Activity"), term_options("activity")),
        FilterSpec("responsible", _tr("Responsible"), _people(people)),
        FilterSpec("tier", _tr("Tier"), term_options("tier")),
        FilterSpec("archived", _tr("Archived"), yes_no_options),
    )


def country_options() -> Sequence[Option]:
    """All countries in the user's language."""
    options = [Option(c.code, country_name(c.code), c.code, " ".join((c.name, c.alpha3, *c.spellings)))
               for c in countries()]
    return sorted(options, key=lambda option: option.folded)


def state_options() -> Sequence[Option]:
    """All states of agreements, those in force together first."""
    return [Option("running", _tr("in force")), *(_option("state", code) for code in vocabulary("state").codes),
            Option("none", _tr("no agreement"))]


def horizon_options() -> Sequence[Option]:
    """How far ahead a day may lie."""
    return [Option(code, _day_words("<", code)) for code in ("30d", "90d", "6m", "12m", "18m", "2y")]


def yes_no_options() -> Sequence[Option]:
    """Yes or no."""
    return [Option("yes", _tr("yes")), Option("no", _tr("no"))]


def term_options(name: str) -> Callable[[], Sequence[Option]]:
    """What offers the codes of a vocabulary as choices."""
    return lambda: [_option(name, code) for code in vocabulary(name).codes]


def _people(people: Callable[[], Sequence[str]]) -> Callable[[], Sequence[Option]]:
    return lambda: [Option(name, name) for name in people()]


def _option(name: str, code: str) -> Option:
    return Option(code, say(label_of(name, code)), search=code)


def _day_words(op: str, value: str) -> str:
    units = {"d": (_tr("{n} day"), _tr("{n} days")), "w": (_tr("{n} week"), _tr("{n} weeks")),
             "m": (_tr("{n} month"), _tr("{n} months")), "y": (_tr("{n} year"), _tr("{n} years"))}
    if value[:-1].isdigit() and value[-1:] in units:
        length = counted(int(value[:-1]), *units[value[-1]])
        template = _tr("within {time}") if op.startswith("<") else _tr("after {time}")
        return template.format(time=length)
    if value in ("", "-"):
        return _tr("nothing entered")
    if op.startswith("<"):
        return _tr("until {day}").format(day=value)
    return _tr("from {day}").format(day=value) if op.startswith(">") else value
