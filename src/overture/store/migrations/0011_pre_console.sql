-- The console: who may sign in, their sessions, and the log of what was done by hand.

CREATE TABLE console_user (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CHECK (email = lower(email)),
    name          text NOT NULL,
    role          text NOT NULL CHECK (role IN ('owner', 'reviewer', 'viewer')),
    password      text,
    failures      integer NOT NULL DEFAULT 0,
    locked_until  timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz
);
CREATE UNIQUE INDEX console_user_email ON console_user (email);

-- A link that lets its bearer choose a password, once. Only a hash of what stands in it is kept.
CREATE TABLE console_link (
    token_hash  bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id     uuid NOT NULL REFERENCES console_user,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX console_link_user ON console_link (user_id);

CREATE TABLE console_session (
    token_hash  bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    id          uuid NOT NULL UNIQUE,
    user_id     uuid NOT NULL REFERENCES console_user,
    account_id  uuid REFERENCES account,
    address     text NOT NULL DEFAULT '',
    browser     text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz
);
CREATE INDEX console_session_user ON console_session (user_id, created_at);

-- What people did, each row sealed to the one before: an edited, missing or reordered row shows.
CREATE TABLE audit_log (
    id          bigint PRIMARY KEY,
    at          timestamptz NOT NULL,
    actor       text NOT NULL,
    session_id  uuid,
    address     text NOT NULL DEFAULT '',
    request_id  text NOT NULL DEFAULT '',
    account_id  uuid,
    action      text NOT NULL,
    object      text NOT NULL DEFAULT '',
    detail      text NOT NULL DEFAULT '',
    hash        bytea NOT NULL CHECK (octet_length(hash) = 32)
);
CREATE INDEX audit_log_account ON audit_log (account_id, id);
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
