"""What an open folder says about itself: the README with every column, and the words behind the codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from partnerdesk.domain.vocab import label_of, vocabularies
from partnerdesk.services.labels import field_label, table_label

Explained = tuple[str, Sequence[str], dict[str, str], int]

_COMMON = {
    "id": "number of the row, by which other tables point to it",
    "uid": "name of the record that no other record in the world has",
    "version": "how often the record was written",
    "counts": "JSON: what came of the import",
    "descending": "whether the list begins with the last",
    "fingerprint": "SHA-256 of the headers it belongs to",
    "made_by": "who made it",
    "made_on": "when it was made",
    "mapping": "JSON: which column was taken for which field",
    "n": "which one of its kind it is, from 1",
    "page": "the list it belongs to",
    "position": "place in the order",
    "role": "part it has in it",
    "sealed": "SHA-256 of the terms that were approved",
    "step_id": "number of the step in `step`",
    "widths": "JSON: widths of the columns",
}
_SHAPES: dict[Any, str] = {date: "day, 2026-09-01", bool: "0 or 1", int: "whole number", float: "number",
                           tuple: "JSON list of texts", str: "text"}
_JOURNAL = {
    "step": ("One thing somebody did.", {
        "at": "when, with the offset from UTC", "who": "who did it", "label": "what, as a template",
        "label_values": "JSON: the values of the template", "kind": "do, undo, redo, import, purge and the like",
        "state": "done, undone, or dropped when it can no longer be walked", "of_step": "the step that undid this one",
        "reason": "why, if somebody wrote it", "rows": "how many rows it touched"}),
    "history": ("What a step did to one row.", {
        "step_id": "the step", "entity": "table of the row", "row_id": "number of the row",
        "root": "kind of the record it belongs to", "root_id": "number of that record",
        "before": "JSON: what it was; only what differs, all of it where the row went",
        "after": "JSON: what it became; only what differs, all of it where the row came"}),
}


def readme(tables: Sequence[Explained], on: date, program: str) -> str:
    """The README of a folder: what is where, and what every column means."""
    lines = [
        "# An office of PartnerDesk, in the open", "",
        f"Written on {on.isoformat()} by PartnerDesk {program}. Any program can read it; PartnerDesk makes an equal",
        "office of it again:", "", "    partnerdesk import THIS-FOLDER --into NEW.partnerdesk", "",
        "- `tables/` one CSV file per kind of record, UTF-8, for spreadsheets. A text that a spreadsheet would take",
        "  for a formula begins with an apostrophe.",
        "- `records/` the same rows with their exact values: one JSON list a line, in the order of the columns below.",
        "- `files/` what is attached to documents, each in a folder named by the SHA-256 of its content.",
        "- `codes.csv` the words behind the codes.",
        "- `office.json` what belongs to this folder, with the SHA-256 of every file. A changed file is refused.", "",
    ]
    for table, columns, links, rows in tables:
        lines += _about(table, columns, links, rows)
    return "\n".join(lines) + "\n"


def codes() -> str:
    """Every coded value with its English word, as CSV: vocabulary, code, word."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("vocabulary", "code", "word"))
    for name, vocabulary in vocabularies().items():
        for term in vocabulary.terms:
            writer.writerow((name, term.code, str(label_of(name, term.code))))
    return out.getvalue()


def _about(table: str, columns: Sequence[str], links: dict[str, str], rows: int) -> list[str]:
    from partnerdesk.store.codec import column_types
    from partnerdesk.store.schema import BY_TABLE

    words = _JOURNAL[table][1] if table in _JOURNAL else {}
    types = {} if table in _JOURNAL else column_types(BY_TABLE[table].record)
    said = _JOURNAL[table][0] if table in _JOURNAL else _first_sentence(BY_TABLE[table].record)
    lines = [f"## {table}", "", f"{table_label(table)}: {said} {rows} rows.", "", "| column | meaning | shape |",
             "|---|---|---|"]
    for name in columns:
        kind, optional = types.get(name, (int if name == "id" or name.endswith("_id") else str, False))
        shape = f"`id` in `{links[name]}`" if name in links else _SHAPES[kind]
        meaning = words.get(name) or _COMMON.get(name)
        if meaning is None:
            meaning = str(table_label(links[name])) if str(field_label(name)) == name else str(field_label(name))
        lines.append(f"| {name} | {meaning} | {shape}{', or empty' if optional else ''} |")
    return [*lines, ""]


def _first_sentence(record: type) -> str:
    words = " ".join((record.__doc__ or "").split())
    return words.split(". ")[0].rstrip(".") + "."
