-- Campaigns: what was ordered, each lead's place in it, what was written and sent, what came back.

-- A request of a campaign is the same as one of the API, but nobody is sent its completion: it wakes the leads that wait.
ALTER TABLE request ADD COLUMN origin text NOT NULL DEFAULT 'api' CHECK (origin IN ('api', 'campaign'));

-- `definition` is what the customer ordered (domain.campaigns.definition, as JSON). `customer_id` is the workspace.
CREATE TABLE campaign (
    id               uuid PRIMARY KEY,
    account_id       uuid NOT NULL REFERENCES account,
    customer_id      text NOT NULL DEFAULT '',
    name             text NOT NULL,
    state            text NOT NULL DEFAULT 'draft'
                         CHECK (state IN ('draft', 'running', 'paused', 'stopped', 'finished', 'archived')),
    reason           text NOT NULL DEFAULT '',
    definition       jsonb NOT NULL,
    leads            integer NOT NULL DEFAULT 0 CHECK (leads >= 0),
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,
    ended_at         timestamptz
) WITH (fillfactor = 80);
CREATE INDEX campaign_account ON campaign (account_id, created_at, id);
CREATE INDEX campaign_running ON campaign (id) WHERE state = 'running';

CREATE TRIGGER campaign_forward BEFORE UPDATE OF state ON campaign
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT (
        (OLD.state = 'draft' AND NEW.state IN ('running', 'archived'))
        OR (OLD.state = 'running' AND NEW.state IN ('paused', 'stopped', 'finished'))
        OR (OLD.state = 'paused' AND NEW.state IN ('running', 'stopped'))
        OR (OLD.state = 'finished' AND NEW.state IN ('running', 'archived'))
        OR (OLD.state = 'stopped' AND NEW.state = 'archived')))
    EXECUTE FUNCTION refuse_change();

CREATE TABLE campaign_sender (
    campaign_id          uuid NOT NULL REFERENCES campaign,
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    place                integer NOT NULL,
    PRIMARY KEY (campaign_id, linkedin_account_id)
);
CREATE INDEX campaign_sender_account ON campaign_sender (linkedin_account_id);

-- When a LinkedIn account acts next for its campaigns. Null: there is nothing to send. `free_at` is when its pace allows
-- the next action: what becomes ready meanwhile may bring `send_at` forward, though never before it.
CREATE TABLE pace (
    linkedin_account_id  uuid PRIMARY KEY REFERENCES linkedin_account,
    send_at              timestamptz,
    free_at              timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
CREATE INDEX pace_due ON pace (send_at) WHERE send_at IS NOT NULL;

-- The person, as imported. `key` is the caller's id of the lead; `person` and `company` are hashes of account and profile,
-- and of account and company.
CREATE TABLE campaign_lead (
    id                   uuid PRIMARY KEY,
    campaign_id          uuid NOT NULL,
    account_id           uuid NOT NULL,
    place                integer NOT NULL,
    key                  text NOT NULL,
    person               bytea NOT NULL CHECK (octet_length(person) = 32),
    company_hash         bytea NOT NULL CHECK (octet_length(company_hash) = 32),
    linkedin             text NOT NULL,
    first_name           text NOT NULL,
    last_name            text NOT NULL,
    company              text NOT NULL,
    job_title            text,
    company_website_url  text,
    specified_url        text,
    UNIQUE (campaign_id, place),
    UNIQUE (campaign_id, person)
);
CREATE INDEX campaign_lead_person ON campaign_lead (account_id, person);
CREATE INDEX campaign_lead_company ON campaign_lead (account_id, company_hash);

-- Where a lead stands. `step` is the step in hand, from 1; 0 before the first. `wake_at` null: something else wakes it.
-- `resume` is the state that a held lead goes back to, `resume_at` when it was to be woken there, and `held_by` the lead
-- of the same company whose reply holds it. `rank` orders what is ready to be sent: lower first.
CREATE TABLE campaign_position (
    lead_id      uuid PRIMARY KEY,
    campaign_id  uuid NOT NULL,
    sender       uuid,
    state        text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'writing', 'review', 'ready', 'sending',
                     'invited', 'waiting', 'held', 'finished', 'stopped')),
    step         smallint NOT NULL DEFAULT 0,
    wake_at      timestamptz,
    rank         smallint NOT NULL DEFAULT 0,
    reason       text NOT NULL DEFAULT '',
    resume       text,
    resume_at    timestamptz,
    held_by      uuid,
    moved_at     timestamptz NOT NULL,
    accepted_at  timestamptz,
    replied_at   timestamptz,
    CHECK (state NOT IN ('finished', 'stopped') OR wake_at IS NULL),
    CHECK (state <> 'stopped' OR reason <> ''),
    CHECK ((state = 'held') = (resume IS NOT NULL)),
    CHECK (step >= 0 AND (step > 0 OR state IN ('queued', 'held', 'stopped')))
) WITH (fillfactor = 70);
CREATE INDEX campaign_position_due ON campaign_position (campaign_id, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX campaign_position_ready ON campaign_position (sender, rank, moved_at) WHERE state = 'ready';
CREATE INDEX campaign_position_listed ON campaign_position (campaign_id, state) WHERE state NOT IN ('waiting', 'invited');

-- The legal moves; domain/campaigns/states.py is the same table, and a test compares the two.
CREATE TABLE campaign_legal_move (before text NOT NULL, after text NOT NULL, PRIMARY KEY (before, after));
INSERT INTO campaign_legal_move (before, after) VALUES
    ('queued', 'writing'), ('queued', 'ready'), ('queued', 'waiting'), ('queued', 'held'), ('queued', 'stopped'),
    ('writing', 'review'), ('writing', 'ready'), ('writing', 'waiting'), ('writing', 'finished'), ('writing', 'held'),
    ('writing', 'stopped'),
    ('review', 'ready'), ('review', 'writing'), ('review', 'waiting'), ('review', 'finished'), ('review', 'held'),
    ('review', 'stopped'),
    ('ready', 'sending'), ('ready', 'writing'), ('ready', 'review'), ('ready', 'waiting'), ('ready', 'finished'),
    ('ready', 'held'), ('ready', 'stopped'),
    ('sending', 'invited'), ('sending', 'waiting'), ('sending', 'finished'), ('sending', 'ready'), ('sending', 'stopped'),
    ('invited', 'waiting'), ('invited', 'finished'), ('invited', 'held'), ('invited', 'stopped'),
    ('waiting', 'writing'), ('waiting', 'ready'), ('waiting', 'finished'), ('waiting', 'held'), ('waiting', 'stopped'),
    ('held', 'queued'), ('held', 'writing'), ('held', 'review'), ('held', 'ready'), ('held', 'invited'),
    ('held', 'waiting'), ('held', 'finished'), ('held', 'stopped');

CREATE FUNCTION campaign_position_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS
            (SELECT FROM campaign_legal_move WHERE before = OLD.state AND after = NEW.state)
        OR NEW.state = OLD.state AND OLD.state IN ('finished', 'stopped') AND NEW.step <> OLD.step
        OR NEW.step < OLD.step
        OR NEW.step > OLD.step + 1
        OR NEW.step = OLD.step + 1 AND OLD.state NOT IN ('queued', 'waiting')
        OR OLD.state = 'held' AND NEW.state NOT IN ('held', 'finished', 'stopped') AND NEW.state <> OLD.resume
    THEN
        RAISE EXCEPTION 'a lead cannot go from % (step %) to % (step %)', OLD.state, OLD.step, NEW.state, NEW.step
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaign_position_forward BEFORE UPDATE OF state, step ON campaign_position
    FOR EACH ROW EXECUTE FUNCTION campaign_position_moves();

-- Every move, for the audit, the funnel and the report. `at` is the product's clock, `written_at` the database's.
CREATE TABLE campaign_move (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lead_id      uuid NOT NULL,
    campaign_id  uuid NOT NULL,
    before       text NOT NULL,
    after        text NOT NULL,
    step         smallint NOT NULL,
    reason       text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX campaign_move_lead ON campaign_move (lead_id, id);
CREATE INDEX campaign_move_campaign ON campaign_move (campaign_id, at);
CREATE TRIGGER campaign_move_constant BEFORE UPDATE ON campaign_move FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who is under way: the wall against a person in two running campaigns of an account.
CREATE TABLE campaign_claim (
    account_id  uuid NOT NULL,
    person      bytea NOT NULL,
    lead_id     uuid NOT NULL UNIQUE,
    PRIMARY KEY (account_id, person)
);

-- One row a lead and step that was begun. `decision` says what the step became: a message, a note, or an invitation
-- without one, and `why` its reason. `request_id` and `request_lead` name the generated message and with it its evidence;
-- `text` is what was, or will be, sent. `action_key` names the intent on the rail: one a lead and step, ever.
CREATE TABLE campaign_message (
    lead_id        uuid NOT NULL,
    step           smallint NOT NULL,
    campaign_id    uuid NOT NULL,
    type           text NOT NULL,
    attempt        smallint NOT NULL DEFAULT 1,
    decision       text NOT NULL CHECK (decision IN ('message', 'note', 'blank', 'skipped')),
    why            text NOT NULL DEFAULT '',
    request_id     uuid,
    request_lead   integer,
    text           text,
    fact_kind      text NOT NULL DEFAULT '',
    fact_at        timestamptz,
    flags          text[] NOT NULL DEFAULT '{}',
    edited         boolean NOT NULL DEFAULT false,
    failure        text NOT NULL DEFAULT '',
    written_at     timestamptz,
    approved_at    timestamptz,
    approved_by    text NOT NULL DEFAULT '',
    action_key     text NOT NULL DEFAULT '',
    outcome        text NOT NULL DEFAULT '',
    detail         text NOT NULL DEFAULT '',
    sent_at        timestamptz,
    PRIMARY KEY (lead_id, step)
) WITH (fillfactor = 80);
CREATE INDEX campaign_message_request ON campaign_message (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX campaign_message_campaign ON campaign_message (campaign_id, step);

-- What was said between a LinkedIn account and a lead. `happening_id` is null for what we sent.
CREATE TABLE thread_message (
    id                   uuid PRIMARY KEY,
    account_id           uuid NOT NULL,
    linkedin_account_id  uuid NOT NULL,
    person               bytea NOT NULL,
    lead_id              uuid,
    campaign_id          uuid,
    inbound              boolean NOT NULL,
    text                 text NOT NULL,
    at                   timestamptz NOT NULL,
    class                text CHECK (class IN ('interested', 'later', 'not_interested', 'out_of_office', 'wrong_person',
                             'question', 'opt_out', 'other')),
    class_why            text NOT NULL DEFAULT '',
    class_by             text NOT NULL DEFAULT '',
    handled_at           timestamptz
);
CREATE INDEX thread_message_person ON thread_message (account_id, person, at);
CREATE INDEX thread_message_lead ON thread_message (lead_id, at) WHERE lead_id IS NOT NULL;
CREATE INDEX thread_message_inbox ON thread_message (account_id, at DESC, id) WHERE inbound;
