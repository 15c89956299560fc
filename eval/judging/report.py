"""Verdicts go in with what is known of the same answers, Markdown to read comes out."""

from __future__ import annotations

from collections.abc import Sequence

from eval.judging.agreement import FLOOR, KAPPA_FLOOR, Agreement, agreement
from eval.judging.answers import Shown
from eval.judging.asking import Verdict
from eval.metrics import wilson
from eval.report import figure, table

WIDTH = 300  # characters of an answer or a reason
Judged = Sequence[tuple[Shown, Verdict]]


def checked(judged: Judged) -> tuple[str, Agreement]:
    """The judge beside a person's labels, and whether it can be believed."""
    found = _agreement(judged)
    doubts = "\n".join(f"- {doubt}" for doubt in found.doubts)
    known = f"Agreement of {FLOOR:.0%} (its interval's lower end) and a kappa of {KAPPA_FLOOR} are asked for."
    told = f"This judge is not to be believed:\n{doubts}" if doubts else "Nothing here speaks against believing it."
    parts = ["## The judge beside labels by hand", _agreed(found, "labels"), known, told, *_differing(judged, "label")]
    return "\n\n".join(parts), found


def of_run(judged: Judged) -> str:
    """The judge beside the rules of the evaluation, over the same answers."""
    found = _agreement(judged)
    readable = [(shown.right, verdict.right) for shown, verdict in judged if verdict.right is not None]
    shares = [
        ["by judge", figure(wilson(sum(bool(said) for _, said in readable), len(readable)) if readable else None)],
        ["by rules", figure(wilson(sum(right for right, _ in readable), len(readable)) if readable else None)],
    ]
    note = (
        f"Over the {found.n} answers on which a verdict could be read; {found.unreadable} could not, and count nowhere."
    )
    parts = ["## Right answers", table(["right", "share"], shares), note, _agreed(found, "rules")]
    return "\n\n".join([*parts, *_differing(judged, "rules")])


def heading(judged: Judged) -> str:
    """Which judge it was, so that it can be asked again."""
    one = judged[0][1]
    model = f"- model {one.model}, temperature {one.temperature}"
    return f"# Judged\n\n{model}\n- prompt {one.prompt}\n- {len(judged)} answers"


UNCHECKED = "This judge has not been checked against labels here (--labels): believe no figure of an unchecked judge."


def _agreement(judged: Judged) -> Agreement:
    return agreement([verdict.right for _, verdict in judged], [shown.right for shown, _ in judged])


def _agreed(found: Agreement, beside: str) -> str:
    rows = [
        [f"agreement with the {beside}", figure(found.agreed)],
        ["Cohen's kappa", figure(found.kappa)],
        ["precision of “wrong”", figure(found.wrong_precision)],
        ["recall of “wrong”", figure(found.wrong_recall)],
        ["verdicts", str(found.n)],
        ["replies that cannot be read", str(found.unreadable)],
    ]
    return table(["what", "figure (95 % interval)"], rows)


def _differing(judged: Judged, beside: str) -> list[str]:
    differ = [(shown, verdict) for shown, verdict in judged if verdict.right not in (None, shown.right)]
    unread = [(shown, verdict) for shown, verdict in judged if verdict.right is None]
    lines = [
        f"- **{shown.id}** {_short(shown.question)}\n  - answer: {_short(shown.answer)}"
        f"\n  - right answer: {_short(shown.gold)}"
        f"\n  - {beside}: {_named(shown.right)}; judge: {_named(verdict.right)}, {_short(verdict.why) or 'no reason'}"
        for shown, verdict in differ
    ]
    replies = [f"- **{shown.id}** {_short(verdict.reply) or '(empty)'}" for shown, verdict in unread]
    parts = [f"### Where they differ ({len(differ)})", "\n".join(lines)] if lines else []
    return parts + ([f"### Replies that cannot be read ({len(unread)})", "\n".join(replies)] if replies else [])


def _named(right: bool | None) -> str:
    return "right" if right else "wrong"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
