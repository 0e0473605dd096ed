"""Tables with data of the people that messages are written to, in the order in which they are erased."""

from typing import LiteralString

from overture.store.rights.tables import FINDING, Subject, Table

FROM_CUSTOMER = "the customer, with the request or the import"
FROM_LINKEDIN = "LinkedIn, through the customer's own account"
WRITTEN = "written here, from the customer's data and public pages"

_SPOT: LiteralString = "(t.request_id, t.lead_idx) IN (SELECT request_id, idx FROM spot)"
_ACTIONS: LiteralString = (
    "t.account_id = $1 AND t.erased_at IS NULL AND (t.person = $2 OR t.target ~* $3"
    " OR lower(t.target) = ANY($9::text[]) OR convert_from(t.body, 'UTF8') ~* $3 OR t.name = 'withdraw'"
    " AND t.target IN (SELECT i.result ->> 'invitation_id'"
    "   FROM linkedin_action i WHERE i.account_id = $1 AND i.person = $2))"
)
_EVENTS: LiteralString = (
    "t.account_id = $1 AND t.body <> '' AND (starts_with(t.kind, 'linkedin.') OR starts_with(t.kind, 'campaign.'))"
    " AND (convert_from(t.body, 'UTF8') ~* $3"
    "   OR EXISTS (SELECT FROM own WHERE position(own.id::text IN convert_from(t.body, 'UTF8')) > 0))"
)
_LISTS: LiteralString = "t.list = ANY($7::text[]) AND (lower(t.profile) = ANY($9::text[]) OR t.profile ~* $3"

MESSAGE_GONE: LiteralString = (
    "text = CASE WHEN t.text IS NOT NULL THEN '' END, detail = NULL, segments = NULL,"
    " pair = CASE WHEN t.owner IS NULL THEN t.pair ELSE"
    "   md5('gone' || t.pair || t.request_id || t.lead_idx)::uuid END,"
    " owner = CASE WHEN t.owner IS NULL THEN NULL ELSE"
    "   md5('gone' || t.pair || t.request_id || t.lead_idx)::uuid END"
)
REVISION_GONE: LiteralString = (
    "text = CASE WHEN t.text IS NOT NULL THEN '' END, detail = NULL, segments = NULL, wish = '{}', steering = '{}'"
)
LEAD_GONE: LiteralString = (
    "lead_id = '', linkedin = '', company = '', first_name = '', last_name = '', job_title = NULL,"
    " website_url = NULL, specified_url = NULL"
)
ACTION_GONE: LiteralString = (
    "target = '', content = '', body = '', detail = '', result = '{}', told = true,"
    " looks = greatest(t.looks, 5), look_at = CASE WHEN t.state = 'intended' THEN t.look_at END,"
    " erased_at = clock_timestamp(),"
    " key = CASE WHEN t.key = replace(t.id::text, '-', '') OR starts_with(t.key, 'campaign:') THEN t.key"
    "   ELSE 'erased:' || t.id END"
)
TASK_GONE: LiteralString = (
    "profile = '', link = '', text = '', note = '',"
    " key = CASE WHEN starts_with(t.key, 'campaign:') THEN t.key ELSE 'erased:' || t.id END,"
    " state = CASE WHEN t.state = 'open' THEN 'skipped' ELSE t.state END,"
    " ended_at = coalesce(t.ended_at, clock_timestamp())"
)


def _table(  # noqa: PLR0913  # a row of the register
    name: LiteralString,
    holds: str,
    where: LiteralString,
    *,
    personal: str,
    other: str,
    erased: str,
    kept: str,
    source: str,
    change: LiteralString = "",
    shown: LiteralString = "to_jsonb(t)",
) -> Table:
    head: LiteralString = "UPDATE " + name + " AS t SET " + change if change else "DELETE FROM " + name + " AS t"
    return Table(
        name,
        holds,
        Subject.LEAD,
        personal=tuple(personal.split()),
        other=tuple(other.split()),
        kept=kept,
        source=source,
        erased=erased,
        where=where,
        count=FINDING + "SELECT count(*) FROM " + name + " AS t WHERE " + where,
        erase=FINDING + head + " WHERE " + where,
        export=FINDING + "SELECT " + shown + " AS row FROM " + name + " AS t WHERE " + where,
    )


_MESSAGES = "texts as messages"
_LEADS = "as leads"
_BODIES = "bodies as webhook bodies"

REQUESTS = (
    _table(
        "source",
        "what was read of an address that was named for one person alone",
        "t.url = ANY($8::text[])",
        personal="url content pages looked_at",
        other="key kind follow state reason version attempts touched_at expires_at",
        erased="deleted where it was read at an address that a lead named beside its company's (`specified_url`); "
        "pages of companies are public, and are kept as page text",
        kept="as page text",
        source="public pages",
        shown="to_jsonb(t) - 'content' - 'pages' || jsonb_build_object('content', convert_from(t.content, 'UTF8'))",
    ),
    _table(
        "sharer",
        "which message waits for which",
        _SPOT,
        personal="",
        other="pair request_id lead_idx type",
        erased="deleted",
        kept="while a message waits",
        source=WRITTEN,
    ),
    _table(
        "revision",
        "further versions of a message",
        _SPOT + " AND t.state <> 'pending' AND (t.text <> '' OR t.steering <> '{}' OR t.wish <> '{}')",
        personal="wish steering text detail segments",
        other="id account_id request_id lead_idx type number state reason window_at asked_at settled_at",
        erased="blanked",
        kept=_MESSAGES,
        source=WRITTEN,
        change=REVISION_GONE,
    ),
    _table(
        "message",
        "a message of a request: its text, what each part rests on, or why there is none",
        _SPOT + " AND t.state NOT IN ('pending', 'waiting') AND (t.text <> '' OR t.detail IS NOT NULL)",
        personal="text detail segments",
        other="request_id lead_idx type pair state reason settled_at owner",
        erased="blanked; the reason is one of a fixed list; the hash that kept others from writing it "
        "again is given up",
        kept=_MESSAGES,
        source=WRITTEN,
        change=MESSAGE_GONE,
    ),
    _table(
        "lead",
        "the person, as a request names them",
        "(t.request_id, t.idx) IN (SELECT request_id, idx FROM spot)",
        personal="lead_id linkedin company first_name last_name job_title website_url specified_url",
        other="request_id idx",
        erased="blanked",
        kept=_LEADS,
        source=FROM_CUSTOMER,
        change=LEAD_GONE,
    ),
)

CAMPAIGNS = (
    _table(
        "campaign_message",
        "a step of a lead: what was decided, written, edited, sent",
        "t.lead_id IN (SELECT id FROM own) AND (t.text IS NOT NULL OR t.failure <> '' OR t.detail <> '')",
        personal="text failure detail",
        other="lead_id step campaign_id type attempt decision why request_id request_lead fact_kind fact_at flags "
        "edited written_at approved_at approved_by action_key outcome sent_at",
        erased="blanked",
        kept=_MESSAGES,
        source=WRITTEN,
        change="text = NULL, failure = '', detail = ''",
    ),
    _table(
        "thread_message",
        "what was said between a LinkedIn account and a lead",
        "t.account_id = $1 AND t.person = $2 AND t.text <> ''",
        personal="text class_why",
        other="id account_id linkedin_account_id person lead_id campaign_id inbound at class class_by handled_at",
        erased="blanked; class and time are counted",
        kept=_MESSAGES,
        source=FROM_LINKEDIN,
        change="text = '', class_why = ''",
    ),
    _table(
        "campaign_lead",
        "the person, as a campaign names them",
        "t.account_id = $1 AND t.person = $2 AND t.linkedin <> ''",
        personal="key linkedin first_name last_name company job_title company_website_url specified_url",
        other="id campaign_id account_id place person company_hash",
        erased="blanked; the hashes stay, so that the person is known as one to be left alone",
        kept=_LEADS,
        source=FROM_CUSTOMER,
        change="key = '', linkedin = '', first_name = '', last_name = '', company = '', job_title = NULL,"
        " company_website_url = NULL, specified_url = NULL",
    ),
)

LINKEDIN = (
    _table(
        "linkedin_budget",
        "what a LinkedIn account spent, for which action",
        "t.reason <> 'erased' AND (t.action_id IN (SELECT t.id FROM linkedin_action t WHERE " + _ACTIONS + ")"
        " OR t.action_id IS NULL AND starts_with(t.reason, 'viewed ') AND t.linkedin_account_id IN (SELECT id"
        "   FROM linkedin_account WHERE account_id = $1)"
        "   AND (t.reason ~* $3 OR lower(substr(t.reason, 8)) = ANY($9::text[])))",
        personal="reason",
        other="id linkedin_account_id budget amount action_id at",
        erased="the words give way to `erased`; what was spent stays",
        kept="for good, without words",
        source=WRITTEN,
        change="reason = 'erased'",
    ),
    _table(
        "linkedin_action",
        "what was done on LinkedIn, to whom, and how it ended",
        _ACTIONS,
        personal="key target content body detail result",
        other="id linkedin_account_id account_id name state intended_at settled_at look_at "
        "looks told person written_at erased_at",
        erased="blanked; the row stays, so that nothing is done twice and what was spent is known",
        kept=_MESSAGES,
        source=WRITTEN,
        change=ACTION_GONE,
        shown="to_jsonb(t) - 'content' - 'person' || jsonb_build_object('body', convert_from(t.body, 'UTF8'))",
    ),
    _table(
        "linkedin_happening",
        "what happened on LinkedIn: messages and acceptances",
        "t.linkedin_account_id IN (SELECT id FROM linkedin_account WHERE account_id = $1)"
        " AND (t.body::text ~* $3 OR t.key ~* $3)",
        personal="key body",
        other="id linkedin_account_id kind at seen_at",
        erased="deleted; what is told of the person later is not stored",
        kept="`OVERTURE_LINKEDIN_KEEP_DAYS`",
        source=FROM_LINKEDIN,
    ),
    _table(
        "linkedin_task",
        "a task of the assisted rail: what a member does by hand",
        _LISTS + " OR t.text ~* $3 OR t.link ~* $3) AND t.link <> ''",
        personal="key profile link text note",
        other="id list kind state created_at ended_at",
        erased="blanked; an open one ends as skipped",
        kept=_MESSAGES,
        source=WRITTEN,
        change=TASK_GONE,
        shown="to_jsonb(t) - 'list'",
    ),
    _table(
        "linkedin_note",
        "what a member saw: who is connected, who replied",
        _LISTS + ")",
        personal="profile name text",
        other="id list kind at",
        erased="deleted",
        kept="until the person is erased: it says who is connected",
        source="the customer's member, by hand or by LinkedIn's own export",
        shown="to_jsonb(t) - 'list'",
    ),
)

TOLD = (
    _table(
        "delivery",
        "attempts to deliver an event, with the beginning of the receiver's answer",
        "(t.excerpt <> '' OR t.error <> '') AND t.event_id IN (SELECT t.id FROM event t WHERE " + _EVENTS + ")",
        personal="error excerpt",
        other="event_id number at status seconds",
        erased="blanked for events that name the person",
        kept=_BODIES,
        source="the receiver of the webhook",
        change="excerpt = '', error = ''",
    ),
    _table(
        "event",
        "what customers are told by webhooks",
        _EVENTS,
        personal="body",
        other="id account_id request_id kind url triggered_at state attempts replays next_attempt_at touched_at",
        erased="the body is emptied, and one still to be sent is skipped; an event without a body is never sent",
        kept=_BODIES,
        source=WRITTEN,
        change="body = '', state = CASE WHEN t.state = 'pending' THEN 'skipped' ELSE t.state END,"
        " next_attempt_at = NULL",
        shown="to_jsonb(t) || jsonb_build_object('body', convert_from(t.body, 'UTF8'))",
    ),
    _table(
        "kept_answer",
        "the first answers to calls with an Idempotency-Key",
        "t.account_id = $1 AND t.body <> '{}' AND (convert_from(t.body, 'UTF8') ~* $3"
        "   OR EXISTS (SELECT FROM own WHERE position(own.id::text IN convert_from(t.body, 'UTF8')) > 0))",
        personal="body",
        other="account_id key digest status expires_at",
        erased="the answer is replaced by `{}`; the key still keeps the call from being done twice",
        kept="30 days",
        source=WRITTEN,
        change="body = '{}'",
        shown="to_jsonb(t) - 'digest' || jsonb_build_object('body', convert_from(t.body, 'UTF8'))",
    ),
)
PEOPLE = (*REQUESTS, *CAMPAIGNS, *LINKEDIN, *TOLD)
