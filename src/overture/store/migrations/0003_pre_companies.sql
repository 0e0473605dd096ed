-- Sources of a further kind: which site is a company's own, found by its name.

ALTER TABLE source DROP CONSTRAINT source_kind_check;
ALTER TABLE source ADD CONSTRAINT source_kind_check CHECK (kind IN ('site', 'article', 'jobs', 'company'));
