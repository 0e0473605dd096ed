-- The LinkedIn gateway: accounts, challenges, actions, budgets, what happened, monitors, calls.

ALTER TABLE api_key ADD COLUMN scope text NOT NULL DEFAULT 'generation'
    CHECK (scope IN ('generation', 'gateway', 'all'));

-- `login` is a hash of customer and e-mail (or profile address) that the account signs in with. `session` and `token` are
-- sealed; `token_hash` finds the account of a presented token. The lease lets one process at a time act for an account.
CREATE TABLE linkedin_account (
    id             uuid PRIMARY KEY,
    account_id     uuid NOT NULL REFERENCES account,
    rail           text NOT NULL CHECK (rail IN ('simulated', 'linkup', 'official', 'assisted')),
    login          bytea NOT NULL CHECK (octet_length(login) = 32),
    country        text NOT NULL,
    state          text NOT NULL CHECK (state IN ('challenged', 'connected', 'expired', 'restricted')),
    reason         text NOT NULL DEFAULT '',
    paused_until   timestamptz,
    session        bytea,
    token          bytea,
    token_hash     bytea UNIQUE CHECK (octet_length(token_hash) = 32),
    profile_url    text NOT NULL DEFAULT '',
    name           text NOT NULL DEFAULT '',
    plan           text NOT NULL DEFAULT 'basic' CHECK (plan IN ('basic', 'premium')),
    caps           jsonb NOT NULL DEFAULT '{}',
    ramp           boolean NOT NULL DEFAULT true,
    hours          jsonb,
    connected_at   timestamptz,
    cursor         text NOT NULL DEFAULT '',
    poll_at        timestamptz,
    lease          uuid,
    lease_until    timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, rail, login),
    CHECK (state = 'challenged' OR session IS NOT NULL),
    CHECK ((token IS NULL) = (token_hash IS NULL))
);
CREATE INDEX linkedin_account_poll ON linkedin_account (poll_at) WHERE poll_at IS NOT NULL;

CREATE TABLE linkedin_challenge (
    linkedin_account_id  uuid PRIMARY KEY REFERENCES linkedin_account ON DELETE CASCADE,
    sealed               bytea NOT NULL,
    attempts             integer NOT NULL DEFAULT 0,
    expires_at           timestamptz NOT NULL
);

-- One row an intent, committed before the call. `content` is a hash of what is done to whom: while one like it is
-- unsettled, the same is not done again. `told` is false while no caller has learned how it ended: who asks for the same
-- again is then told, and nothing is repeated.
CREATE TABLE linkedin_action (
    id                   uuid PRIMARY KEY,
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    account_id           uuid NOT NULL,
    key                  text NOT NULL,
    name                 text NOT NULL,
    target               text NOT NULL,
    content              bytea NOT NULL,
    body                 bytea NOT NULL,
    state                text NOT NULL DEFAULT 'intended' CHECK (state IN ('intended', 'sent', 'accepted_by_provider',
                             'confirmed', 'downgraded_no_note', 'email_required', 'refused', 'unknown')),
    detail               text NOT NULL DEFAULT '',
    result               jsonb NOT NULL DEFAULT '{}',
    intended_at          timestamptz NOT NULL,
    settled_at           timestamptz,
    look_at              timestamptz,
    looks                integer NOT NULL DEFAULT 0,
    told                 boolean NOT NULL DEFAULT false,
    UNIQUE (linkedin_account_id, key),
    CHECK ((state = 'intended') = (settled_at IS NULL))
);
CREATE INDEX linkedin_action_listed ON linkedin_action (linkedin_account_id, intended_at);
CREATE INDEX linkedin_action_content ON linkedin_action (linkedin_account_id, content);
CREATE INDEX linkedin_action_look ON linkedin_action (look_at) WHERE look_at IS NOT NULL;

CREATE TRIGGER linkedin_action_forward BEFORE UPDATE OF state ON linkedin_action
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT (
        (OLD.state = 'intended' AND NEW.state <> 'confirmed')
        OR (OLD.state IN ('sent', 'downgraded_no_note') AND NEW.state = 'confirmed')
        OR (OLD.state IN ('accepted_by_provider', 'unknown') AND NEW.state IN ('confirmed', 'refused'))))
    EXECUTE FUNCTION refuse_change();

-- What an account has spent, and what it got back, each with the action and the reason. A row that gives back has the
-- time of the row that spent, so both fall into the same windows.
CREATE TABLE linkedin_budget (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    budget               text NOT NULL CHECK (budget IN ('invites', 'notes', 'messages', 'views', 'posts')),
    amount               integer NOT NULL CHECK (amount IN (1, -1)),
    action_id            uuid,
    reason               text NOT NULL,
    at                   timestamptz NOT NULL
);
CREATE INDEX linkedin_budget_window ON linkedin_budget (linkedin_account_id, budget, at);
CREATE UNIQUE INDEX linkedin_budget_once ON linkedin_budget (action_id, budget, amount) WHERE action_id IS NOT NULL;
CREATE TRIGGER linkedin_budget_append_only BEFORE UPDATE OR DELETE ON linkedin_budget
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What happened on LinkedIn, once each, in the order of arrival.
CREATE TABLE linkedin_happening (
    id                   uuid PRIMARY KEY,
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    key                  text NOT NULL,
    kind                 text NOT NULL CHECK (kind IN ('message', 'accepted_invitation', 'disconnection')),
    at                   timestamptz NOT NULL,
    body                 jsonb NOT NULL,
    seen_at              timestamptz NOT NULL DEFAULT now(),
    UNIQUE (linkedin_account_id, key)
);

-- The webhooks/accounts group of LinkUp's API: who is told of an account's news.
CREATE TABLE linkedin_monitor (
    id                   text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
    account_id           uuid NOT NULL REFERENCES account,
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    name                 text NOT NULL,
    webhook_url          text NOT NULL,
    country              text NOT NULL,
    active               boolean NOT NULL DEFAULT false,
    paid_until           timestamptz,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX linkedin_monitor_account ON linkedin_monitor (account_id);
CREATE INDEX linkedin_monitor_watched ON linkedin_monitor (linkedin_account_id) WHERE active;
CREATE INDEX linkedin_monitor_due ON linkedin_monitor (paid_until) WHERE active;

-- One row a call of the gateway. `held` credits are still reserved; a sweep gives back what a dead process held.
CREATE TABLE linkedin_call (
    id          uuid PRIMARY KEY,
    account_id  uuid NOT NULL,
    key_id      text NOT NULL,
    operation   text NOT NULL,
    held        integer NOT NULL CHECK (held >= 0),
    credits     integer CHECK (credits >= 0),
    status      integer,
    began_at    timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    CHECK ((credits IS NULL) = (ended_at IS NULL))
);
CREATE INDEX linkedin_call_account ON linkedin_call (account_id, began_at);
CREATE INDEX linkedin_call_open ON linkedin_call (began_at) WHERE ended_at IS NULL;

-- Calls of a key in the current minute, UTC.
CREATE TABLE key_window (
    key_id     text PRIMARY KEY REFERENCES api_key,
    minute_at  timestamptz NOT NULL,
    used       integer NOT NULL
) WITH (fillfactor = 50);
