"""PostgreSQL, the only state: one module an aggregate, literal SQL, typed rows."""
