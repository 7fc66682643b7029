"""Makes icons/strokes.json: of Lucide's drawings the strokes of those that the program means something by.

Opening Lucide's own archive of 1,745 drawings would cost a tenth of the program's start.
Run in a set-up checkout when an icon is added to partnerdesk/look/icons.py: python resources/make_icons.py
"""

import json
import re
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from partnerdesk.look.icons import Icon

TARGET = Path(__file__).resolve().parent / "icons" / "strokes.json"


def strokes() -> dict[str, str]:
    """The inside of the svg element of each icon, by Lucide's name, in one line."""
    archive = ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))
    found = {}
    for name in sorted(icon.value for icon in Icon):
        inside = re.search(r"<svg[^>]*>(.*)</svg>", archive.read(f"{name}.svg").decode(), re.DOTALL)
        if inside is None:
            raise ValueError(name)
        found[name] = re.sub(r"\s*\n\s*", "", inside[1]).strip()
    return found


if __name__ == "__main__":
    TARGET.write_text(json.dumps(strokes(), indent=1) + "\n", encoding="utf-8")
