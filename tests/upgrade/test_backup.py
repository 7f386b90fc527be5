"""A backup holds everything of one moment; what comes back is whole, or nothing comes back."""

import gzip
import io
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from models import base
from models import order as orders
from models.tables import METADATA
from tasks.backup.making import back_up
from tasks.backup.manifest import DamagedBackup, NewerBackup, decode
from tasks.backup.members import MANIFEST, FileExists, members
from tasks.backup.restoring import DatabaseNotEmpty, restore_rows, usable
from tasks.services import Services
from tasks.settings import Mail
from tasks.verifying import violations
from tests.upgrade.population import ORDER, beside, carry, populate, rows_of
from tests.world import World

RENEWED = ("installation", "run")
"""Tables that say who we are and what the engine drives: a copy is somebody else."""


def contents(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every row that a copy shares with its original, by table."""
    with engine.connect() as connection:
        tables = [each for each in METADATA.tables if each not in RENEWED]
        return {each: rows_of(connection, each) for each in tables}


def copied(world: World, url: str, file: Path) -> World:
    """The installation restored from a backup made now."""
    back_up(world.services, file)
    restore_rows(url, file, usable(file), at=world.clock[0])
    return beside(world, url)


def test_every_row_comes_back_and_every_order_goes_on(
    world: World, empty_url: str, tmp_path: Path
) -> None:
    numbers = populate(world)
    copy = copied(world, empty_url, tmp_path / "all.backup")
    assert contents(copy.services.engine) == contents(world.services.engine)
    assert violations(copy.services) == []
    for place, number in numbers.items():
        if place != "closed":
            carry(copy, number, "closed")
    assert violations(copy.services) == []
    copy.services.engine.dispose()


def test_new_rows_after_a_restore_get_numbers_of_their_own(
    world: World, empty_url: str, tmp_path: Path
) -> None:
    populate(world, ("confirm",))
    copy = copied(world, empty_url, tmp_path / "one.backup")
    copy.write(ORDER.format(number=2), subject="采购订单 PO-2026-2")
    carry(copy, "SO-2026-00002", "confirm")
    assert violations(copy.services) == []
    copy.services.engine.dispose()


def test_a_copy_is_an_installation_of_its_own_with_new_legs(
    world: World, sqlite_url: str, tmp_path: Path
) -> None:
    populate(world, ("confirm",))
    copy = copied(world, f"sqlite:///{tmp_path / 'copy.db'}", tmp_path / "one.backup")
    assert copy.services.instance != world.services.instance
    with world.services.engine.connect() as before, copy.services.engine.connect() as after:
        [old], [new] = rows_of(before, "run"), rows_of(after, "run")
    assert (new["leg"], new["flow_run_id"]) == (old["leg"] + 1, None)
    assert new["epoch"] > old["epoch"]


def test_what_is_written_while_a_backup_runs_is_not_in_it(
    world: World, empty_url: str, tmp_path: Path
) -> None:
    populate(world, ("confirm",))
    file, wrote = tmp_path / "running.backup", []

    def write_once(table: str) -> None:
        if not wrote:
            wrote.append(table)
            carry(world, "SO-2026-00001", "confirm")
            world.write(ORDER.format(number=2), subject="采购订单 PO-2026-2")

    before = contents(world.services.engine)
    back_up(world.services, file, tell=write_once)
    restore_rows(empty_url, file, usable(file), at=world.clock[0])
    copy = beside(world, empty_url)
    assert contents(copy.services.engine) == before
    assert violations(copy.services) == []
    assert world.order().order_no == "SO-2026-00002"
    copy.services.engine.dispose()


def test_a_mail_that_nobody_has_read_is_in_the_backup(world: World, tmp_path: Path) -> None:
    box = world.services.settings.home / "mail/zheling.example/orders"
    for folder in ("new", "cur"):
        (box / folder).mkdir(parents=True)
        (box / folder / "1.M2.host").write_bytes(f"from {folder}".encode())
    back_up(world.services, tmp_path / "mail.backup")
    mails = {name: data for name, data in members(tmp_path / "mail.backup") if name[:4] == "mail"}
    assert mails == {"mail/zheling.example/orders/new/1.M2.host": b"from new"}


def test_the_archive_of_the_local_loop_is_in_the_backup(world: World, tmp_path: Path) -> None:
    home = world.services.settings.home
    (home / "mail/zheling.example/archive/cur").mkdir(parents=True)
    (home / "mail/zheling.example/archive/cur/1:2,S").write_bytes(b"heads")
    told = world.services.settings.mail.model_copy(update={"archive": "archive@zheling.example"})
    back_up(beside_mail(world, told), tmp_path / "mail.backup")
    found = dict(members(tmp_path / "mail.backup"))
    assert found["mail/zheling.example/archive/cur/1:2,S"] == b"heads"


def beside_mail(world: World, mail: Mail) -> Services:
    """The same installation with other settings of mail."""
    settings = world.services.settings.model_copy(update={"mail": mail})
    return replace(world.services, settings=settings)


def test_the_secret_key_is_in_a_backup_only_if_asked_for(world: World, tmp_path: Path) -> None:
    back_up(world.services, tmp_path / "plain.backup")
    back_up(world.services, tmp_path / "keyed.backup", with_key=True)
    key = world.services.key.get_secret_value().encode()
    assert all(key not in data for _, data in members(tmp_path / "plain.backup"))
    assert dict(members(tmp_path / "keyed.backup"))["secret.key"] == key


def test_a_file_that_is_there_is_left_alone(world: World, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(FileExists):
        back_up(world.services, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_backup_that_breaks_off_leaves_no_file(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def fail(table: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(world.services, folder / "broken", tell=fail)
    assert list(folder.iterdir()) == []


def test_nothing_is_put_over_an_installation(world: World, tmp_path: Path) -> None:
    populate(world, ("confirm",))
    file = tmp_path / "one.backup"
    back_up(world.services, file)
    before = contents(world.services.engine)
    url = world.services.engine.url.render_as_string(hide_password=False)
    with pytest.raises(DatabaseNotEmpty):
        restore_rows(url, file, usable(file), at=world.clock[0])
    assert contents(world.services.engine) == before


def rewritten(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The file with other members: `change` gives the new bytes, None leaves the member out."""
    kept = [(name, change(name, data)) for name, data in members(file)]
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, data in kept:
            if data is not None:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    file.write_bytes(gzip.compress(raw.getvalue()))


DAMAGES: dict[str, Callable[[str, bytes], bytes | None]] = {
    "changed": lambda name, data: data.replace(b"SO-2026", b"SO-2025"),
    "left out": lambda name, data: None if "/event/" in name else data,
    "no end": lambda name, data: None if name == MANIFEST else data,
    "no manifest": lambda name, data: b"{}" if name == MANIFEST else data,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_changed_backup_is_refused(
    world: World, tmp_path: Path, damage: Callable[[str, bytes], bytes | None]
) -> None:
    populate(world, ("confirm",))
    file = tmp_path / "one.backup"
    back_up(world.services, file)
    rewritten(file, damage)
    with pytest.raises(DamagedBackup):
        usable(file)


def test_a_backup_cut_off_anywhere_is_refused(world: World, tmp_path: Path) -> None:
    file, cut = tmp_path / "one.backup", tmp_path / "cut.backup"
    back_up(world.services, file)
    whole = file.read_bytes()
    for tenth in range(10):
        cut.write_bytes(whole[: len(whole) * tenth // 10])
        with pytest.raises(DamagedBackup):
            usable(cut)


def test_a_backup_of_a_newer_version_is_refused(world: World, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    manifest = back_up(world.services, file)

    def newer(name: str, data: bytes) -> bytes:
        old, new = manifest.revision.encode(), b"9999_future"
        return data.replace(old, new) if name == MANIFEST else data

    rewritten(file, newer)
    with pytest.raises(NewerBackup):
        usable(file)


def test_a_restore_that_breaks_off_leaves_an_empty_database(
    world: World, empty_url: str, tmp_path: Path
) -> None:
    populate(world, ("confirm",))
    file = tmp_path / "one.backup"
    manifest = back_up(world.services, file)

    def fail(name: str) -> None:
        if "/gate/" in name:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore_rows(empty_url, file, manifest, at=world.clock[0], tell=fail)
    engine = base.engine(empty_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    restore_rows(empty_url, file, manifest, at=world.clock[0])
    copy = beside(world, empty_url)
    with copy.services.reading() as session:
        assert orders.numbered(session, "SO-2026-00001").state == "confirming"
    copy.services.engine.dispose()


def test_the_manifest_says_what_is_in_the_file(world: World, tmp_path: Path) -> None:
    populate(world, ("confirm",))
    manifest = back_up(world.services, tmp_path / "one.backup")
    [(_, last)] = [each for each in members(tmp_path / "one.backup") if each[0] == MANIFEST]
    assert decode(last) == manifest
    assert (manifest.instance, manifest.rows["order"]) == ("test", 1)
