"""LinkedIn as Overture speaks of it: who is there, what can be read, what can be done, and what came of it."""
