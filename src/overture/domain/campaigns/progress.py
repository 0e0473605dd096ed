"""Where a lead goes next. Pure: the use cases decide what happened, this says what follows from it."""

from dataclasses import dataclass
from datetime import datetime

from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.states import LeadState
from overture.domain.messages import MessageType


@dataclass(frozen=True, slots=True)
class Next:
    """The state after, and when the lead is woken; None: nothing wakes it but an event."""

    after: LeadState
    wake_at: datetime | None = None


def sent(definition: Definition, step: int, at: datetime) -> Next:
    """What follows when step ``step`` (from 1) has left."""
    if definition.steps[step - 1].type is MessageType.CONNECTION_REQUEST:
        return Next(LeadState.INVITED, at + definition.accept_within)
    return done(definition, step, at)


def done(definition: Definition, step: int, at: datetime) -> Next:
    """What follows when a step is over: a message has left, or an invitation was accepted at ``at``."""
    if step >= len(definition.steps):
        return Next(LeadState.FINISHED)
    return Next(LeadState.WAITING, at + definition.steps[step - 1].wait)


def left_out(definition: Definition, step: int, at: datetime) -> Next:
    """What follows when a step is skipped: the next begins at once, since the wait before it has passed."""
    if step >= len(definition.steps):
        return Next(LeadState.FINISHED)
    return Next(LeadState.WAITING, at)
