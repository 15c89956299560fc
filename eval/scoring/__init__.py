"""A case and its answer go in, what the answer is worth comes out; many of these give measures and their floors."""

from eval.scoring.measures import MEASURES, Measure
from eval.scoring.scores import RANKS, Score, score
from eval.scoring.summary import BadFloorError, Latency, Summary, exceeded, floors, missed, summarise

__all__ = ["MEASURES", "RANKS", "BadFloorError", "Latency", "Measure", "Score", "Summary", "exceeded", "floors"]
__all__ += ["missed", "score", "summarise"]
