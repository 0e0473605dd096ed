"""Further versions of a message: written the same way, paid once, and never in place of what was promised."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from overture.domain import reasons
from overture.domain.accounts import Caller, Tier
from overture.domain.errors import Conflict, Forbidden, Invalid, NotEnoughCredits, NotFound, RateLimited
from overture.domain.messages import MessageType, Role, Segment, Tone, linkedin_length
from overture.domain.revisions import MessageId, RevisionState, Wish
from overture.store import revisions
from overture.usecases import accounts, chunks, idempotency, requests, steering, sweep
from overture.usecases.idempotency import Answer, Key, Once
from overture.usecases.services import Services
from tests.builders import lead, request
from tests.usecases.conftest import counts, sound
from tests.usecases.test_submit import write
from tests.usecases.test_worker import demo, jobs, sites, work

__all__ = ["sites"]
FOLLOW_UP = MessageType.FIRST_FOLLOW_UP
NOTE = MessageType.CONNECTION_REQUEST
ANOTHER = Wish(another_fact=True)


async def ask(
    services: Services, caller: Caller, message: MessageId, wish: Wish = ANOTHER, key: Key | None = None
) -> Answer:
    return await steering.regenerate(services, caller, message, wish, Once(key, 202), msgspec.json.encode)


@pytest.fixture
async def written(services: Services, caller: Caller, sites: dict[str, str]) -> MessageId:
    """A follow-up that the embedded composer wrote from a real page."""
    accepted = await requests.submit(services, caller, demo(sites, (FOLLOW_UP, NOTE)))
    await work(services)
    return MessageId(accepted.id, 0, FOLLOW_UP)


async def text(services: Services, caller: Caller, message: MessageId) -> str:
    view = await requests.retrieve(services, caller, message.request_id)
    found = view.leads[message.lead_idx].texts[message.type]
    assert found is not None
    return found


async def history(services: Services, message: MessageId) -> list[revisions.Version]:
    async with services.database.reading() as tx:
        return await revisions.versions(tx, message)


def spans(segments: str | None) -> set[str]:
    decoded = msgspec.json.decode(segments or "[]", type=list[Segment])
    return {cite.span for part in decoded if part.role is Role.LEAD_CLAIM for cite in part.citations}


async def test_another_fact_is_told_paid_and_shown(services: Services, caller: Caller, written: MessageId) -> None:
    first = await text(services, caller, written)
    before = await counts(services, caller.account_id)
    answer = await ask(services, caller, written)
    assert (answer.status, msgspec.json.decode(answer.body)["number"]) == (202, 1)
    assert await counts(services, caller.account_id) == (before[0] - 1, 1, before[2])
    assert await text(services, caller, written) == first
    await sound(services)
    assert await work(services) == ["chunk.compose"]
    second = await text(services, caller, written)
    assert second != first
    (version,) = await history(services, written)
    row = await services.database.once(
        "SELECT text, segments FROM message WHERE request_id = $1 AND lead_idx = 0 AND type = $2",
        written.request_id,
        FOLLOW_UP,
    )
    assert row and row["text"] == first  # the first text stays
    assert spans(version.segments) and spans(version.segments).isdisjoint(spans(row["segments"]))
    assert await counts(services, caller.account_id) == (before[0] - 1, 0, before[2] + 1)
    await sound(services)


async def test_each_wish_builds_on_the_ones_before(services: Services, caller: Caller, written: MessageId) -> None:
    await ask(services, caller, written, Wish(tone=Tone.FORMAL))
    await work(services)
    formal = await text(services, caller, written)
    assert formal.startswith(("Dear", "Hello"))
    await ask(services, caller, written)
    await work(services)
    first, second = await history(services, written)
    assert (first.state, second.state) == (RevisionState.GENERATED, RevisionState.GENERATED)
    assert second.steering.tone is Tone.FORMAL
    assert spans(first.segments).isdisjoint(spans(second.segments))
    assert "Kind regards" in await text(services, caller, written)
    await sound(services)


async def test_a_shorter_version_is_shorter_or_is_refused_for_nothing(
    services: Services, caller: Caller, written: MessageId
) -> None:
    for kind in (FOLLOW_UP, NOTE):
        message = MessageId(written.request_id, 1, kind)
        first = await text(services, caller, message)
        before = await counts(services, caller.account_id)
        await ask(services, caller, message, Wish(shorter=True))
        await work(services)
        (version,) = await history(services, message)
        if version.state is RevisionState.GENERATED:
            assert linkedin_length(await text(services, caller, message)) <= linkedin_length(first) * 0.9
        else:
            assert await text(services, caller, message) == first
            assert await counts(services, caller.account_id) == before
    await sound(services)


async def test_facts_run_out_with_a_reason_and_at_no_cost(
    services: Services, caller: Caller, written: MessageId
) -> None:
    """Asked again and again for another fact, the page has none left at last: refused, and the text stays."""
    for _ in range(20):
        await ask(services, caller, written)
        await work(services)
        if (await history(services, written))[-1].state is RevisionState.FAILED:
            break
    versions = await history(services, written)
    good = [v for v in versions if v.state is RevisionState.GENERATED]
    row = await services.database.once("SELECT reason, detail FROM revision WHERE state = 'failed'")
    assert row and row["reason"] in reasons.ALL and row["detail"]
    assert await text(services, caller, written) == good[-1].text
    told = [frozenset(spans(v.segments)) for v in good]
    assert len(set(told)) == len(told)
    await sound(services)


async def test_the_same_text_again_is_refused_for_nothing(
    services: Services, caller: Caller, written: MessageId
) -> None:
    before = await counts(services, caller.account_id)
    await ask(services, caller, written, Wish(tone=Tone.NORMAL))
    await work(services)
    row = await services.database.once("SELECT state, reason FROM revision")
    assert row and tuple(row) == ("failed", reasons.NOTHING_NEW)
    assert await counts(services, caller.account_id) == before
    await sound(services)


async def test_evidence_to_avoid_must_be_the_messages_own(
    services: Services, caller: Caller, written: MessageId
) -> None:
    with pytest.raises(Invalid, match=r"avoid\[0\]"):
        await ask(services, caller, written, Wish(avoid=("E9999",)))
    row = await services.database.once("SELECT segments FROM message WHERE type = $1 AND lead_idx = 0", FOLLOW_UP)
    assert row
    segments = msgspec.json.decode(row["segments"], type=list[Segment])
    cited = next(part.citations[0] for part in segments if part.role is Role.LEAD_CLAIM)
    await ask(services, caller, written, Wish(avoid=(cited.evidence_id,)))
    await work(services)
    (version,) = await history(services, written)
    assert cited.span not in spans(version.segments)


async def test_one_version_at_a_time_however_many_ask(services: Services, caller: Caller, written: MessageId) -> None:
    async def one() -> bool:
        try:
            await ask(services, caller, written)
        except Conflict:
            return False
        return True

    assert sum(await asyncio.gather(*(one() for _ in range(20)))) == 1
    assert (await counts(services, caller.account_id))[1] == 1
    await sound(services)


async def test_what_is_not_written_has_no_further_version(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(2))
    with pytest.raises(Conflict):
        await ask(services, caller, MessageId(accepted.id, 0, FOLLOW_UP))
    await write(services, accepted.id, (0, FOLLOW_UP), text=None)
    with pytest.raises(Conflict):
        await ask(services, caller, MessageId(accepted.id, 0, FOLLOW_UP))
    for unknown in (MessageId(uuid4(), 0, FOLLOW_UP), MessageId(accepted.id, 7, FOLLOW_UP)):
        with pytest.raises(NotFound):
            await ask(services, caller, unknown)
    await sound(services)


async def test_a_version_costs_and_counts_like_a_message(services: Services) -> None:
    """No credit, no version; a full minute, no version; and neither leaves anything."""
    made = await accounts.create(services, "small", credits=1, tier=Tier.TESTING)
    caller = await accounts.authenticate(services, made.api_key)
    accepted = await requests.submit(services, caller, request(1))
    await write(services, accepted.id, (0, FOLLOW_UP))
    message = MessageId(accepted.id, 0, FOLLOW_UP)
    with pytest.raises(NotEnoughCredits):
        await ask(services, caller, message)
    await accounts.add_credits(services, made.account_id, 100)
    await requests.submit(services, caller, request(tuple(lead(n) for n in range(10, 19))))
    with pytest.raises(RateLimited):
        await ask(services, caller, message)
    row = await services.database.once("SELECT count(*) FROM revision")
    assert row and row[0] == 0
    await sound(services)


async def test_another_accounts_message_is_forbidden(services: Services, caller: Caller, written: MessageId) -> None:
    made = await accounts.create(services, "two", credits=10, tier=Tier.SCALE)
    other = await accounts.authenticate(services, made.api_key)
    with pytest.raises(Forbidden):
        await ask(services, other, written)


async def test_a_late_writer_of_a_version_changes_nothing(
    services: Services, caller: Caller, written: MessageId
) -> None:
    """Run twice, settle twice: one text, one credit."""
    await ask(services, caller, written)
    ((_, payload),) = await jobs(services)
    await asyncio.gather(*(chunks.compose(services, int(payload)) for _ in range(4)))
    before = await counts(services, caller.account_id)
    second = await text(services, caller, written)
    await chunks.compose(services, int(payload))
    assert await text(services, caller, written) == second
    assert await counts(services, caller.account_id) == before
    await sound(services)


async def test_a_version_that_keeps_failing_is_given_up(services: Services, caller: Caller, written: MessageId) -> None:
    await ask(services, caller, written)
    ((_, payload),) = await jobs(services)
    await services.database.once("UPDATE chunk SET attempts = 3 WHERE id = $1", int(payload))
    await chunks.compose(services, int(payload))
    row = await services.database.once("SELECT state, reason FROM revision")
    assert row and tuple(row) == ("failed", reasons.NOT_GENERATED)
    await sound(services)


async def test_a_version_whose_chunk_was_closed_is_written_all_the_same(
    services: Services, caller: Caller, written: MessageId
) -> None:
    """As by a worker of the release before, which finds no message to write."""
    await ask(services, caller, written)
    await jobs(services)
    await services.database.once("UPDATE chunk SET state = 'done'")
    assert await sweep.tidy(services) == 0
    await services.database.once("UPDATE revision SET asked_at = now() - interval '1 minute'")
    assert await sweep.tidy(services) == 1
    await work(services)
    assert [v.state for v in await history(services, written)] == [RevisionState.GENERATED]
    await sound(services)


async def test_a_later_request_shares_the_first_text(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    """A version belongs to its message: who shares the lead and type later gets what was paid for first."""
    kind = (FOLLOW_UP,)
    accepted = await requests.submit(services, caller, demo(sites, kind))
    await work(services)
    message = MessageId(accepted.id, 0, FOLLOW_UP)
    first = await text(services, caller, message)
    await ask(services, caller, message)
    await work(services)
    later = await requests.submit(services, caller, demo(sites, kind, campaign_id="another"))
    assert await text(services, caller, MessageId(later.id, 0, FOLLOW_UP)) == first
    await ask(services, caller, MessageId(later.id, 0, FOLLOW_UP))
    await work(services)
    assert await text(services, caller, MessageId(later.id, 0, FOLLOW_UP)) != first
    await sound(services)


async def test_a_key_answers_again_with_the_same_bytes(services: Services, caller: Caller, written: MessageId) -> None:
    key = Key("one", bytes(32))
    first = await ask(services, caller, written, key=key)
    again = await ask(services, caller, written, key=key)
    assert (again.status, again.body, again.replayed) == (first.status, first.body, True)
    assert len(await history(services, written)) == 1
    with pytest.raises(Invalid, match="another call"):
        await ask(services, caller, written, key=Key("one", bytes(31) + b"1"))
    await sound(services)


async def test_a_key_is_an_accounts_own_and_expires(services: Services, caller: Caller, written: MessageId) -> None:
    key = Key("one", bytes(32))
    await ask(services, caller, written, key=key)
    made = await accounts.create(services, "two", credits=10, tier=Tier.SCALE)
    other = await accounts.authenticate(services, made.api_key)
    with pytest.raises(Forbidden):
        await ask(services, other, written, key=key)
    await services.database.once("UPDATE kept_answer SET expires_at = now()")
    with pytest.raises(Conflict):  # done anew, and the version of before is still being written
        await ask(services, caller, written, key=key)


async def test_a_refused_call_keeps_no_answer(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(1))
    message, key = MessageId(accepted.id, 0, FOLLOW_UP), Key("one", bytes(32))
    with pytest.raises(Conflict):
        await ask(services, caller, message, key=key)
    await write(services, accepted.id, (0, FOLLOW_UP))
    assert not (await ask(services, caller, message, key=key)).replayed


async def test_twenty_calls_with_one_key_do_it_once(services: Services, caller: Caller, written: MessageId) -> None:
    """Each is answered with the first one's bytes, or told that it is being worked on."""

    key = Key("one", bytes(32))
    answers = await asyncio.gather(
        *(ask(services, caller, written, key=key) for _ in range(20)), return_exceptions=True
    )
    assert len({answer.body for answer in answers if isinstance(answer, Answer)}) == 1
    refusals = [answer for answer in answers if not isinstance(answer, Answer)]
    assert all(isinstance(error, Conflict) and str(error) == idempotency.IN_HAND for error in refusals)
    assert len(await history(services, written)) == 1


def test_ids_are_read_strictly() -> None:
    request_id = uuid4()
    good = MessageId(request_id, 12, FOLLOW_UP)
    assert MessageId.parse(str(good)) == good
    for bad in ("", "x", f"{request_id}", f"{request_id}.0", f"{request_id}.01.first_follow_up",
                f"{request_id}.-1.first_follow_up", f"{request_id}.0.unknown", f"{request_id}.0.first_follow_up\n",
                f"{request_id}.99999999999.first_follow_up", f"{request_id}.٣.first_follow_up"):  # fmt: skip
        with pytest.raises(NotFound):
            MessageId.parse(bad)
