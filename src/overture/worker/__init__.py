"""The worker: binds task names to use cases and runs the queue engine."""
