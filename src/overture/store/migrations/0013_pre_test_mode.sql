-- Test accounts: the same code, the embedded composer, the simulated rail, and lead ids that make things fail.
ALTER TABLE account ADD COLUMN mode text NOT NULL DEFAULT 'live' CHECK (mode IN ('live', 'test'));

-- An account is made as one or the other: what is live is never mixed with what is not.
CREATE TRIGGER account_mode BEFORE UPDATE ON account
    FOR EACH ROW WHEN (OLD.mode <> NEW.mode) EXECUTE FUNCTION refuse_change();
