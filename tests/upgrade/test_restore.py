"""Restoring into a folder: an installation that can be started, or everything as it was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from deployments.errors import HomeNotEmpty, WrongKey
from deployments.restore import Wish, main, restore
from domain.errors import BadValue, Refusal
from tasks import fence
from tasks.backup.beside import with_database
from tasks.backup.making import back_up
from tasks.backup.manifest import DamagedBackup
from tasks.backup.restoring import DatabaseNotEmpty
from tasks.installed import services_of
from tasks.services import Services
from tasks.settings import load
from tasks.settings_file import settings_file
from tasks.verifying import violations
from tests.upgrade.population import populate
from tests.world import KEY, World

MAIL = "mail/zheling.example/orders/new/1.M2.host"


@pytest.fixture
def file(world: World, tmp_path: Path) -> Path:
    """A backup of an installation with settings, a key, one order and an unread mail."""
    home = world.services.settings.home
    (home / MAIL).parent.mkdir(parents=True)
    (home / MAIL).write_bytes(b"unread")
    (home / "orderflow.toml").write_text(settings_file(samples=True), "utf-8")
    (home / "secret.key").write_text(KEY.get_secret_value())
    populate(world, ("confirm",))
    back_up(world.services, tmp_path / "one.backup")
    return tmp_path / "one.backup"


@pytest.fixture
def key(world: World, file: Path) -> Path:
    """Where the original keeps its key."""
    return world.services.settings.home / "secret.key"


def test_a_backup_becomes_an_installation_that_is_held(
    file: Path, key: Path, tmp_path: Path
) -> None:
    done = restore(tmp_path / "new", Wish(file, "sqlite", key))
    assert (done.orders, done.keyed, done.held, done.violations) == (1, True, True, ())
    services = services_of(tmp_path / "new", {})
    assert services.key.get_secret_value() == KEY.get_secret_value()
    assert services.settings.samples
    assert not fence.may_act(services)
    assert violations(services) == []
    assert (tmp_path / "new" / MAIL).read_bytes() == b"unread"
    assert not (tmp_path / "new.restoring").exists()


@pytest.mark.slow
def test_it_goes_into_the_postgresql_that_comes_along(
    file: Path, tmp_path: Path, postgres_cluster: object
) -> None:
    done = restore(tmp_path / "new", Wish(file), durable=False)
    assert (done.orders, done.violations) == (1, ())
    assert (tmp_path / "new/data/postgres/PG_VERSION").exists()
    assert load(tmp_path / "new", {}).database.url == ""


def test_with_take_over_it_acts_at_once(file: Path, tmp_path: Path) -> None:
    assert not restore(tmp_path / "new", Wish(file, "sqlite", take_over=True)).held
    assert fence.may_act(services_of(tmp_path / "new", {}))


def test_without_the_key_it_says_so_and_gets_its_own(file: Path, tmp_path: Path) -> None:
    assert not restore(tmp_path / "new", Wish(file, "sqlite")).keyed
    services: Services = services_of(tmp_path / "new", {})
    assert services.key.get_secret_value() != KEY.get_secret_value()


Spoil = Callable[[Path, Path], Wish]


def damaged(file: Path, home: Path) -> Wish:
    """The file is cut off."""
    file.write_bytes(file.read_bytes()[:-100])
    return Wish(file, "sqlite")


def wrong_key(file: Path, home: Path) -> Wish:
    """Somebody else's key."""
    other = file.with_name("other.key")
    other.write_text("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=")
    return Wish(file, "sqlite", other)


def full_home(file: Path, home: Path) -> Wish:
    """Something lies in the folder."""
    home.mkdir()
    (home / "mine").touch()
    return Wish(file, "sqlite")


REFUSED: dict[type[Refusal], Spoil] = {
    DamagedBackup: damaged,
    WrongKey: wrong_key,
    HomeNotEmpty: full_home,
}


@pytest.mark.parametrize(("refusal", "spoil"), REFUSED.items(), ids=lambda e: e.__name__)
def test_a_refusal_leaves_everything_as_it_was(
    file: Path, tmp_path: Path, refusal: type[Refusal], spoil: Spoil
) -> None:
    wish = spoil(file, tmp_path / "new")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(refusal):
        restore(tmp_path / "new", wish)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_database_with_orders_is_not_touched(
    world: World, file: Path, tmp_path: Path, database_url: str
) -> None:
    with pytest.raises(DatabaseNotEmpty):
        restore(tmp_path / "new", Wish(file, database_url))
    assert not (tmp_path / "new").exists()
    assert violations(world.services) == []
    assert world.order().order_no == "SO-2026-00001"


def test_a_restore_that_was_killed_is_begun_again(file: Path, tmp_path: Path) -> None:
    left = tmp_path / "new.restoring" / "data"
    left.mkdir(parents=True)
    (left / "orderflow.db").write_text("half")
    assert restore(tmp_path / "new", Wish(file, "sqlite")).violations == ()


def test_a_restore_that_breaks_off_leaves_nothing(file: Path, empty_url: str) -> None:
    home = file.parent / "new"

    def fail(name: str) -> None:
        if "/gate/" in name:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(home, Wish(file, empty_url), tell=fail)
    assert list(home.parent.glob("new*")) == []
    assert restore(home, Wish(file, empty_url)).violations == ()


def test_the_copy_names_its_own_database_not_the_originals() -> None:
    text = '[company]\nurl = "kept"\n[database]\nurl = "postgresql://original"\n[mail]\n'
    assert with_database(text, "") == '[company]\nurl = "kept"\n[database]\n[mail]\n'
    assert 'url = "sqlite:///x"\n[mail]' in with_database(text, "sqlite:///x")
    assert with_database("", "sqlite:///x") == '\n[database]\nurl = "sqlite:///x"\n'


def test_settings_written_otherwise_are_not_guessed_at() -> None:
    with pytest.raises(BadValue):
        with_database('database = { url = "postgresql://original" }', "")


def test_the_command_says_what_there_is_now(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(file), "--home", str(tmp_path / "new"), "--database", "sqlite", "--lang", "en"]
    assert main(words) == 0
    assert "orderflow take-over" in capsys.readouterr().out
    assert main([*words, "--json"]) == 1
    assert "is not empty" in capsys.readouterr().err
    words[2] = str(tmp_path / "other")
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["orders"] == 1
