"""What went wrong with sending: the server, the message, or only the moment."""

from smtplib import (
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)


class ServerGone(Exception):
    """The mail server cannot be used at all: everything has to wait."""


class Undeliverable(Exception):
    """This message will never go out."""


class Outdated(Exception):
    """What this message says has changed in the meantime."""


class NotNow(Exception):
    """The server refuses this message for the moment."""


Fault = ServerGone | Undeliverable | NotNow


def fault_of(error: Exception) -> Fault:
    if isinstance(error, SMTPRecipientsRefused):
        return _by_code(*next(iter(error.recipients.values())))
    if isinstance(error, SMTPSenderRefused):
        return ServerGone(_said(error.smtp_code, error.smtp_error))
    if isinstance(error, SMTPResponseException):
        return _by_code(error.smtp_code, error.smtp_error)
    if isinstance(error, (SMTPNotSupportedError, ValueError)):
        return Undeliverable(f"The address or the text cannot be sent: {error}")
    return ServerGone(f"{type(error).__name__}: {error}")


def _by_code(code: int, text: bytes | str) -> Fault:
    if code == 421:
        return ServerGone(_said(code, text))
    if code >= 500:
        return Undeliverable(_said(code, text))
    return NotNow(_said(code, text))


def _said(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {words}"
