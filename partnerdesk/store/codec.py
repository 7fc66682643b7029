"""Turns records into stored rows and back: dates as ISO text, truths as 0/1, tuples as JSON text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


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
def _encoders(record: Any) -> dict[str, Callable[[Any], Any]]:
    by_type: dict[Any, Callable[[Any], Any]] = {date: _encode_date, tuple: _encode_tuple, bool: int}
    return {name: by_type.get(kind, _plain) for name, (kind, _) in column_types(record).items()}


@cache
def _decoders(record: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    by_type: dict[Any, Callable[[Any], Any]] = {date: _decode_date, tuple: _decode_tuple, bool: bool}
    return tuple((name, by_type.get(kind, _plain)) for name, (kind, _) in column_types(record).items())


def encode_fields(record: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values of some fields of a record. Raises KeyError for a field the record does not have."""
    of: Any = record
    encoders = _encoders(of)
    return {name: encoders[name](value) for name, value in values.items()}


def encode(record: Any) -> dict[str, Any]:
    """The stored row of a record."""
    return {name: encoder(getattr(record, name)) for name, encoder in _encoders(record.__class__).items()}


def decode(record: type[T], row: Any) -> T:
    """The record of a stored row whose columns come in the record's order."""
    of: Any = record
    return record(**{name: decoder(value) for (name, decoder), value in zip(_decoders(of), row, strict=True)})


def decode_fields(record: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Python values of some stored fields, e.g. of a journal entry; unknown fields are left out."""
    of: Any = record
    decoders = dict(_decoders(of))
    return {name: decoders[name](value) for name, value in values.items() if name in decoders}
