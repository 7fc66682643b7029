"""Sets a checkout up on a bare machine and then runs it, tests it, pictures it or measures it.

Standard library only, for it runs before anything is installed: `python3 packaging/dev.py run`.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
STAMP = VENV / "set-up.json"
LOCKS = {
    "program": ROOT / "packaging" / "requirements.lock",
    "tools": ROOT / "packaging" / "requirements-dev.lock",
}
OLDEST_PYTHON = (3, 11)
OLDEST_GLIBC = (2, 34)

QT_PACKAGES = ("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libdbus-1-3", "libfontconfig1")
SCREEN_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
)
PICTURE_PACKAGES = ("fonts-noto-core", "fonts-noto-cjk")
TEST_PACKAGES = ("xvfb", "xdotool", "poppler-utils")

SLOW_FOLDERS = ("views", "services", "reliability", "store", "benchmarks", "desk", "domain")
"""Folders of tests that are run one by one, those that take longest first."""

STORY = "northbridge"
READ_ALOUD = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "packaging", "partnerdesk", "resources", "tests")


class CannotGoOn(Exception):
    """The machine lacks something this script cannot add; the message says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one verb; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        _check_machine()
        return int(chosen.verb_function(chosen.rest))
    except CannotGoOn as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    for name, function in (
        ("run", run),
        ("test", test),
        ("tour", tour),
        ("bench", bench),
        ("lint", lint),
        ("build", build),
        ("lock", lock),
    ):
        verb = verbs.add_parser(name, help=(function.__doc__ or "").splitlines()[0], add_help=False)
        verb.set_defaults(verb_function=function, rest=[])
        verb.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    return parser


def run(rest: Sequence[str]) -> int:
    """Open the program with the sample office (or FILE); without a display, picture it instead."""
    if not _has_display():
        _say("No display here, so the program is not opened; a tour pictures it instead.")
        return tour(rest)
    _set_up("program", QT_PACKAGES + SCREEN_PACKAGES)
    return _python("-m", "partnerdesk", *(rest or [str(_sample_office())]))


def tour(rest: Sequence[str]) -> int:
    """Picture every page of the program, and print the sample papers, into tour/."""
    _set_up("program", QT_PACKAGES, PICTURE_PACKAGES)
    options = list(rest)
    if "--to" not in options:
        options += ["--to", str(ROOT / "tour")]
    if "--office" not in options:
        options += ["--office", str(_sample_office())]
    target = Path(options[options.index("--to") + 1])
    code = _python("-m", "partnerdesk", "tour", *options, QT_QPA_PLATFORM="offscreen")
    if code == 0:
        _name_what_was_made(target)
    return code


def test(rest: Sequence[str]) -> int:
    """Run the static checks and then the tests (options go to pytest)."""
    _set_up("tools", QT_PACKAGES, SCREEN_PACKAGES + PICTURE_PACKAGES + TEST_PACKAGES)
    failed = [] if rest else _static_checks()
    tested = _python("-m", "pytest", *rest, QT_QPA_PLATFORM="offscreen") if rest else _all_tests()
    return tested or int(bool(failed))


def lint(rest: Sequence[str]) -> int:
    """Run the static checks alone."""
    _set_up("tools", ())
    return int(bool(_static_checks()))


def bench(rest: Sequence[str]) -> int:
    """Measure the program against what the machine allows and print a table."""
    _set_up("tools", QT_PACKAGES, SCREEN_PACKAGES + PICTURE_PACKAGES)
    return _python(str(ROOT / "tests" / "benchmarks"), *rest, QT_QPA_PLATFORM="offscreen")


def build(rest: Sequence[str]) -> int:
    """Make a wheel in dist/."""
    _set_up("tools", ())
    where = ("--wheel-dir", str(ROOT / "dist"))
    return _pip("wheel", "--no-deps", "--no-build-isolation", *where, str(ROOT), *rest)


def lock(rest: Sequence[str]) -> int:
    """Write both lock files anew from pyproject.toml (for maintainers; --upgrade for newer versions)."""
    resolver = BUILD / "lock-venv"
    _make_venv(resolver)
    _must(_program(resolver, "python"), "-m", "pip", "install", "--quiet", "--quiet", "uv")
    compiler = (_program(resolver, "uv"), "pip", "compile", "--quiet", "pyproject.toml")
    shape = ("--universal", "--python-version", _dotted(OLDEST_PYTHON), "--generate-hashes")
    bare = ("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links")
    for name, group, extra in (
        ("program", "build", ()),
        ("tools", "dev", ("--constraints", str(LOCKS["program"]))),
    ):
        target = ("--group", group, "--output-file", str(LOCKS[name]))
        _must(*compiler, *shape, *bare, *extra, *rest, *target)
        _say(f"{LOCKS[name].relative_to(ROOT)} written.")
    return 0


def _static_checks() -> list[str]:
    """Run every check, whatever the others say; returns the names of those that failed."""
    checks = {
        "ruff": ("ruff", "check", "."),
        "mypy": ("mypy",),
        "import-linter": ("lint-imports", "--no-cache", "--no-logo"),
        "deptry": ("deptry", "."),
        "codespell": ("codespell", *READ_ALOUD),
    }
    failed = []
    for name, (program, *options) in checks.items():
        _say(f"== {name}")
        if _call(_program(VENV, program), *options):
            failed.append(name)
    _say(f"Static checks: {', '.join(failed)} failed." if failed else "Static checks: all passed.")
    return failed


def _sample_office() -> Path:
    """The sample office in build/, made when it is not there yet."""
    office = BUILD / f"{STORY}.partnerdesk"
    if not office.exists():
        BUILD.mkdir(exist_ok=True)
        _say("Making the sample office.")
        if _python("-m", "partnerdesk", "sample", str(office), "--story", STORY):
            raise CannotGoOn("The sample office could not be made.")
    return office


def _name_what_was_made(folder: Path) -> None:
    pictures, papers = (sorted(path.name for path in folder.glob(kind)) for kind in ("*.png", "*.pdf"))
    _say(f"The tour wrote {len(pictures)} pictures and {', '.join(papers) or 'no PDF'} to {folder}.")


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _check_machine() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = platform.python_version()
        raise CannotGoOn(f"Python {_dotted(OLDEST_PYTHON)} or newer is needed; this is {found}.")
    library, version = platform.libc_ver()
    if library == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < OLDEST_GLIBC:
        raise CannotGoOn(f"glibc {_dotted(OLDEST_GLIBC)} or newer is needed; this system has {version}.")


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def _set_up(kind: str, needed: Iterable[str], welcome: Iterable[str] = ()) -> None:
    """Bring system libraries and .venv to what the lock file says; at once when nothing changed.

    Without the `welcome` packages it goes on: tests that use them are skipped and say so.
    """
    _install_system_packages(needed)
    try:
        _install_system_packages(welcome)
    except CannotGoOn as trouble:
        _say(f"{trouble}\nGoing on without them.")
    wanted = {name: _fingerprint(name) for name in LOCKS if name == kind or kind == "tools"}
    done = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if done.items() >= wanted.items() and _is_working(VENV):
        return
    if not _is_working(VENV):
        _make_venv(VENV)
    _say(f"Setting up .venv from {LOCKS[kind].relative_to(ROOT)} (once).")
    STAMP.unlink(missing_ok=True)
    quiet = ("install", "--quiet", "--quiet", "--no-deps")
    if _pip(*quiet, "--only-binary", ":all:", "--require-hashes", "--requirement", str(LOCKS[kind])):
        raise CannotGoOn("The libraries could not be installed; the lines above say why.")
    if _pip(*quiet, "--no-build-isolation", "--editable", str(ROOT)):
        raise CannotGoOn("The program could not be put into .venv; the lines above say why.")
    _python("-m", "compileall", "-q", str(ROOT / "partnerdesk"))
    STAMP.write_text(json.dumps(wanted))


def _fingerprint(kind: str) -> str:
    """What a set-up depends on: the lock, the project's own metadata, the Python and the place."""
    metadata = (ROOT / "pyproject.toml").read_bytes()
    parts = (LOCKS[kind].read_bytes(), metadata, f"{sys.version} {ROOT}".encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _is_working(venv: Path) -> bool:
    """Whether `venv` has a Python that starts and is of this version."""
    python = _program(venv, "python")
    if not Path(python).exists():
        return False
    asked = subprocess.run(
        [python, "-c", "import pip, sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == sys.version.strip()


def _make_venv(venv: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _install_system_packages(["python3-venv"])
    _must(sys.executable, "-m", "venv", "--clear", str(venv))


def _install_system_packages(wanted: Iterable[str]) -> None:
    """Install what Debian or Ubuntu lacks, when root; otherwise say the one command that does."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    missing = sorted(set(wanted) - _system_packages())
    if not missing:
        return
    if os.geteuid() != 0:
        command = f"sudo apt-get install {' '.join(missing)}"
        raise CannotGoOn(f"System packages are missing. Install them with:\n  {command}")
    _say(f"Installing system packages: {' '.join(missing)}")
    quiet = ("apt-get", "--quiet", "--quiet")
    _must(*quiet, "update")
    _must(*quiet, "install", "--yes", "--no-install-recommends", *missing, DEBIAN_FRONTEND="noninteractive")


def _system_packages() -> set[str]:
    """The names of all installed packages and of what they provide."""
    lines = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\t${Package}, ${Provides}\n"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    installed = (names for status, names in (line.split("\t", 1) for line in lines) if status == "installed")
    return {name.split()[0] for names in installed for name in names.split(",") if name.strip()}


def _program(venv: Path, name: str) -> str:
    folder = venv / ("Scripts" if os.name == "nt" else "bin")
    return str(folder / (f"{name}.exe" if os.name == "nt" else name))


def _all_tests() -> int:
    """Run all tests, folder by folder in two processes, as two cores are the rule; each tells what it saw when over."""
    rest = ("tests", *(f"--ignore=tests/{folder}" for folder in SLOW_FOLDERS))
    waiting = [*((f"tests/{folder}",) for folder in SLOW_FOLDERS), rest]
    with ThreadPoolExecutor(max_workers=2) as pool:
        codes = list(pool.map(_tested, waiting))
    return max(codes)


def _tested(where: Sequence[str]) -> int:
    """Run the tests of some folders and then show what they said."""
    seen = subprocess.run(
        (_program(VENV, "python"), "-m", "pytest", *where), cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False,
        env=_environment() | {"QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    _say(f"== pytest {' '.join(where)}\n{seen.stdout}")
    return seen.returncode


def _python(*options: str, **extra: str) -> int:
    return _call(_program(VENV, "python"), *options, **extra)


def _pip(*options: str) -> int:
    return _python("-m", "pip", *options, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")


def _must(*command: str, **extra: str) -> None:
    code = _call(*command, **extra)
    if code:
        raise CannotGoOn(f"This failed with exit code {code}: {' '.join(command)}")


def _call(*command: str, **extra: str) -> int:
    """Run `command` in the checkout; byte code is kept, for importing without it costs seconds."""
    return subprocess.run(command, cwd=ROOT, env=_environment() | extra, check=False).returncode


def _environment() -> dict[str, str]:
    """The environment without what would make Python slow or send it elsewhere."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
