"""Overture: grounded LinkedIn outreach, open and self-hosted."""

__version__ = "0.1.0"
