"""An output together with the institutions that have a part in it, as a form edits both."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from partnerdesk.domain.outputs import JointOutput

_NAMES = tuple(one.name for one in fields(JointOutput))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputEntry(JointOutput):
    """An output with the ids of the institutions that have a part in it."""

    members: tuple[int, ...] = ()


def entry_of(output: JointOutput, members: Sequence[int]) -> OutputEntry:
    """An output with its institutions."""
    return OutputEntry(**{name: getattr(output, name) for name in _NAMES}, members=tuple(members))


def output_of(entry: OutputEntry) -> JointOutput:
    """The output alone."""
    return JointOutput(**{name: getattr(entry, name) for name in _NAMES})
