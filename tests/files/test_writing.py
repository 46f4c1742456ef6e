"""A file is written whole or not at all."""

import os

import pytest

import starkit as sk
from starkit.files import write_text


def test_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    """A crash before the last step loses nothing and leaves nothing behind."""
    path = tmp_path / "stories.yaml"
    path.write_text("old", encoding="utf-8")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(sk.FileError, match="disk is full"):
        write_text(path, "new")

    assert "old" == path.read_text(encoding="utf-8")
    assert [path] == list(tmp_path.iterdir())


def test_permissions_are_kept(tmp_path):
    """A file that only its owner may read stays so."""
    path = tmp_path / "stories.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    write_text(path, "new")

    assert 0o600 == path.stat().st_mode & 0o777


def test_link_is_followed(tmp_path):
    """The file behind a link is written, and the link stays one."""
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")

    assert "new" == target.read_text(encoding="utf-8")
    assert link.is_symlink()


def test_half_a_character_is_refused(tmp_path):
    """Text that no file can hold is an error before anything is touched."""
    with pytest.raises(sk.FileError, match="half a character"):
        write_text(tmp_path / "a.txt", "\ud800")

    assert [] == list(tmp_path.iterdir())
