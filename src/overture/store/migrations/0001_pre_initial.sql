-- Accounts, money, limits, requests, messages, research, events.
-- Hot tables (lead, message, chunk) carry no foreign keys: they are written in bulk, in one transaction with
-- their request, and `overture audit` looks for orphans.

CREATE TABLE account (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name        text NOT NULL,
    tier        text NOT NULL CHECK (tier IN ('testing', 'production', 'scale')),
    tier_since  timestamptz NOT NULL DEFAULT now(),
    note_limit  integer CHECK (note_limit BETWEEN 100 AND 300),
    created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_key (
    id            text PRIMARY KEY,
    account_id    uuid NOT NULL REFERENCES account,
    secret_hash   bytea NOT NULL,
    last4         text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz,
    revoked_at    timestamptz
);
CREATE INDEX api_key_account ON api_key (account_id);

CREATE TABLE webhook_secret (
    id          uuid PRIMARY KEY,
    account_id  uuid NOT NULL REFERENCES account,
    sealed      bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    retires_at  timestamptz
);
CREATE INDEX webhook_secret_account ON webhook_secret (account_id);

-- One row an account and unit. The CHECKs are the wall: no statement can commit a balance that does not add up.
CREATE TABLE balance (
    account_id         uuid NOT NULL REFERENCES account,
    unit               text NOT NULL CHECK (unit IN ('messages', 'actions')),
    granted            bigint NOT NULL DEFAULT 0 CHECK (granted >= 0),
    captured           bigint NOT NULL DEFAULT 0 CHECK (captured >= 0),
    held               bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    expired            bigint NOT NULL DEFAULT 0 CHECK (expired >= 0),
    available          bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
    monthly_allowance  bigint NOT NULL DEFAULT 0 CHECK (monthly_allowance >= 0),
    period_start       timestamptz NOT NULL DEFAULT now(),
    period_end         timestamptz NOT NULL,
    period_used        bigint NOT NULL DEFAULT 0 CHECK (period_used >= 0),
    PRIMARY KEY (account_id, unit),
    CHECK (granted - captured - held - expired = available)
) WITH (fillfactor = 50);

CREATE TABLE ledger (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  uuid NOT NULL,
    unit        text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('grant', 'expire', 'hold', 'capture', 'release')),
    amount      bigint NOT NULL CHECK (amount > 0),
    request_id  uuid,
    note        text NOT NULL DEFAULT '',
    at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ledger_account ON ledger (account_id, unit, id);
CREATE INDEX ledger_request ON ledger (request_id) WHERE request_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is not a legal move', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Calendar windows, UTC. One row an account and kind: a window never reopens, because it only moves forward.
CREATE TABLE usage_window (
    account_id   uuid NOT NULL REFERENCES account,
    kind         text NOT NULL CHECK (kind IN ('requests', 'messages')),
    minute_at    timestamptz NOT NULL DEFAULT '-infinity',
    minute_used  integer NOT NULL DEFAULT 0,
    day_at       timestamptz NOT NULL DEFAULT '-infinity',
    day_used     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, kind)
) WITH (fillfactor = 50);

CREATE TABLE request (
    id                uuid PRIMARY KEY,
    account_id        uuid NOT NULL,
    digest            bytea NOT NULL,
    state             text NOT NULL DEFAULT 'in_progress' CHECK (state IN ('in_progress', 'complete')),
    notification_url  text NOT NULL,
    customer_id       text NOT NULL,
    campaign_id       text NOT NULL,
    campaign_name     text NOT NULL,
    proposition_name  text NOT NULL,
    proposition_url   text NOT NULL,
    material_link     text,
    tone              text NOT NULL,
    signoff_name      text,
    hiring_location   text,
    note_limit        integer NOT NULL,
    sequence          text NOT NULL,
    requested         integer NOT NULL CHECK (requested > 0),
    generated         integer NOT NULL DEFAULT 0 CHECK (generated >= 0),
    failed            integer NOT NULL DEFAULT 0 CHECK (failed >= 0),
    charged           integer NOT NULL CHECK (charged >= 0),
    window_at         timestamptz,
    accepted_at       timestamptz NOT NULL DEFAULT now(),
    completed_at      timestamptz,
    CHECK (generated + failed <= requested),
    CHECK ((state = 'complete') = (generated + failed = requested)),
    CHECK ((state = 'complete') = (completed_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX request_account ON request (account_id, accepted_at);
CREATE INDEX request_open ON request (accepted_at) WHERE state = 'in_progress';

CREATE TRIGGER request_forward BEFORE UPDATE ON request
    FOR EACH ROW WHEN (OLD.state = 'complete' OR NEW.generated < OLD.generated OR NEW.failed < OLD.failed)
    EXECUTE FUNCTION refuse_change();

-- The first request with a body; a later equal body is a duplicate of it.
CREATE TABLE request_digest (
    account_id  uuid NOT NULL,
    digest      bytea NOT NULL,
    request_id  uuid NOT NULL,
    PRIMARY KEY (account_id, digest)
);

CREATE TABLE lead (
    request_id     uuid NOT NULL,
    idx            integer NOT NULL,
    lead_id        text NOT NULL,
    linkedin       text NOT NULL,
    company        text NOT NULL,
    first_name     text NOT NULL,
    last_name      text NOT NULL,
    job_title      text,
    website_url    text,
    specified_url  text,
    PRIMARY KEY (request_id, idx)
);

-- `pair` is a hash of (account, lead id, type). It stands again in `owner` while this row writes or has written the
-- message. Pages are filled whole: room left for texts would spare index entries, but texts are far larger than rows
-- without one, and most of a page would stay empty for good.
CREATE TABLE message (
    request_id  uuid NOT NULL,
    lead_idx    integer NOT NULL,
    type        text NOT NULL,
    pair        uuid NOT NULL,
    state       text NOT NULL,
    text        text,
    reason      text,
    detail      text,
    segments    text,
    settled_at  timestamptz,
    owner       uuid,
    PRIMARY KEY (request_id, lead_idx, type),
    CHECK (CASE state
        WHEN 'pending' THEN owner IS NOT NULL AND owner = pair AND text IS NULL AND reason IS NULL
        WHEN 'generated' THEN owner IS NOT NULL AND owner = pair AND text IS NOT NULL AND reason IS NULL
        WHEN 'waiting' THEN owner IS NULL AND text IS NULL AND reason IS NULL
        WHEN 'reused' THEN owner IS NULL AND text IS NOT NULL AND reason IS NULL
        WHEN 'failed' THEN owner IS NULL AND text IS NULL AND reason IS NOT NULL
        ELSE false END)
);
-- At most one message in work or written an account, lead and type: parallel requests cannot both own one.
CREATE UNIQUE INDEX message_owner ON message (owner);

-- Messages that wait for what another row writes. Nearly always empty, so that looking for sharers costs nothing.
CREATE TABLE sharer (
    pair        uuid NOT NULL,
    request_id  uuid NOT NULL,
    lead_idx    integer NOT NULL,
    type        text NOT NULL,
    PRIMARY KEY (pair, request_id, lead_idx)
);

CREATE TRIGGER message_forward BEFORE UPDATE OF state ON message
    FOR EACH ROW WHEN (NOT (
        (OLD.state = 'pending' AND NEW.state IN ('generated', 'failed'))
        OR (OLD.state = 'waiting' AND NEW.state IN ('reused', 'failed'))))
    EXECUTE FUNCTION refuse_change();

-- A run of leads of one request that is written in one job.
CREATE TABLE chunk (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id  uuid NOT NULL,
    lead_from   integer NOT NULL,
    lead_to     integer NOT NULL,
    type        text,
    state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'waiting', 'done')),
    attempts    integer NOT NULL DEFAULT 0,
    turn        integer NOT NULL DEFAULT 0,
    touched_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (lead_from < lead_to)
) WITH (fillfactor = 70);
CREATE INDEX chunk_request ON chunk (request_id);
CREATE INDEX chunk_open ON chunk (touched_at) WHERE state <> 'done';

-- What research keeps of one URL, read for one purpose. The only cache of pages.
CREATE TABLE source (
    key         uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('site', 'article', 'jobs')),
    url         text NOT NULL,
    follow      boolean NOT NULL DEFAULT true,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
    reason      text,
    version     text,
    content     bytea,
    attempts    integer NOT NULL DEFAULT 0,
    touched_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz,
    CHECK ((state = 'ready') = (content IS NOT NULL)),
    CHECK (state = 'pending' OR expires_at IS NOT NULL)
);
CREATE INDEX source_open ON source (touched_at) WHERE state = 'pending';

CREATE TABLE chunk_need (
    source_key  uuid NOT NULL,
    chunk_id    bigint NOT NULL,
    PRIMARY KEY (source_key, chunk_id)
);
CREATE INDEX chunk_need_chunk ON chunk_need (chunk_id);

-- What happened, for webhooks. `next_attempt_at` is null while the queue has the next attempt in hand.
CREATE TABLE event (
    id               uuid PRIMARY KEY,
    account_id       uuid NOT NULL,
    request_id       uuid NOT NULL,
    kind             text NOT NULL,
    url              text NOT NULL,
    body             bytea NOT NULL,
    triggered_at     timestamptz NOT NULL,
    state            text NOT NULL CHECK (state IN ('pending', 'delivered', 'exhausted', 'skipped')),
    attempts         integer NOT NULL DEFAULT 0,
    replays          integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz,
    touched_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (request_id, kind)
) WITH (fillfactor = 70);
CREATE INDEX event_due ON event (next_attempt_at) WHERE state = 'pending' AND next_attempt_at IS NOT NULL;
CREATE INDEX event_open ON event (touched_at) WHERE state = 'pending';
CREATE INDEX event_account ON event (account_id, triggered_at);

CREATE TABLE delivery (
    event_id  uuid NOT NULL,
    number    integer NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    status    integer,
    error     text NOT NULL DEFAULT '',
    seconds   real NOT NULL,
    excerpt   text NOT NULL DEFAULT '',
    PRIMARY KEY (event_id, number)
);

CREATE TRIGGER event_constant BEFORE UPDATE ON event
    FOR EACH ROW WHEN (OLD.body <> NEW.body OR OLD.request_id <> NEW.request_id OR OLD.triggered_at <> NEW.triggered_at)
    EXECUTE FUNCTION refuse_change();
