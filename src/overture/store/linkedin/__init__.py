"""LinkedIn accounts and what they do: one module an aggregate."""
