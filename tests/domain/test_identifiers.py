"""Codes of institutions."""

import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnerdesk.domain.identifiers import (
    ERASMUS_PREFIXES,
    SCHEMES,
    UNIQUE_SCHEMES,
    check,
    country_of_erasmus_code,
    erasmus_code,
    host_of,
    match_key,
    normal,
    ror_checksum,
    scheme,
    site_of,
)

INPUTS = Path(os.environ.get("PARTNERDESK_INPUTS") or Path(__file__).parents[3] / "shared" / "inputs")
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


@pytest.mark.parametrize("ror", ["052gg0110", "03cve4549", "01an7q238", "01tgyzw49"])
def test_that_the_ror_of_known_universities_is_right(ror: str) -> None:
    assert check("ror", ror) is None


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("https://ror.org/052gg0110", "052gg0110"),
        ("ROR.org/052GG0110/", "052gg0110"),
        (" 052gg0110 ", "052gg0110"),
        ("O52ggO11O", "052gg0110"),
    ],
)
def test_that_a_ror_is_stored_bare(written: str, stored: str) -> None:
    assert normal("ror", written) == stored
    assert check("ror", written) is None


@given(st.text(CROCKFORD, min_size=6, max_size=6), st.integers(0, 5), st.sampled_from(CROCKFORD))
def test_that_one_wrong_character_in_a_ror_is_noticed(body: str, place: int, other: str) -> None:
    right = "0" + body + ror_checksum("0" + body)
    assert check("ror", right) is None
    wrong = right[: place + 1] + other + right[place + 2 :]
    problem = check("ror", wrong)
    assert (problem is None) == (wrong == right)
    if problem:
        assert (problem.severity, problem.field) == ("block", "value")
        assert problem.fix is not None


def test_that_a_mistyped_ror_is_told_with_the_digits_it_should_end_in() -> None:
    problem = check("ror", "052gg0111")
    assert problem is not None
    assert str(problem.message) == "The ROR identifier 052gg0111 has a typing error"
    assert str(problem.fix) == "With 052gg01 it would end in 10; compare it with the source"
    assert check("ror", "152gg0110") is not None
    assert check("ror", "052gu0110") is not None


@pytest.mark.parametrize(
    ("written", "stored", "country"),
    [
        ("A  BADEN01", "A BADEN01", "AT"),
        ("A\xa0 BADEN01", "A BADEN01", "AT"),
        ("E SEVILLA01", "E SEVILLA01", "ES"),
        ("CH_DELEMON02", "CH DELEMON02", "CH"),
        ("IRLDUBLIN44", "IRL DUBLIN44", "IE"),
        ("IRL DUBLIN44", "IRL DUBLIN44", "IE"),
        ("LUXLUX-VIL01", "LUX LUX-VIL01", "LU"),
        ("F_PARIS468", "F PARIS468", "FR"),
        ("F  LE PORT01", "F LE PORT01", "FR"),
        ("D  KOELN 03", "D KOELN03", "DE"),
        ("DK FREDERICIA 01", "DK FREDERICIA01", "DK"),
        ("Uk PRESTON03", "UK PRESTON03", "GB"),
        ("G  ATHINE04     ", "G ATHINE04", "GR"),
        ("CH ST.GALL08", "CH ST.GALL08", "CH"),
        ("D_ST-AUGU02", "D ST-AUGU02", "DE"),
        ("E_CÓRDOBA01", "E CORDOBA01", "ES"),
        ("D_KARLSRU01-ECO", "D KARLSRU01-ECO", "DE"),
        ("PERLIMA06-DT", "PER LIMA06-DT", "PE"),
        ("CHNBEIJING04", "CHN BEIJING04", "CN"),
        ("CHISANTIAGOCH08", "CHI SANTIAGOCH08", "CL"),
        ("USA_ATLANTA01", "USA ATLANTA01", "US"),
        ("MEXPUEBLA03", "MEX PUEBLA03", "MX"),
        ("URUMONTEVI02", "URU MONTEVI02", "UY"),
        ("TWNTAIPEI02", "TWN TAIPEI02", "TW"),
        ("RUS_STPETERS01", "RUS STPETERS01", "RU"),
        ("SF_ESPOO12", "SF ESPOO12", "FI"),
        ("BRASAOCA01", "BRA SAOCA01", "BR"),
        ("FRENNES01", "F RENNES01", "FR"),
        ("ESEVILLA01", "E SEVILLA01", "ES"),
        ("USA_PURDUE", "USA PURDUE", "US"),
        ("CAN_ESMONT", "CAN ESMONT", "CA"),
        ("PA_PANAMA02", "PA PANAMA02", "PA"),
        ("D  EBERSWA1", "D EBERSWA1", "DE"),
        ("E GENERAL REMARK", "E GENERAL REMARK", None),
        ("QQ NOWHERE01", "QQ NOWHERE01", None),
        ("", "", None),
    ],
)
def test_that_an_erasmus_code_is_understood_in_the_shapes_files_have(
    written: str, stored: str, country: str | None
) -> None:
    assert normal("erasmus", written) == stored
    assert country_of_erasmus_code(written) == country


PLACES = st.from_regex(r"[A-Z]{3,7}", fullmatch=True)
NUMBERS = st.from_regex(r"[0-9]{2,3}", fullmatch=True)


@given(st.sampled_from(sorted(ERASMUS_PREFIXES)), PLACES, NUMBERS, st.sampled_from([" ", "  ", "_", "\xa0 "]))
def test_that_every_way_of_parting_an_erasmus_code_is_one_code(prefix: str, place: str, number: str, gap: str) -> None:
    written = f"{prefix}{gap}{place}{number}"
    assert normal("erasmus", written) == f"{prefix} {place}{number}"
    assert match_key("erasmus", written) == match_key("erasmus", written.lower()) == f"{prefix}{place}{number}"
    assert country_of_erasmus_code(written) == ERASMUS_PREFIXES[prefix]
    assert check("erasmus", written) is None


@given(st.text(max_size=30) | st.from_regex(r"[A-Z _-]{1,12}[0-9]{1,4}(-[A-Z]{1,3})?", fullmatch=True))
def test_that_storing_an_erasmus_code_twice_changes_nothing(written: str) -> None:
    assert normal("erasmus", normal("erasmus", written)) == normal("erasmus", written)


def test_that_what_an_office_hangs_on_an_erasmus_code_is_told_apart() -> None:
    code = erasmus_code("D_KARLSRU01-ECO")
    assert code is not None
    assert (code.plain, code.suffix, str(code)) == ("D KARLSRU01", "ECO", "D KARLSRU01-ECO")
    problem = check("erasmus", "D_KARLSRU01-ECO")
    assert problem is not None
    assert (problem.severity, str(problem.fix)) == ("info", "Write D KARLSRU01 and note the rest as a unit")


@pytest.mark.parametrize("written", ["SEVILLA", "E SEVILLA", "E  TOLEDO3", "E SEVILLA0001", "1234", "CAN_ES", "AB12"])
def test_that_an_odd_erasmus_code_is_warned_about_not_refused(written: str) -> None:
    problem = check("erasmus", written)
    assert problem is not None
    assert problem.severity == "warn"


@pytest.mark.parametrize(
    ("scheme_code", "written", "stored"),
    [
        ("pic", " 999 984 350 ", "999984350"),
        ("oid", "e10208308", "E10208308"),
        ("schac", "https://www.OX.ac.uk/admissions?x=1", "ox.ac.uk"),
        ("previous-schac", "old.ac.uk.", "old.ac.uk"),
        ("erasmus-charter", "101012444", "101012444"),
        ("erasmus-charter", "29646-EPP-1-2014-1-PL-EPPKA3-ECHE", "29646-EPP-1-2014-1-PL-EPPKA3-ECHE"),
        ("ukprn", "1000 7774", "10007774"),
        ("ipeds", "110635", "110635"),
        ("opeid", "1312", "00131200"),
        ("opeid", "001312-00", "00131200"),
        ("local", "  P  42 ", "P 42"),
    ],
)
def test_that_other_codes_are_stored_in_their_normal_form(scheme_code: str, written: str, stored: str) -> None:
    assert normal(scheme_code, written) == stored
    assert check(scheme_code, written) is None


@pytest.mark.parametrize(
    ("scheme_code", "written", "severity"),
    [
        ("pic", "12345678", "block"), ("pic", "99998435A", "block"), ("oid", "10208308", "warn"),
        ("schac", "not a host", "warn"), ("schac", "localhost", "warn"), ("ukprn", "20007774", "warn"),
        ("ipeds", "11063", "warn"), ("opeid", "123456789", "warn"), ("erasmus-charter", "x", "warn"),
        ("pic", "٩٩٩٩٨٤٣٥٠", "block"),
    ],
)  # fmt: skip
def test_that_a_malformed_code_is_told_with_an_example(scheme_code: str, written: str, severity: str) -> None:
    problem = check(scheme_code, written)
    assert problem is not None
    assert problem.severity == severity
    assert problem.fix is not None


@given(st.sampled_from(SCHEMES), st.text(max_size=30))
@example(scheme("schac"), "http://[::1")
def test_that_any_text_is_stored_the_same_the_second_time(each: object, written: str) -> None:
    code = getattr(each, "code")  # noqa: B009
    stored = normal(code, written)
    assert normal(code, stored) == stored
    assert match_key(code, stored) == match_key(code, written)
    check(code, written)


def test_that_every_scheme_knows_an_example_of_itself() -> None:
    for each in SCHEMES:
        assert each.check(each.example) is None
        assert each.normal(each.example) == each.example
    assert {"ror", "pic", "schac"} == UNIQUE_SCHEMES
    assert scheme("unheard of").code == "local"
    assert check("pic", "  ") is None


@pytest.mark.parametrize(
    ("address", "host", "site"),
    [
        ("http://www.fhv.at ", "fhv.at", "fhv.at"),
        ("www.ph-noe.ac.at", "ph-noe.ac.at", "ph-noe.ac.at"),
        ("http://www.international.agh.edu.pl/es/x", "international.agh.edu.pl", "agh.edu.pl"),
        ("https://incoming.uni-koeln.de:443/#a", "incoming.uni-koeln.de", "uni-koeln.de"),
        ("office@exchange.tum.de", "exchange.tum.de", "tum.de"),
        ("mailto:office@tum.de", "tum.de", "tum.de"),
        ("https://www.universität.de", "universität.de", "universität.de"),
        ("http://user:secret@host.edu/", "host.edu", "host.edu"),
        ("n/a", "", ""),
        ("-", "", ""),
        ("", "", ""),
        ("http://", "", ""),
        ("192.168.0.1", "", ""),
    ],
)
def test_that_the_host_is_read_from_an_address(address: str, host: str, site: str) -> None:
    assert host_of(address) == host
    assert site_of(address) == site


@pytest.mark.skipif(not INPUTS.is_dir(), reason="the real files are not beside this checkout")
def test_that_real_erasmus_codes_lead_to_the_country_beside_them() -> None:
    path = INPUTS / "eche" / "eche_2024-06_cp1252_semicolon.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) > 9 and re.match(r"\d{9}$", row[0])]
    seen = [(country_of_erasmus_code(row[1]), row[8].strip().replace("EL", "GR")) for row in rows]
    assert len(seen) > 5000
    assert sum(read != told for read, told in seen) < 15
    assert all(check("pic", row[2]) is None for row in rows)
