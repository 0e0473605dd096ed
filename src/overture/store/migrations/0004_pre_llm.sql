-- Who wrote a message, where a language model is configured: one row a message that this request wrote itself, and one
-- a further version (`revision_id`; all zeros for the message). Kept apart from `message`, whose rows are hot; without a
-- model nothing is written here.
CREATE TABLE composition (
    request_id     uuid NOT NULL,
    lead_idx       integer NOT NULL,
    type           text NOT NULL,
    revision_id    uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    composer       text NOT NULL CHECK (composer IN ('llm', 'embedded')),
    model          text NOT NULL,
    attempts       integer NOT NULL CHECK (attempts >= 0),
    input_tokens   integer NOT NULL CHECK (input_tokens >= 0),
    output_tokens  integer NOT NULL CHECK (output_tokens >= 0),
    cached_tokens  integer NOT NULL CHECK (cached_tokens BETWEEN 0 AND input_tokens),
    cost           numeric CHECK (cost >= 0),
    fallback       text NOT NULL DEFAULT '',
    at             timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (request_id, lead_idx, type, revision_id),
    CHECK (composer = 'embedded' OR fallback = '')
);

-- What was spent on a model, or is set aside for calls under way. `holder` is a request, with the period '-infinity',
-- or an account, with the first day of its period. Rows are kept only where a ceiling is set.
CREATE TABLE llm_spending (
    holder  uuid NOT NULL,
    period  date NOT NULL,
    tokens  bigint NOT NULL DEFAULT 0,
    cost    numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (holder, period)
) WITH (fillfactor = 50);
