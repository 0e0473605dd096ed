"""The console: server-rendered pages over use cases, under ``/console``."""
