"""The walls of the house: floors, sizes, the one clock, the bare lock, the named resources."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "partnerdesk"
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
SOURCES = ROOT / "resources" / "SOURCES.md"

LONGEST_FILE = 600
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines, with decorators left out, of each function of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def imported_modules(path: Path) -> set[str]:
    """Every module a file imports, at its top or inside a function, also as `from package import module`.

    What is imported for annotations alone does not count: it ties no knot when the program runs.
    """
    tree = ast.parse(path.read_text("utf-8"))
    annotated = {inner for node in ast.walk(tree) if is_for_annotations(node) for inner in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in annotated:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_for_annotations(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def contract(name: str, kind: str, **settings: object) -> str:
    """A contract file for import-linter, asking what the real one must refuse."""
    lines = ["[importlinter]", "root_package = partnerdesk", "include_external_packages = True"]
    lines += ["[importlinter:contract:1]", f"name = {name}", f"type = {kind}"]
    lines += [f"{key} = {value}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def lint_imports(*options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    command = [str(program), "--no-cache", "--no-logo", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_that_every_room_knows_only_the_floors_below_it() -> None:
    checked = lint_imports()
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_that_an_import_upwards_would_be_noticed(tmp_path: Path) -> None:
    upside_down = contract("upside down", "layers", containers="partnerdesk", layers="\n  domain\n  services")
    config = tmp_path / "importlinter.ini"
    config.write_text(upside_down)
    assert lint_imports("--config", str(config)).returncode == 1


def test_that_no_circle_of_imports_exists_lazy_or_not() -> None:
    graph = {
        module_name(path): {known for name in imported_modules(path) if (known := own_module(name))}
        for path in python_files(PROGRAM)
    }
    assert circle(graph) == []


def test_that_a_circle_would_be_noticed() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def own_module(name: str) -> str | None:
    """The module of this program that `name` imports, if it is one."""
    place = ROOT.joinpath(*name.split("."))
    if place.is_dir():
        place /= "__init__"
    is_ours = name.startswith("partnerdesk.") and place.with_suffix(".py").exists()
    return name if is_ours else None


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules that are left when all that import nothing, or that nothing imports, are taken away."""
    left = dict(graph)
    while True:
        wanted = set().union(*left.values())
        free = {name for name, needs in left.items() if not needs & left.keys() or name not in wanted}
        if not free:
            return sorted(left)
        left = {name: needs - free for name, needs in left.items() if name not in free}


def test_that_widgets_live_in_views_and_in_the_desk_only() -> None:
    allowed = {PROGRAM / "app.py", PROGRAM / "tour.py", *python_files(PROGRAM / "views")}
    outside = [
        path.relative_to(ROOT)
        for path in python_files(PROGRAM)
        if path not in allowed and "PySide6.QtWidgets" in imported_modules(path)
    ]
    assert outside == []


def test_that_the_domain_needs_nothing_but_the_standard_library() -> None:
    known = sys.stdlib_module_names | {"partnerdesk"}
    foreign = {
        (str(path.relative_to(ROOT)), module)
        for path in python_files(PROGRAM / "domain")
        for module in imported_modules(path)
        if module.partition(".")[0] not in known
    }
    assert foreign == set()


def test_that_files_fit_a_head() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files(PROGRAM, ROOT / "packaging")}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_that_functions_fit_a_glance() -> None:
    lengths = dict(pair for path in python_files(PROGRAM, ROOT / "packaging") for pair in functions(path))
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert sorted(lengths.values())[len(lengths) * 95 // 100] <= USUAL_FUNCTION


def test_that_there_is_one_clock() -> None:
    asking = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|date\.fromtimestamp|time\.time)\(")
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in python_files(PROGRAM)
        if path != PROGRAM / "domain" / "clock.py" and asking.search(path.read_text("utf-8"))
    ]
    assert elsewhere == []


def test_that_modules_and_classes_say_what_they_are() -> None:
    silent = [
        f"{path.relative_to(ROOT)} {getattr(node, 'name', '')}".strip()
        for path in python_files(PROGRAM, ROOT / "packaging")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef) and path.stat().st_size and not ast.get_docstring(node)
    ]
    assert silent == []


def test_that_packaging_is_no_package() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_that_a_lock_names_packages_versions_and_hashes_only(lock: Path) -> None:
    line = re.compile(
        r"[a-z0-9-]+==[0-9][a-z0-9.]*( ; [a-z_ '0-9.=<>!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", re.IGNORECASE
    )
    assert [text for text in lock.read_text("utf-8").splitlines() if not line.fullmatch(text)] == []


def test_that_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    program, tools = (pins(ROOT / "packaging" / name) for name in ("requirements.lock", "requirements-dev.lock"))
    asked = {normal(text) for text in project["project"]["dependencies"]}
    asked_tools = {normal(text) for text in project["dependency-groups"]["dev"] if isinstance(text, str)}
    assert asked <= program.keys()
    assert asked_tools <= tools.keys()
    assert program.items() <= tools.items()


def normal(requirement: str) -> str:
    """The name in a requirement as package indexes spell it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))


def test_that_every_bundled_fact_names_its_source() -> None:
    told = SOURCES.read_text("utf-8")
    resources = ROOT / "resources"
    bundled = [path.relative_to(resources) for path in resources.rglob("*") if is_bundled(path)]
    unnamed = [str(path) for path in bundled if str(path) not in told and f"{path.parent}/" not in told]
    assert unnamed == []


def is_bundled(path: Path) -> bool:
    return path.is_file() and path != SOURCES and "__pycache__" not in path.parts
