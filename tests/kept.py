"""Answers, verdicts and conversations in dicts: one of the fakes of tests/fakes.py. Its times are counted, a second a
step, so that what comes later is later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

LISTED = ("id", "title", "created_at", "updated_at")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class FakeKept:
    """What service.parts.Kept asks for. An edited question is looked for among those that were not replaced."""

    def __init__(self) -> None:
        self.answers: dict[str, Mapping[str, Any]] = {}
        self.verdicts: dict[str, tuple[str, str | None]] = {}
        self._feedback: list[Mapping[str, Any]] = []
        self._chats: dict[str, dict[str, Any]] = {}
        self._shared: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._moments = count()

    def keep_answer(self, answer_id: str, answer: Mapping[str, Any]) -> None:
        self.answers[answer_id] = answer

    def answer(self, answer_id: str) -> Mapping[str, Any] | None:
        return self.answers.get(answer_id)

    def keep_verdict(self, answer_id: str, verdict: str, comment: str | None, reason: str | None = None) -> None:
        self.verdicts[answer_id] = (verdict, comment)
        given = {"verdict": verdict, "comment": comment, "reason": reason, "given_at": self._now()}
        about = {name: self.answers[answer_id][name] for name in ("question", "answer")}
        self._feedback.insert(0, {"answer_id": answer_id, **about, **given})

    def feedback(self, *, offset: int, limit: int) -> tuple[Sequence[Mapping[str, Any]], int]:
        return self._feedback[offset : offset + limit], len(self._feedback)

    def start_chat(self, title: str | None) -> Mapping[str, Any]:
        now = self._now()
        chat: dict[str, Any] = {"id": uuid4().hex, "title": title, "created_at": now, "updated_at": now}
        self._chats[chat["id"]] = chat | {"messages": []}
        return {**self._chats[chat["id"]], "shares": []}

    def chats(self, *, offset: int, limit: int, text: str | None) -> tuple[Sequence[Mapping[str, Any]], int]:
        found = [chat for chat in self._chats.values() if (text or "").lower() in _words(chat)]
        newest = sorted(found, key=lambda chat: str(chat["updated_at"]), reverse=True)[offset : offset + limit]
        return [_listed(chat) for chat in newest], len(found)

    def chat(self, chat_id: str) -> Mapping[str, Any] | None:
        if chat_id not in self._chats:
            return None
        shares = [
            {"id": id_, "created_at": share["created_at"]}
            for id_, (chat, share) in self._shared.items()
            if chat == chat_id
        ]
        return deepcopy({**self._chats[chat_id], "shares": shares})

    def rename_chat(self, chat_id: str, title: str) -> Mapping[str, Any] | None:
        if chat_id not in self._chats:
            return None
        self._chats[chat_id]["title"] = title
        return _listed(self._chats[chat_id])

    def remove_chat(self, chat_id: str) -> bool:
        self.unshare_chat(chat_id)
        return self._chats.pop(chat_id, None) is not None

    def turns(self, chat_id: str, *, limit: int, instead_of: str | None = None) -> Sequence[tuple[str, str]] | None:
        current = _current(self._chats[chat_id]) if chat_id in self._chats else None
        if current is None or (instead_of and _place(current, instead_of) is None):
            return None
        before = current[: _place(current, instead_of)] if instead_of else current
        return [(said["role"], said["content"]) for said in before[-limit:]]

    def add_exchange(
        self, chat_id: str, question: str, answer: Mapping[str, Any], *, instead_of: str | None = None
    ) -> bool:
        if self.turns(chat_id, limit=1, instead_of=instead_of) is None:
            return False
        chat, now, asked = self._chats[chat_id], self._now(), uuid4().hex
        if instead_of:
            for said in _current(chat)[_place(_current(chat), instead_of) :]:
                said["replaced_by"] = asked
        common = {"created_at": now, "replaced_by": None}
        told = {"id": answer["id"], "role": "assistant", "content": answer["answer"], "answer": answer}
        chat["messages"] += [
            {"id": asked, "role": "user", "content": question, "answer": None, **common},
            {**told, **common},
        ]
        chat["title"], chat["updated_at"] = chat["title"] or question[:80], now
        return True

    def share_chat(self, chat_id: str) -> Mapping[str, Any] | None:
        if chat_id not in self._chats:
            return None
        chat, id_ = self._chats[chat_id], uuid4().hex
        share = {"title": chat["title"], "created_at": self._now(), "messages": _current(chat)}
        self._shared[id_] = (chat_id, deepcopy(share))
        return {"id": id_, "created_at": share["created_at"]}

    def shared(self, share_id: str) -> Mapping[str, Any] | None:
        return self._shared[share_id][1] if share_id in self._shared else None

    def unshare_chat(self, chat_id: str) -> bool:
        ours = [id_ for id_, (chat, _) in self._shared.items() if chat == chat_id]
        return bool([self._shared.pop(id_) for id_ in ours])

    def _now(self) -> str:
        return (BEGINNING + timedelta(seconds=next(self._moments))).isoformat(timespec="microseconds")


def _listed(chat: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: chat[name] for name in LISTED}


def _words(chat: Mapping[str, Any]) -> str:
    return " ".join([chat["title"] or "", *(said["content"] for said in _current(chat))]).lower()


def _current(chat: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [said for said in chat["messages"] if said["replaced_by"] is None]


def _place(current: Sequence[Mapping[str, Any]], message_id: str) -> int | None:
    """Of the question with this id, or with the answer of this id."""
    found = next((place for place, said in enumerate(current) if said["id"] == message_id), None)
    return found - found % 2 if found is not None else None
