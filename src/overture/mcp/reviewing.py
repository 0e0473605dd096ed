"""Tools for what waits for a person: messages in review, and answers in the inbox."""

from overture.domain.campaigns.replies import ReplyClass
from overture.domain.campaigns.reviews import ReviewId, Then
from overture.domain.errors import Conflict, Invalid
from overture.domain.messages import MessageType
from overture.mcp.looking import limit_of
from overture.mcp.session import NO_KEY, Declared, Session, Taken, Tools, id_of
from overture.usecases.campaigns import approving, reviewing, threads
from overture.usecases.campaigns.approving import Approved
from overture.usecases.campaigns.reviewing import Matching

NO_BLANK = (
    "then must be stop or rewrite: skip would send the invitation without a note, and nothing that was not approved "
    "leaves from here"
)


def tools(session: Session) -> Tools:
    """Return the tools of this module."""
    return (*_waiting(session), *_deciding(session))


def _waiting(session: Session) -> Tools:
    services, shows = session.services, session.dialect.shows

    async def list_review(campaign_id: str = "", limit: int = 20) -> object:
        """List messages that wait for approval, longest waiting first, with texts and flags."""
        caller = await session.caller()
        chosen = id_of(campaign_id, "campaign") if campaign_id else None
        page = await reviewing.page(services, Matching(caller.account_id, chosen), None, limit_of(limit))
        return {"reviews": [shows.review(item) for item in page.reviews], "more": page.following is not None}

    async def list_inbox(reply_class: str = "", unhandled: bool = False, limit: int = 20) -> object:  # noqa: FBT001, FBT002  # arguments of a tool have names
        """List who answered, the newest first, with what the answer says (reply_class) and the words that say so."""
        caller = await session.caller()
        if reply_class and reply_class not in set(ReplyClass):
            raise Invalid([f"reply_class must be one of: {', '.join(ReplyClass)}"])
        wanted = threads.Wanted(ReplyClass(reply_class) if reply_class else None, None, unhandled)
        return shows.threads(await threads.list_(services, caller, wanted, limit_of(limit)))

    async def show_thread(thread_id: str) -> object:
        """Show everything that was said with a person, oldest first."""
        caller = await session.caller()
        return shows.thread(await threads.show(services, caller, id_of(thread_id, "thread")))

    return (
        Declared(list_review, "Messages in review", reads=True),
        Declared(list_inbox, "Who answered", reads=True),
        Declared(show_thread, "A thread", reads=True),
    )


def _deciding(session: Session) -> Tools:
    services, shows = session.services, session.dialect.shows

    async def approve_message(message_id: str, text: str) -> object:
        """Approve a message in review: it will be sent to the person as soon as hours, pace and budgets allow.

        text is
        the exact text that the person who approves has seen; where the message reads otherwise, it is not approved.
        """
        caller, chosen = await session.caller(), ReviewId.parse(message_id)
        told: list[Approved] = []

        def render(done: Approved) -> bytes:
            told[:] = [done]
            return b""

        await approving.approve(services, caller, {chosen: text}, NO_KEY, render)
        if told[0].not_approved:
            raise Conflict(approving.SENTENCES[told[0].not_approved[0].why])
        return shows.approved(told[0])

    async def reject_message(message_id: str, then: str, reason: str = "") -> object:
        """Reject a message in review. then: skip (the step is left out), stop (the lead) or rewrite."""
        caller, taken, chosen = await session.caller(), Taken(), ReviewId.parse(message_id)
        if then not in set(Then):
            raise Invalid([f"then must be one of: {', '.join(Then)}"])
        shown = await reviewing.show(services, caller, chosen)
        if then == Then.SKIP and shown.review.type is MessageType.CONNECTION_REQUEST:
            raise Conflict(NO_BLANK)
        verdict = Then(then), reason
        await approving.reject(services, caller, chosen, verdict, NO_KEY, taken.by(shows.rejected))
        return taken.body

    async def edit_message(message_id: str, text: str) -> object:
        """Replace the text of a message in review, if the new one passes the same checks as a written one.

        Every fact must be in the evidence. It stays in review.
        """
        caller, taken, chosen = await session.caller(), Taken(), ReviewId.parse(message_id)
        await reviewing.edit(services, caller, chosen, text, NO_KEY, taken.by(shows.edited))
        return taken.body

    return (
        Declared(approve_message, "Approve a message, which sends it", destroys=True),
        Declared(reject_message, "Reject a message", destroys=True),
        Declared(edit_message, "Edit a message in review", destroys=True, repeatable=True),
    )
