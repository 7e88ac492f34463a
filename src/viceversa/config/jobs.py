"""What happens later: each deferred name, its function, and what runs when."""

from datetime import timedelta

JOBS: dict[str, str] = {
    "programmes.enrol_eligible": "viceversa.programmes.jobs.enrol_everyone_eligible",
    "accounts.forget_sessions": "viceversa.accounts.jobs.forget_sessions",
    "accounts.send_login_code": "viceversa.accounts.jobs.send_login_code",
    "accounts.send_reset_link": "viceversa.accounts.jobs.send_reset_link",
    "insights.pass_themes_on": "viceversa.insights.jobs.pass_themes_on",
    "community.remind": "viceversa.community.jobs.remind",
    "matching.expire_asks": "viceversa.matching.jobs.expire_asks",
    "matching.solve_round": "viceversa.matching.jobs.solve_round",
    "matching.solve_what_if": "viceversa.matching.jobs.solve_what_if",
    "meetings.extend_series": "viceversa.meetings.jobs.booking.extend_series",
    "meetings.forget_reminders": "viceversa.meetings.jobs.reminders.forget",
    "meetings.keep_up": "viceversa.meetings.jobs.booking.keep_up",
    "meetings.read_busy_calendar": "viceversa.meetings.jobs.calendars.read_busy_calendar",
    "meetings.read_busy_calendars": "viceversa.meetings.jobs.calendars.read_busy_calendars",
    "meetings.read_replies": "viceversa.meetings.jobs.calendars.read_replies",
    "meetings.remind": "viceversa.meetings.jobs.reminders.remind",
    "meetings.watch_silence": "viceversa.meetings.jobs.booking.watch_silence",
    "notifications.deliver": "viceversa.notifications.jobs.deliver",
    "notifications.gather": "viceversa.notifications.jobs.gather",
    "partnerships.resume_paused": "viceversa.partnerships.jobs.lifecycle.resume_paused",
    "people.apply_import": "viceversa.people.jobs.apply_import",
    "people.check_import": "viceversa.people.jobs.check_import",
    "people.forget_imports": "viceversa.people.jobs.forget_imports",
    "toolkit.forget_finished_jobs": "viceversa.toolkit.jobs.upkeep.forget_finished_jobs",
}

SCHEDULE: dict[str, timedelta] = {
    "accounts.forget_sessions": timedelta(hours=24),
    "insights.pass_themes_on": timedelta(hours=24),
    "community.remind": timedelta(minutes=5),
    "matching.expire_asks": timedelta(minutes=15),
    "meetings.extend_series": timedelta(hours=24),
    "meetings.forget_reminders": timedelta(hours=24),
    "meetings.keep_up": timedelta(minutes=15),
    "meetings.read_busy_calendars": timedelta(minutes=30),
    "meetings.read_replies": timedelta(minutes=5),
    "meetings.remind": timedelta(minutes=5),
    "meetings.watch_silence": timedelta(hours=1),
    "notifications.deliver": timedelta(minutes=1),
    "notifications.gather": timedelta(minutes=5),
    "partnerships.resume_paused": timedelta(hours=1),
    "people.forget_imports": timedelta(hours=24),
    "toolkit.forget_finished_jobs": timedelta(hours=24),
}
