-- The assisted rail: tasks for the member's own hand, and the connections that LinkedIn's own export lists.
-- `list` names the member's task list: it is the secret part of the account's session.

CREATE TABLE linkedin_task (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    list        text NOT NULL,
    key         text NOT NULL,
    kind        text NOT NULL,
    profile     text NOT NULL,
    link        text NOT NULL,
    text        text NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'skipped', 'failed')),
    note        text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    UNIQUE (list, key),
    CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX linkedin_task_open ON linkedin_task (list, created_at) WHERE state = 'open';

-- What a person noted or LinkedIn's export shows, in the order of arrival; the rail tells it as news.
CREATE TABLE linkedin_note (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    list     text NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('connected', 'replied')),
    profile  text NOT NULL,
    name     text NOT NULL DEFAULT '',
    text     text NOT NULL DEFAULT '',
    at       timestamptz NOT NULL
);
CREATE UNIQUE INDEX linkedin_note_connected ON linkedin_note (list, profile) WHERE kind = 'connected';
CREATE INDEX linkedin_note_list ON linkedin_note (list, id);
