"""A question for all of something goes in: what was said, who held an office. All of it, counted, comes out."""

from service.sayings.index import Period
from service.sayings.sayings import SHOWN, Sayings
from service.sayings.wanted import Wanted, wanted_in

__all__ = ["SHOWN", "Period", "Sayings", "Wanted", "wanted_in"]
