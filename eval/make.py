"""``python -m eval.make OUT.jsonl``: questions made of an index's own statements, to measure it with and to gate CI on.

Made questions quote their source, or ask for its words: they are easier than what people ask, and a share of right
answers among them is no forecast of theirs. They tell whether an index still finds what it holds, still knows who said
it, and still declines what it does not hold. `python -m eval.run OUT.jsonl --data DIR --fail-under right=0.9` fails
where it does not; see there for the interval of each share, which over 60 questions is some 8 points to each side.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from eval.making.archive import Archive, NothingToAsk
from eval.making.picking import Making
from eval.making.records import KINDS, Made
from retriever.errors import RetrieverError

SEED, COUNT = 20240, 60
DONE, TOO_FEW, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used, or fewer were made than wanted; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.out.exists() and not given.force:
        parser.error(f"{given.out} is there already. Name another file, or give --force to replace it.")
    try:
        with closing(Archive(given.data)) as archive:
            making = Making(archive, seed=given.seed, hold_out=given.hold_out)
            made = list(making.questions(given.count, given.kind or KINDS))
        if made:
            lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in _numbered(made, given.seed))
            given.out.write_text("".join(lines), "utf-8")
    except (NothingToAsk, RetrieverError, OSError) as error:
        sys.stderr.write(f"eval.make: {error}\n")
        return TOO_FEW
    sys.stdout.write("\n".join(_report(making, made, given.out)) + "\n")
    if len(made) < given.count:
        sys.stderr.write(
            f"eval.make: {len(made)} of {given.count} questions could be made; the reasons are above. Add articles, "
            "allow more kinds, or ask for fewer.\n"
        )
        return TOO_FEW
    return DONE


def _numbered(made: Sequence[Made], seed: int) -> Iterator[dict[str, Any]]:
    return (each.as_values(f"made-{seed}-{number:03}") for number, each in enumerate(made, start=1))


def _report(making: Making, made: Sequence[Made], out: Path) -> Iterator[str]:
    kinds = Counter(each.kind for each in made)
    counted = ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS if kinds[kind])
    yield f"{len(made)} questions written to {out}: {counted}" if made else "No question could be made."
    left = making.left
    yield f"\n{making.can_be_asked} statements can be asked about; {left.unfit.total()} cannot:"
    yield from (f"{count:7}  {reason}" for reason, count in left.unfit.most_common())
    if left.unmade:
        yield "\nTries that came to nothing:"
        ordered = sorted(left.unmade.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))
        yield from (f"{count:7}  {kind}: {reason}" for (kind, reason), count in ordered)
    if making.held_out:
        yield "\nHeld out. The questions hold for an index without these articles:"
        yield from making.held_out
        asked = sum("held_out" in each.notes for each in made)
        yield f"{asked} of the unanswerable questions ask for what stands there alone."


def _count(written: str) -> int:
    value = int(written)
    if value < 1:
        raise ValueError(written)
    return value


def _share(written: str) -> float:
    value = float(written)
    if not 0 < value < 1:
        raise ValueError(written)
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.make", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT.jsonl", help="file to write, in the format of eval.run")
    parser.add_argument("--data", type=Path, default=Path(".whosaid"), metavar="DIR", help="index folder (.whosaid)")
    parser.add_argument("--count", type=_count, default=COUNT, metavar="N", help=f"how many ({COUNT})")
    parser.add_argument("--kind", action="append", choices=KINDS, default=[], help="only this kind; repeatable")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help="another one makes other questions")
    parser.add_argument(
        "--hold-out", type=_share, default=0.0, metavar="SHARE",
        help="share of the articles, above 0 and under 1, that is named, to be indexed without; some of the "
        "unanswerable questions then ask for what stands there alone",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace OUT.jsonl where it is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
