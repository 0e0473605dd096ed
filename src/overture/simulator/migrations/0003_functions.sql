-- The last part of a school's address, from its name.
CREATE FUNCTION slug(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT trim(BOTH '-' FROM regexp_replace(
        translate(lower(name), 'àâäçéèêëîïôöùûüÿ''', 'aaaceeeeiioouuuy-'), '[^a-z0-9]+', '-', 'g'))
$$;

-- The members within some degrees (1st, 2nd, 3rd+) of one.
CREATE FUNCTION within(viewer bigint, degrees text[]) RETURNS TABLE (number bigint) LANGUAGE sql STABLE AS $$
    WITH first AS MATERIALIZED (SELECT b FROM simulated.connection WHERE a = viewer),
    second AS MATERIALIZED (
        SELECT DISTINCT c.b FROM simulated.connection c JOIN first ON first.b = c.a
        WHERE c.b <> viewer AND c.b NOT IN (SELECT b FROM first))
    SELECT b FROM first WHERE '1st' = ANY (degrees)
    UNION ALL SELECT b FROM second WHERE '2nd' = ANY (degrees)
    UNION ALL SELECT id FROM simulated.member WHERE '3rd+' = ANY (degrees)
        AND id NOT IN (SELECT b FROM first) AND id NOT IN (SELECT b FROM second) AND id <> viewer
$$;
