"""Makes codes/countries.json and codes/languages.json from CLDR (through Babel) and the lists below.

Run in a set-up checkout when Babel or a list changes: python resources/make_codes.py
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from partnerdesk.domain.text import fold

TARGET = Path(__file__).resolve().parent / "codes"

READ_LANGUAGES = ("en", "de", "fr", "es", "pl", "ca", "it", "pt", "nl", "cs", "sv")

# UN M49: region, subregion, members by ISO 3166-1 alpha-2. Taiwan and Kosovo, which M49 does not list, stand
# beside their neighbours.
SUBREGIONS = {
    "015": ("002", "DZ EG EH LY MA SD TN"),
    "014": ("002", "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW"),
    "017": ("002", "AO CD CF CG CM GA GQ ST TD"),
    "018": ("002", "BW LS NA SZ ZA"),
    "011": ("002", "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
    "029": ("019", "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI"),
    "013": ("019", "BZ CR GT HN MX NI PA SV"),
    "005": ("019", "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
    "021": ("019", "BM CA GL PM US"),
    "143": ("142", "KG KZ TJ TM UZ"),
    "030": ("142", "CN HK JP KP KR MN MO TW"),
    "035": ("142", "BN ID KH LA MM MY PH SG TH TL VN"),
    "034": ("142", "AF BD BT IN IR LK MV NP PK"),
    "145": ("142", "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE"),
    "151": ("150", "BG BY CZ HU MD PL RO RU SK UA"),
    "154": ("150", "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
    "039": ("150", "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK"),
    "155": ("150", "AT BE CH DE FR LI LU MC NL"),
    "053": ("009", "AU CC CX HM NF NZ"),
    "054": ("009", "FJ NC PG SB VU"),
    "057": ("009", "FM GU KI MH MP NR PW UM"),
    "061": ("009", "AS CK NU PF PN TK TO TV WF WS"),
    "010": ("010", "AQ"),
}

NAMES = {
    "BA": "Bosnia and Herzegovina", "CD": "Congo (Democratic Republic)", "CG": "Congo", "CI": "Côte d’Ivoire",
    "FK": "Falkland Islands", "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao", "PS": "Palestine",
    "TF": "French Southern Territories", "SH": "Saint Helena", "SZ": "Eswatini", "VA": "Vatican City",
    "CC": "Cocos Islands",
}  # fmt: skip

# Former codes that CLDR maps to a present country: they are read by nobody today.
WITHDRAWN = frozenset(
    ["ZAR", "DDR", "FXX", "BUR", "TMP", "YMD", "278", "280", "230", "249", "736", "886", "720"]
)  # fmt: skip
CURRENT_CODES = {"XK": ("XKX", "")}

ALIASES = {
    "AE": "UAE; Emirates; VAE; EAU",
    "AT": "Autriche; Republik Österreich; Republic of Austria",
    "AU": "Commonwealth of Australia",
    "BA": "Bosnia; Bosnia-Herzegovina; Bosnia i Hercegovina; BiH; Bosna i Hercegovina",
    "BE": "Kingdom of Belgium; België/Belgique",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia; Bolivia (Plurinational State of)",
    "BR": "Brazil (Federative Republic)",
    "BY": "Weissrussland; Biélorussie; Bielorrusia; Belorussia; Byelorussia",
    "CD": "DR Congo; DRC; Democratic Republic of the Congo; Congo (Kinshasa); Zaire; RDC;"
          " Demokratische Republik Kongo; République démocratique du Congo; República Democrática del Congo",
    "CG": "Republic of the Congo; Congo (Brazzaville); Republik Kongo",
    "CH": "Swiss Confederation; Schweiz/Suisse; Confoederatio Helvetica; Switzerland (Swiss Confederation)",
    "CI": "Ivory Coast; Cote d Ivoire; Elfenbeinküste; Costa de Marfil",
    "CN": "PR China; P.R. China; PRC; People's Republic of China; Mainland China; VR China; Volksrepublik China;"
          " China (PRC); Chine populaire",
    "CV": "Cape Verde; Kap Verde; Cap-Vert",
    "CW": "Curacao",
    "CZ": "Czech Republic; Czech Rep.; Tschechische Republik; République tchèque; República Checa; Chequia;"
          " Republika Czeska; República Txeca; Repubblica Ceca; Česká republika; Checa",
    "DE": "Federal Republic of Germany; FRG; BRD; Bundesrepublik Deutschland; RFA; RFN; Germany (Federal Republic)",
    "DK": "Kingdom of Denmark",
    "DO": "Dominican Rep.",
    "EE": "Republic of Estonia",
    "ES": "Kingdom of Spain; Reino de España; Spanien; Estado español",
    "FI": "Suomi; Republic of Finland",
    "FM": "Micronesia (Federated States of); Federated States of Micronesia",
    "FR": "French Republic; République française; France métropolitaine",
    "GB": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Northern Ireland; Grossbritannien;"
          " Vereinigtes Königreich; Grande-Bretagne; Gran Bretaña; Gran Bretanya; Gran Bretagna; Inghilterra;"
          " Wielka Brytania; Anglia; Inglaterra; Angleterre; Anglaterra; Schottland; Écosse; Escocia; Szkocja;"
          " Zjednoczone Królestwo; United Kingdom of Great Britain and Northern Ireland; GBR (UK)",
    "GE": "Republic of Georgia; Georgia (Country); Sakartvelo",
    "GM": "The Gambia",
    "GR": "Hellas; Hellenic Republic; EL; Griechenland (Hellas)",
    "GW": "Guinea Bissau",
    "HK": "Hong Kong SAR; Hongkong; Hong Kong (China); Hong Kong, China; Hong Kong SAR China",
    "HR": "Republic of Croatia",
    "HU": "Republic of Hungary; Hongrie",
    "IE": "Republic of Ireland; Eire; Irish Republic; Ireland (Republic of); République d'Irlande",
    "IR": "Islamic Republic of Iran; Iran (Islamic Republic of); Persia",
    "IT": "Italian Republic; Repubblica Italiana",
    "KG": "Kirgisien; Kirghizistan; Kirguistán; Kirgizja; Kyrgyz Republic",
    "KN": "St Kitts and Nevis; St. Kitts & Nevis",
    "KP": "DPRK; Democratic People's Republic of Korea; Korea (North); Korea, North; Nordkorea",
    "KR": "Korea; Republic of Korea; Korea (Republic of); Korea, Republic of; Korea (South); Korea, South; S. Korea;"
          " ROK; Corea; Corée; Südkorea; Corea del Sur; Republik Korea; Korea Rep.",
    "KZ": "Kazakstan; Kazajistán; Kasachstan; Republic of Kazakhstan",
    "LA": "Lao PDR; Lao People's Democratic Republic",
    "LC": "St Lucia",
    "LU": "Luxemburg; Grand Duchy of Luxembourg; Luxemburgo",
    "LV": "Republic of Latvia",
    "LT": "Republic of Lithuania",
    "LY": "Libyan Arab Jamahiriya; State of Libya",
    "MA": "Kingdom of Morocco",
    "MD": "Republic of Moldova; Moldova (Republic of); Moldawien; Moldavia; Moldavie",
    "MK": "Macedonia; FYROM; Former Yugoslav Republic of Macedonia; Republic of North Macedonia; Mazedonien;"
          " Macédoine; Macedònia; Republic of Macedonia; North Macedonia (FYROM); Macédoine du Nord",
    "MM": "Burma; Birma; Birmanie; Birmania; Myanmar (Burma)",
    "MO": "Macau; Macao SAR; Macau SAR; Macao (China); Macao SAR China",
    "MX": "Méjico; United Mexican States; Estados Unidos Mexicanos",
    "MY": "Malaisie; Malasia",
    "NL": "Holland; The Netherlands; Netherlands (the); Kingdom of the Netherlands; Holanda; Hollande; Olanda;"
          " Holandia; Niederlande (Holland); Nederland; Pays Bas; Países Bajos; Països Baixos; Paesi Bassi",
    "NO": "Kingdom of Norway",
    "NZ": "Aotearoa; Aotearoa New Zealand; N. Zealand; NZ",
    "PH": "Phillipines; Philipines; Republic of the Philippines",
    "PL": "Republic of Poland; Rzeczpospolita Polska; Polen",
    "PS": "State of Palestine; Palestinian Territory; Occupied Palestinian Territory; Palestinian Territories;"
          " Palestine, State of; Westbank und Gaza; West Bank and Gaza",
    "PT": "Portuguese Republic",
    "RE": "La Réunion; Reunion Island; Réunion",
    "RO": "Roumania; Rumania",
    "RS": "Republic of Serbia",
    "RU": "Russian Federation; Russische Föderation; Fédération de Russie; Federación Rusa; Federación de Rusia;"
          " Federacja Rosyjska; Federazione Russa; Russland",
    "SA": "Kingdom of Saudi Arabia; KSA",
    "SE": "Kingdom of Sweden",
    "SI": "Republic of Slovenia",
    "SK": "Slovak Republic; Slovakische Republik; Slowakische Republik; République slovaque; República Eslovaca;"
          " Republika Słowacka; Repubblica Slovacca",
    "ST": "Sao Tome",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland; Swasiland; Suazilandia",
    "TH": "Siam; Kingdom of Thailand",
    "TL": "East Timor; Timor Leste; Osttimor",
    "TR": "Turkey; Türkiye; Turkiye; Republic of Turkey; Republic of Türkiye; Turkei; Türkiye Cumhuriyeti",
    "TW": "Taiwan, ROC; Taiwan R.O.C.; Republic of China; Chinese Taipei; Taiwan, Province of China; Formosa;"
          " Taiwan (ROC)",
    "TZ": "United Republic of Tanzania; Tanzania, United Republic of",
    "UA": "The Ukraine; Oekraïne",
    "US": "USA; U.S.A.; U.S.; United States of America; America; EUA; EEUU; EE.UU.; EE. UU.; E.E.U.U.; USA (America);"
          " Vereinigte Staaten von Amerika; Estados Unidos de América; États-Unis d'Amérique; Etats Unis;"
          " Stany Zjednoczone Ameryki; Stati Uniti d'America; Estats Units d'Amèrica; The United States; Amerika",
    "VA": "Holy See; Vatican; Vatikan; Vatican City State; Holy See (Vatican City State)",
    "VC": "St Vincent and the Grenadines; St Vincent",
    "VE": "Bolivarian Republic of Venezuela; Venezuela (Bolivarian Republic of)",
    "VN": "Viet Nam; Socialist Republic of Vietnam",
    "XK": "Kosovo (UNSCR 1244); Kosovo * UN resolution; Kosova; Republic of Kosovo; UNMIK",
    "ZA": "RSA; Republic of South Africa; S. Africa; Südafrika",
}  # fmt: skip


def main() -> None:
    """Write both files."""
    TARGET.mkdir(exist_ok=True)
    _write("countries.json", _countries())
    _write("languages.json", _languages())


def _countries() -> list[list[object]]:
    english = Locale("en").territories
    places = {code: (region, sub) for sub, (region, codes) in SUBREGIONS.items() for code in codes.split()}
    spellings = _spellings(sorted(places))
    rows: list[list[object]] = []
    for code in sorted(places):
        alpha3, numeric = CURRENT_CODES.get(code) or _other_codes(code)
        name = NAMES.get(code) or english[code].replace(" & ", " and ").replace("St. ", "Saint ")
        aliases = sorted(spellings[code] - {fold(name)})
        rows.append([code, alpha3, numeric, *places[code], name, aliases])
    return rows


def _other_codes(code: str) -> tuple[str, str]:
    aliases = get_global("territory_aliases")
    alpha3 = [a for a, now in aliases.items() if now == [code] and len(a) == 3 and a.isalpha() and a not in WITHDRAWN]
    numeric = [a for a, now in aliases.items() if now == [code] and a.isdigit() and a not in WITHDRAWN]
    if len(alpha3) != 1 or len(numeric) != 1:
        raise SystemExit(f"{code}: {alpha3} {numeric}")
    return alpha3[0], numeric[0]


def _spellings(codes: list[str]) -> dict[str, set[str]]:
    """Every folded spelling of each country; one that two countries share in some language goes to neither."""
    english = Locale("en").territories
    owners: dict[str, set[str]] = defaultdict(set)
    sure: dict[str, str] = {}
    for code in codes:
        own = [NAMES.get(code, english[code]), english[code], *ALIASES.get(code, "").split(";")]
        for spelling in own:
            folded = fold(spelling)
            if folded and sure.setdefault(folded, code) != code:
                raise SystemExit(f"{spelling!r} is given to {sure[folded]} and {code}")
        for language in (*READ_LANGUAGES, *_official(code)):
            if name := _territories(language).get(code):
                for spelling in (name, name.replace("&", "and")):
                    owners[fold(spelling)].add(code)
    spellings: dict[str, set[str]] = {code: set() for code in codes}
    for folded, claimants in owners.items():
        if len(claimants) == 1 and folded not in sure:
            spellings[claimants.pop()].add(folded)
    for folded, code in sure.items():
        spellings[code].add(folded)
    return spellings


def _official(code: str) -> list[str]:
    known = get_global("territory_languages").get(code, {})
    return [language for language, facts in known.items() if "official" in str(facts["official_status"])]


def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def _languages() -> list[list[str]]:
    """ISO 639-1 codes with English and own names."""
    rows = []
    for code, name in Locale("en").languages.items():
        if len(code) == 2 and code not in RETIRED_LANGUAGES:
            own = _own_name(code)
            rows.append([code, name, own if own and own != name else ""])
    return sorted(rows)


RETIRED_LANGUAGES = frozenset(["sh"])


def _own_name(code: str) -> str:
    try:
        own = Locale(code).languages.get(code, "")
    except UnknownLocaleError:
        return ""
    return own[:1].upper() + own[1:]


def _write(name: str, rows: list[list[object]] | list[list[str]]) -> None:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (TARGET / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{name}: {len(rows)}")


if __name__ == "__main__":
    main()
