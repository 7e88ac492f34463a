"""What happens later: deferred by name, in the caller's transaction."""

from viceversa.toolkit.jobs.queue import later

__all__ = ["later"]
