-- What is kept of a source's pages to ask for them again without their bodies, and the addresses that were read.

ALTER TABLE source ADD COLUMN pages bytea;
ALTER TABLE source ADD COLUMN looked_at text[] NOT NULL DEFAULT '{}';
