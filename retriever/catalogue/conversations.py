"""Conversations, answers and verdicts, kept as plain values that are fit for JSON."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, false, func, insert, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from retriever.catalogue.database import Database, storable
from retriever.catalogue.schema import MESSAGE_WORDS, AnswerRow, ChatRow, MessageRow, ShareRow, VerdictRow, matches
from retriever.catalogue.words import fold, term

_MOST_WORDS: Final = 32  # of one search; what comes after would only make it slow
_LONGEST_TITLE: Final = 120  # characters of a question that serve as a title


class Conversations:
    """What people asked and were told. Shares the catalogue's file; raises StoreError and what stands below it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Answers and verdicts

    def keep_answer(self, answer_id: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer under its id, in place of an earlier one."""
        row = {"id": storable(answer_id), "answer": dict(answer), "asked_at": _now()}
        with self._database.writing() as connection:
            connection.execute(upsert(AnswerRow).values(row).on_conflict_do_update(index_elements=["id"], set_=row))

    def answer(self, answer_id: str) -> Mapping[str, Any] | None:
        with self._database.reading() as connection:
            return connection.scalar(select(AnswerRow.answer).where(AnswerRow.id == storable(answer_id)))

    def keep_verdict(self, answer_id: str, verdict: str, comment: str | None, reason: str | None = None) -> None:
        row = {
            "answer_id": storable(answer_id),
            "verdict": storable(verdict),
            "reason": reason and storable(reason),
            "comment": comment and storable(comment),
            "given_at": _now(),
        }
        with self._database.writing() as connection:
            connection.execute(insert(VerdictRow), row)

    def feedback(self, *, offset: int = 0, limit: int = 50) -> tuple[Sequence[Mapping[str, Any]], int]:
        """``answer_id question answer verdict reason comment given_at``, the last given first; and how many there
        are. ``question`` and ``answer`` are texts, None where the answer is gone.
        """
        page = (
            select(
                VerdictRow.answer_id,
                AnswerRow.answer["question"].as_string().label("question"),
                AnswerRow.answer["answer"].as_string().label("answer"),
                *(VerdictRow.verdict, VerdictRow.reason, VerdictRow.comment, VerdictRow.given_at),
            )
            .join(AnswerRow, AnswerRow.id == VerdictRow.answer_id, isouter=True)
            .order_by(VerdictRow.number.desc())
        )
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(VerdictRow)) or 0
            return [dict(row._mapping) for row in connection.execute(page.offset(offset).limit(limit))], total

    # Conversations

    def start_chat(self, title: str | None) -> Mapping[str, Any]:
        """The new chat, as ``chat`` returns it."""
        now = _now()
        row = {"id": uuid.uuid4().hex, "title": title and storable(title), "created_at": now, "updated_at": now}
        with self._database.writing() as connection:
            connection.execute(insert(ChatRow), row)
        return {**row, "messages": [], "shares": []}

    def chats(
        self, *, offset: int = 0, limit: int = 50, text: str | None = None
    ) -> tuple[Sequence[Mapping[str, Any]], int]:
        """Without messages, the last used first; and how many there are. ``text``: only those in whose title and
        messages each of its words begins a word, whatever case and accents; replaced messages do not count.
        """
        chosen = select(ChatRow.__table__)
        if text:
            chosen = chosen.where(*_with_words(text))
        page = chosen.order_by(ChatRow.updated_at.desc(), ChatRow.id).offset(offset).limit(limit)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            return [dict(row._mapping) for row in connection.execute(page)], total

    def chat(self, chat_id: str) -> Mapping[str, Any] | None:
        """``id title created_at updated_at messages shares``.

        Of a message ``id role content answer created_at replaced_by``, in order, replaced ones among them; of a share
        ``id created_at``, oldest first.
        """
        with self._database.reading() as connection:
            return _whole(connection, storable(chat_id))

    def turns(self, chat_id: str, *, limit: int, instead_of: str | None = None) -> Sequence[tuple[str, str]] | None:
        """Role and content of the last that was said, oldest first; before the question ``instead_of``, where given.

        ``instead_of``: the id of a question or of the answer to it. None: there is no such chat, or the message is no
        longer part of it.
        """
        chat_id = storable(chat_id)
        said = select(MessageRow.role, MessageRow.content).where(
            MessageRow.chat == chat_id, MessageRow.replaced_by.is_(None)
        )
        with self._database.reading() as connection:
            if instead_of is not None:
                place = _place(connection, chat_id, instead_of)
                if place is None:
                    return None
                said = said.where(MessageRow.number < place)
            elif not connection.scalar(select(ChatRow.id).where(ChatRow.id == chat_id)):
                return None
            newest = connection.execute(said.order_by(MessageRow.number.desc()).limit(limit)).all()
            return [(row.role, row.content) for row in reversed(newest)]

    def add_exchange(
        self, chat_id: str, question: str, answer: Mapping[str, Any], *, instead_of: str | None = None
    ) -> bool:
        """Keep a question and its answer (with ``id`` and ``answer``), both or neither. False: there was no place, and
        the answer itself, unless it has a verdict, is not kept either.

        ``instead_of`` as in ``turns``: that question and all after it are replaced in the same step; they stay, marked
        with what replaced them. The first question of a chat gives it a title where it has none.
        """
        chat_id, asked = storable(chat_id), uuid.uuid4().hex
        with self._database.writing() as connection:
            titled = connection.execute(select(ChatRow.title).where(ChatRow.id == chat_id)).one_or_none()
            place = None if titled is None or instead_of is None else _place(connection, chat_id, instead_of)
            if titled is None or (instead_of is not None and place is None):
                _forget(connection, AnswerRow.id == storable(answer["id"]))
                return False
            title = titled.title
            if place is not None:
                title = None if title == _first(connection, chat_id, place) else title
                _replace(connection, chat_id, place, asked)
            now, question = _now(), storable(question)
            common = {"chat": chat_id, "created_at": now, "replaced_by": None}
            told = {"id": storable(answer["id"]), "content": storable(answer["answer"]), "answer": dict(answer)}
            _add(connection, {**common, "id": asked, "role": "user", "content": question, "answer": None})
            _add(connection, {**common, **told, "role": "assistant"})
            used = {"updated_at": now, "title": question[:_LONGEST_TITLE] if title is None else title}
            connection.execute(update(ChatRow).where(ChatRow.id == chat_id).values(used))
            return True

    def rename_chat(self, chat_id: str, title: str) -> Mapping[str, Any] | None:
        """The chat without its messages, when last used as before; None where there is none."""
        chosen = ChatRow.id == storable(chat_id)
        with self._database.writing() as connection:
            connection.execute(update(ChatRow).where(chosen).values(title=storable(title)))
            renamed = connection.execute(select(ChatRow.__table__).where(chosen)).one_or_none()
            return dict(renamed._mapping) if renamed else None

    def remove_chat(self, chat_id: str) -> bool:
        """Whether there was one. What was shared of it goes with it, and its answers but for those with a verdict."""
        said = select(MessageRow.id).where(MessageRow.chat == storable(chat_id))
        with self._database.writing() as connection:
            _forget(connection, AnswerRow.id.in_(said))
            return connection.execute(delete(ChatRow).where(ChatRow.id == storable(chat_id))).rowcount > 0

    # Conversations as they were shared

    def share_chat(self, chat_id: str) -> Mapping[str, Any] | None:
        """Keep the chat as it is now, without what was replaced: ``id created_at``. None where there is none.

        Where nothing has changed since it was last shared, that share.
        """
        with self._database.writing() as connection:
            chat = _whole(connection, storable(chat_id))
            if chat is None:
                return None
            messages = [
                {name: said[name] for name in ("id", "role", "content", "created_at", "answer")}
                for said in chat["messages"]
                if said["replaced_by"] is None
            ]
            ours = select(ShareRow.__table__).where(ShareRow.chat == chat["id"]).order_by(ShareRow.number.desc())
            last = connection.execute(ours.limit(1)).one_or_none()
            if last and (last.title, last.messages) == (chat["title"], messages):
                return {"id": last.id, "created_at": last.created_at}
            share = {"id": secrets.token_hex(16), "created_at": _now()}
            whole = {**share, "chat": chat["id"], "title": chat["title"], "messages": messages}
            connection.execute(insert(ShareRow), whole)
            return share

    def shared(self, share_id: str) -> Mapping[str, Any] | None:
        """``title created_at messages``, a message as in ``chat`` without ``replaced_by``; None where there is none."""
        chosen = select(ShareRow.title, ShareRow.created_at, ShareRow.messages).where(ShareRow.id == storable(share_id))
        with self._database.reading() as connection:
            found = connection.execute(chosen).one_or_none()
            return dict(found._mapping) if found else None

    def unshare_chat(self, chat_id: str) -> bool:
        """Take back all that was shared of a chat; whether anything was."""
        with self._database.writing() as connection:
            return connection.execute(delete(ShareRow).where(ShareRow.chat == storable(chat_id))).rowcount > 0


def _whole(connection: Connection, chat_id: str) -> Mapping[str, Any] | None:
    found = connection.execute(select(ChatRow.__table__).where(ChatRow.id == chat_id)).one_or_none()
    if found is None:
        return None
    columns = (MessageRow.id, MessageRow.role, MessageRow.content, MessageRow.answer, MessageRow.created_at)
    said = select(*columns, MessageRow.replaced_by).where(MessageRow.chat == chat_id).order_by(MessageRow.number)
    shares = select(ShareRow.id, ShareRow.created_at).where(ShareRow.chat == chat_id).order_by(ShareRow.number)
    parts = {"messages": said, "shares": shares}
    return {
        **found._mapping,
        **{name: [dict(row._mapping) for row in connection.execute(chosen)] for name, chosen in parts.items()},
    }


def _forget(connection: Connection, answers: ColumnElement[bool]) -> None:
    """Remove these answers, but for those with a verdict."""
    judged = select(VerdictRow.answer_id)
    connection.execute(delete(AnswerRow).where(answers, AnswerRow.id.not_in(judged)))


def _place(connection: Connection, chat_id: str, message_id: str) -> int | None:
    """The number of the question that now stands where that message's question stood.

    None where there is no such message, or where the conversation has been cut before it since: what is asked there
    would be understood from words that are no longer said.
    """
    columns = (MessageRow.number, MessageRow.id, MessageRow.role, MessageRow.replaced_by)
    said = connection.execute(select(*columns).where(MessageRow.chat == chat_id).order_by(MessageRow.number)).all()
    place = next((place for place, row in enumerate(said) if row.id == storable(message_id)), None)
    asked = None if place is None else next((row for row in said[place::-1] if row.role == "user"), None)
    while asked is not None and asked.replaced_by is not None:
        first = next(row for row in said if row.replaced_by == asked.replaced_by)
        by = next((row for row in said if row.id == asked.replaced_by), None)
        asked = by if first is asked else None
    return asked.number if asked is not None else None


def _first(connection: Connection, chat_id: str, place: int) -> str | None:
    """The title that the question at this place gave, if it is the first one."""
    said = select(MessageRow.number, MessageRow.content).where(MessageRow.chat == chat_id)
    first = connection.execute(said.where(MessageRow.replaced_by.is_(None)).order_by(MessageRow.number).limit(1)).one()
    return first.content[:_LONGEST_TITLE] if first.number == place else None


def _replace(connection: Connection, chat_id: str, place: int, by: str) -> None:
    after = (MessageRow.chat == chat_id, MessageRow.number >= place, MessageRow.replaced_by.is_(None))
    connection.execute(update(MessageRow).where(*after).values(replaced_by=by))


def _add(connection: Connection, row: Mapping[str, Any]) -> None:
    (number,) = connection.execute(insert(MessageRow).values(row)).inserted_primary_key or (None,)
    connection.execute(insert(MESSAGE_WORDS), {"rowid": number, "content": fold(row["content"])})


def _with_words(text: str) -> list[ColumnElement[bool]]:
    """What must hold of a chat for it to have all these words; without a word nothing has them."""
    sought = list(dict.fromkeys(filter(None, map(term, text.split()))))[:_MOST_WORDS]
    return [_with_word(each) for each in sought] or [false()]


def _with_word(expression: str) -> ColumnElement[bool]:
    said = (
        select(MessageRow.chat)
        .join(MESSAGE_WORDS, MESSAGE_WORDS.c.rowid == MessageRow.number)
        .where(matches(f"{expression} *", MESSAGE_WORDS), MessageRow.replaced_by.is_(None))
    )
    title = literal(" ") + func.fold(ChatRow.title)
    return or_(ChatRow.id.in_(said), title.contains(" " + expression.strip('"'), autoescape=True))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
