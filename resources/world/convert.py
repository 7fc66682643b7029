"""Makes world.map from the TopoJSON of world-atlas: `python convert.py countries-50m.json` writes it beside this file.

What is drawn is cut into pieces, each of which belongs to the country that choices.json names, or that the source does.
Everything is projected here once (Equal Earth, turned by 11° so that the edge of the map runs through Bering Strait),
in units of which the map is 1000 wide, y downwards. Shared borders are one arc of the source each and are thinned as
such, so that neighbours never part. Needs the standard library only.
"""

import heapq
import json
import math
import struct
import sys
import zlib
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from partnerdesk.domain.worldmap import TURN, projected

HERE = Path(__file__).resolve().parent
MAGIC = b"PDWORLD1"
EDGE = TURN - 180.0
LEVELS = ((0.4, 0.5, 32), (0.02, 0.02, 256), (0.002, 0.0, 1024))
"""Of each level: the area below which a corner is left out, that below which an island is, and parts of a unit kept."""
UNSIGNED = {
    "Kosovo": "kosovo", "Somaliland": "somaliland", "N. Cyprus": "northern_cyprus", "Siachen Glacier": "siachen",
    "Ashmore and Cartier Is.": "ashmore", "Åland": "aland", "Falkland Is.": "falklands", "Hong Kong": "hong_kong",
    "Macao": "macao", "Palestine": "palestine", "Puerto Rico": "puerto_rico", "Taiwan": "taiwan",
    "W. Sahara": "western_sahara",
}
CUT = {
    "Russia": (("crimea", 32.0, 44.0, 37.0, 46.5),),
    "France": (("french_guiana", -56.0, 1.0, -50.0, 7.0), ("guadeloupe", -62.5, 15.7, -60.8, 16.7),
               ("martinique", -61.4, 14.2, -60.6, 15.1), ("reunion", 54.8, -21.7, 56.2, -20.5),
               ("mayotte", 44.7, -13.3, 45.6, -12.4)),
    "Norway": (("svalbard", -10.0, 70.5, 40.0, 82.0),),
    "Netherlands": (("bonaire", -69.0, 11.5, -62.0, 18.0),),
    "Indian Ocean Ter.": (("christmas", 104.0, -12.0, 107.0, -9.0), ("cocos", 95.0, -13.5, 98.0, -11.0)),
}
"""Rings of a feature that lie in a box (west, south, east, north) and are a piece of their own."""


def area(points):
    """The signed area of a closed ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2


class Atlas:
    """The arcs of the source as longitudes and latitudes, and the pieces with their rings of arcs."""

    def __init__(self, source):
        (sx, sy), (tx, ty) = source["transform"]["scale"], source["transform"]["translate"]
        self.arcs = []
        for arc in source["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)
        self.pieces = defaultdict(list)
        codes = {row[2]: row[0] for row in json.loads(
            (HERE.parent / "codes" / "countries.json").read_text(encoding="utf-8"))}
        chosen = {piece: country for piece, country, _ in json.loads(
            (HERE / "choices.json").read_text(encoding="utf-8"))}
        for feature in source["objects"]["countries"]["geometries"]:
            name = feature["properties"]["name"]
            whole = UNSIGNED.get(name) or codes.get(feature.get("id", ""), "").lower()
            polygons = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
            for polygon in polygons:
                piece = self.cut(name, polygon) or whole
                if not piece:
                    raise SystemExit(f"nobody says whose {name} is")
                self.pieces[piece] += polygon
        self.part_sahara()
        self.owners = {piece: chosen.get(piece) or piece.upper() for piece in self.pieces}

    def part_sahara(self):
        """The source draws what Morocco holds of Western Sahara with Morocco: part them along their parallel."""
        (ring,), (free,) = self.pieces["ma"], self.pieces["western_sahara"]
        wall = next(arc for arc in ring if ~arc in free)
        place = ring.index(wall)
        coast = ring[(place + 1) % len(ring)]
        corner, shore = self.arcs[wall][0], self.arcs[coast]
        at = next(n for n, (_, lat) in enumerate(shore) if lat >= corner[1])
        (ax, ay), (bx, by) = shore[at - 1], shore[at]
        landing = (ax + (bx - ax) * (corner[1] - ay) / (by - ay), corner[1])
        border = [(corner[0] + (landing[0] - corner[0]) * n / 8, corner[1]) for n in range(9)]
        south, north, parallel = range(len(self.arcs), len(self.arcs) + 3)
        self.arcs += [[*shore[:at], landing], [landing, *shore[at:]], border]
        self.pieces["western_sahara_coast"] = [[wall, south, ~parallel]]
        self.pieces["ma"] = [[*(arc for arc in ring if arc not in (wall, coast)), parallel, north]]

    def points(self, ring):
        """The corners of a ring of arcs, closed."""
        found = []
        for arc in ring:
            part = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            found += part[1:] if found else part
        return found

    def cut(self, name, polygon):
        """The piece of its own that a polygon of a feature is."""
        points = self.points(polygon[0])
        lon = sum(p[0] for p in points) / len(points)
        lat = sum(p[1] for p in points) / len(points)
        for piece, west, south, east, north in CUT.get(name, ()):
            if west <= lon <= east and south <= lat <= north and self.fits(name, lon, lat):
                return piece
        return ""

    @staticmethod
    def fits(name, lon, lat):
        """Norway's mainland reaches into the box of its far islands."""
        return name != "Norway" or lat > 73 or lon < 0


def unwrapped(points, middle=None):
    """Longitudes without jumps at ±180°, the ring as a whole on the side of the edge on which most of it lies."""
    found, shift, last = [], 0.0, points[0][0]
    for lon, lat in points:
        if lon - last > 180:
            shift -= 360
        elif lon - last < -180:
            shift += 360
        last = lon
        found.append((lon + shift, lat))
    centre = (min(p[0] for p in found) + max(p[0] for p in found)) / 2 if middle is None else middle
    turn = math.floor((centre - EDGE) / 360) * 360
    return [(lon - turn, lat) for lon, lat in found]


def thinned(points, least):
    """The corners that stay when those with triangles smaller than `least` go; ends stay (Visvalingam)."""
    n = len(points)
    if n < 3:
        return list(range(n))
    before, after, alive = list(range(-1, n - 1)), list(range(1, n + 1)), [True] * n

    def triangle(i):
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(triangle(i), i) for i in range(1, n - 1)]
    size = {i: a for a, i in heap}
    heapq.heapify(heap)
    left, floor = n, 4 if points[0] == points[-1] else 2
    while heap and left > floor:
        a, i = heapq.heappop(heap)
        if not alive[i] or size[i] != a:
            continue
        if a >= least:
            break
        alive[i] = False
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < n - 1:
                size[j] = max(triangle(j), a)
                heapq.heappush(heap, (size[j], j))
    return [i for i in range(n) if alive[i]]


def flat_arc(points):
    """An arc where it lies on the map, wherever on the edge it is thinned."""
    return [projected(*p) for p in unwrapped(points)]


class Level:
    """All paths of one level of detail."""

    def __init__(self, atlas, least, island, parts):
        self.atlas, self.island, self.parts = atlas, island, parts
        self.kept = [[points[i] for i in thinned(flat_arc(points), least)] for points in atlas.arcs]

    def ring(self, ring):
        """A ring as points on the map, none where it runs round the pole."""
        lonlat = []
        for arc in ring:
            part = self.kept[arc] if arc >= 0 else self.kept[~arc][::-1]
            lonlat += part[1:] if lonlat else part
        open_ring = unwrapped(lonlat)
        if abs(open_ring[0][0] - open_ring[-1][0]) > 180:
            return self.around_the_pole(open_ring)
        return [self.rounded(*projected(*p)) for p in open_ring[:-1]]

    def around_the_pole(self, points):
        """A coast all round the south pole, cut at the edge and closed along it."""
        points = [((lon - EDGE) % 360 + EDGE, max(lat, -90.0)) for lon, lat in points[:-1]]
        points.sort()
        lat = points[0][1]
        points = [(EDGE, lat), *points, (EDGE + 360, lat), (EDGE + 360, -90.0), (EDGE, -90.0)]
        return [self.rounded(*projected(*p)) for p in points]

    def rounded(self, x, y):
        return round(x * self.parts) / self.parts, round(y * self.parts) / self.parts

    def rings(self, piece):
        """The rings of a piece that are large enough to show; the largest always."""
        found = [r for r in map(self.ring, self.atlas.pieces[piece]) if len(r) >= 3]
        found.sort(key=lambda r: -abs(area(r)))
        return found[:1] + [r for r in found[1:] if abs(area(r)) > self.island]

    def line(self, arc):
        return [self.rounded(*projected(*p)) for p in unwrapped(self.kept[arc])]


def stream(rings, closed):
    """Rings or lines as QDataStream writes a QPainterPath in single precision: even-odd fill."""
    rings = [r + r[:1] if closed else r for r in rings if len(r) > 1]
    count = sum(map(len, rings))
    out = [struct.pack(">i", count)]
    start = at = 0
    for ring in rings:
        start = at
        for n, (x, y) in enumerate(ring):
            out.append(struct.pack(">iff", 1 if n else 0, x, y))
        at += len(ring)
    if count:
        out.append(struct.pack(">ii", start, 0))
    return b"".join(out)


def seams(points):
    """Whether an arc is nothing but a cut along ±180°."""
    return all(abs(abs(lon) - 180) < 1e-6 for lon, _ in points)


def main():
    atlas = Atlas(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    names = sorted(atlas.pieces)
    sides = defaultdict(set)
    for piece in names:
        for ring in atlas.pieces[piece]:
            for arc in ring:
                sides[arc if arc >= 0 else ~arc].add(piece)
    special = {piece for piece, *_ in json.loads((HERE / "choices.json").read_text(encoding="utf-8"))}
    shared, touching = defaultdict(list), set()
    for arc, pieces in sides.items():
        if len(pieces) == 2 and not seams(atlas.arcs[arc]):
            pair = tuple(sorted(pieces))
            touching.add(pair)
            shared[pair if special & pieces else ("", "")].append(arc)
    pairs = sorted(shared)
    blocks = []
    for least, island, parts in LEVELS:
        level = Level(atlas, least, island, parts)
        block = b"".join(stream(level.rings(piece), True) for piece in names)
        block += b"".join(stream([level.line(arc) for arc in shared[pair]], False) for pair in pairs)
        blocks.append(zlib.compress(block, 9))
        print(len(block), len(blocks[-1]))
    finest = Level(atlas, 0.0, 0.0, 4096)
    pieces = []
    for piece in names:
        largest = finest.rings(piece)[0]
        x, y = middle(largest)
        pieces.append([piece, atlas.owners[piece], round(x, 3), round(y, 3),
                       round(sum(abs(area(r)) for r in finest.rings(piece)), 5)])
    places = {code: [round(v, 3) for v in projected(*unwrapped([tuple(at)])[0])]
              for code, at in json.loads((HERE / "places.json").read_text(encoding="utf-8")).items()}
    head = json.dumps({
        "pieces": pieces, "lines": pairs, "touching": sorted(touching), "places": places,
        "levels": [len(b) for b in blocks]}, separators=(",", ":")).encode()
    data = MAGIC + struct.pack(">II", len(head), zlib.crc32(head)) + head + b"".join(blocks)
    (HERE / "world.map").write_bytes(data)
    have = set(atlas.owners.values()) | set(places)
    codes = {row[0] for row in json.loads((HERE.parent / "codes" / "countries.json").read_text(encoding="utf-8"))}
    print(len(data), "bytes,", len(names), "pieces; without a place:", *sorted(codes - have))


def inside(ring, x, y):
    """Whether a point lies in a ring."""
    found = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


def middle(ring):
    """A point well inside a ring: of the widest stretches on a few level lines the middle of the widest."""
    low, high = min(p[1] for p in ring), max(p[1] for p in ring)
    best = (-1.0, 0.0, 0.0)
    for step in range(1, 24):
        y = low + (high - low) * step / 24
        cuts = sorted(ax + (bx - ax) * (y - ay) / (by - ay)
                      for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True) if (ay > y) != (by > y))
        weight = 1 - abs(step - 12) / 24
        for left, right in zip(cuts[::2], cuts[1::2], strict=True):
            best = max(best, ((right - left) * weight, (left + right) / 2, y))
    return best[1:]


if __name__ == "__main__":
    main()
