from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from viceversa.meetings.actions.mailbox import read_answers
from viceversa.meetings.queries.mailbox import sentence
from viceversa.meetings.rules.mailbox import NoMailbox
from viceversa.toolkit import clock


class Command(BaseCommand):
    help = "Reads what calendars answered to invitations, from INBOUND_IMAP or INBOUND_MAILDIR."

    def handle(self, *args: Any, **options: Any) -> None:
        maildir, imap = settings.INBOUND_MAILDIR, settings.INBOUND_IMAP
        if not maildir and not imap:
            raise CommandError(
                "Set INBOUND_IMAP to the mailbox that receives the answers, or INBOUND_MAILDIR."
            )
        try:
            seen = read_answers(maildir=maildir, imap=imap, now=clock.now())
        except NoMailbox as problem:
            raise CommandError(sentence(str(problem))) from None
        for code, count in sorted(seen.items()):
            self.stdout.write(f"{code}: {count}")
        if not seen:
            self.stdout.write("nothing new")
