"""Finding a company's own site by its name: ways to candidates, and what a candidate must show."""
