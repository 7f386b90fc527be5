"""The settings file that the first start writes: every key is there, and changes nothing yet."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from tasks.settings import FILE, Settings, load
from tasks.settings_file import ELSEWHERE, SAYS, settings_file


def loaded(home: Path, text: str) -> Settings:
    (home / FILE).write_text(text, "utf-8")
    return load(home, {})


def test_a_fresh_file_changes_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, settings_file(samples=False)) == load(tmp_path / "none", {}).model_copy(
        update={"home": tmp_path}
    )


def test_uncommenting_everything_gives_the_defaults(tmp_path: Path) -> None:
    text = re.sub(r"^# ", "", settings_file(samples=False), flags=re.MULTILINE)
    assert loaded(tmp_path, text) == Settings(home=tmp_path)


def test_every_key_is_there_except_secrets() -> None:
    text = re.sub(r"^# ", "", settings_file(samples=False), flags=re.MULTILINE)
    written = tomllib.loads(text)
    for name, field in Settings.model_fields.items():
        if name in ELSEWHERE or isinstance(field.default, dict):
            continue
        secret = {key for key, value in field.default if isinstance(value, SecretStr)}
        assert set(written[name]) == set(type(field.default).model_fields) - secret
        assert {f"{name}.{key}" for key in written[name]} <= set(SAYS)


def test_samples_stand_at_the_very_top_and_are_quick(tmp_path: Path) -> None:
    text = settings_file(samples=True)
    assert text.startswith("samples = true\n")
    found = loaded(tmp_path, text)
    assert found.samples
    assert found.policy.quick


@pytest.mark.parametrize("samples", [True, False])
def test_no_line_is_too_long_to_read(samples: bool) -> None:
    assert max(map(len, settings_file(samples=samples).splitlines())) <= 110
