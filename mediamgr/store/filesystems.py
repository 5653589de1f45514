"""Owns what is known of file systems: on which of them locks cannot be relied upon."""

from __future__ import annotations

import os
from pathlib import Path

import psutil

__all__ = ["network_type", "type_of"]

_NETWORK = frozenset(
    "nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs ncpfs afpfs afs webdav davfs 9p fuse.9p vboxsf vmhgfs fuse.vmhgfs-fuse"
    " prl_fs glusterfs fuse.glusterfs fuse.sshfs sshfs fuse.rclone rclone fuse.s3fs fuse.gcsfuse fuse.goofys"
    " fuse.curlftpfs fuse.davfs2 macfuse osxfuse fuse.google-drive-ocamlfuse fuse.onedriver fuse.jmtpfs".split()
)
"""Kept by another machine or a bridge to one: a lock taken here may not be seen there."""


def network_type(path: Path) -> str | None:
    """The type of the file system that `path` is on, if its locks cannot be relied upon; else None."""
    kind = type_of(path)
    return kind if kind in _NETWORK else None


def type_of(path: Path) -> str:
    """The type of the file system that `path` is on: "ext4", "apfs", ...; "" when it cannot be told.

    What does not exist yet is judged by the nearest folder above it.
    """
    text = os.path.realpath(path)
    mounts = [mount for mount in psutil.disk_partitions(all=True) if _is_under(text, mount.mountpoint)]
    # of several over one another the last one mounted is seen
    found = max(enumerate(mounts), key=lambda each: (len(each[1].mountpoint), each[0]), default=None)
    return found[1].fstype.lower() if found else ""


def _is_under(path: str, mountpoint: str) -> bool:
    return os.path.commonpath([path, mountpoint]) == mountpoint
