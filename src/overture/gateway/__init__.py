"""One LinkedIn action through a rail: foreign failures become ours, and what is unknown is settled by reading."""
