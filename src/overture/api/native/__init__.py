"""Routes of our own, for what no dialect has."""
