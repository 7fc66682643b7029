"""Turns records into stored rows and back: dates as ISO text, truths as 0/1, tuples as JSON text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from partnerdesk.domain.words import Text

T = TypeVar("T")
Converter = Callable[[Any], Any]


def _plain(value: Any) -> Any:
    return value


def _encode_date(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _decode_date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _encode_tuple(value: tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]"


def _decode_tuple(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value)) if value != "[]" else ()


def base_type(annotation: Any) -> tuple[Any, bool]:
    """The type within an annotation and whether None is allowed: `date | None` gives (date, True)."""
    origin = get_origin(annotation)
    if origin is tuple:
        return tuple, False
    if origin is UnionType:
        return next(a for a in get_args(annotation) if a is not type(None)), True
    return annotation, False


@cache
def column_types(record: Any) -> dict[str, tuple[Any, bool]]:
    """Field name to (Python type, may be None), in the record's order."""
    hints = get_type_hints(record)
    return {f.name: base_type(hints[f.name]) for f in fields(record)}


@cache
def _encoders(record: Any) -> dict[str, Converter]:
    by_type: dict[Any, Converter] = {date: _encode_date, tuple: _encode_tuple, bool: int}
    return {name: by_type.get(kind, _plain) for name, (kind, _) in column_types(record).items()}


@cache
def _decoders(record: Any) -> dict[str, Converter]:
    by_type: dict[Any, Converter] = {date: _decode_date, tuple: _decode_tuple, bool: bool}
    return {name: by_type.get(kind, _plain) for name, (kind, _) in column_types(record).items()}


def _special(converters: dict[str, Converter]) -> tuple[tuple[str, Converter], ...]:
    return tuple((name, converter) for name, converter in converters.items() if converter is not _plain)


@cache
def _encoding(record: Any) -> tuple[tuple[str, ...], Converter, tuple[tuple[str, Converter], ...]]:
    """Names of the fields, what reads them all at once, and those that are stored differently."""
    encoders = _encoders(record)
    return tuple(encoders), attrgetter(*encoders), _special(encoders)


@cache
def _decoding(record: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Converter], ...]]:
    decoders = _decoders(record)
    return tuple(decoders), _special(decoders)


def encode_fields(record: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values of some fields of a record. Raises KeyError for a field the record does not have."""
    of: Any = record
    encoders = _encoders(of)
    return {name: encoders[name](value) for name, value in values.items()}


def encode(record: Any) -> dict[str, Any]:
    """The stored row of a record."""
    names, values, special = _encoding(record.__class__)
    row = dict(zip(names, values(record), strict=True))
    for name, encoder in special:
        row[name] = encoder(row[name])
    return row


def decode(record: type[T], row: Any) -> T:
    """The record of a stored row whose columns come in the record's order."""
    of: Any = record
    names, special = _decoding(of)
    values = dict(zip(names, row, strict=True))
    for name, decoder in special:
        values[name] = decoder(values[name])
    return record(**values)


def decode_fields(record: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Python values of some stored fields, e.g. of a journal entry; unknown fields are left out."""
    of: Any = record
    decoders = _decoders(of)
    return {name: decoders[name](value) for name, value in values.items() if name in decoders}


@cache
def blank_row(record: Any) -> Mapping[str, Any]:
    """The stored row of a new record, in the order of its fields."""
    return encode(record())


@cache
def encoders(record: Any) -> Mapping[str, Converter | None]:
    """What turns each field into its stored value, None where it is stored as it is."""
    return {name: None if encoder is _plain else encoder for name, encoder in _encoders(record).items()}


def values_of(record: type) -> Converter:
    """What reads all fields of a record at once."""
    of: Any = record
    return _encoding(of)[1]


def dump_row(record: type, row: Mapping[str, Any]) -> str:
    """A whole stored row as JSON for the journal; fields that hold what they hold at first are left out."""
    of: Any = record
    blank = blank_row(of)
    return _compact({name: value for name, value in row.items() if value != blank[name]})


def fill_row(record: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The whole stored row of a journal entry, also of one written before a field was there."""
    of: Any = record
    return {**blank_row(of), **values}


def dump(value: Any) -> str | None:
    """A value as compact JSON for the journal; a Text within keeps its template."""
    return None if value is None else _compact(value)


def _said(value: Any) -> Any:
    if isinstance(value, Text):
        return {"text": value.template, "values": value.values}
    return str(value)


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_said).encode
