-- Steering: further versions of written messages. And the answers kept for Idempotency-Key.

-- One row a further version. The message's own row keeps the first text; retrieval shows the newest that was generated.
-- `wish` is what was asked for, `steering` what follows from it and from the versions before, both as JSON. The ledger
-- names a revision by its id where it names a request by the request's.
CREATE TABLE revision (
    id          uuid PRIMARY KEY,
    account_id  uuid NOT NULL,
    request_id  uuid NOT NULL,
    lead_idx    integer NOT NULL,
    type        text NOT NULL,
    number      integer NOT NULL CHECK (number > 0),
    wish        text NOT NULL,
    steering    text NOT NULL,
    state       text NOT NULL DEFAULT 'pending',
    text        text,
    reason      text,
    detail      text,
    segments    text,
    window_at   timestamptz NOT NULL,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    settled_at  timestamptz,
    UNIQUE (request_id, lead_idx, type, number),
    CHECK (CASE state
        WHEN 'pending' THEN text IS NULL AND reason IS NULL AND settled_at IS NULL
        WHEN 'generated' THEN text IS NOT NULL AND reason IS NULL AND settled_at IS NOT NULL
        WHEN 'failed' THEN text IS NULL AND reason IS NOT NULL AND settled_at IS NOT NULL
        ELSE false END)
);
-- One version of a message is written at a time.
CREATE UNIQUE INDEX revision_open ON revision (request_id, lead_idx, type) WHERE state = 'pending';
CREATE INDEX revision_account ON revision (account_id, window_at);

CREATE TRIGGER revision_forward BEFORE UPDATE ON revision
    FOR EACH ROW WHEN (OLD.state <> 'pending' OR OLD.wish <> NEW.wish OR OLD.number <> NEW.number)
    EXECUTE FUNCTION refuse_change();

-- Set with the first version that is generated, so that reading a request that has none asks for none. It is the only
-- thing that changes on a complete request.
ALTER TABLE request ADD COLUMN revised boolean NOT NULL DEFAULT false;
DROP TRIGGER request_forward ON request;
CREATE TRIGGER request_forward BEFORE UPDATE ON request
    FOR EACH ROW WHEN (
        (OLD.state = 'complete' AND (NOT NEW.revised OR NEW.state <> 'complete' OR NEW.generated <> OLD.generated
            OR NEW.failed <> OLD.failed OR NEW.requested <> OLD.requested OR NEW.charged <> OLD.charged
            OR NEW.completed_at <> OLD.completed_at))
        OR (OLD.revised AND NOT NEW.revised)
        OR NEW.generated < OLD.generated OR NEW.failed < OLD.failed)
    EXECUTE FUNCTION refuse_change();

-- A chunk that writes a revision covers its one message.
ALTER TABLE chunk ADD COLUMN revision_id uuid;

-- The first answer to a call with a key, written in the transaction of what the call did.
CREATE TABLE kept_answer (
    account_id  uuid NOT NULL,
    key         text NOT NULL,
    digest      bytea NOT NULL CHECK (octet_length(digest) = 32),
    status      integer NOT NULL,
    body        bytea NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX kept_answer_expiry ON kept_answer (expires_at);
