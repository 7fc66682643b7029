"""What Qt leaves to do on a PDF: text that can be found, bookmarks, language, and dates from our clock.

Qt names a glyph by the first character that shares it, so that a reader would copy the radical ⼤ for 大,
and presentation forms for Arabic letters. The changes keep every offset of the file; what is new is
appended as the incremental update of PDF 1.4, section 3.4.5.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache

# radicals of Unicode's CJK Radicals Supplement (U+2E80 to U+2EF3) that fonts draw with the glyph of the
# ideograph after it; the Kangxi radicals and Arabic forms are known to unicodedata
RADICALS = (
    "⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺫罒⺭礻⺯糹"
    "⺰纟⺱罓⺲罒⺳㓁⺹耂⺺肀⺾艹⺿艹⻀艹⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
TO_UNICODE = re.compile(rb"\n<(\w{4})> <(\w{4})> \[((?:<\w{4}> )+)\]\n")
DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}(Z|[+-]\d\d'\d\d'?)\)")


def finished(data: bytes, *, moment: datetime, language: str = "", bookmarks: Sequence[tuple[str, int]] = ()) -> bytes:
    """The PDF `data` of Qt with right characters and dates; `bookmarks` are (title, page from 0)."""
    data = TO_UNICODE.sub(_right_characters, data)
    stamp = moment.strftime("%Y%m%d%H%M%S").encode()
    data = DATES.sub(lambda m: b"/%s (D:%s%s)" % (m[1], stamp, re.sub(rb"\d", b"0", m[2])), data)
    return data + _update(data, language, bookmarks)


def _right_characters(match: re.Match[bytes]) -> bytes:
    """One table of characters, as long as before: what a ligature needs more comes out of the spaces."""
    codes = [code.strip(b"<>") for code in match[3].split()]
    spare = len(codes)
    parts: list[bytes] = []
    for code in codes:
        right = _right_code(code)
        more = len(right) - len(code)
        if more > spare:
            right, more = code, 0
        spare -= more
        parts.append(b"<%s>" % right)
    return b"\n<%s> <%s> [%s%s]\n" % (match[1], match[2], b"".join(parts), b" " * spare)


@cache
def _right_code(code: bytes) -> bytes:
    letter = chr(int(code, 16))
    if "\u2e80" <= letter <= "\u2eff":
        place = RADICALS.find(letter)
        letter = RADICALS[place + 1] if place >= 0 else letter
    elif "\u2f00" <= letter <= "\u2fdf" or "\uf900" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":
        letter = unicodedata.normalize("NFKC", letter)
    return letter.encode("utf-16-be").hex().upper().encode()


def _update(data: bytes, language: str, bookmarks: Sequence[tuple[str, int]]) -> bytes:
    """A new catalog with language and bookmarks, and the cross-reference section for it."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    trailer = data[data.rindex(b"trailer") :]
    size = int(_found(rb"/Size (\d+)", trailer))
    root = int(_found(rb"/Root (\d+) 0 R", trailer))
    catalog = _found(rb"\n%d 0 obj\n<<\n(.*?)>>\nendobj" % root, data)
    extra = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % language.encode("ascii", "replace")
    fresh: dict[int, bytes] = {}
    if bookmarks:
        extra += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % size
        fresh = _outline(size, bookmarks, re.findall(rb"(\d+) 0 R", _found(rb"/Kids \n\[\n(.*?)\]", data)))
    objects = {root: b"<<\n%s%s>>" % (catalog, extra), **fresh}
    parts, table, offset = [b""], [b"xref\n"], len(data)
    for number, body in objects.items():
        text = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table.append(b"%d 1\n%010d 00000 n \n" % (number, offset))
        parts.append(text)
        offset += len(text)
    end = re.sub(rb"/Size \d+", b"/Size %d\n/Prev %d" % (size + len(fresh), start), trailer)
    end = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % offset, end)
    return b"".join([*parts, *table, end])


def _outline(first: int, bookmarks: Sequence[tuple[str, int]], pages: list[bytes]) -> dict[int, bytes]:
    count = len(bookmarks)
    objects = {first: b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first + 1, first + count, count)}
    for place, (title, page) in enumerate(bookmarks):
        number = first + 1 + place
        text = b"\xfe\xff" + title.encode("utf-16-be")
        links = b"/Prev %d 0 R " % (number - 1) if place else b""
        links += b"/Next %d 0 R " % (number + 1) if place + 1 < count else b""
        objects[number] = b"<< /Title <%s> /Parent %d 0 R %s/Dest [%s 0 R /Fit] >>" % (
            text.hex().encode(), first, links, pages[page],
        )  # fmt: skip
    return objects


def _found(pattern: bytes, data: bytes) -> bytes:
    match = re.search(pattern, data, re.DOTALL)
    if match is None:
        raise ValueError(pattern)
    return match[1]
