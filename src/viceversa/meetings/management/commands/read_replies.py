from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from viceversa.meetings.actions.replies import read_mailbox
from viceversa.toolkit import clock


class Command(BaseCommand):
    help = "Reads what calendars answered to invitations, from the maildir INBOUND_MAILDIR."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.INBOUND_MAILDIR:
            raise CommandError("Set INBOUND_MAILDIR to the maildir that receives the answers.")
        try:
            seen = read_mailbox(folder=Path(settings.INBOUND_MAILDIR), now=clock.now())
        except FileNotFoundError as error:
            raise CommandError(f"{settings.INBOUND_MAILDIR} is no maildir.") from error
        for code, count in sorted(seen.items()):
            self.stdout.write(f"{code}: {count}")
        if not seen:
            self.stdout.write("nothing new")
