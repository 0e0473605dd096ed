"""A campaign that has run, written as rows: any number of leads, whose fates follow from their places."""

from datetime import timedelta
from uuid import UUID

from overture.domain.campaigns.definition import CampaignStep, Definition
from overture.domain.campaigns.states import CampaignState
from overture.domain.messages import MessageType
from overture.store.campaigns.orders import Campaign
from overture.store.db import Database, Tx
from tests.campaigns import builders
from tests.campaigns.builders import NOW

STEPS = (
    CampaignStep(MessageType.CONNECTION_REQUEST, timedelta(days=1)),
    CampaignStep(MessageType.FIRST_FOLLOW_UP, timedelta(days=3)),
    CampaignStep(MessageType.SHARE_MATERIAL, timedelta()),
)
KINDS = ("supplier", "place", "hiring", "product")


async def run(
    database: Database, account_id: UUID, count: int, moves: int = 4, name: str = "Finance, north"
) -> Campaign:
    """Of each ten leads, by their place: 0 to 2 are open invitations, 3 was not accepted in time; 4 to 9 accepted.

    5 replied to the follow-up (interested), 6 to the material (not interested), 7 is held, 8 waits for review,
    4 and 9 finished. Each tenth lead of a hundred was held out, each ninth got no note for want of budget.
    """
    senders = [await builders.make_sender(database, account_id, name=f"Sender {letter}") for letter in "AB"]
    ordered: Definition = builders.definition(senders, STEPS)
    campaign = await builders.make_campaign(database, account_id, ordered)
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE campaign SET started_at = $2, leads = $3, name = $4 WHERE id = $1", campaign.id, NOW, count, name
        )
        await _leads(tx, campaign, count)
        await _messages(tx, campaign)
        await _back(tx, campaign)
        await tx.execute(
            "INSERT INTO campaign_move (lead_id, campaign_id, before, after, step, reason, at)"
            " SELECT lead_id, $1, CASE n WHEN 0 THEN 'waiting' ELSE 'queued' END, state, step, reason, moved_at"
            " FROM campaign_position, generate_series(0, $2 - 1) n WHERE campaign_id = $1",
            campaign.id,
            moves,
        )
        await _spent(tx, campaign)
    assert campaign.state is CampaignState.RUNNING
    return campaign


async def _leads(tx: Tx, campaign: Campaign, count: int) -> None:
    await tx.execute(
        "INSERT INTO campaign_lead (id, campaign_id, account_id, place, key, person, company_hash, linkedin,"
        " first_name, last_name, company, job_title)"
        " SELECT gen_random_uuid(), $1::uuid, $2, n, 'lead-' || n, sha256(('p' || n || $1::uuid)::bytea),"
        " sha256(('c' || n)::bytea), 'https://www.linkedin.com/in/lead-' || n, 'Ada', 'Lovelace-' || n,"
        " 'Company ' || n, 'CFO' FROM generate_series(0, $3 - 1) n",
        campaign.id,
        campaign.account_id,
        count,
    )
    await tx.execute(
        "INSERT INTO campaign_position (lead_id, campaign_id, sender, state, step, reason, resume, moved_at,"
        "   accepted_at, replied_at)"
        " SELECT id, $1, CASE place % 2 WHEN 0 THEN $3::uuid ELSE $4 END,"
        " (ARRAY['invited', 'invited', 'invited', 'stopped', 'finished', 'stopped', 'stopped', 'held', 'review',"
        "   'finished'])[place % 10 + 1],"
        " (ARRAY[1, 1, 1, 1, 3, 2, 3, 2, 3, 3])[place % 10 + 1],"
        " (ARRAY['', '', '', 'not_accepted', '', 'replied', 'replied', 'company_replied', '', ''])[place % 10 + 1],"
        " CASE place % 10 WHEN 7 THEN 'waiting' END, $2::timestamptz + make_interval(days => place % 20),"
        " CASE WHEN place % 10 > 3 THEN $2::timestamptz + make_interval(days => place % 20 + 2) END,"
        " CASE place % 10 WHEN 5 THEN $2::timestamptz + make_interval(days => place % 20 + 4)"
        "   WHEN 6 THEN $2::timestamptz + make_interval(days => place % 20 + 8) END"
        " FROM campaign_lead WHERE campaign_id = $1",
        campaign.id,
        NOW,
        *campaign.definition.senders,
    )


async def _messages(tx: Tx, campaign: Campaign) -> None:
    """Step 1 leaves on the lead's own day, step 2 three days later, step 3 six; review has a text and is not sent."""
    await tx.execute(
        "INSERT INTO campaign_message (lead_id, step, campaign_id, type, decision, why, text, fact_kind, failure,"
        " written_at, approved_at, action_key, outcome, sent_at)"
        " SELECT l.id, s.step, $1, s.type, CASE WHEN blank THEN 'blank' WHEN s.step = 1 THEN 'note' ELSE 'message' END,"
        " CASE WHEN NOT blank THEN '' WHEN l.place / 10 % 10 = 9 THEN 'holdout' ELSE 'note_budget' END,"
        " CASE WHEN NOT blank THEN 'Hello ' || l.place END, CASE WHEN NOT blank THEN ($4::text[])[l.place % 4 + 1]"
        "   ELSE '' END, '', $2, $2, 'campaign:' || l.id || ':' || s.step,"
        " CASE WHEN review THEN '' ELSE 'sent' END,"
        " CASE WHEN NOT review THEN $2::timestamptz + make_interval(days => l.place % 20 + 3 * (s.step::int - 1)) END"
        " FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        " JOIN unnest($3::text[]) WITH ORDINALITY AS s (type, step) ON s.step <= p.step"
        " CROSS JOIN LATERAL (SELECT s.step = 1 AND l.place / 10 % 10 > 7 AS blank,"
        "   p.state = 'review' AND s.step = p.step AS review) d WHERE l.campaign_id = $1",
        campaign.id,
        NOW,
        [step.type for step in STEPS],
        list(KINDS),
    )


async def _back(tx: Tx, campaign: Campaign) -> None:
    await tx.execute(
        "INSERT INTO thread_message (id, account_id, linkedin_account_id, person, lead_id, campaign_id, inbound, text,"
        " at, class, handled_at)"
        " SELECT gen_random_uuid(), $2, p.sender, l.person, l.id, $1, true, '=Thanks, ' || l.place, p.replied_at,"
        " CASE l.place % 10 WHEN 5 THEN 'interested' ELSE 'not_interested' END,"
        " CASE l.place % 10 WHEN 6 THEN p.replied_at END"
        " FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        " WHERE l.campaign_id = $1 AND p.replied_at IS NOT NULL",
        campaign.id,
        campaign.account_id,
    )


async def _spent(tx: Tx, campaign: Campaign) -> None:
    await tx.execute(
        "INSERT INTO linkedin_budget (linkedin_account_id, budget, amount, reason, at)"
        " SELECT p.sender, b.budget, 1, 'campaign', m.sent_at FROM campaign_message m"
        " JOIN campaign_position p USING (lead_id) CROSS JOIN LATERAL unnest(CASE WHEN m.step > 1"
        "   THEN ARRAY['messages', 'views'] WHEN m.decision = 'note' THEN ARRAY['invites', 'notes']"
        "   ELSE ARRAY['invites'] END) b (budget) WHERE m.campaign_id = $1 AND m.sent_at IS NOT NULL",
        campaign.id,
    )
