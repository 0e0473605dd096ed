-- The rights of the people that messages are about: erasing one, and forgetting what is old.

-- Who was erased. `profile` is kept while the work is unfinished, so that another process can finish it. What stays is a
-- hash, and how many rows of each table were changed.
CREATE TABLE erasure (
    account_id  uuid NOT NULL REFERENCES account,
    person      bytea NOT NULL CHECK (octet_length(person) = 32),
    profile     text,
    asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at     timestamptz,
    counts      jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (account_id, person),
    CHECK ((done_at IS NULL) = (profile IS NOT NULL))
);
CREATE INDEX erasure_open ON erasure (asked_at) WHERE done_at IS NULL;

-- When a class of data is looked through for what is old next.
CREATE TABLE retention (
    class    text PRIMARY KEY,
    next_at  timestamptz NOT NULL
);

-- An event whose body is empty was erased or has become old: it is never sent, and its row says that it was.
DROP TRIGGER event_constant ON event;
CREATE TRIGGER event_constant BEFORE UPDATE ON event
    FOR EACH ROW WHEN ((OLD.body <> NEW.body AND (NEW.body <> '' OR NEW.state = 'pending'))
        OR OLD.request_id <> NEW.request_id OR OLD.triggered_at <> NEW.triggered_at)
    EXECUTE FUNCTION refuse_change();
ALTER TABLE event ADD CONSTRAINT event_empty CHECK (body <> '' OR state <> 'pending') NOT VALID;
CREATE INDEX event_kept ON event (triggered_at) WHERE state <> 'pending' AND body <> '';

-- A version that was settled may lose its words, and nothing else of it changes.
DROP TRIGGER revision_forward ON revision;
CREATE TRIGGER revision_forward BEFORE UPDATE ON revision
    FOR EACH ROW WHEN (
        (OLD.state <> 'pending' OR OLD.wish <> NEW.wish OR OLD.number <> NEW.number)
        AND NOT (OLD.state <> 'pending' AND NEW.state = OLD.state AND NEW.number = OLD.number
            AND coalesce(NEW.text, '') = '' AND NEW.reason IS NOT DISTINCT FROM OLD.reason AND NEW.detail IS NULL
            AND NEW.segments IS NULL AND NEW.wish = '{}' AND NEW.steering = '{}' AND NEW.account_id = OLD.account_id
            AND NEW.request_id = OLD.request_id AND NEW.lead_idx = OLD.lead_idx AND NEW.type = OLD.type
            AND NEW.settled_at = OLD.settled_at))
    EXECUTE FUNCTION refuse_change();

-- What was spent stays. In the reason, where targets once stood, the word `erased` may take the place of the words.
DROP TRIGGER linkedin_budget_append_only ON linkedin_budget;
CREATE TRIGGER linkedin_budget_append_only BEFORE DELETE ON linkedin_budget
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER linkedin_budget_constant BEFORE UPDATE ON linkedin_budget
    FOR EACH ROW WHEN (NEW.reason <> 'erased' OR (NEW.id, NEW.linkedin_account_id, NEW.budget, NEW.amount, NEW.action_id,
        NEW.at) IS DISTINCT FROM (OLD.id, OLD.linkedin_account_id, OLD.budget, OLD.amount, OLD.action_id, OLD.at))
    EXECUTE FUNCTION refuse_change();

-- An action without its body: what it was, to whom, is gone; that it was, how it ended and what it spent is not.
ALTER TABLE linkedin_action ADD COLUMN erased_at timestamptz;
CREATE INDEX linkedin_action_kept ON linkedin_action (intended_at) WHERE erased_at IS NULL;

-- A complete request loses its texts first and its leads later.
ALTER TABLE request ADD COLUMN texts_gone_at timestamptz, ADD COLUMN leads_gone_at timestamptz;
CREATE INDEX request_texts ON request (completed_at) WHERE state = 'complete' AND texts_gone_at IS NULL;
CREATE INDEX request_leads ON request (completed_at) WHERE state = 'complete' AND leads_gone_at IS NULL;
DROP TRIGGER request_forward ON request;
CREATE TRIGGER request_forward BEFORE UPDATE ON request
    FOR EACH ROW WHEN (
        (OLD.state = 'complete' AND ((NOT NEW.revised AND NEW.texts_gone_at IS NOT DISTINCT FROM OLD.texts_gone_at
                AND NEW.leads_gone_at IS NOT DISTINCT FROM OLD.leads_gone_at)
            OR NEW.state <> 'complete' OR NEW.generated <> OLD.generated
            OR NEW.failed <> OLD.failed OR NEW.requested <> OLD.requested OR NEW.charged <> OLD.charged
            OR NEW.completed_at <> OLD.completed_at))
        OR (OLD.revised AND NOT NEW.revised)
        OR NEW.generated < OLD.generated OR NEW.failed < OLD.failed)
    EXECUTE FUNCTION refuse_change();

CREATE INDEX source_settled ON source (touched_at) WHERE state <> 'pending';
CREATE INDEX linkedin_task_ended ON linkedin_task (ended_at) WHERE ended_at IS NOT NULL AND link <> '';
CREATE INDEX linkedin_note_replied ON linkedin_note (at) WHERE kind = 'replied';
CREATE INDEX campaign_message_kept ON campaign_message (written_at) WHERE text IS NOT NULL;
CREATE INDEX thread_message_kept ON thread_message (at) WHERE text <> '';
CREATE INDEX campaign_position_ended ON campaign_position (moved_at) WHERE state IN ('finished', 'stopped');
