"""Webhooks out: the signature, and what an attempt's outcome leads to."""
