"""Codes of institutions: how each scheme writes them, compares them, and finds a slip of the pen."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from partnerdesk.domain.countries import country, country_of_alpha3
from partnerdesk.domain.problems import Problem, Severity
from partnerdesk.domain.text import fold, squeezed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

ERASMUS_PREFIXES = {
    "A": "AT", "AL": "AL", "AD": "AD", "B": "BE", "BA": "BA", "BG": "BG", "BY": "BY", "CH": "CH", "CY": "CY",
    "CZ": "CZ", "D": "DE", "DK": "DK", "E": "ES", "EE": "EE", "F": "FR", "G": "GR", "GE": "GE", "HR": "HR",
    "HU": "HU", "I": "IT", "IL": "IL", "IRL": "IE", "IS": "IS", "LI": "LI", "LT": "LT", "LUX": "LU", "LV": "LV",
    "MC": "MC", "MD": "MD", "ME": "ME", "MK": "MK", "MT": "MT", "N": "NO", "NL": "NL", "P": "PT", "PL": "PL",
    "RO": "RO", "RS": "RS", "RUS": "RU", "S": "SE", "SF": "FI", "SI": "SI", "SK": "SK", "SM": "SM", "TR": "TR",
    "UA": "UA", "UK": "GB", "VA": "VA", "XK": "XK",
}  # fmt: skip
_OFFICE_PREFIXES = {"CHI": "CL", "URU": "UY", "GER": "DE", "EL": "GR"}

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans("oil", "011")
_ROR = re.compile(rf"0[{_CROCKFORD}]{{6}}\d\d")
_ERASMUS_PARTED = re.compile(r"([A-Z]{1,3})[ _]+([A-Z](?:[A-Z.' -]*[A-Z.])?) ?(\d{2,3})(?:[ -]+([A-Z0-9]{1,8}))?")
_ERASMUS_RUN = re.compile(r"([A-Z](?:[A-Z.'-]*[A-Z.])?)(\d{2,3})(?:[ -]+([A-Z0-9]{1,8}))?")
_ERASMUS_START = re.compile(r"([A-Z]{1,3}) [A-Z.'-]+\d*$")
_HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_SHARED_ENDINGS = frozenset(["ac", "co", "com", "edu", "gob", "gov", "go", "net", "or", "org", "sch", "uni"])


@dataclass(frozen=True, slots=True)
class ErasmusCode:
    """An Erasmus code in its parts: "D KARLSRU01" and what an office hung on it ("ECO")."""

    prefix: str
    place: str
    number: str
    suffix: str = ""

    @property
    def country_code(self) -> str | None:
        """ISO 3166-1 alpha-2 country of the prefix, None if no country uses it."""
        return _country_of_prefix(self.prefix)

    @property
    def plain(self) -> str:
        """The code without the office's suffix."""
        return f"{self.prefix} {self.place}{self.number}"

    def __str__(self) -> str:
        return f"{self.plain}-{self.suffix}" if self.suffix else self.plain


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of code: `normal` is how it is stored, `key` how it is compared, `check` what is wrong."""

    code: str
    label: str
    example: str
    normal: Callable[[str], str]
    check: Callable[[str], Problem | None]
    key: Callable[[str], str]
    unique: bool = False


def scheme(code: str) -> Scheme:
    """The scheme of that code; one nobody knows is treated like a local one."""
    return _BY_CODE.get(code) or _BY_CODE["local"]


def normal(scheme_code: str, value: str) -> str:
    """`value` as it is stored: "https://ror.org/052GG0110" becomes "052gg0110"."""
    return scheme(scheme_code).normal(value)


def match_key(scheme_code: str, value: str) -> str:
    """What two spellings of one code have in common; "" for no code."""
    return scheme(scheme_code).key(value)


def check(scheme_code: str, value: str) -> Problem | None:
    """What is wrong with the code and how to put it right; None if it is well formed or empty."""
    return scheme(scheme_code).check(value) if value.strip() else None


def erasmus_code(written: str) -> ErasmusCode | None:
    """The parts of "A  BADEN01", "CH_DELEMON02", "IRLDUBLIN44" or "D_KARLSRU01-ECO"; None if it is none."""
    tidy = _erasmus_tidy(written)
    if match := _ERASMUS_PARTED.fullmatch(tidy):
        return ErasmusCode(match[1], match[2].strip(), match[3], match[4] or "")
    if match := _ERASMUS_RUN.fullmatch(tidy):
        for length in (3, 2, 1):
            prefix, place = match[1][:length], match[1][length:]
            if len(place) > 2 and place[0].isalpha() and _prefix_stands_alone(prefix):
                return ErasmusCode(prefix, place, match[2], match[3] or "")
    return None


def country_of_erasmus_code(written: str) -> str | None:
    """The country (alpha-2) an Erasmus code belongs to, e.g. "UK OXFORD01" -> "GB"; None if unknown."""
    if code := erasmus_code(written):
        return code.country_code
    prefix = _ERASMUS_START.match(_erasmus_tidy(written))
    return _country_of_prefix(prefix[1]) if prefix else None


def host_of(address: str) -> str:
    """The host name in a web or e-mail address, small and without www: "fhv.at"; "" if there is none."""
    match = _ADDRESS.match(address.strip())
    host = (match[1] if match else "").lower().rstrip(".")
    host = host.removeprefix("www.")
    return host if _HOST.fullmatch(host) else ""


def site_of(address: str) -> str:
    """The part of a host name that an institution registers: "agh.edu.pl" of international.agh.edu.pl."""
    labels = host_of(address).split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_ENDINGS
    return ".".join(labels[-3:] if shared else labels[-2:])


def ror_checksum(body: str) -> str:
    """The last two digits of a ROR that begins with `body` ("0" and six characters)."""
    number = 0
    for character in body:
        number = number * 32 + _CROCKFORD.index(character)
    return f"{98 - number * 100 % 97:02}"


def _country_of_prefix(prefix: str) -> str | None:
    """Erasmus' own letters first, then what offices write for the rest of the world: ISO codes."""
    known = ERASMUS_PREFIXES.get(prefix) or _OFFICE_PREFIXES.get(prefix) or country_of_alpha3(prefix)
    return known or (prefix if country(prefix) else None)


def _prefix_stands_alone(prefix: str) -> bool:
    """Whether a code may begin with `prefix` without a gap; names of places begin with many an alpha-3."""
    if prefix in ERASMUS_PREFIXES or prefix in _OFFICE_PREFIXES:
        return True
    code = country_of_alpha3(prefix)
    return code is not None and code not in ERASMUS_PREFIXES.values()


def _erasmus_tidy(written: str) -> str:
    latin = squeezed(written.replace("_", " "))
    return (latin if latin.isascii() else _without_accents(latin)).upper()


def _without_accents(written: str) -> str:
    return squeezed("".join(c if c.isascii() else fold(c) or " " for c in written))


def _erasmus_normal(written: str) -> str:
    return str(erasmus_code(written) or _erasmus_tidy(written))


def _erasmus_key(written: str) -> str:
    return _erasmus_normal(written).replace(" ", "")


def _check_erasmus(written: str) -> Problem | None:
    code = erasmus_code(written)
    if code is None:
        return _problem(
            "I02",
            "warn",
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{value}” does not look like an Erasmus code"),
                value=squeezed(written),
            ),
            Text(
                QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Write the country letters, the place and two or three digits, like E SEVILLA01"
                )
            ),
        )
    if code.suffix:
        return _problem(
            "I03",
            "info",
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{suffix}” is not part of the Erasmus code {plain}"),
                suffix=code.suffix,
                plain=code.plain,
            ),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "Write {plain} and note the rest as a unit"), plain=code.plain),
        )
    return None


def _ror_normal(written: str) -> str:
    tidy = squeezed(written).lower().replace(" ", "").rstrip("/").rsplit("/", 1)[-1]
    return tidy.translate(_MISREAD) if len(tidy) == 9 else tidy


def _check_ror(written: str) -> Problem | None:
    value = _ror_normal(written)
    if not _ROR.fullmatch(value) or not value.isascii():
        return _problem(
            "I01",
            "block",
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{value}” is not a ROR identifier"), value=squeezed(written)),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "It has nine characters and begins with 0, like 052gg0110")),
        )
    if ror_checksum(value[:7]) != value[7:]:
        return _problem(
            "I01",
            "block",
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The ROR identifier {value} has a typing error"), value=value),
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "With {body} it would end in {digits}; compare it with the source"),
                body=value[:7],
                digits=ror_checksum(value[:7]),
            ),
        )
    return None


def _check_host(written: str) -> Problem | None:
    if host_of(written):
        return None
    return _problem(
        "I05",
        "warn",
        text(QT_TRANSLATE_NOOP("PartnerDesk", "“{value}” is not a host name"), value=squeezed(written)),
        Text(QT_TRANSLATE_NOOP("PartnerDesk", "Write the institution's own domain, like ox.ac.uk")),
    )


def _host_normal(written: str) -> str:
    return host_of(written) or squeezed(written).lower()


def _compact(written: str) -> str:
    return "".join(written.split()).upper()


def _digits(written: str) -> str:
    compact = "".join(written.split())
    return compact.replace("-", "") if compact.replace("-", "").isdecimal() else compact


def _opeid_normal(written: str) -> str:
    digits = _digits(written)
    if not digits.isdecimal() or len(digits) > 8:
        return digits
    return digits.zfill(6) + "00" if len(digits) <= 6 else digits.zfill(8)


def _patterned(
    pattern: str, tidy: Callable[[str], str], severity: Severity, label: str, example: str
) -> Callable[[str], Problem | None]:
    form = re.compile(pattern, re.ASCII)

    def check_pattern(written: str) -> Problem | None:
        if form.fullmatch(tidy(written)):
            return None
        return _problem(
            "I04",
            severity,
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{value}” is not a code of the kind {scheme}"),
                value=squeezed(written),
                scheme=Text(label),
            ),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "It should look like {example}"), example=example),
        )

    return check_pattern


def _problem(code: str, severity: Severity, message: Text, fix: Text) -> Problem:
    return Problem(code, severity, "value", message, fix)


def _fine(written: str) -> None:
    return None


def _plain_key(written: str) -> str:
    return squeezed(written).casefold()


def _code(
    code: str,
    label: str,
    example: str,
    pattern: str,
    tidy: Callable[[str], str],
    severity: Severity = "warn",
    unique: bool = False,
) -> Scheme:
    return Scheme(code, label, example, tidy, _patterned(pattern, tidy, severity, label, example), tidy, unique)


_OID = QT_TRANSLATE_NOOP("PartnerDesk", "Organisation ID (OID)")
_PIC = QT_TRANSLATE_NOOP("PartnerDesk", "Participant code (PIC)")
_CHARTER = QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus charter")
_UKPRN = QT_TRANSLATE_NOOP("PartnerDesk", "UKPRN")
_IPEDS = QT_TRANSLATE_NOOP("PartnerDesk", "IPEDS unit")
_OPEID = QT_TRANSLATE_NOOP("PartnerDesk", "OPE ID")

SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "erasmus",
        QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus code"),
        "E SEVILLA01",
        _erasmus_normal,
        _check_erasmus,
        _erasmus_key,
    ),
    Scheme("ror", QT_TRANSLATE_NOOP("PartnerDesk", "ROR"), "052gg0110", _ror_normal, _check_ror, _ror_normal, True),
    _code("pic", _PIC, "999984350", r"\d{9}", _digits, "block", True),
    _code("oid", _OID, "E10208308", r"E\d{8}", _compact),
    Scheme(
        "schac",
        QT_TRANSLATE_NOOP("PartnerDesk", "SCHAC host name"),
        "ox.ac.uk",
        _host_normal,
        _check_host,
        _host_normal,
        True,
    ),
    Scheme(
        "previous-schac",
        QT_TRANSLATE_NOOP("PartnerDesk", "Former SCHAC host name"),
        "old.ac.uk",
        _host_normal,
        _check_host,
        _host_normal,
    ),
    _code("erasmus-charter", _CHARTER, "101012444", r"\d{9}|\d{4,6}-[A-Z0-9-]+", _compact),
    _code("ukprn", _UKPRN, "10007774", r"1\d{7}", _digits),
    _code("ipeds", _IPEDS, "110635", r"\d{6}", _digits),
    _code("opeid", _OPEID, "00131200", r"\d{8}", _opeid_normal),
    Scheme("local", QT_TRANSLATE_NOOP("PartnerDesk", "Our own code"), "P-0042", squeezed, _fine, _plain_key),
)
_BY_CODE = {each.code: each for each in SCHEMES}
UNIQUE_SCHEMES = frozenset(each.code for each in SCHEMES if each.unique)
