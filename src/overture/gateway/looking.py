"""Looking whether an action happened: by reading, never by repeating."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from overture.domain.errors import NotAvailableOnRail, NotFoundOnRail
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Session
from overture.domain.linkedin.actions import Action
from overture.domain.linkedin.objects import Degree, Invitation, InvitationState
from overture.domain.linkedin.queries import Window
from overture.gateway import calling
from overture.ports import Rail

_MOST = 100
_RECENT = Window(count=_MOST)
_LONGEST = 10
"""How many such parts of a list of invitations are read."""


class Sight(Enum):
    """What a look showed."""

    HAPPENED = "happened"
    DID_NOT = "did not happen"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Look:
    """What is needed to look: the way, the session, and how often the same is known to have happened before.

    Things that may be done more than once are told apart by counting, not by time: LinkedIn's clock is not ours.
    """

    rail: Rail
    session: Session
    before: int = 0

    def counted(self, seen: int, listed: int, *, newest_first: bool = False) -> Sight:
        """Return what a count of equal things among ``listed`` ones says.

        Where the list goes on beyond what was read, an equal thing may be further on. Only where the newest come first,
        and nothing equal was done before, must this one be among them.
        """
        if seen > self.before:
            return Sight.HAPPENED
        whole = listed < _MOST
        return Sight.DID_NOT if whole or (newest_first and not self.before) else Sight.CANNOT_TELL


async def look(looking: Look, action: Action) -> Sight:
    """Say whether the action happened. Raises what reading raises, NotAvailableOnRail aside."""
    how = _WAYS.get(type(action))
    if how is None:
        return Sight.CANNOT_TELL
    try:
        return await how(looking, action)
    except NotAvailableOnRail:
        return Sight.CANNOT_TELL
    except NotFoundOnRail:
        return Sight.DID_NOT if not isinstance(action, actions.CloseJob) else Sight.CANNOT_TELL


async def _invite(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.Invite)
    standing = await calling.read(looking.rail, looking.session, queries.StandingWith(action.profile))
    there = standing.state in {InvitationState.SENT, InvitationState.CONNECTED}
    return Sight.HAPPENED if there else Sight.DID_NOT


async def _withdraw(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.Withdraw)
    return await _gone(looking, lambda item: item.id == action.invitation_id, sent=True)


async def _gone(looking: Look, same: Callable[[Invitation], bool], *, sent: bool) -> Sight:
    """Say that an invitation is not open any more once the whole list was read without it."""
    for part in range(_LONGEST):
        query = queries.Invitations(sent=sent, window=Window(part * _MOST, _MOST))
        found = await calling.read(looking.rail, looking.session, query)
        if any(same(item) for item in found.items):
            return Sight.DID_NOT
        if len(found.items) < _MOST:
            return Sight.HAPPENED
    return Sight.CANNOT_TELL


async def _accept(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.Accept)
    return await _gone(looking, lambda item: item.urn == action.invitation_urn, sent=False)


async def _message(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.SendMessage)
    thread = await calling.read(
        looking.rail, looking.session, queries.ReadConversation(profile=action.profile, window=_RECENT)
    )
    items = thread.messages.items
    seen = sum(item.text == action.text for item in items if item.sender.degree is Degree.SELF)
    return looking.counted(seen, len(items), newest_first=True)


async def _comment(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CommentOn)
    comments = await calling.read(looking.rail, looking.session, queries.PostComments(action.post, _RECENT))
    seen = sum(item.text == action.text for item in comments.items if item.author.degree is Degree.SELF)
    return looking.counted(seen, len(comments.items))


async def _react(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.React)
    reactions = await calling.read(looking.rail, looking.session, queries.PostReactions(action.post, _RECENT))
    if any(item.member.degree is Degree.SELF and item.type is action.reaction for item in reactions.items):
        return Sight.HAPPENED
    return Sight.DID_NOT if len(reactions.items) < _MOST else Sight.CANNOT_TELL


async def _post(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CreatePost)
    query = queries.SearchPosts(author=looking.session.profile_url, window=_RECENT)
    posts = await calling.read(looking.rail, looking.session, query)
    return looking.counted(sum(item.text == action.text for item in posts.items), len(posts.items))


async def _job(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.PublishJob | actions.CloseJob)
    jobs = await calling.read(looking.rail, looking.session, queries.Jobs(action.job_id))
    wanted = "open" if isinstance(action, actions.PublishJob) else "closed"
    return Sight.HAPPENED if any(item.state == wanted for item in jobs.items) else Sight.DID_NOT


async def _new_job(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CreateJob)
    jobs = await calling.read(looking.rail, looking.session, queries.Jobs(window=_RECENT))
    seen = sum((item.title, item.place) == (action.title, action.place) for item in jobs.items)
    return looking.counted(seen, len(jobs.items))


_WAYS: dict[type[Action], Callable[[Look, Action], Awaitable[Sight]]] = {
    actions.Invite: _invite,
    actions.Withdraw: _withdraw,
    actions.Accept: _accept,
    actions.SendMessage: _message,
    actions.CommentOn: _comment,
    actions.React: _react,
    actions.CreatePost: _post,
    actions.PublishJob: _job,
    actions.CloseJob: _job,
    actions.CreateJob: _new_job,
}
"""How each kind is looked for; a repost, an answer to a comment and time spent cannot be told apart by reading."""
