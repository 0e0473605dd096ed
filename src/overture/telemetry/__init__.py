"""Logs, metrics and fault points; importing this does nothing."""
