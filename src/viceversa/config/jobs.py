"""What happens later: each deferred name, its function, and what runs when."""

from datetime import timedelta

JOBS: dict[str, str] = {
    "notifications.deliver": "viceversa.notifications.jobs.deliver",
}

SCHEDULE: dict[str, timedelta] = {
    "notifications.deliver": timedelta(minutes=1),
}
