"""The invariants of campaigns that rows can decide: number, name, and a query that returns what breaks it.

Times are compared within one clock: ``at``, ``sent_at`` and ``intended_at`` are the product's, ``written_at`` the
database's. A person who was erased has no lead any more, and nothing is said about their actions.
"""

from typing import LiteralString

# Actions of steps with the lead and step in their key; taking an invitation back has a key of another form.
_ACTIONS: LiteralString = (
    "WITH acted AS MATERIALIZED (SELECT a.id, a.state, a.intended_at, a.written_at, l.id AS lead_id, l.campaign_id,"
    "   split_part(a.key, ':', 3)::int AS step"
    "   FROM linkedin_action a JOIN campaign_lead l ON l.id = split_part(a.key, ':', 2)::uuid"
    "   WHERE a.key ~ '^campaign:[0-9a-f-]{36}:[0-9]{1,3}(:[0-9]{1,3})?$') "
)

CAMPAIGN_INVARIANTS: tuple[tuple[str, str, LiteralString], ...] = (
    (
        "I18",
        "a step of a lead is one action at most, over all accounts; a further one only where nothing left before",
        _ACTIONS + "SELECT 'lead ' || lead_id || ' step ' || step || ': ' || count(*) || ' actions' FROM acted"
        " WHERE state <> 'refused' GROUP BY lead_id, step HAVING count(*) > 1",
    ),
    (
        "I18",
        "what a campaign calls sent has its action, and that reached LinkedIn",
        _ACTIONS + "SELECT 'lead ' || m.lead_id || ' step ' || m.step FROM campaign_message m"
        " JOIN campaign_lead l ON l.id = m.lead_id WHERE m.sent_at IS NOT NULL AND NOT EXISTS (SELECT FROM acted a"
        "   WHERE (a.lead_id, a.step) = (m.lead_id, m.step)"
        "   AND a.state NOT IN ('intended', 'refused', 'email_required'))",
    ),
    (
        "I19",
        "no step begins before the one before it is over and its wait has passed",
        "SELECT 'lead ' || b.lead_id || ' began step ' || b.step || ' at ' || b.at FROM ("
        " SELECT lead_id, campaign_id, step, min(at) AS at FROM campaign_move WHERE step > 1"
        "   AND after NOT IN ('held', 'stopped', 'finished') GROUP BY lead_id, campaign_id, step) b"
        " JOIN campaign c ON c.id = b.campaign_id JOIN campaign_position p ON p.lead_id = b.lead_id"
        " LEFT JOIN campaign_message m ON m.lead_id = b.lead_id AND m.step = b.step - 1"
        " WHERE m.lead_id IS NULL OR CASE WHEN m.sent_at IS NULL THEN m.decision <> 'skipped' AND m.failure = ''"
        "   ELSE b.at + interval '1 second' < CASE m.type WHEN 'connection_request' THEN p.accepted_at"
        "     ELSE m.sent_at END + (c.definition -> 'steps' -> (m.step - 1) ->> 'wait')::interval"
        "   OR m.type = 'connection_request' AND p.accepted_at IS NULL END",
    ),
    (
        "I19",
        "nothing is begun on LinkedIn for a lead whose end was committed",
        _ACTIONS + "SELECT 'lead ' || a.lead_id || ' step ' || a.step || ' after ' || m.after || ' ' || m.reason"
        " FROM acted a JOIN campaign_move m ON m.lead_id = a.lead_id AND m.after IN ('finished', 'stopped')"
        " AND m.written_at < a.written_at",
    ),
    (
        "I19",
        "nothing is begun on LinkedIn for a lead that is held, until it goes on",
        _ACTIONS + "SELECT 'lead ' || a.lead_id || ' step ' || a.step FROM acted a CROSS JOIN LATERAL ("
        " SELECT after FROM campaign_move m WHERE m.lead_id = a.lead_id AND m.written_at < a.written_at"
        " ORDER BY m.id DESC LIMIT 1) m WHERE m.after = 'held'",
    ),
    (
        "I19",
        "what was sent was approved where the campaign asks for it",
        "SELECT 'lead ' || m.lead_id || ' step ' || m.step FROM campaign_message m"
        " JOIN campaign c ON c.id = m.campaign_id WHERE m.sent_at IS NOT NULL AND m.approved_at IS NULL"
        " AND m.decision IN ('message', 'note') AND (c.definition ->> 'approval' = 'all'"
        "   OR c.definition ->> 'approval' = 'flagged' AND cardinality(m.flags) > 0)",
    ),
    (
        "I19",
        "a lead that is to be sent to has its text, or goes without a note for a reason",
        "SELECT 'lead ' || p.lead_id || ' is ' || p.state FROM campaign_position p"
        " LEFT JOIN campaign_message m USING (lead_id, step) WHERE p.state IN ('ready', 'sending')"
        " AND NOT coalesce(CASE m.decision WHEN 'blank' THEN m.why <> '' WHEN 'skipped' THEN false"
        "   ELSE m.text <> '' END, false)",
    ),
    (
        "I19",
        "a lead stands where its last move put it",
        "SELECT 'lead ' || p.lead_id || ' is ' || p.state || ' in step ' || p.step FROM campaign_position p"
        " LEFT JOIN LATERAL (SELECT after, step FROM campaign_move m WHERE m.lead_id = p.lead_id"
        "   ORDER BY id DESC LIMIT 1) m ON true"
        " WHERE (p.state, p.step) IS DISTINCT FROM (coalesce(m.after, 'queued'), coalesce(m.step, 0))",
    ),
    (
        "I19",
        "who is claimed is under way",
        "SELECT 'lead ' || c.lead_id || ' is ' || coalesce(p.state, 'gone') FROM campaign_claim c"
        " LEFT JOIN campaign_position p USING (lead_id) WHERE p.lead_id IS NULL OR p.state IN ('finished', 'stopped')",
    ),
    (
        "I19",
        "who is under way in a running campaign is claimed by it",
        "SELECT 'lead ' || p.lead_id || ' is ' || p.state FROM campaign_position p"
        " JOIN campaign c ON c.id = p.campaign_id AND c.state = 'running'"
        " WHERE p.step > 0 AND p.state NOT IN ('queued', 'held', 'finished', 'stopped')"
        " AND NOT EXISTS (SELECT FROM campaign_claim k WHERE k.lead_id = p.lead_id)",
    ),
    (
        "I19",
        "nobody has accepted who was not invited, nor has more left than was begun",
        _ACTIONS + "SELECT 'lead ' || m.lead_id || ' step ' || m.step || ' was sent' FROM campaign_message m"
        " JOIN campaign_position p USING (lead_id) WHERE m.sent_at IS NOT NULL AND (m.step > p.step"
        "   OR m.type = 'connection_request' AND p.accepted_at < (SELECT min(a.intended_at) FROM acted a"
        "     WHERE a.lead_id = m.lead_id AND a.step = m.step) - interval '1 second'"
        "   OR m.step = p.step AND p.state IN ('queued', 'writing', 'review', 'ready'))",
    ),
    (
        "I20",
        "nothing of a campaign is begun outside its working hours",
        _ACTIONS + "SELECT 'lead ' || a.lead_id || ' step ' || a.step || ' at ' || a.intended_at FROM acted a"
        " JOIN campaign c ON c.id = a.campaign_id CROSS JOIN LATERAL (SELECT c.definition -> 'hours' AS hours) h"
        " CROSS JOIN LATERAL (SELECT a.intended_at AT TIME ZONE (hours ->> 'zone') AS at) l"
        " WHERE l.at::time < (hours ->> 'begins')::time OR l.at::time >= (hours ->> 'ends')::time"
        " OR NOT (hours -> 'days') @> to_jsonb(extract(isodow FROM l.at)::int - 1)",
    ),
    (
        "I21",
        "nothing is written for a person who is to be left alone (a minute is for what was under way)",
        "SELECT 'lead ' || m.lead_id || ' at ' || m.written_at FROM suppression s"
        " JOIN campaign_lead l ON l.account_id = s.account_id AND l.person = s.person"
        " JOIN campaign_move m ON m.lead_id = l.id AND m.written_at > s.at + interval '1 minute'"
        " WHERE m.after IN ('writing', 'review', 'ready', 'sending')",
    ),
    (
        "I22",
        "a campaign's leads, senders and messages belong to its customer",
        "SELECT t.what || ' of campaign ' || c.id FROM ("
        " SELECT 'lead' AS what, campaign_id, account_id FROM campaign_lead"
        " UNION ALL SELECT 'sender', s.campaign_id, a.account_id FROM campaign_sender s"
        "   JOIN linkedin_account a ON a.id = s.linkedin_account_id"
        " UNION ALL SELECT 'request', m.campaign_id, r.account_id FROM campaign_message m"
        "   JOIN request r ON r.id = m.request_id"
        " UNION ALL SELECT 'thread', campaign_id, account_id FROM thread_message WHERE campaign_id IS NOT NULL) t"
        " JOIN campaign c ON c.id = t.campaign_id WHERE c.account_id <> t.account_id",
    ),
)
