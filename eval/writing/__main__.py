"""``python -m eval.writing``: asks every question of the chat model that is set, and says what became of what it wrote.

The model is the one that the settings name (WHOSAID_MODEL and what stands beside it), or, with ``--copying``, one that
copies the evidence of each question: what it loses is lost by the service. Quotations, slices and the words
of sentences are looked at afresh, from the answer and the articles; times are taken around the model and the checks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tqdm import tqdm

from eval.cases import BadQuestionsError, load
from eval.report import origin, origin_lines
from eval.targets import InProcess, TargetError, opened
from eval.writing.figures import as_markdown
from eval.writing.watching import Told, as_values, measure
from service.writing.answering import WrittenAnswering

COPYING = "openai:copying"  # never asked: something must be set for the parts to be put together


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index, the model or an answer failed; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--data", type=Path, help="index folder (default: the one the settings name)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="answers as JSON lines, with all that the model wrote")
    parser.add_argument("--copying", action="store_true", help="a model that copies each question's evidence")
    given = parser.parse_args(arguments)
    try:
        cases = load(given.questions)
        answering, target = _opened(given.data, COPYING if given.copying else None)
        with closing(target):
            told = list(
                _kept(
                    tqdm(measure(cases, answering, target, copying=given.copying), total=len(cases), file=sys.stderr),
                    given.out,
                )
            )
            made = origin(given.questions, target.described())
    except BadQuestionsError as error:
        parser.error(str(error))  # exits with 2
    except TargetError as error:
        sys.stderr.write(f"eval.writing: {error}\n")
        return 1
    sys.stdout.write(f"{origin_lines(made)}\n\n{as_markdown(told)}\n")
    return 0


def _opened(folder: Path | None, model: str | None) -> tuple[WrittenAnswering, InProcess]:
    parts, settings = opened(folder, model=model)
    if not isinstance(parts.answering, WrittenAnswering):
        raise TargetError("no chat model is set. Name one, such as WHOSAID_MODEL=ollama:llama3.2.")
    parts.answering.load()
    return parts.answering, InProcess(parts, settings.model_dump(mode="json"))


def _kept(told: Iterator[Told], out: Path | None) -> Iterator[Told]:
    """The same; with ``out``, each is written there as soon as it is known."""
    if out is None:
        yield from told
        return
    with out.open("w", encoding="utf-8") as lines:
        for each in told:
            lines.write(json.dumps(as_values(each), ensure_ascii=False, default=str) + "\n")
            lines.flush()
            yield each


if __name__ == "__main__":
    sys.exit(main())
