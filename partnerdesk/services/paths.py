"""Where the program keeps what belongs to this computer: settings, logs, the sample office."""

import os
from pathlib import Path

import appdirs

_NAME = "PartnerDesk"


def data_dir() -> Path:
    """The folder for logs and the sample office, made when it is missing; PARTNERDESK_HOME moves it."""
    return _made(Path(os.environ.get("PARTNERDESK_HOME") or appdirs.user_data_dir(_NAME, appauthor=False)))


def settings_file() -> Path:
    """The INI file with the settings of this computer."""
    place = os.environ.get("PARTNERDESK_HOME")
    folder = Path(place) if place else Path(appdirs.user_config_dir(_NAME, appauthor=False))
    return _made(folder) / "settings.ini"


def log_file() -> Path:
    """The program's log, beside the data as it belongs to one computer."""
    return _made(data_dir() / "logs") / "partnerdesk.log"


def code_file() -> Path:
    """Where byte code is kept from one start to the next; its folder may be missing."""
    place = os.environ.get("PARTNERDESK_HOME") or appdirs.user_cache_dir(_NAME, appauthor=False)
    return Path(place) / "qt.code"


def sample_file(story: str) -> Path:
    """Where the sample office of a story lies once it has been looked at."""
    return data_dir() / f"{story.capitalize()} sample.partnerdesk"


def backup_folder(office: Path) -> Path:
    """The folder for the backups of an office, told by its name and where it lies; made by the first backup."""
    import hashlib

    place = hashlib.sha256(str(office.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return data_dir() / "backups" / f"{office.stem} {place}"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
