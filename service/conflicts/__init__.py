"""A question and the sentences that may answer it go in; where independent reports contradict each other, all come out.

Only what several signs speak for is called a conflict: a false "reports differ" is worse than a contradiction missed.
"""

from service.conflicts.finding import Conflict, Groups, Value, found
from service.conflicts.telling import drafts

__all__ = ["Conflict", "Groups", "Value", "drafts", "found"]
