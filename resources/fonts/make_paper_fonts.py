"""Make the fonts of the printed page from variable Inter; needs fontTools, run once by hand.

A PDF embeds only the default outlines of a variable font, so each weight needs a file of its own.
Figures become tabular and ligatures go for good: then every glyph stands for one character and the text
of a PDF can be searched and copied.

    python resources/fonts/make_paper_fonts.py
"""

from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Inter Paper"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x52F),
    (0x1E00, 0x1EFF), (0x2013, 0x2014), (0x2018, 0x2022), (0x2026, 0x2026), (0x2030, 0x203A),
    (0x2070, 0x208F), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265),
)  # fmt: skip


def paper_font(source: Path, weight: int) -> TTFont:
    """One static weight, in the text cut (optical size 14), with tabular figures."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight, "opsz": 14})
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if 0x30 <= code <= 0x39 and f"{name}.tf" in glyphs:
                table.cmap[code] = f"{name}.tf"
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    subsetter.subset(font)
    _rename(font, weight)
    return font


def _rename(font: TTFont, weight: int) -> None:
    style = WEIGHTS[weight]
    names = font["name"]
    for name_id in {record.nameID for record in names.names} - {0, 5, 13, 14}:
        names.removeNames(nameID=name_id)
    legacy = FAMILY if weight == 400 else f"{FAMILY} {style}"
    fresh = {1: legacy, 2: "Regular", 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}"}
    fresh |= {6: f"{FAMILY.replace(' ', '')}-{style}", 16: FAMILY, 17: style}
    for name_id, value in fresh.items():
        names.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def main() -> None:
    """Write the three files beside this script."""
    source = Path(str(files("fontpkg_inter"))) / "files" / "Inter[opsz,wght].ttf"
    for weight, style in WEIGHTS.items():
        target = Path(__file__).parent / f"InterPaper-{style}.ttf"
        paper_font(source, weight).save(target)
        print(target.name, target.stat().st_size)


if __name__ == "__main__":
    main()
