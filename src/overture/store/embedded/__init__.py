"""The embedded PostgreSQL: started by the first process that needs it, shared, stopped by the last."""

from overture.store.embedded.lease import Lease, Status, start, status

__all__ = ["Lease", "Status", "start", "status"]
