"""Finds the encoding of a text file: BOM, strict UTF-8, then the office encodings by likelihood."""

import codecs
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats.limits import MEGABYTE

OFFICE = (
    "cp1252", "cp1250", "iso8859_15", "iso8859_2", "cp1251", "mac_roman", "cp1254", "cp1257", "cp1253", "iso8859_1",
)  # fmt: skip
"""Encodings of office files without a mark of their own; the earlier is the likelier where both fit."""

ALL = ("utf-8", *OFFICE, "utf-16")

_SAMPLE = 256 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALPHABETS = (
    "äöüß", "éèêëàâçîïôùûœæÿü", "áéíóúñü", "ãõáéíóúâêôàç", "àèéìíòóùú", "åäöéü", "æøåéöü", "éëïöüáíóèê",
    "áðéíóúýþæö", "àèéíïòóúüç", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű",
    "ăâîșțşţ", "čćđšž", "çğıöşüâîû", "āčēģīķļņšūž", "ąčęėįšųūž", "äöüõšž",
)  # fmt: skip
_MARKS = frozenset("–—’‘“”„«»…·•©®°§€ºªª¿¡´`×\xa0")
_WORD = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f]*[^\x00-\x7f][^\x00-\x40\x5b-\x60\x7b-\x7f]*")


def find(path: Path) -> tuple[str, tuple[str, ...]]:
    """The likeliest encoding of the file at `path` and all that could be tried, likeliest first."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, (name,)
    if wide := _wide_without_mark(head):
        return wide, (wide,)
    if b"\x00" in head:
        return "utf-8", ALL
    sample = _foreign_lines(path)
    if sample is None:
        return "utf-8", ALL
    ranked = rank(sample)
    return ranked[0], (*ranked, *(name for name in ALL if name not in ranked))


def check(path: Path, encoding: str) -> None:
    """Raise BadFile when a file cannot be text: NUL bytes, or bytes `encoding` does not know."""
    wide = encoding.replace("_", "-").lower().startswith(("utf-16", "utf-32"))
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no encoding “{name}”."), name=encoding)
        ) from error
    with path.open("rb") as stream:
        while chunk := stream.read(MEGABYTE):
            if not wide and b"\x00" in chunk:
                raise BadFile(
                    text(
                        QT_TRANSLATE_NOOP(
                            "PartnerDesk", "“{file}” contains NUL bytes: it is no text file, or it is damaged."
                        ),
                        file=path.name,
                    )
                )
            if len(chunk) == MEGABYTE and b"\n" not in chunk and b"\r" not in chunk:
                sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds a line too long for a table.")
                raise BadFile(text(sentence, file=path.name))
            _decode(decoder, chunk, path, encoding)
        _decode(decoder, b"", path, encoding, final=True)


def rank(sample: bytes) -> tuple[str, ...]:
    """The office encodings that fit `sample`, likeliest first; never empty (ISO 8859-1 takes all)."""
    from charset_normalizer import from_bytes

    disorder = dict.fromkeys(OFFICE, 1.0)
    for match in from_bytes(sample, cp_isolation=list(OFFICE), threshold=0.5):
        for name in (match.encoding, *match.could_be_from_charset):
            if name in disorder:
                disorder[name] = min(disorder[name], match.chaos)
    fits: list[tuple[float, int, str]] = []
    for place, name in enumerate(OFFICE):
        try:
            decoded = sample.decode(name)
        except UnicodeDecodeError:
            continue
        fits.append((round(_oddness(decoded) + disorder[name] * 0.2, 3), place, name))
    return tuple(name for _, _, name in sorted(fits))


def _decode(decoder: codecs.IncrementalDecoder, chunk: bytes, path: Path, encoding: str, final: bool = False) -> None:
    try:
        decoder.decode(chunk, final)
    except (UnicodeError, ValueError) as error:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is not written in {encoding}: choose another encoding."),
                file=path.name,
                encoding=encoding,
            )
        ) from error


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 as some exports write it, without a byte-order mark: every other byte of plain text is 0."""
    even, odd = head[0::2], head[1::2]
    if len(odd) > 3 and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(even) > 3 and even.count(0) > 0.6 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _foreign_lines(path: Path) -> bytes | None:
    """None when the whole file is UTF-8, else those of its lines that hold more than ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(MEGABYTE):
                decoder.decode(chunk)
            decoder.decode(b"", True)
        return None
    except UnicodeDecodeError:
        return b"\n".join(_lines_beyond_ascii(path))


def _lines_beyond_ascii(path: Path) -> Iterator[bytes]:
    taken = 0
    with path.open("rb") as stream:
        while taken < _SAMPLE and (line := stream.readline(65_536)):
            if not line.isascii():
                taken += len(line)
                yield line.strip()


def _oddness(decoded: str) -> float:
    """The share of words with letters beyond ASCII that no one language writes so: 0 best, 1 worst."""
    words = set(_WORD.findall(decoded))
    return sum(_is_odd(word) for word in words) / max(1, len(words))


@cache
def _is_odd(word: str) -> bool:
    beyond = {letter for letter in word if letter > "\x7f" and letter not in _MARKS}
    if not beyond:
        return False
    if not all(letter.isalpha() for letter in beyond):
        return True
    if any(letter.isupper() and before.islower() for before, letter in pairwise(word)):
        return True
    if all("\u0370" <= letter <= "\u04ff" for letter in beyond):
        return any("a" <= letter <= "z" for letter in word.lower())
    lowered = {letter.lower()[0] for letter in beyond} - {"i"}
    return not any(lowered <= set(alphabet) for alphabet in _ALPHABETS)
