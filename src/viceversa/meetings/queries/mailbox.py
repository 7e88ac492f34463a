"""What to do when the mailbox that receives the answers cannot be read."""

SENTENCES = {
    "no_address": "INBOUND_IMAP is no address of a mailbox. Write it as "
    "imaps://user:password@host/INBOX.",
    "no_plain_letters": "INBOUND_IMAP holds letters that a mail server does not take. "
    "Use a name, a password and a folder in plain letters.",
    "insecure": "The mail server does not prove who it is. Look at its certificate; one of your "
    "own is trusted through SSL_CERT_FILE.",
    "unreachable": "The mail server does not answer. Look at host and port in INBOUND_IMAP.",
    "no_entry": "The mail server refuses the user or the password of INBOUND_IMAP. "
    "Write special characters of a password with percent signs.",
    "no_folder": "The mailbox has no folder of the name in INBOUND_IMAP.",
    "read_only": "The folder in INBOUND_IMAP cannot be written, so no mail can be marked as read. "
    "Use a mailbox of its own.",
    "broken_off": "The mail server broke off. It is tried again in five minutes.",
    "no_maildir": "INBOUND_MAILDIR is no maildir: it has no folders new and cur.",
}


def sentence(code: str) -> str:
    return SENTENCES[code]
