"""What an article says that a person is."""

from __future__ import annotations

import pytest

from service.drafting.roles import named


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Norway's fish minister, Ada Lund, met nobody.", "Ada Lund", "Norway's fish minister Ada Lund"),
        ("Then Deputy Foreign Minister Ada Lund left.", "Ada Lund", "Deputy Foreign Minister Ada Lund"),
        (
            "Moe spoke. Tomas Vik, a professor of harbours at Sandvik, agreed.",
            "Tomas Vik",
            "Tomas Vik, a professor of harbours at Sandvik",
        ),
    ],
)
def test_a_role_beside_the_name_is_told_with_it_and_stands_there(text: str, name: str, told: str) -> None:
    found = named(text, name)
    assert found is not None
    assert found.text == told
    assert name in text[found.start : found.end]
    assert found.role in text[found.start : found.end]


@pytest.mark.parametrize(
    "text", ["Ada Lund left.", "Ada Lund, who was minister for a year, left.", "Ada Lund, 43, left.", "Moe left."]
)
def test_where_no_role_stands_none_is_told(text: str) -> None:
    assert named(text, "Ada Lund") is None


def test_a_name_that_stands_often_is_told_with_the_first_role_beside_it() -> None:
    text = "Ada Lund left. MsAda Lund, an expert, too. Mayor\nAda Lund came. Later Mayor  Ada Lund, a critic, sang."
    found = named(text, "Ada Lund")
    assert found is None  # the first role stands on another line
    found = named(text.replace("Mayor\nAda", "Ada"), "Ada Lund")
    assert found is not None
    assert (found.text, found.role) == ("Mayor Ada Lund", "Mayor")
