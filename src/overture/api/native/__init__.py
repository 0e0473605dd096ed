"""Overture's own routes, under ``/api/native/``: evidence, steering, quotes, cancelling."""
