"""Tests of where a library may be kept: locks of network file systems are not relied upon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

import mediamgr
from mediamgr.errors import LibraryError
from mediamgr.store.filesystems import network_type, type_of
from tests.builders import films, library_of, series


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the system say that these are mounted over what is: type, mount point. A server for them cannot run here."""
    real = psutil.disk_partitions

    def say(*added: tuple[str, Path]) -> None:
        told = [SimpleNamespace(fstype=kind, mountpoint=str(place)) for kind, place in added]
        monkeypatch.setattr(psutil, "disk_partitions", lambda all: [*real(all=all), *told])

    return say


def test_tells_what_a_folder_is_on() -> None:
    """The nearest mount above it, for what is not there yet, too."""
    assert type_of(Path("/proc/self/nothing/here")) == type_of(Path("/proc")) or not Path("/proc").exists()
    assert type_of(Path.cwd()) not in ("", "proc")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smbfs", "9p", "fuse.sshfs", "fuse.rclone", "NFS"])
def test_knows_the_networks(tmp_path: Path, mounts: Callable[..., None], kind: str) -> None:
    """Also through a link, and when it lies over another."""
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    mounts(("ext4", share), (kind, share))
    assert network_type(share / "new" / "films.duckdb") == kind.lower()
    assert network_type(tmp_path / "link" / "films.duckdb") == kind.lower()
    assert network_type(tmp_path / "share2" / "films.duckdb") is None


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "apfs", "fuse.mergerfs", "fuseblk", "overlay", "zfs"])
def test_knows_the_disks(tmp_path: Path, mounts: Callable[..., None], kind: str) -> None:
    """Pools of disks of this machine are no network."""
    mounts((kind, tmp_path))
    assert network_type(tmp_path / "films.duckdb") is None


def test_a_library_on_a_network_is_read_and_not_written(tmp_path: Path, mounts: Callable[..., None]) -> None:
    """It is read as a file, nothing is put beside it; to write it is refused with the reason."""
    path = tmp_path / "films.duckdb"
    library_of(path, films()).close()
    mounts(("nfs4", tmp_path))
    with mediamgr.open(path) as lib:
        assert lib.items.count_all() == 10
        with pytest.raises(LibraryError, match=r"network's file system \(nfs4\).*Reading it there is fine"):
            lib.load(series())
        assert lib.items.count_all() == 10
        assert [each.name for each in tmp_path.iterdir()] == ["films.duckdb"]
    with pytest.raises(LibraryError, match="network's file system"):
        mediamgr.open(tmp_path / "new.duckdb", create=True)
    assert [each.name for each in tmp_path.iterdir()] == ["films.duckdb"]
