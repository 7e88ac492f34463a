"""What happens later: each deferred name, its function, and what runs when."""

from datetime import timedelta

JOBS: dict[str, str] = {
    "accounts.send_login_code": "viceversa.accounts.jobs.send_login_code",
    "accounts.send_reset_link": "viceversa.accounts.jobs.send_reset_link",
    "matching.expire_asks": "viceversa.matching.jobs.expire_asks",
    "notifications.deliver": "viceversa.notifications.jobs.deliver",
}

SCHEDULE: dict[str, timedelta] = {
    "matching.expire_asks": timedelta(minutes=15),
    "notifications.deliver": timedelta(minutes=1),
}
