"""The endpoints, one module a group of the reference."""
