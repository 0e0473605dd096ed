"""The LinkedIn gateway's dialect, LinkUp v1, declared once: validation, OpenAPI and tests read the declaration."""
