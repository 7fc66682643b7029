"""Spellings made comparable: what search, matching and duplicate detection see of a name."""

import re
import unicodedata

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ſ": "s",
}  # fmt: skip
_JOINERS = frozenset("\u00ad\u00b7\u0640\u200b\u200c\u200d\u2060\ufeff")
_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2),
    (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s\b", re.IGNORECASE)

_ASCII = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))


class _Folding(dict[int, str]):
    """Folded form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded_character(chr(code))
        return folded


def fold(s: str) -> str:
    """`s` in small letters, without accents and punctuation, words parted by one space.

    "Universität  Łódź" and "UNIVERSITAT LODZ" become the same. Scripts without accents stay as they are.
    """
    if "'" in s or "’" in s:
        s = _POSSESSIVE.sub("s", s)
    if s.isascii():
        return " ".join(s.encode().translate(_ASCII).decode().split())
    return " ".join(s.translate(_FOLDING).split())


def name_key(s: str) -> str:
    """The spelling under which two names of one institution meet.

    "Universität Köln", "University of Koeln" and "Univ. of Köln" share a key; "Miami University" and
    "University of Miami" do not. Never empty unless fold(s) is.
    """
    folded = fold(s)
    words = [_SAME.get(word, word) for word in folded.split() if word not in _SMALL_WORDS]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    key = " ".join(words)
    if "ae" in key or "oe" in key or "ue" in key or "aa" in key:
        key = _VOWELS.sub(r"\1", key)
    return key or folded


def acronym(s: str) -> str:
    """Initials of the words that count, e.g. "NUS" for National University of Singapore; "" below two."""
    initials = "".join(word[0] for word in fold(s).split() if word not in _SMALL_WORDS)
    return initials.upper() if len(initials) > 1 and initials.isascii() else ""


def squeezed(s: str) -> str:
    """`s` as written, with every run of white space (no-break and full-width ones too) made one space."""
    return " ".join(s.split())


def _folded_character(character: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_folded_part(part) for part in parts)


def _folded_part(part: str) -> str:
    if part in _JOINERS or any(first <= ord(part) <= last for first, last in _MARKS):
        return ""
    if part in _LETTERS:
        return _LETTERS[part]
    return part if part.isalnum() or unicodedata.category(part)[0] == "M" else " "


_FOLDING = _Folding()


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_SMALL_WORDS = _words(
    "the of and for at in on",
    "der die das des dem den und fur zu zur zum im am van het een en och og",
    "le la les du de d l et aux au el los las del y i e o a do da dos das",
    "di dei degli della delle dello dell nell al alla studi studii din si lui",
    "w we z ze v ve u",
)
_LEGAL_FORMS = _words(
    "gmbh ggmbh mbh gemeinnutzige gesellschaft ag kg ev ltd limited plc inc llc",
    "bv nv oy ab asbl vzw srl spa",
)
_SAME = {
    spelling: common
    for common, spellings in {
        "university": _words(
            "univ uni universidad universidade universita universitat universitaet universite universiteit",
            "universitet universitetet universitatea universitas universitesi uniwersytet univerzita",
            "univerzitet univerza sveuciliste universiti universitate universitetas egyetem yliopisto",
            "ulikool",
        ),
        "institute": _words("inst institut instituto istituto instytut institutul"),
        "technical": _words("tech technische technicka tecnica technique techniczny teknik tehnica"),
        "polytechnic": _words("politecnica politecnico politehnica polytechnique politechnika"),
        "saint": _words("st sankt"),
    }.items()
    for spelling in spellings
}
_VOWELS = re.compile(r"([aou])(?:e|(?<=a)a)")
