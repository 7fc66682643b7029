"""Where an office file lies: on a disk of this computer, on a network share, or in a folder that a cloud copies.

On a share the write-ahead log does not work, for its index lives in shared memory; in a folder that is copied
behind our back its two files would be copied at different moments.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

NETWORK_TYPES = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "9p", "afs", "ceph",
    "glusterfs", "lustre", "gfs2", "ocfs2", "beegfs", "vboxsf", "vmhgfs", "prl_fs", "virtiofs",
})
NETWORK_HELPERS = ("fuse.sshfs", "fuse.gvfsd", "fuse.rclone", "fuse.vmhgfs", "fuse.glusterfs", "fuse.s3fs", "fuse.dav")
_CLOUDS = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "icloud drive": "iCloud", "iclouddrive": "iCloud",
    "mobile documents": "iCloud", "com~apple~clouddocs": "iCloud", "box sync": "Box", "seafile": "Seafile",
    "pclouddrive": "pCloud", "mega": "MEGA", "megasync": "MEGA", "syncthing": "Syncthing", "sync": "Syncthing",
}
_MARKS = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud", ".seafile-data": "Seafile",
}
_ONLY_WITH_MARK = frozenset({"sync", "mega"})
_REMOTE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of place a file lies in, and what to call it (a cloud's name, the share, the mount point)."""

    kind: Literal["local", "network", "synced"]
    name: str = ""

    @property
    def log_works(self) -> bool:
        """Whether a write-ahead log may be used there."""
        return self.kind == "local"


def place_of(path: Path) -> Place:
    """Where a file lies, or will lie. Never raises: what cannot be found out counts as local."""
    cloud = _cloud(path)
    if cloud:
        return Place("synced", cloud)
    share = _share(path)
    return Place("network", share) if share else Place("local")


def disk_of(path: Path) -> str:
    """What people call the disk of a file: its drive letter, or the folder where it is mounted."""
    if path.drive:
        return path.drive
    return next((str(one) for one in (path, *path.parents) if one.exists() and one.is_mount()), str(path.parent))


def mount_of(path: PurePath, mounts: str) -> tuple[str, str]:
    """Mount point and type of the file system that a path lies in, by the lines of /proc/mounts."""
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if path.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, parts[2])
    return found


def is_network_type(kind: str) -> bool:
    """Whether a file system of this type lies on another computer."""
    return kind in NETWORK_TYPES or kind.startswith(NETWORK_HELPERS)


def _cloud(path: Path) -> str:
    for folder in path.parents:
        mark = next((name for file, name in _MARKS.items() if _exists(folder / file)), "")
        if mark:
            return mark
        for word in _words(folder.name.casefold()):
            if word in _CLOUDS and word not in _ONLY_WITH_MARK:
                return _CLOUDS[word]
        if folder.name == "CloudStorage" and folder.parent.name == "Library":
            return path.relative_to(folder).parts[0].partition("-")[0]
    return ""


def _words(name: str) -> Iterator[str]:
    """ "onedrive - northbridge" and "dropbox (work)" are named after the first part."""
    yield name
    yield name.partition(" - ")[0]
    yield name.partition(" (")[0]


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False


def _share(path: Path) -> str:
    """The share that a file lies on, "" when it lies on no share."""
    if os.name == "nt":
        return _windows_share(path)
    if sys.platform == "darwin":
        return _mac_share(path)
    try:
        point, kind = mount_of(path.resolve(), Path("/proc/mounts").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    return point if is_network_type(kind) else ""


def _windows_share(path: Path) -> str:
    drive = path.resolve().drive
    if drive.startswith("\\\\"):
        return drive
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return drive if kernel.GetDriveTypeW(f"{drive}\\") == _REMOTE else ""


def _mac_share(path: Path) -> str:
    """By statfs, whose answer holds the type's name 72 bytes in."""
    import ctypes

    answer = ctypes.create_string_buffer(4096)
    library = ctypes.CDLL(None)
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    there = next((one for one in (path, *path.parents) if one.exists()), Path("/"))
    if ask(os.fsencode(there), answer) != 0:
        return ""
    kind = answer.raw[72:88].partition(b"\0")[0].decode(errors="replace")
    return disk_of(path) if is_network_type(kind) else ""
