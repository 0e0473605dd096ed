"""Messages: asked for, waited for, read with their evidence, written again. See docs/api.md and docs/native-api.md."""

from collections.abc import Sequence
from urllib.parse import quote

from overture.client.drivers import Driving, Group, Iteration, Listing, Operation
from overture.client.exchange import Poll, Repeat, Request
from overture.client.models import (
    Accepted,
    Cancelled,
    Credits,
    GenerationRequest,
    Message,
    Messages,
    Quote,
    Sequences,
    VersionAsked,
)
from overture.client.reading import a_page, one, query

_UPSCALE = "/api/v2"
_NATIVE = "/api/native"
_ID = "request_message_generation_secure_request_id"


def _complete(found: Messages) -> bool:
    return found.complete


class Generation(Group[Driving]):
    """The generation API, in the dialect and in the native routes."""

    @Operation
    def submit(self, body: GenerationRequest) -> Request[Accepted]:
        """Ask for messages. Equal bodies are one request, so this is repeated after a lost answer."""
        return Request("POST", f"{_UPSCALE}/messages/request_message_generation", one(Accepted), body=body)

    @Operation
    def retrieve(self, request_id: str) -> Request[Messages]:
        """Read the messages of a request as far as they are written."""
        return Request("GET", f"{_UPSCALE}/messages/retrieve_messages", one(Messages), query={_ID: request_id})

    @Operation
    def wait_until_complete(self, request_id: str, *, within: float = 300.0, every: float = 2.0) -> Request[Messages]:
        """Read the messages once all have ended; asks every so many seconds and counts in the limits each time.

        Raises:
            StillInProgress: the seconds of ``within`` are over.
        """
        path, asked = f"{_UPSCALE}/messages/retrieve_messages", {_ID: request_id}
        return Request("GET", path, one(Messages), query=asked, poll=Poll(_complete, every, within))

    @Operation
    def sequences(
        self,
        *,
        sequence_length: str | None = None,
        campaign_objective: str | None = None,
        cadence_profile: str | None = None,
        saturated_markets: str | None = None,
    ) -> Request[Sequences]:
        """List preset sequences; without a filter all."""
        asked = query(
            sequence_length=sequence_length,
            campaign_objective=campaign_objective,
            cadence_profile=cadence_profile,
            saturated_markets=saturated_markets,
        )
        return Request("GET", f"{_UPSCALE}/sequences/get_sequences", one(Sequences), query=asked)

    @Operation
    def credits(self) -> Request[Credits]:
        """Read the balance."""
        return Request("GET", f"{_UPSCALE}/account/check_credits", one(Credits))

    @Operation
    def message(self, message_id: str) -> Request[Message]:
        """Read a message with its evidence and versions."""
        return Request("GET", f"{_NATIVE}/messages/{quote(message_id, safe='')}", one(Message))

    @Iteration
    def messages(self, request_id: str, *, page: int = 100) -> Listing[Message]:
        """Iterate over the messages of a request with their evidence, so many a call."""
        path, read = f"{_NATIVE}/requests/{quote(request_id, safe='')}/messages", a_page(Message, "messages")
        return lambda cursor: Request("GET", path, read, query=query(limit=page, cursor=cursor))

    @Operation
    def regenerate(
        self,
        message_id: str,
        *,
        tone: str | None = None,
        another_fact: bool = False,
        shorter: bool = False,
        avoid: Sequence[str] = (),
        key: str | None = None,
    ) -> Request[VersionAsked]:
        """Ask for another version of a message."""
        wish = {"tone": tone, "another_fact": another_fact, "shorter": shorter, "avoid": list(avoid)}
        given = {name: value for name, value in wish.items() if value}
        path = f"{_NATIVE}/messages/{quote(message_id, safe='')}/regenerate"
        return Request("POST", path, one(VersionAsked), body=given, repeat=Repeat.KEYED, key=key)

    @Operation
    def preview(self, body: GenerationRequest) -> Request[Quote]:
        """Tell what a request would cost and find; nothing is written and nothing held."""
        return Request("POST", f"{_NATIVE}/requests/preview", one(Quote), body=body)

    @Operation
    def cancel(self, request_id: str, *, key: str | None = None) -> Request[Cancelled]:
        """Give up what a request has not written."""
        path = f"{_NATIVE}/requests/{quote(request_id, safe='')}/cancel"
        return Request("POST", path, one(Cancelled), repeat=Repeat.KEYED, key=key)
