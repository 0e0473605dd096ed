"""Looking whether an action happened: by reading, never by repeating."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from overture.domain.errors import NotAvailableOnRail, NotFoundOnRail
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Session
from overture.domain.linkedin.actions import Action
from overture.domain.linkedin.objects import Degree, InvitationState
from overture.domain.linkedin.queries import Window
from overture.gateway import calling
from overture.ports import Rail

_RECENT = Window(count=100)


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

    def counted(self, seen: int) -> Sight:
        """Return what a count of equal things says."""
        return Sight.HAPPENED if seen > self.before else Sight.DID_NOT


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
    pages = 0
    while pages < 8:  # LinkedIn keeps pending invitations below a few hundred in practice
        sent = await calling.read(
            looking.rail, looking.session, queries.Invitations(sent=True, window=Window(pages * 100, 100))
        )
        if any(item.id == action.invitation_id for item in sent.items):
            return Sight.DID_NOT
        if len(sent.items) < 100:
            return Sight.HAPPENED
        pages += 1
    return Sight.CANNOT_TELL


async def _accept(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.Accept)
    received = await calling.read(looking.rail, looking.session, queries.Invitations(window=Window(0, 100)))
    still = any(item.urn == action.invitation_urn for item in received.items)
    return Sight.DID_NOT if still else Sight.HAPPENED


async def _message(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.SendMessage)
    thread = await calling.read(
        looking.rail, looking.session, queries.ReadConversation(profile=action.profile, window=_RECENT)
    )
    mine = (item for item in thread.messages.items if item.sender.degree is Degree.SELF)
    return looking.counted(sum(item.text == action.text for item in mine))


async def _comment(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CommentOn)
    comments = await calling.read(looking.rail, looking.session, queries.PostComments(action.post, _RECENT))
    mine = (item for item in comments.items if item.author.degree is Degree.SELF)
    return looking.counted(sum(item.text == action.text for item in mine))


async def _react(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.React)
    reactions = await calling.read(looking.rail, looking.session, queries.PostReactions(action.post, Window(count=100)))
    if any(item.member.degree is Degree.SELF and item.type is action.reaction for item in reactions.items):
        return Sight.HAPPENED
    return Sight.DID_NOT if len(reactions.items) < 100 else Sight.CANNOT_TELL


async def _post(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CreatePost)
    query = queries.SearchPosts(author=looking.session.profile_url, window=_RECENT)
    posts = await calling.read(looking.rail, looking.session, query)
    return looking.counted(sum(item.text == action.text for item in posts.items))


async def _job(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.PublishJob | actions.CloseJob)
    jobs = await calling.read(looking.rail, looking.session, queries.Jobs(action.job_id))
    wanted = "open" if isinstance(action, actions.PublishJob) else "closed"
    return Sight.HAPPENED if any(item.state == wanted for item in jobs.items) else Sight.DID_NOT


async def _new_job(looking: Look, action: Action) -> Sight:
    assert isinstance(action, actions.CreateJob)
    jobs = await calling.read(looking.rail, looking.session, queries.Jobs(window=Window(count=50)))
    return looking.counted(sum((item.title, item.place) == (action.title, action.place) for item in jobs.items))


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
