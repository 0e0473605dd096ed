"""Campaigns: a sequence run end to end for many leads, by one or several LinkedIn accounts."""
