"""Tables that hold no lead: the customer, its members and their sessions, counts, the queue's own."""

from overture.store.rights.tables import Subject, Table


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _none(name: str, holds: str, other: str, *, sealed: str = "", kept: str = "") -> Table:
    return Table(
        name,
        holds,
        Subject.NOBODY,
        sealed=_split(sealed),
        other=_split(other),
        kept=kept or "for good",
    )


MEMBERS = (
    Table(
        "linkedin_account",
        "a member of the customer, who acts by hand or by a rail",
        Subject.MEMBER,
        personal=("profile_url", "name", "country"),
        sealed=("login", "session", "token", "token_hash"),
        other=_split(
            "id account_id rail state reason paused_until plan caps ramp hours connected_at cursor poll_at lease"
            " lease_until created_at"
        ),
        kept="while the customer has the account",
        source="the member, on signing in",
    ),
    Table(
        "linkedin_challenge",
        "what a sign-in waits for",
        Subject.MEMBER,
        sealed=("sealed",),
        other=("linkedin_account_id", "attempts", "expires_at"),
        kept="until it is answered, or has expired and another comes",
        source="the member, on signing in",
    ),
    Table(
        "console_user",
        "the operator's people, who sign in to the console",
        Subject.MEMBER,
        personal=("email", "name"),
        sealed=("password",),
        other=("id", "role", "failures", "locked_until", "created_at", "disabled_at"),
        kept="while the person works with the console, and as long as the log names them",
        source="an owner of the console",
    ),
    Table(
        "console_session",
        "who is signed in to the console, from where",
        Subject.MEMBER,
        personal=("address", "browser"),
        sealed=("token_hash",),
        other=("id", "user_id", "account_id", "created_at", "seen_at", "ended_at"),
        source="the person's browser",
    ),
    Table(
        "audit_log",
        "what people did by hand; objects are named by their ids. Each row is sealed to the one before",
        Subject.MEMBER,
        personal=("actor", "address"),
        other=("id", "at", "session_id", "request_id", "account_id", "action", "object", "detail", "hash"),
        kept="for good: it is the proof of who did what",
        source="the console",
    ),
)

OTHERS = (
    _none("account", "customers", "id name tier tier_since note_limit created_at mode"),
    _none("api_key", "keys", "id account_id last4 scope created_at last_used_at revoked_at", sealed="secret_hash"),
    _none("webhook_secret", "what webhooks are signed with", "id account_id created_at retires_at", sealed="sealed"),
    _none(
        "balance",
        "credits",
        "account_id unit granted captured held expired available monthly_allowance period_start period_end period_used",
    ),
    _none("ledger", "each change of credits", "id account_id unit kind amount request_id note at"),
    _none("usage_window", "limits", "account_id kind minute_at minute_used day_at day_used"),
    _none("key_window", "limits", "key_id minute_at used"),
    _none(
        "request",
        "what was ordered: the customer's own words, no lead; the digest is a hash of the whole body",
        "id account_id digest state notification_url customer_id campaign_id campaign_name proposition_name"
        " proposition_url material_link tone signoff_name hiring_location note_limit sequence requested generated"
        " failed charged window_at accepted_at completed_at revised origin texts_gone_at leads_gone_at",
    ),
    _none("request_digest", "hashes of bodies, so that equal ones make one request", "account_id digest request_id"),
    _none(
        "chunk",
        "work on requests",
        "id request_id lead_from lead_to type state attempts turn touched_at revision_id",
    ),
    _none("chunk_need", "which work waits for which page", "source_key chunk_id", kept="while it waits"),
    _none(
        "composition",
        "who wrote a message, and what it took",
        "request_id lead_idx type revision_id composer model attempts input_tokens output_tokens cached_tokens cost"
        " fallback at",
    ),
    _none("llm_spending", "what was spent on a model", "holder period tokens cost"),
    _none("linkedin_limit", "what LinkedIn limits", "linkedin_account_id budget until reason"),
    _none(
        "linkedin_monitor",
        "where the customer wants to be told",
        "id account_id linkedin_account_id name webhook_url country active paid_until created_at updated_at",
    ),
    _none(
        "linkedin_call",
        "calls of the gateway: which operation, what it cost",
        "id account_id key_id operation held credits status began_at ended_at",
        kept="`OVERTURE_LINKEDIN_KEEP_DAYS`",
    ),
    _none("suppression", "hashes of people to be left alone; final", "account_id person reason at"),
    Table(
        "erasure",
        "hashes of people who were erased, and how many rows were changed",
        Subject.LEAD,
        personal=("profile",),
        other=("account_id", "person", "asked_at", "done_at", "counts"),
        kept="the profile until the erasure is done, the rest for good",
        source="whoever asked for the erasure",
        erased="emptied when the erasure is done",
    ),
    _none("console_link", "links that let a password be chosen", "user_id expires_at used_at", sealed="token_hash"),
    _none("retention", "when old data is looked for next", "class next_at"),
    _none(
        "campaign",
        "what the customer ordered, in its own words",
        "id account_id customer_id name state reason definition leads created_at started_at ended_at",
    ),
    _none("campaign_sender", "by which accounts a campaign sends", "campaign_id linkedin_account_id place"),
    _none("pace", "when an account acts next", "linkedin_account_id send_at free_at"),
    _none(
        "campaign_position",
        "where a lead stands",
        "lead_id campaign_id sender state step wake_at rank reason resume resume_at held_by moved_at accepted_at"
        " replied_at",
    ),
    _none("campaign_legal_move", "a table of legal moves", "before after"),
    _none(
        "campaign_move",
        "each move of a lead; reasons are of a fixed list",
        "id lead_id campaign_id before after step reason at written_at",
    ),
    _none(
        "campaign_claim", "who is under way, as hashes", "account_id person lead_id", kept="while a lead is under way"
    ),
    _none("overture_migration", "which migrations were applied", "name applied_at"),
)

ENGINE = "pgqueuer"
"""What the queue's own tables begin with. Jobs name ids alone; done ones are forgotten after an hour, failed
ones after a week."""
