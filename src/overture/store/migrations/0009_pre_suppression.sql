-- Whom a customer must leave alone, for good. Only a hash of customer and profile is kept, so the list outlives the data.
CREATE TABLE suppression (
    account_id  uuid NOT NULL REFERENCES account,
    person      bytea NOT NULL CHECK (octet_length(person) = 32),
    reason      text NOT NULL DEFAULT '',
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, person)
);
CREATE TRIGGER suppression_final BEFORE UPDATE OR DELETE ON suppression
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Whom an action is about, as the same hash, and when its intent was committed by the database's clock.
ALTER TABLE linkedin_action ADD COLUMN person bytea, ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX linkedin_action_person ON linkedin_action (account_id, person) WHERE person IS NOT NULL;
