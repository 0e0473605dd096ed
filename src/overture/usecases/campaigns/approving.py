"""What waits for a person: written messages, with their evidence and flags, to approve, reject, or edit."""

from collections.abc import Sequence

from overture.domain.campaigns.definition import Approval, Definition


def needs_review(definition: Definition, flags: Sequence[str]) -> bool:
    """Return whether a person has to approve a written message that carries these flags before it is sent."""
    match definition.approval:
        case Approval.ALL:
            return True
        case Approval.FLAGGED:
            return bool(flags)
        case Approval.NONE:
            return False
