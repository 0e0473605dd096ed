"""Campaigns under ``/api/native/campaigns``: one module a topic, all of them named in ``index``."""
