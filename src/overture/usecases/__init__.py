"""One function a thing a user can ask for; the only place that opens transactions."""
