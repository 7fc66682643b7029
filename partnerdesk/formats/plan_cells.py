"""What stands in the columns of a project plan: their headers, lengths and predecessors, in four languages."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.domain.cells import Raw, plain
from partnerdesk.domain.dates import NotADay, Order, parse_day
from partnerdesk.domain.text import fold

_HEADERS = {
    "number": "id|nr|no|n|number|numero|identifiant|id de tarea|vorgangsnr|vorgangsnummer|nummer|task id",
    "title": "name|task name|task|vorgangsname|vorgang|name des vorgangs|aufgabe|nom de la tache|nom tache|nom|tache|"
             "nombre de tarea|nombre de la tarea|nombre|tarea",
    "start": "start|start date|begin|begin date|anfang|anfangsdatum|anfangstermin|beginn|beginndatum|startdatum|debut|"
             "date de debut|date debut|comienzo|inicio|fecha de comienzo|fecha de inicio",
    "finish": "finish|finish date|end|end date|ende|enddatum|endtermin|fin|date de fin|date fin|fecha de fin|"
              "fecha de finalizacion",
    "duration": "duration|dauer|duree|duracion",
    "before": "predecessors|predecessor|vorganger|predecesseurs|predecesseur|predecesoras|predecesores|predecesora",
    "progress": "complete|percent complete|completion|progress|abgeschlossen|fortschritt|prozent abgeschlossen|acheve|"
                "pourcentage acheve|avancement|completado|porcentaje completado|progreso",
    "level": "outline level|gliederungsebene|niveau hierarchique|niveau|nivel de esquema|nivel",
    "outline": "outline number|wbs|gliederungsnummer|psp code|psp|numero hierarchique|wbs code|edt|"
               "numero de esquema",
    "people": "resource names|resources|resource|ressourcennamen|ressourcen|noms ressources|noms des ressources|"
              "nom des ressources|ressources|nombres de los recursos|nombres de recursos|recursos",
    "leader": "coordinator|koordinator|coordinateur|coordinador",
    "milestone": "milestone|meilenstein|jalon|hito",
    "note": "notes|note|notizen|remarques|notas",
}
_KEY_OF = {word: key for key, words in _HEADERS.items() for word in words.split("|")}
_UNITS = {
    "m min mins minute minutes minuten minuto minutos": 1 / 480,
    "h hr hrs hour hours std stunde stunden heure heures hora horas": 1 / 8,
    "d day days t tag tage j jour jours dia dias": 1.0,
    "w wk wks week weeks wo woche wochen s sem semaine semaines semana semanas": 5.0,
    "mo mon mons month months monat monate mois ms mes meses": 20.0,
}
_DAYS_OF = {word: days for words, days in _UNITS.items() for word in words.split()}
_KINDS = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF", "EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF",
          "FD": "FS", "DD": "SS", "DF": "SF", "FC": "FS", "CC": "SS", "CF": "SF"}
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?\s*\??")
_WAIT = re.compile(r"(\d+(?:\.\d+)*)\s*([A-Za-z]{2})?\s*(?:([+-])\s*(\d+(?:[.,]\d+)?)\s*(%|[^\W\d]*)\.?\s*\??)?")
_GANTT_WAIT = re.compile(r"(\d+)-([A-Z]{2})(?:=~?P(-?\d+)D)?")
_WEEKDAY = re.compile(r"^[^\W\d]{2,4}\.?,?\s+(?=\d)")
_CLOCK = re.compile(r"[T\s]+\d{1,2}[:h]\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?$", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})$")
MOST_LAG = 3_650


@dataclass(frozen=True, slots=True)
class Wait:
    """That a task waits for the one with `number`: kind FS, SS, FF or SF, `lag` in days."""

    number: str
    kind: str = "FS"
    lag: int = 0


def key_of(header: str) -> str:
    """What a column of that name holds; "" for what is not used."""
    said = " ".join(re.sub(r"[\W_]+", " ", fold(header)).split())
    return _KEY_OF.get(said, "")


def read_day(cell: Raw, order: Order, today: date) -> date | None:
    """The day in a cell such as "Mon 02/03/26 08:00", None for an empty one or NA. Raises NotADay."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    said = _CLOCK.sub("", plain(cell).strip())
    if said.casefold() in ("", "na", "nv", "n/a", "nd"):
        return None
    said = _WEEKDAY.sub("", said)
    if match := _MONTH_FIRST.match(said):
        said = f"{match[2]} {match[1]} {match[3]}"
    found = parse_day(said, today, order)
    if found is None:
        raise NotADay()
    return found


def read_length(cell: Raw) -> tuple[float, bool] | None:
    """Working days and whether they are days of the calendar, from "5 days", "3 Wo", "1 mois?"; None where unread."""
    said = fold(plain(cell)).strip()
    match = _LENGTH.fullmatch(said)
    if match is None:
        return None
    n, unit = float(match[1].replace(",", ".")), match[2]
    elapsed = unit not in _DAYS_OF and unit[:1] in ("e", "f") and unit[1:] in _DAYS_OF
    unit = unit[1:] if elapsed else unit
    if unit and unit not in _DAYS_OF:
        return None
    days = n * _DAYS_OF.get(unit, 1.0)
    if elapsed:
        days *= {5.0: 7 / 5, 20.0: 30 / 20}.get(_DAYS_OF[unit], 1.0)
    return (days, elapsed) if days <= 40_000 else None


def last_day(first: date, days: float, elapsed: bool) -> date:
    """The last day of work that begins on `first` and takes so many working days, Saturdays and Sundays left out."""
    whole = max(1, int(days + 0.999))
    if elapsed:
        return first + timedelta(days=whole - 1)
    weeks, rest = divmod(whole - 1, 5)
    day = first + timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day


def read_waits(cell: Raw) -> tuple[list[Wait], list[str]]:
    """The predecessors in a cell such as "3FS+2d;5SS", "4EA-1 Tag" or "2-FS=P3D", and the pieces that are none."""
    said = plain(cell).strip()
    found, unread = [], []
    for piece in _pieces(said):
        if not piece.strip():
            continue
        wait = _wait(piece.strip())
        if wait is None:
            unread.append(piece.strip()[:40])
        else:
            found.append(wait)
    return found, unread


def _pieces(said: str) -> list[str]:
    """The pieces of a list; a comma within the number of a lag ("3FS+1,5 days") parts nothing."""
    if ";" in said:
        return said.split(";")
    pieces: list[str] = []
    for piece in re.split(r"[,|\n]", said):
        if pieces and re.search(r"[+-]\d+$", pieces[-1]) and re.match(r"\d+\s*[^\W\d]", piece):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces


def read_percent(cell: Raw) -> int | None:
    """Percent from 75, "75 %" or 0.75 of a spreadsheet; None where unread."""
    if isinstance(cell, float) and 0 < cell <= 1:
        return round(cell * 100)
    match = re.fullmatch(r"(\d{1,3})(?:[.,]\d+)?\s*%?", plain(cell).strip())
    return int(match[1]) if match and int(match[1]) <= 100 else None


def _wait(piece: str) -> Wait | None:
    if match := _GANTT_WAIT.fullmatch(piece):
        kind, lag = _KINDS.get(match[2], ""), float(match[3] or 0)
        return Wait(match[1], kind, int(lag)) if kind and abs(lag) <= MOST_LAG else None
    match = _WAIT.fullmatch(piece)
    if match is None or match[5] == "%":
        return None
    kind = _KINDS.get((match[2] or "FS").upper(), "")
    lag = 0.0
    if match[3]:
        length = read_length(f"{match[4]} {match[5] or ''}".strip())
        if length is None:
            return None
        days, elapsed = length
        # weeks and months of a lag are told in working days, plans here in days of the calendar
        lag = days if elapsed or days < 5 else days * 7 / 5
    whole = round(lag) * (-1 if match[3] == "-" else 1)
    return Wait(match[1], kind, whole) if kind and abs(whole) <= MOST_LAG else None
