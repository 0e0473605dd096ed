"""Campaigns in PostgreSQL: one module an aggregate."""
