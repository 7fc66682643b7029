"""What cells say in words: levels, subject areas, languages, direction, activity and kind of agreement."""

import re
from dataclasses import dataclass
from functools import cache

from partnerdesk.domain.cells import Raw, Unreadable, plain, says_nothing, several
from partnerdesk.domain.countries import find_language
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text


@dataclass(frozen=True, slots=True)
class Fields:
    """Subject areas: their codes as they stand, and what else the cell says in words."""

    codes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Languages asked for, each "en B2" or "de", and what could not be read as one."""

    languages: tuple[str, ...]
    note: str = ""


def _spellings(table: dict[str, str]) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() for word in words.split("|")}


_LEVELS = _spellings({
    "5": "5|short cycle|short|kurzstudium|eqf 5|isced 5|sc|dut|bts|fp|tertiary short",
    "6": "6|1|b|ba|bsc|beng|bachelor|bachelors|undergraduate|undergraduates|ug|1st|1st cycle|first|first cycle|"
         "first level|"
         "cycle 1|eqf 6|level 6|isced 6|licence|license|grado|graduate bachelor|licencjat|lic|licencjackie|"
         "inżynierskie|i|"
         "i stopień|i stopnia|1 stopień|1 stopnia|laurea|laurea triennale|bakalaureus|l|1 zyklus|1er cycle|"
         "premier cycle|primer ciclo|grau|undergrad|bac|s1",
    "7": "7|2|m|ma|msc|meng|master|masters|postgraduate|postgraduates|pg|pgt|2nd|2nd cycle|second|second cycle|cycle 2|"
         "eqf 7|level 7|isced 7|máster|posgrado|magister|mag|magisterskie|ii|ii stopień|ii stopnia|2 stopień|2 stopnia|"
         "laurea magistrale|diplom|2 zyklus|2e cycle|2ème cycle|deuxième cycle|segundo ciclo|graduate|mba|s2|màster",
    "8": "8|3|d|dr|phd|ph d|doc|doctor|doctoral|doctorate|doctorates|3rd|3rd cycle|third|third cycle|cycle 3|eqf 8|"
         "level 8|"
         "isced 8|promotion|doktorat|doktoranden|doktorand|doctorat|doctorado|iii|iii stopień|iii stopnia|3 stopień|"
         "doktoranckie|dottorato|pgr|3 zyklus|3e cycle|3ème cycle|troisième cycle|tercer ciclo|s3|p",
})  # fmt: skip
_ALL_LEVELS = _spellings({
    "6": "all|alle|any|every level|all levels|alle stufen|tous|tous niveaux|todos|todos los niveles|wszystkie|"
         "wszystkie stopnie|tots",
})  # fmt: skip
_LANGUAGES = _spellings({
    "en": "english|englisch|anglais|inglés|angielski|anglès|inglese|engels|język angielski|eng|gb|uk|ang",
    "de": "german|deutsch|allemand|alemán|niemiecki|alemany|tedesco|duits|ger|deu|dt|niem",
    "fr": "french|französisch|français|francés|francuski|francès|francese|frans|fra|fre|frz|franc",
    "es": "spanish|spanisch|espagnol|español|hiszpański|espanyol|castellano|spagnolo|spaans|spa|esp|span|hiszp",
    "it": "italian|italienisch|italien|italiano|włoski|italià|ita|wł",
    "pt": "portuguese|portugiesisch|portugais|portugués|português|portugalski|portuguès|portoghese|por|port",
    "pl": "polish|polnisch|polonais|polaco|polski|polacco|pol",
    "nl": "dutch|niederländisch|néerlandais|neerlandés|holandés|niderlandzki|holenderski|olandese|nederlands|nld|dut",
    "ca": "catalan|katalanisch|catalán|kataloński|català|cat", "eu": "basque|baskisch|euskera|vasco",
    "sv": "swedish|schwedisch|suédois|sueco|szwedzki|svenska|swe", "da": "danish|dänisch|danois|danés|duński|dansk|dan",
    "no": "norwegian|norwegisch|norvégien|noruego|norweski|norsk|nor|nb",
    "fi": "finnish|finnisch|finnois|finés|finlandés|fiński|suomi|fin",
    "cs": "czech|tschechisch|tchèque|checo|czeski|čeština|cze|ces|cz", "sk": "slovak|slowakisch|slovaque|eslovaco|"
                                                                             "słowacki|slk",
    "hu": "hungarian|ungarisch|hongrois|húngaro|węgierski|magyar|hun", "ro": "romanian|rumänisch|roumain|rumano|"
                                                                             "rumuński|ron",
    "el": "greek|griechisch|grec|griego|grecki|ell|gre", "tr": "turkish|türkisch|turc|turco|turecki|türkçe|tur",
    "ru": "russian|russisch|russe|ruso|rosyjski|rus", "zh": "chinese|chinesisch|chinois|chino|chiński|mandarin|zho",
    "ja": "japanese|japanisch|japonais|japonés|japoński|jpn", "ko": "korean|koreanisch|coréen|coreano|koreański|kor",
    "ar": "arabic|arabisch|arabe|árabe|arabski|ara", "sl": "slovene|slovenian|slowenisch|slovène|esloveno|słoweński|"
                                                           "slv",
    "hr": "croatian|kroatisch|croate|croata|chorwacki|hrv", "bg": "bulgarian|bulgarisch|bulgare|búlgaro|bułgarski|bul",
    "lt": "lithuanian|litauisch|lituanien|lituano|litewski|lit", "lv": "latvian|lettisch|letton|letón|łotewski|lav",
    "et": "estonian|estnisch|estonien|estonio|estoński|est", "uk": "ukrainian|ukrainisch|ukrainien|ucraniano|"
                                                                   "ukraiński|ukr",
})  # fmt: skip
_DIRECTIONS = _spellings({
    "out": "out|outgoing|outgoings|outbound|sending|send|sent|o|abroad|entsendung|ausgehend|sortant|sortante|"
           "sortants|envoi|"
           "salida|saliente|salientes|envío|enviados|wyjazd|wyjazdy|wyjeżdżający|uscita|in uscita|sortint|saída",
    "in": "in|incoming|incomings|inbound|receiving|receive|received|i|aufnahme|eingehend|entrant|entrante|entrants|"
          "accueil|"
          "entrada|entrantes|acogida|recibidos|przyjazd|przyjazdy|przyjeżdżający|entrata|in entrata|entrant",
    "both": "both|in out|out in|inout|outin|incoming outgoing|outgoing incoming|in and out|out and in|bilateral|"
            "exchange|"
            "two way|beide|beides|beidseitig|wechselseitig|gegenseitig|austausch|les deux|réciproque|échange|"
            "bidirectionnel|"
            "ambos|ambas|bidireccional|intercambio|obie|oba|obustronna|wymiana|dwustronna|entrambi|reciproco|i o|o i",
})  # fmt: skip
_ACTIVITIES = _spellings({
    "student-studies": "sms|student|students|study|studies|student mobility|student mobility for studies|"
                       "studierende|studium|"
                       "student exchange|studienaufenthalt|étudiants|études|mobilité étudiante|estudios|estudiantes|"
                       "movilidad de estudiantes|studenci|studia|wyjazdy na studia|student studies",
    "student-traineeship": "smp|smt|traineeship|traineeships|internship|internships|placement|placements|praktikum|"
                           "praktika|"
                           "stage|stages|prácticas|praktyki|praktyka|student traineeship|tirocinio",
    "staff-teacher": "sta|teaching|teacher|teachers|staff teaching|teaching staff|staff mobility for teaching|lehre|"
                     "dozenten|"
                     "lehrende|lehraufenthalt|enseignement|enseignants|docencia|profesores|docentes|nauczyciele|"
                     "wyjazdy dydaktyczne|staff teacher|staff|personal|personnel|pracownicy",
    "staff-training": "stt|training|staff training|staff mobility for training|fortbildung|weiterbildung|formation|"
                      "formación|"
                      "szkolenie|szkolenia|wyjazdy szkoleniowe",
    "doctoral-short": "phd mobility|doctoral mobility|short doctoral|doctoral short",
    "research-stay": "research stay|research|forschungsaufenthalt|forschung|recherche|investigación|badania",
    "bip": "bip|blended intensive programme|blended intensive program", "virtual": "virtual|coil|online|virtuell",
})  # fmt: skip
_TYPES = _spellings({
    "student_exchange": "student exchange|exchange|exchange agreement|student exchange agreement|student mobility|"
                        "bilateral|"
                        "bilateral exchange|bilateral agreement|austausch|austauschabkommen|studierendenaustausch|"
                        "austauschvereinbarung|échange|accord d'échange|échange d'étudiants|convenio bilateral|"
                        "intercambio|"
                        "convenio de intercambio|intercambio de estudiantes|wymiana|umowa o wymianie|wymiana studentów|"
                        "umowa bilateralna|umowa dwustronna|conveni bilateral|scambio|sms",
    "erasmus_iia": "erasmus|erasmus+|erasmus plus|erasmus iia|iia|inter institutional agreement|"
                   "interinstitutional agreement|"
                   "erasmus agreement|erasmus+ agreement|bilateral erasmus agreement|erasmus abkommen|"
                   "erasmus vereinbarung|"
                   "accord erasmus|accord interinstitutionnel|convenio erasmus|acuerdo interinstitucional|"
                   "umowa erasmus|"
                   "umowa międzyinstytucjonalna|ka131|ka103|ka171|ka107|accordo erasmus|erasmus ka131|erasmus ka171",
    "staff_exchange": "staff exchange|staff exchange agreement|faculty exchange|staff mobility|dozentenaustausch|"
                      "personalaustausch|échange de personnel|intercambio de personal|wymiana pracowników",
    "mou": "mou|memorandum of understanding|memorandum|framework agreement|general agreement|cooperation agreement|"
           "general|"
           "framework|agreement of cooperation|kooperationsvereinbarung|kooperationsvertrag|rahmenvertrag|"
           "rahmenvereinbarung|absichtserklärung mou|accord cadre|accord de coopération|convention cadre|"
           "convenio marco|"
           "convenio de colaboración|acuerdo marco|umowa ramowa|umowa o współpracy|porozumienie|accordo quadro",
    "double_degree": "double degree|dual degree|joint degree|double degree agreement|doppelabschluss|doppeldiplom|"
                     "double diplôme|doble titulación|doble título|doble grado|podwójny dyplom|doppio titolo|"
                     "joint programme|"
                     "joint program|doble titulació|doble titulacio",
    "cotutelle": "cotutelle|co tutelle|co tutelage|joint doctorate|cotutela|cotutelle de thèse|joint phd",
    "research": "research|research agreement|joint research|research cooperation|forschung|forschungskooperation|"
                "recherche|"
                "accord de recherche|investigación|convenio de investigación|badania|współpraca naukowa|ricerca",
    "consortium": "consortium|project consortium|konsortium|consorcio|konsorcjum|network agreement",
    "letter_of_intent": "letter of intent|loi|absichtserklärung|lettre d'intention|carta de intención|"
                        "carta de intenciones|"
                        "list intencyjny",
    "traineeship": "traineeship|placement|internship|praktikum|stage|prácticas|praktyki|placement agreement",
})  # fmt: skip

_FIELD_CODE = re.compile(r"(?<![\d.])(\d{2}\.\d|\d{2,4})(?![\d.])")
_BETWEEN = r"\s*(?:[,;/|&+\n]|\band\b|\bund\b|\bet\b|\boder\b|\bor\b|\bou\b|\boraz\b|\blub\b)\s*"
_SPLIT = re.compile(_BETWEEN + r"|\s-\s|\s+[yi]\s+", re.IGNORECASE)
_LANGUAGE_SPLIT = re.compile(_BETWEEN, re.IGNORECASE)
_ROMAN = re.compile(r"\b(I{1,3})\b")
_CEFR = re.compile(r"\b([ABC][12])\s*\+?(?!\w)", re.IGNORECASE)


def fields(cell: Raw) -> Fields | None:
    """Subject areas: "0613", "0613 – Software; 0714", "11.3", 613 where a spreadsheet ate the zero, or words.

    Codes are kept as they stand, be they known to ISCED-F 2013 or not.
    """
    if says_nothing(cell):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        said = plain(cell)
        whole = said.isdecimal()
        return Fields((said.zfill(len(said) + 1) if whole and len(said) < 4 and said[0] != "0" else said,))
    said = plain(cell)
    found = _FIELD_CODE.findall(said)
    if not found:
        return Fields((), said)
    rest = " ".join(_FIELD_CODE.sub(" ", said).replace("()", " ").split()).strip(" ,;:/|-–—()+&")
    worded = any(len(word) > 2 and fold(word) not in ("isced", "and", "und") for word in rest.split())
    return Fields(tuple(dict.fromkeys(_with_zero(code) for code in found)), said if worded else "")


def levels(cell: Raw) -> tuple[str, ...]:
    """EQF levels "5" to "8" from "Bachelor, Master", "B/M/D", "1st and 2nd cycle", "EQF 6-7", "6;7", "all"."""
    if says_nothing(cell):
        return ()
    said = plain(cell)
    folded = fold(said)
    if folded in _ALL_LEVELS:
        return "6", "7", "8"
    if folded in _LEVELS:
        return (_LEVELS[folded],)
    if re.fullmatch(r"[BMDP]{2,3}", said):
        return tuple(sorted({_LEVELS[letter.lower()] for letter in said}))
    if match := re.fullmatch(r"(?:eqf|level|isced|niveau)?\s*([5678])\s*[-–]\s*([678])", said, re.IGNORECASE):
        return tuple(str(n) for n in range(int(match[1]), int(match[2]) + 1))
    roman = {str(5 + len(numeral)) for numeral in _ROMAN.findall(said)}
    found = roman or {level for part in _SPLIT.split(said) if (level := _level(part))}
    if not found:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no level of study"), what=said[:40]))
    return tuple(sorted(found))


def languages(cell: Raw) -> Wanted | None:
    """Languages with their levels: "English B2", "EN-B2 / DE-B1", "Englisch (B2), Deutsch", as ("en B2", …)."""
    if says_nothing(cell):
        return None
    said = plain(cell)
    found: list[str] = []
    unread = False
    for part in _LANGUAGE_SPLIT.split(said):
        grade = _CEFR.search(part)
        name = fold(re.sub(r"\b(?:min(?:imum|destens)?|niveau|level|poziom|nivel|język|at least)\b\.?", " ",
                           _CEFR.sub(" ", part), flags=re.IGNORECASE))  # fmt: skip
        code = _language(name)
        if code:
            found.append(f"{code} {grade[1].upper()}" if grade else code)
        elif grade and found and not name and " " not in found[-1]:
            found[-1] = f"{found[-1]} {grade[1].upper()}"
        elif part.strip():
            unread = True
    return Wanted(tuple(dict.fromkeys(found)), said if unread else "")


def direction(cell: Raw) -> str | None:
    """out, in or both, seen from our office."""
    complaint = QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no direction: write out, in or both")
    return _worded(cell, _DIRECTIONS, complaint)


def activity(cell: Raw) -> str | None:
    """The activity type: SMS, SMP, STA, STT, or in words."""
    return _worded(cell, _ACTIVITIES, QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no known kind of mobility"))


def agreement_type(cell: Raw) -> str | None:
    """The kind of agreement in words of five languages."""
    return _worded(cell, _TYPES, QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no known kind of agreement"))


def _worded(cell: Raw, table: dict[str, str], complaint: str) -> str | None:
    if says_nothing(cell):
        return None
    folded = fold(plain(cell))
    if found := table.get(folded) or table.get(folded.replace(" ", "")):
        return found
    parts = {table[part] for raw in several(cell) if (part := fold(raw)) in table}
    if parts in ({"in", "out"}, {"in", "out", "both"}):
        return "both"
    if len(parts) == 1:
        return parts.pop()
    raise Unreadable(text(complaint, what=plain(cell)[:40]))


def _with_zero(code: str) -> str:
    return f"0{code}" if len(code) == 3 and code[0] in "23456789" else code


@cache
def _level(part: str) -> str:
    folded = fold(part)
    if folded in _LEVELS:
        return _LEVELS[folded]
    hits = {_LEVELS[word] for word in folded.split() if len(word) > 1 and word in _LEVELS}
    return hits.pop() if len(hits) == 1 else ""


@cache
def _language(name: str) -> str:
    if not name:
        return ""
    return _LANGUAGES.get(name) or find_language(name) or ""
