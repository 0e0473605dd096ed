-- What a member meant with a message, where it was planned: the log can tell an automatic reply from an answer.
ALTER TABLE message ADD COLUMN mood text;
