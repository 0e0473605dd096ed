-- LinkedIn's own limit on one kind of doing: the account goes on with others.
CREATE TABLE linkedin_limit (
    linkedin_account_id  uuid NOT NULL REFERENCES linkedin_account,
    budget               text NOT NULL CHECK (budget IN ('invites', 'notes', 'messages', 'views', 'posts')),
    until                timestamptz NOT NULL,
    reason               text NOT NULL,
    PRIMARY KEY (linkedin_account_id, budget)
);

-- What is old enough is deleted.
CREATE INDEX linkedin_call_ended ON linkedin_call (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX linkedin_happening_seen ON linkedin_happening (seen_at);
