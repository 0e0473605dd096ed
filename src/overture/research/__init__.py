"""Pages to evidence: which pages to read, and what of them may support a claim."""
