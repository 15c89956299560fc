"""Conversations, answers and verdicts, kept as plain values that are fit for JSON."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from retriever.catalogue.database import Database, storable
from retriever.catalogue.schema import AnswerRow, ChatRow, MessageRow, VerdictRow


class Conversations:
    """What people asked and were told. Shares the catalogue's file; raises StoreError and what stands below it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_answer(self, answer_id: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer under its id, in place of an earlier one."""
        row = {"id": storable(answer_id), "answer": dict(answer), "asked_at": _now()}
        with self._database.writing() as connection:
            connection.execute(upsert(AnswerRow).values(row).on_conflict_do_update(index_elements=["id"], set_=row))

    def answer(self, answer_id: str) -> Mapping[str, Any] | None:
        with self._database.reading() as connection:
            return connection.scalar(select(AnswerRow.answer).where(AnswerRow.id == storable(answer_id)))

    def keep_verdict(self, answer_id: str, verdict: str, comment: str | None) -> None:
        row = {
            "answer_id": storable(answer_id),
            "verdict": storable(verdict),
            "comment": comment and storable(comment),
            "given_at": _now(),
        }
        with self._database.writing() as connection:
            connection.execute(insert(VerdictRow), row)

    def verdicts(self, answer_id: str) -> list[Mapping[str, Any]]:
        """``verdict``, ``comment`` and ``given_at``, oldest first."""
        statement = (
            select(VerdictRow.verdict, VerdictRow.comment, VerdictRow.given_at)
            .where(VerdictRow.answer_id == storable(answer_id))
            .order_by(VerdictRow.number)
        )
        with self._database.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(statement)]

    def start_chat(self, title: str | None) -> Mapping[str, Any]:
        """The new chat, as ``chat`` returns it."""
        now = _now()
        row = {"id": uuid.uuid4().hex, "title": title and storable(title), "created_at": now, "updated_at": now}
        with self._database.writing() as connection:
            connection.execute(insert(ChatRow), row)
        return {**row, "messages": []}

    def chats(
        self, *, offset: int = 0, limit: int = 50, text: str | None = None
    ) -> tuple[Sequence[Mapping[str, Any]], int]:
        """Without messages, the last used first; and how many there are. ``text``: only those in which it stands."""
        chosen = select(ChatRow.__table__)
        if text:
            sought = storable(text)
            said = select(MessageRow.chat).where(MessageRow.content.icontains(sought, autoescape=True))
            chosen = chosen.where(ChatRow.title.icontains(sought, autoescape=True) | ChatRow.id.in_(said))
        page = chosen.order_by(ChatRow.updated_at.desc(), ChatRow.id).offset(offset).limit(limit)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            return [dict(row._mapping) for row in connection.execute(page)], total

    def chat(self, chat_id: str) -> Mapping[str, Any] | None:
        """``id title created_at updated_at messages``; of a message ``role content answer created_at``, in order."""
        with self._database.reading() as connection:
            found = connection.execute(select(ChatRow.__table__).where(ChatRow.id == storable(chat_id))).one_or_none()
            if found is None:
                return None
            said = connection.execute(
                select(MessageRow.role, MessageRow.content, MessageRow.answer, MessageRow.created_at)
                .where(MessageRow.chat == found.id)
                .order_by(MessageRow.number)
            )
            return {**found._mapping, "messages": [dict(row._mapping) for row in said]}

    def add_message(self, chat_id: str, role: str, content: str, answer: Mapping[str, Any] | None = None) -> None:
        """Nothing happens where the chat has been removed meanwhile. The first message of a chat gives it a title."""
        now, content = _now(), storable(content)
        with self._database.writing() as connection:
            used = connection.execute(
                update(ChatRow)
                .where(ChatRow.id == storable(chat_id))
                .values(updated_at=now, title=func.coalesce(ChatRow.title, content[:120]))
            )
            if used.rowcount:
                row = {"chat": chat_id, "role": role, "content": content, "created_at": now}
                connection.execute(insert(MessageRow), {**row, "answer": answer and dict(answer)})

    def remove_chat(self, chat_id: str) -> bool:
        """Whether there was one."""
        with self._database.writing() as connection:
            return connection.execute(delete(ChatRow).where(ChatRow.id == storable(chat_id))).rowcount > 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
