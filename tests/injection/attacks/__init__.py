"""The attacks, as data: what is planted, what is asked, and what would be a success for the attacker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.injection.attacks.forged import ATTACKS as FORGED
from tests.injection.attacks.hidden import ATTACKS as HIDDEN
from tests.injection.attacks.histories import ATTACKS as HISTORIES
from tests.injection.attacks.links import ATTACKS as LINKS
from tests.injection.attacks.metadata import ATTACKS as METADATA
from tests.injection.attacks.orders import ATTACKS as ORDERS
from tests.injection.attacks.questions import ATTACKS as QUESTIONS
from tests.injection.attacks.record import Attack
from tests.injection.attacks.sources import ATTACKS as SOURCES

ATTACKS: Sequence[Attack] = (
    *ORDERS,
    *HIDDEN,
    *FORGED,
    *METADATA,
    *LINKS,
    *SOURCES,
    *QUESTIONS,
    *HISTORIES,
)
BY_ID: Mapping[str, Attack] = {attack.id: attack for attack in ATTACKS}
