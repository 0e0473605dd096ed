"""What the simulated LinkedIn's own records say of the product's conduct; no table of the product's is read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from overture.bootstrap.rehearsal import Stage
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import Cap
from overture.simulator.audit import Ceiling, Hours
from overture.usecases.campaigns.rehearsed import Rules

RAMP_CHANGES = timedelta(days=7)

WHAT = {"invite": Budget.INVITES, "note": Budget.NOTES, "message": Budget.MESSAGES}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often each thing that must not happen did; ``examples`` holds some in words."""

    doubles: int
    after_answers: int
    over_caps: int
    outside_hours: int
    notes_lost: int
    """Notes that LinkedIn dropped since the month's were used up."""
    too_fast: int
    """Times that LinkedIn restricted an account for going too fast."""
    examples: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Return whether nothing of the kind happened."""
        wrong = (self.doubles, self.after_answers, self.over_caps, self.outside_hours, self.notes_lost, self.too_fast)
        return not any(wrong)


def ceilings(rules: Rules, began: datetime, ended: datetime) -> list[Ceiling]:
    """Return the caps of an account as the times in which they held."""
    edges = [began, ended + timedelta(days=1)]
    if rules.ramp_from is not None:
        edges += [rules.ramp_from + week * RAMP_CHANGES for week in range(1, 5)]
    edges = sorted(edge for edge in set(edges) if began <= edge <= edges[1])
    found: list[Ceiling] = []
    for since, until in pairwise(edges):
        caps = rules.caps_at(since)
        for what, budget in WHAT.items():
            cap = caps.get(budget, Cap())
            found.append(Ceiling(rules.seat.member, what, since, until, cap.day, cap.week, cap.month))
    return found


async def judge(stage: Stage, rules: list[Rules], began: datetime) -> Verdict:
    """Look at everything that arrived."""
    now = stage.clock.now()
    world = stage.world
    doubles = await world.doubles()
    late = await world.after_answers()
    over = await world.overruns([c for rule in rules for c in ceilings(rule, began, now)])
    hours = [Hours(r.seat.member, h.zone, h.begins, h.ends, h.days) for r in rules for h in r.hours]
    outside = await world.outside(hours)
    mishaps = await world.mishaps()
    return Verdict(
        doubles=len(doubles),
        after_answers=len(late),
        over_caps=len(over),
        outside_hours=len(outside),
        notes_lost=mishaps.notes_lost,
        too_fast=mishaps.too_fast,
        examples=tuple(str(found) for group in (doubles, late, over, outside) for found in group[:5]),
    )
