"""What each claim rests on, and why a message was not written."""

import pytest

from overture.domain.accounts import Caller, Tier
from overture.domain.errors import Forbidden, NotFound
from overture.domain.messages import MessageType, Role
from overture.domain.revisions import MessageId
from overture.usecases import accounts, evidence, requests
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, request
from tests.usecases.test_submit import write
from tests.usecases.test_worker import demo, sites, work

__all__ = ["sites"]
CLAIMS = {Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM, Role.INFERENCE}


async def test_each_claim_holds_on_what_it_quotes(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    """All types, pages of three: every claim has page, span and time, and passes the gate's rules again."""
    accepted = await requests.submit(services, caller, demo(sites))
    await work(services)
    seen: list[evidence.EvidencedMessage] = []
    after = None
    while True:
        page = await evidence.page(services, caller, accepted.id, after, 3)
        seen += page.messages
        after = page.following
        if after is None:
            break
    assert len(seen) == len({message.id for message in seen}) == 10
    assert {m.id for m in seen} == {m.id for m in await evidence.of_request(services, accepted.id)}
    for message in seen:
        if message.text is None:
            assert message.reason and message.detail
            continue
        assert "".join(segment.text for segment in message.segments) == message.text
        claims = {place for place, segment in enumerate(message.segments) if segment.role in CLAIMS}
        assert set(message.objections) == claims
        assert all(found == () for found in message.objections.values()), message
        for segment in message.segments:
            if segment.role in CLAIMS - {Role.INFERENCE}:
                assert segment.citations
            for cite in segment.citations:
                assert cite.span and (cite.fetched_at or cite.url.startswith("request:"))


async def test_a_claim_that_its_quotation_does_not_support_is_objected_to(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """What was changed behind our back is found: the check reads the stored text and the stored spans."""
    accepted = await requests.submit(services, caller, demo(sites, (MessageType.FIRST_FOLLOW_UP,)))
    await work(services)
    message = MessageId(accepted.id, 0, MessageType.FIRST_FOLLOW_UP)
    segments = (await evidence.one(services, caller, message)).segments
    place = next(n for n, segment in enumerate(segments) if segment.role is Role.LEAD_CLAIM)
    await services.database.once(
        "UPDATE message SET segments = replace(segments, $1, $2) WHERE lead_idx = 0",
        segments[place].text[:-3],
        "Noticed that Harbourlight runs 9,400 reactors in Bolivia",
    )
    shown = await evidence.one(services, caller, message)
    assert shown.objections[place]


async def test_what_was_not_written_says_why(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(1, ALL_TYPES[:2]))
    await write(services, accepted.id, (0, ALL_TYPES[0]), text=None)
    failed, waiting = (await evidence.page(services, caller, accepted.id, None, 10)).messages
    assert (failed.state.value, failed.reason, failed.text, failed.composer) == ("failed", "No reason", None, None)
    assert (waiting.state.value, waiting.reason, waiting.segments) == ("pending", None, ())


async def test_who_wrote_a_text_is_told_of_what_is_reused_too(services: Services, caller: Caller) -> None:
    """Without a row of its own a text is the embedded composer's; with one it is who is named there."""
    kind = MessageType.FIRST_FOLLOW_UP
    first = await requests.submit(services, caller, request(2))
    await write(services, first.id, (0, kind), (1, kind))
    await services.database.once(
        "INSERT INTO composition (request_id, lead_idx, type, composer, model, attempts, input_tokens, output_tokens,"
        " cached_tokens) VALUES ($1, 1, $2, 'llm', 'openai:m', 1, 1, 1, 0)",
        first.id,
        kind,
    )
    later = await requests.submit(services, caller, request(2, campaign_id="another"))
    for request_id in (first.id, later.id):
        told = [(m.composer, m.model) for m in await evidence.of_request(services, request_id)]
        assert told == [("embedded", None), ("llm", "openai:m")]


async def test_another_accounts_evidence_is_forbidden(services: Services, caller: Caller) -> None:
    made = await accounts.create(services, "two", credits=10, tier=Tier.SCALE)
    other = await accounts.authenticate(services, made.api_key)
    accepted = await requests.submit(services, caller, request(1))
    message = MessageId(accepted.id, 0, MessageType.FIRST_FOLLOW_UP)
    with pytest.raises(Forbidden):
        await evidence.one(services, other, message)
    with pytest.raises(Forbidden):
        await evidence.page(services, other, accepted.id, None, 10)
    with pytest.raises(Forbidden):
        await evidence.of_own_request(services, other, accepted.id)
    with pytest.raises(NotFound):
        await evidence.one(services, caller, MessageId(accepted.id, 5, MessageType.FIRST_FOLLOW_UP))
