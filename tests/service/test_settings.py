"""Settings come from the environment, are bounded, and say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import BadSetting
from service.settings import Settings


def test_environment_sets_and_the_command_line_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAID_PORT", "9001")
    monkeypatch.setenv("WHOSAID_DATA", "/srv/index")
    monkeypatch.setenv("WHOSAID_ALLOWED_HOSTS", "desk.example, Other.example")
    settings = Settings.load(data=None, port=9002)
    assert settings.port == 9002
    assert settings.data == Path("/srv/index")
    assert {"desk.example", "other.example", "localhost"} <= settings.hosts


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAID_PORT", "")
    assert Settings.load().port == 8000


@pytest.mark.parametrize("name", ["WHOSAID_PROT", "WHOSAID_", "whosaid_modell"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(BadSetting, match="WHOSAID_PORT") as refused:
        Settings.load({name: "1"})
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "eighty"),
        ("MAX_UPLOAD_BYTES", "0"),
        ("MAX_QUESTION_CHARACTERS", "2001"),
        ("WORKERS", "0"),
        ("THREADS", "-1"),
        ("LOG_LEVEL", "loud"),
        ("LOG_QUESTIONS", "perhaps"),
        ("MODEL", "llama3.2"),
        ("MODEL", "ollama:"),
        ("MODEL_URL", "localhost:8080"),
        ("MODEL_TIMEOUT", "0"),
        ("MODEL_CONTEXT", "100"),
        ("MODEL_REPLY", "9000"),
    ],
)
def test_a_value_out_of_bounds_names_setting_value_and_meaning(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"WHOSAID_{name}", value)
    with pytest.raises(BadSetting) as refused:
        Settings.load()
    message = str(refused.value)
    assert f"WHOSAID_{name}" in message
    assert value in message
    assert str(Settings.model_fields[name.lower()].description) in message


def test_listening_everywhere_allows_no_foreign_host_by_itself() -> None:
    assert Settings.load({}, host="0.0.0.0").hosts == {"localhost", "127.0.0.1", "::1"}


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load({}).port = 1  # type: ignore[misc]  # the point of the test


def test_an_unknown_provider_is_refused_with_the_known_ones_and_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WHOSAID_MODEL", "pigeon:post")
    with pytest.raises(BadSetting, match="'pigeon'") as refused:
        Settings.load()
    assert all(name in str(refused.value) for name in ("openai", "ollama", "anthropic", "google_genai", ".[google]"))


def test_a_model_is_set_with_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAID_MODEL", "openai:hf.co/some/model:Q4")
    monkeypatch.setenv("WHOSAID_MODEL_URL", "http://127.0.0.1:8080")
    settings = Settings.load()
    assert (settings.model, settings.model_url) == ("openai:hf.co/some/model:Q4", "http://127.0.0.1:8080")


def test_a_key_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAID_MODEL_KEY", "sk-secret")
    assert "sk-secret" not in repr(Settings.load())
    monkeypatch.setenv("WHOSAID_MODEL_KEY", "sk secret")
    with pytest.raises(BadSetting, match="WHOSAID_MODEL_KEY") as refused:
        Settings.load()
    assert "secret" not in str(refused.value)


def test_a_password_in_an_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAID_MODEL_URL", "https://me:hunter2@models.example/v1")
    with pytest.raises(BadSetting, match="WHOSAID_MODEL_KEY") as refused:
        Settings.load()
    assert "hunter2" not in str(refused.value)
