"""Every setting that the environment may change: one typed row each. The reference page in the docs
is generated from this table."""

from dataclasses import dataclass
from typing import Any

import environ


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str
    default: Any
    help: str


VARIABLES = (
    Variable("VICEVERSA_HOME", "str", "var", "Folder for the database, keys, mail files and logs."),
    Variable(
        "DATABASE_URL",
        "str",
        "",
        "postgres://user:password@host/name. Empty: SQLite in the home.",
    ),
    Variable("SECRET_KEY", "str", "", "Empty: made once and kept in the home folder."),
    Variable(
        "KEY_STORE",
        "str",
        "",
        "Folder of the key store, outside the database and its backups. Empty: keys in the home.",
    ),
    Variable(
        "KEY_STORE_SECRET",
        "str",
        "",
        "32 bytes in base64 instead of the file, where several machines share a database.",
    ),
    Variable("DEBUG", "bool", False, "Developer's error pages and the component gallery."),
    Variable("ALLOWED_HOSTS", "list", ["localhost", "127.0.0.1", "[::1]"], "Host names served."),
    Variable(
        "BASE_URL",
        "str",
        "http://localhost:8000",
        "Address people use; links in mails begin so.",
    ),
    Variable("ORGANISATION_NAME", "str", "", "Name shown beside the mark. Empty: the mark alone."),
    Variable(
        "EMAIL_URL",
        "str",
        "",
        "smtp://user:password@host:587?tls=True. Empty: mails become files in the home folder.",
    ),
    Variable("EMAIL_FROM", "str", "Viceversa <viceversa@localhost>", "Sender of mails."),
    Variable(
        "INBOUND_SECRET",
        "str",
        "",
        "Secret with which a mail gateway signs the calendar replies it hands over. Empty: none.",
    ),
    Variable(
        "INBOUND_IMAP",
        "str",
        "",
        "imaps://user:password@host/INBOX: a mailbox of its own, from which replies are read.",
    ),
    Variable(
        "INBOUND_MAILDIR",
        "str",
        "",
        "Maildir in which the answers to EMAIL_FROM arrive; calendar replies are read from it.",
    ),
    Variable(
        "BUSY_ALLOW_PRIVATE",
        "bool",
        False,
        "For tests only: read busy times over http and from inside the network.",
    ),
    Variable("SECURE_COOKIES", "bool", False, "Set behind HTTPS: cookies over HTTPS only, HSTS."),
    Variable("TRUST_PROXY_HEADERS", "bool", False, "Set behind a proxy that sets X-Forwarded-*."),
    Variable("IMPORT_MAX_MB", "int", 40, "Largest staff file accepted, in megabytes."),
    Variable(
        "MEETING_LINK_TEMPLATE",
        "str",
        "",
        "https://meet.example.org/{room}: a video room for each half hour. Empty: links are typed.",
    ),
    Variable("LOG_LEVEL", "str", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Variable("SAMPLE_SIGN_IN_HINTS", "bool", False, "Show the sample's sign-ins when signing in."),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}
_env = environ.Env()


def read(name: str) -> Any:
    variable = _BY_NAME[name]
    return getattr(_env, variable.kind)(name, default=variable.default)
