"""The invariants that rows can decide, each as a query that returns what breaks it."""

from dataclasses import dataclass
from typing import LiteralString

from overture.domain.accounts import TIER_LIMITS
from overture.domain.linkedin.budgets import CAPS
from overture.store.audit_campaigns import CAMPAIGN_INVARIANTS
from overture.store.db import ReadTx


@dataclass(frozen=True, slots=True)
class Invariant:
    """``sql`` returns one row, with one text, for each breach; ``number`` is the one that the documents use."""

    number: str
    name: str
    sql: LiteralString


INVARIANTS: tuple[Invariant, ...] = (
    *(Invariant(*values) for values in CAMPAIGN_INVARIANTS),
    Invariant(
        "I1",
        "an accepted request has all its leads and messages, its hold, and a chunk for what is unwritten",
        "SELECT 'request ' || r.id || ': ' || w.what FROM request r CROSS JOIN LATERAL ("
        " SELECT 'messages' AS what WHERE r.requested <> (SELECT count(*) FROM message m WHERE m.request_id = r.id)"
        " UNION ALL SELECT 'hold' WHERE r.charged <> (SELECT coalesce(sum(amount), 0) FROM ledger l"
        "   WHERE l.request_id = r.id AND l.kind = 'hold')"
        " UNION ALL SELECT 'chunk' WHERE EXISTS (SELECT FROM message m WHERE m.request_id = r.id"
        "   AND m.state = 'pending' AND NOT EXISTS (SELECT FROM chunk c WHERE c.request_id = r.id"
        "   AND c.state <> 'done' AND m.lead_idx >= c.lead_from AND m.lead_idx < c.lead_to"
        "   AND (c.type IS NULL OR c.type = m.type)))"
        " UNION ALL SELECT 'leads' WHERE EXISTS (SELECT FROM message m WHERE m.request_id = r.id"
        "   AND NOT EXISTS (SELECT FROM lead l WHERE l.request_id = r.id AND l.idx = m.lead_idx))) w",
    ),
    Invariant(
        "I1",
        "no lead, message or chunk without its request",
        "SELECT t.what || ' of unknown request ' || t.request_id FROM ("
        " SELECT 'lead' AS what, request_id FROM lead UNION SELECT 'message', request_id FROM message"
        " UNION SELECT 'chunk', request_id FROM chunk) t LEFT JOIN request r ON r.id = t.request_id WHERE r.id IS NULL",
    ),
    Invariant(
        "I2",
        "equal bodies of an account make one request, failures aside",
        "SELECT 'account ' || account_id || ' has ' || count(*) || ' requests of one body' FROM request"
        " WHERE NOT (state = 'complete' AND failed > 0) GROUP BY account_id, digest HAVING count(*) > 1",
    ),
    Invariant(
        "I4",
        "at most one message written an account, lead and type",
        "SELECT 'pair ' || pair || ' was written ' || count(*) || ' times' FROM message"
        " WHERE state = 'generated' GROUP BY pair HAVING count(*) > 1",
    ),
    Invariant(
        "I4",
        "what is re-used has the text that was paid for",
        "SELECT 'message of request ' || m.request_id || ' lead ' || m.lead_idx FROM message m"
        # A text that was erased, or is gone by its age, is gone from each row apart.
        " WHERE m.state = 'reused' AND m.text <> '' AND NOT EXISTS (SELECT FROM message o WHERE o.owner = m.pair"
        "   AND o.state = 'generated' AND o.text = m.text) AND (EXISTS (SELECT FROM message o WHERE o.owner = m.pair)"
        "   OR NOT EXISTS (SELECT FROM message o WHERE o.state = 'generated' AND o.text = ''))",
    ),
    Invariant(
        "I4",
        "who waits for a message is found by the one that writes it",
        "SELECT 'message of request ' || m.request_id || ' lead ' || m.lead_idx FROM message m"
        " WHERE m.state = 'waiting'"
        " AND NOT EXISTS (SELECT FROM sharer s JOIN message o ON o.owner = s.pair AND o.state = 'pending'"
        "   WHERE s.pair = m.pair AND s.request_id = m.request_id AND s.lead_idx = m.lead_idx)",
    ),
    Invariant(
        "I5",
        "every message is settled within ten minutes",
        "SELECT 'request ' || id || ' is in progress since ' || accepted_at FROM request"
        " WHERE state = 'in_progress' AND accepted_at < now() - interval '10 minutes'",
    ),
    Invariant(
        "I6",
        "a request counts what its messages are",
        "SELECT 'request ' || r.id || ' counts ' || r.generated || ' and ' || r.failed FROM request r JOIN ("
        " SELECT request_id, count(*) FILTER (WHERE state IN ('generated', 'reused')) AS g,"
        " count(*) FILTER (WHERE state = 'failed') AS f FROM message GROUP BY request_id) m ON m.request_id = r.id"
        " WHERE r.generated <> m.g OR r.failed <> m.f",
    ),
    Invariant(
        "I8",
        "a balance is the sum of its ledger",
        "SELECT 'account ' || b.account_id || ' ' || b.unit FROM balance b LEFT JOIN LATERAL ("
        " SELECT coalesce(sum(amount) FILTER (WHERE kind = 'grant'), 0) AS granted,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'expire'), 0) AS expired,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'capture'), 0) AS captured,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'hold'), 0)"
        "   - coalesce(sum(amount) FILTER (WHERE kind IN ('capture', 'release')), 0) AS held"
        " FROM ledger l WHERE l.account_id = b.account_id AND l.unit = b.unit) s ON true"
        " WHERE b.granted <> s.granted OR b.expired <> s.expired OR b.captured <> s.captured OR b.held <> s.held",
    ),
    Invariant(
        "I9",
        "no balance is below zero, and each adds up",
        "SELECT 'account ' || account_id || ' ' || unit FROM balance"
        " WHERE available < 0 OR held < 0 OR granted - captured - held - expired <> available",
    ),
    Invariant(
        "I10",
        "paid once for what was written first, nothing for the rest",
        "SELECT 'request ' || r.id || ': captured ' || coalesce(l.captured, 0) || ', written ' || m.written"
        " FROM request r"
        " JOIN (SELECT request_id, count(*) FILTER (WHERE state = 'generated') AS written,"
        "   count(*) FILTER (WHERE state = 'pending') AS open FROM message GROUP BY request_id) m"
        "   ON m.request_id = r.id"
        " LEFT JOIN (SELECT request_id, sum(amount) FILTER (WHERE kind = 'capture') AS captured,"
        "   sum(amount) FILTER (WHERE kind = 'release') AS released FROM ledger WHERE request_id IS NOT NULL"
        "   GROUP BY request_id) l ON l.request_id = r.id"
        " WHERE coalesce(l.captured, 0) <> m.written"
        " OR r.charged - coalesce(l.captured, 0) - coalesce(l.released, 0) <> m.open",
    ),
    Invariant(
        "I6",
        "only written messages have further versions, numbered without a gap",
        "SELECT 'message ' || v.request_id || ' ' || v.lead_idx || ' ' || v.type FROM revision v"
        " LEFT JOIN message m USING (request_id, lead_idx, type) GROUP BY v.request_id, v.lead_idx, v.type"
        " HAVING max(v.number) <> count(*) OR NOT bool_and(coalesce(m.state IN ('generated', 'reused'), false))",
    ),
    Invariant(
        "I6",
        "a request knows whether a message of it has a further version",
        "SELECT 'request ' || r.id FROM request r"
        " WHERE r.revised <> EXISTS (SELECT FROM revision v WHERE v.request_id = r.id AND v.state = 'generated')",
    ),
    Invariant(
        "I5",
        "a version to be written has a chunk, and is settled within ten minutes",
        "SELECT 'version ' || v.id || ' is asked for since ' || v.asked_at FROM revision v WHERE v.state = 'pending'"
        " AND (v.asked_at < now() - interval '10 minutes'"
        "   OR NOT EXISTS (SELECT FROM chunk c WHERE c.revision_id = v.id AND c.state <> 'done'))",
    ),
    Invariant(
        "I10",
        "a version holds one credit until it is settled, and is paid when it was written",
        "SELECT 'version ' || v.id || ' is ' || v.state || ': ' || coalesce(l.held, 0) || ' held, '"
        " || coalesce(l.captured, 0) || ' captured, ' || coalesce(l.released, 0) || ' released' FROM revision v"
        " LEFT JOIN (SELECT request_id, sum(amount) FILTER (WHERE kind = 'hold') AS held,"
        "   sum(amount) FILTER (WHERE kind = 'capture') AS captured,"
        "   sum(amount) FILTER (WHERE kind = 'release') AS released FROM ledger WHERE unit = 'messages'"
        "   GROUP BY request_id) l ON l.request_id = v.id"
        " WHERE coalesce(l.held, 0) <> 1 OR coalesce(l.captured, 0) <> (v.state = 'generated')::int"
        " OR coalesce(l.released, 0) <> (v.state = 'failed')::int",
    ),
    Invariant(
        "I13",
        "one completion event a complete request of the API, none before, and none of a campaign's",
        "SELECT 'request ' || r.id || ' is ' || r.state || ' with ' || count(e.id) || ' events' FROM request r"
        " LEFT JOIN event e ON e.request_id = r.id AND e.kind = 'request.completed' GROUP BY r.id, r.state"
        " HAVING count(e.id) <> CASE WHEN r.state = 'complete' AND r.origin = 'api' THEN 1 ELSE 0 END",
    ),
    Invariant(
        "I14",
        "a delivered event has a 2xx, an exhausted one its whole schedule",
        "SELECT 'event ' || e.id || ' is ' || e.state FROM event e WHERE"
        " (e.state = 'delivered' AND NOT EXISTS (SELECT FROM delivery d WHERE d.event_id = e.id"
        "   AND d.status BETWEEN 200 AND 299))"
        " OR (e.state = 'exhausted' AND e.attempts - e.replays < 25)",
    ),
    Invariant(
        "I16",
        "an event tells what the request counts",
        "SELECT 'event ' || e.id FROM event e JOIN request r ON r.id = e.request_id"
        " CROSS JOIN LATERAL (SELECT nullif(convert_from(e.body, 'UTF8'), '')::jsonb AS body) b"
        " WHERE e.kind = 'request.completed' AND ((b.body ->> 'generated_messages_count')::int <> r.generated"
        " OR (b.body ->> 'requested_messages_count')::int <> r.requested"
        " OR b.body ->> 'secure_request_id' <> r.id::text)",
    ),
    Invariant(
        "I10",
        "a call of the gateway took what it says it cost, and holds nothing once it has ended",
        "SELECT 'call ' || c.id || ': held ' || c.held || ', cost ' || coalesce(c.credits::text, 'open')"
        " FROM linkedin_call c LEFT JOIN (SELECT request_id,"
        "   coalesce(sum(amount) FILTER (WHERE kind = 'hold'), 0) AS held,"
        "   coalesce(sum(amount) FILTER (WHERE kind = 'capture'), 0) AS captured,"
        "   coalesce(sum(amount) FILTER (WHERE kind = 'release'), 0) AS released"
        "   FROM ledger WHERE unit = 'actions' GROUP BY request_id) l ON l.request_id = c.id"
        " WHERE coalesce(l.held, 0) <> c.held OR coalesce(l.captured, 0) <> coalesce(c.credits, 0)"
        " OR coalesce(l.released, 0) <> coalesce(c.held - c.credits, 0)",
    ),
    Invariant(
        "I18",
        "an action is settled, or is being looked for",
        "SELECT 'action ' || id || ' is ' || state || ' since ' || intended_at FROM linkedin_action"
        " WHERE state = 'intended' AND look_at IS NULL"
        " OR state = 'unknown' AND look_at IS NULL AND looks < 5",
    ),
    Invariant(
        "I20",
        "an action that happened spent its budgets once; one that did not has spent none",
        "SELECT 'action ' || a.id || ' ' || a.state || ': ' || b.budget || ' ' || sum(b.amount)"
        " FROM linkedin_action a JOIN linkedin_budget b ON b.action_id = a.id GROUP BY a.id, a.state, b.budget"
        " HAVING sum(b.amount) <> CASE WHEN a.state IN ('refused', 'email_required') THEN 0"
        "   WHEN a.state IN ('downgraded_no_note', 'confirmed') AND b.budget = 'notes' THEN sum(b.amount) ELSE 1 END",
    ),
    Invariant(
        "I21",
        "nothing was begun about a person after they were to be left alone",
        "SELECT 'action ' || a.id || ' of account ' || a.account_id FROM linkedin_action a"
        " JOIN suppression s ON s.account_id = a.account_id AND s.person = a.person WHERE a.written_at > s.at",
    ),
    Invariant(
        "I21",
        "nothing that names an erased person is left, or came back, where only the product writes",
        "SELECT t.what || ' of account ' || t.account_id FROM ("
        " SELECT 'action' AS what, account_id, person FROM linkedin_action WHERE erased_at IS NULL"
        " UNION ALL SELECT 'message of a thread', account_id, person FROM thread_message WHERE text <> '') t"
        " JOIN erasure e ON e.account_id = t.account_id AND e.person = t.person WHERE e.done_at IS NOT NULL",
    ),
    Invariant(
        "I22",
        "no row of one account hangs on another's",
        "SELECT t.what || ' of request ' || t.request_id FROM ("
        " SELECT 'event' AS what, request_id, account_id FROM event"
        " UNION ALL SELECT 'ledger', request_id, account_id FROM ledger WHERE request_id IS NOT NULL"
        " UNION ALL SELECT 'digest', request_id, account_id FROM request_digest"
        " UNION ALL SELECT 'version', request_id, account_id FROM revision"
        " UNION ALL SELECT 'ledger of a version', v.request_id, l.account_id FROM revision v"
        "   JOIN ledger l ON l.request_id = v.id) t"
        " JOIN request r ON r.id = t.request_id WHERE r.account_id <> t.account_id",
    ),
    Invariant(
        "I22",
        "what belongs to a LinkedIn account belongs to the customer of that account",
        "SELECT t.what || ' ' || t.id FROM ("
        " SELECT 'action' AS what, id::text, linkedin_account_id, account_id FROM linkedin_action"
        " UNION ALL SELECT 'monitor', id, linkedin_account_id, account_id FROM linkedin_monitor) t"
        " JOIN linkedin_account a ON a.id = t.linkedin_account_id WHERE a.account_id <> t.account_id",
    ),
    Invariant(
        "I23",
        "sessions, tokens and challenges of LinkedIn accounts are sealed, tokens found by their hash",
        "SELECT t.what || ' of LinkedIn account ' || t.id FROM ("
        " SELECT 'session' AS what, id, session AS sealed FROM linkedin_account WHERE session IS NOT NULL"
        " UNION ALL SELECT 'token', id, token FROM linkedin_account WHERE token IS NOT NULL"
        " UNION ALL SELECT 'challenge', linkedin_account_id, sealed FROM linkedin_challenge) t"
        " WHERE octet_length(t.sealed) < 32 OR position('secret'::bytea IN t.sealed) > 0"
        " OR position('AQED'::bytea IN t.sealed) > 0 OR substr(t.sealed, 1, 1) = '{'::bytea"
        "   AND position('\"state\"'::bytea IN t.sealed) > 0",
    ),
    Invariant(
        "I23",
        "keys are kept as hashes, webhook secrets sealed",
        "SELECT 'key ' || id FROM api_key WHERE octet_length(secret_hash) <> 32"
        " UNION ALL SELECT 'secret ' || id FROM webhook_secret"
        " WHERE octet_length(sealed) < 32 OR position('whsec_'::bytea IN sealed) > 0",
    ),
)

LIMITS_SQL: LiteralString = (
    "SELECT 'account ' || r.account_id || ': ' || sum(r.charged) || ' messages from '"
    " || date_trunc($1, r.window_at, 'UTC')"
    " FROM (SELECT account_id, charged, window_at FROM request"
    "   UNION ALL SELECT account_id, 1, window_at FROM revision) r JOIN account a ON a.id = r.account_id"
    " JOIN unnest($2::text[], $3::int[]) AS t (tier, most) ON t.tier = a.tier"
    " WHERE r.window_at >= date_trunc($1, a.tier_since, 'UTC') + ('1 ' || $1)::interval"
    " OR r.window_at IS NOT NULL AND a.tier_since = a.created_at"  # what campaigns ask for counts in no window
    " GROUP BY r.account_id, date_trunc($1, r.window_at, 'UTC') HAVING sum(r.charged) > max(t.most)"
)


CAPS_SQL: LiteralString = (
    "SELECT DISTINCT 'LinkedIn account ' || linkedin_account_id || ': ' || used || ' ' || budget || ' in a ' || $1"
    " FROM (SELECT b.linkedin_account_id, b.budget, coalesce((a.caps -> b.budget ->> $1)::int, t.most) AS most,"
    "   CASE $1 WHEN 'day' THEN sum(b.amount) OVER (PARTITION BY b.linkedin_account_id, b.budget ORDER BY b.at"
    "     RANGE BETWEEN interval '24 hours' - interval '1 microsecond' PRECEDING AND CURRENT ROW)"
    "   WHEN 'week' THEN sum(b.amount) OVER (PARTITION BY b.linkedin_account_id, b.budget ORDER BY b.at"
    "     RANGE BETWEEN interval '168 hours' - interval '1 microsecond' PRECEDING AND CURRENT ROW)"
    "   ELSE sum(b.amount) OVER (PARTITION BY b.linkedin_account_id, b.budget, date_trunc('month', b.at, 'UTC')) END"
    "   AS used FROM linkedin_budget b JOIN linkedin_account a ON a.id = b.linkedin_account_id"
    "   JOIN unnest($2::text[], $3::text[], $4::int[]) AS t (plan, budget, most) ON t.plan = a.plan"
    "   AND t.budget = b.budget) w WHERE used > most"
)
"""Windows of $1 (day, week, month) that hold more than the account's own cap, or that of its plan ($2, $3, $4)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one invariant fared; ``breaches`` is empty where it holds."""

    number: str
    name: str
    breaches: tuple[str, ...]


async def run(tx: ReadTx) -> list[Finding]:
    """Check every invariant. Run it in one snapshot: rows of a moment, not of several."""
    findings = [Finding(i.number, i.name, tuple(row[0] for row in await tx.fetch(i.sql))) for i in INVARIANTS]
    tiers = list(TIER_LIMITS)
    for unit, most in (
        ("minute", [TIER_LIMITS[t].messages_minute for t in tiers]),
        ("day", [TIER_LIMITS[t].messages_day for t in tiers]),
    ):
        rows = await tx.fetch(LIMITS_SQL, unit, [str(t) for t in tiers], most)
        name = f"no {unit} holds more accepted messages than the tier allows"
        findings.append(Finding("I11", name, tuple(row[0] for row in rows)))
    for window in ("day", "week", "month"):
        known = [(plan, budget, getattr(cap, window)) for plan, caps in CAPS.items() for budget, cap in caps.items()]
        rows = await tx.fetch(
            CAPS_SQL, window, [str(k[0]) for k in known], [str(k[1]) for k in known], [k[2] for k in known]
        )
        name = f"no {window} holds more of a LinkedIn budget than its cap"
        findings.append(Finding("I20", name, tuple(row[0] for row in rows)))
    return findings
