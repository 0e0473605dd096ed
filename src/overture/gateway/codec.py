"""Actions as bytes, and the hash by which two intents are known to be the same."""

import hashlib

import msgspec

from overture.domain.linkedin import actions
from overture.domain.linkedin.actions import Action

KINDS: dict[str, type[Action]] = {
    kind.name: kind
    for kind in (
        actions.Invite,
        actions.Withdraw,
        actions.Accept,
        actions.SendMessage,
        actions.React,
        actions.Repost,
        actions.CommentOn,
        actions.AnswerComment,
        actions.CreatePost,
        actions.SpendTime,
        actions.CreateJob,
        actions.PublishJob,
        actions.CloseJob,
    )
}
"""Every action by its name."""

_TARGETS = ("profile", "post", "comment_urn", "invitation_urn", "invitation_id", "job_id", "company_url")


def dump(action: Action) -> bytes:
    """Return an action as JSON, keys in the order of its fields."""
    return msgspec.json.encode(action)


def load(name: str, body: bytes) -> Action:
    """Return the action that was dumped under a name."""
    return msgspec.json.decode(body, type=KINDS[name])


def target(action: Action) -> str:
    """Return whom or what the action is about, or an empty string for what is new."""
    for field in _TARGETS:
        value = getattr(action, field, None)
        if value:
            return str(value)
    return ""


def content_hash(action: Action) -> bytes:
    """Return SHA-256 over the kind and all fields: two intents of the same content do the same to the same."""
    return hashlib.sha256(action.name.encode() + b"\0" + dump(action)).digest()
