"""Every setting, endpoint, command and make target stands in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.cli import app as commands
from service.http.app import create_app
from service.settings import PREFIX, Settings
from tests import fakes

README = Path(__file__).parents[2] / "README.md"
ENDPOINTS = [
    (method.upper(), path)
    for path, calls in create_app(Settings.load({}), fakes.build).openapi()["paths"].items()
    for method in calls
]
TARGETS = re.findall(r"^([\w-]+):.*  ## ", (README.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
COMMANDS = [str(command.callback and command.callback.__name__) for command in commands.registered_commands]


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_documented(readme: str, name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in readme


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_endpoint_is_documented(readme: str, method: str, path: str) -> None:
    assert re.search(rf"`{method} {re.escape(path.replace(':path', ''))}`", readme)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(readme: str, name: str) -> None:
    assert f"`whosaid {name}" in readme


def test_there_are_make_targets_to_document() -> None:
    assert {"serve", "test", "check", "eval", "calibrate", "bench"} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_make_target_is_documented(readme: str, name: str) -> None:
    assert re.search(rf"\bmake {name}\b", readme)


def test_no_setting_is_documented_that_there_is_not(readme: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)", readme))
    assert named <= {name.upper() for name in Settings.model_fields}
