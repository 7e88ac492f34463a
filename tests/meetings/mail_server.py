"""A real mail server (Dovecot) on the loopback, with one mailbox in a folder of the test."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
USER, PASSWORD = "answers@firm.example", 'half "an" hour / 50%'
NOBODY = 65534
needs_dovecot = pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed here")

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
mail_location = maildir:{mails}
first_valid_uid = 1
first_valid_gid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mails}
}}
"""


@dataclass(frozen=True)
class MailServer:
    mails: Path
    plain: int
    secure: int

    def address(
        self, *, password: str = PASSWORD, folder: str = "INBOX", secure: bool = True
    ) -> str:
        scheme, port = ("imaps", self.secure) if secure else ("imap", self.plain)
        return f"{scheme}://{quote(USER)}:{quote(password, safe='')}@localhost:{port}/{folder}"

    def deliver(self, raw: bytes, name: str) -> None:
        """As a delivery agent does: written beside, then moved in."""
        beside = self.mails / "tmp" / name
        beside.write_bytes(raw)
        if os.getuid() == 0:
            os.chown(beside, NOBODY, NOBODY)
        beside.rename(self.mails / "new" / name)

    @property
    def read(self) -> list[str]:
        """Names of the mails that are marked as read."""
        return sorted(
            path.name.partition(":")[0]
            for path in (self.mails / "cur").iterdir()
            if "S" in path.name.partition(":2,")[2]
        )


@contextmanager
def mail_server(folder: Path, certificate: Path) -> Iterator[MailServer]:
    server = MailServer(folder / "mails", _free_port(), _free_port())
    for name in ("run", "state", "mails/new", "mails/cur", "mails/tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    _hand_over(folder)
    settings = folder / "dovecot.conf"
    settings.write_text(_configuration(folder, certificate, server))
    with _running([str(PROGRAM), "-F", "-c", str(settings)], server.secure, folder / "log"):
        yield server


def _configuration(folder: Path, certificate: Path, server: MailServer) -> str:
    root = os.getuid() == 0
    mine = str(os.getuid())
    return CONFIGURATION.format(
        folder=folder,
        certificate=certificate,
        mails=server.mails,
        plain=server.plain,
        secure=server.secure,
        internal="dovecot" if root else _name("u"),
        group="dovecot" if root else _name("g"),
        login="dovenull" if root else _name("u"),
        uid=NOBODY if root else mine,
        gid=NOBODY if root else os.getgid(),
    )


def _name(kind: str) -> str:
    return subprocess.check_output(["id", f"-{kind}n"], text=True).strip()


def _hand_over(folder: Path) -> None:
    """Started by root, the server reads mails as somebody else."""
    if os.getuid() != 0:
        return
    for path in [folder, *folder.parents]:
        with suppress(PermissionError):
            path.chmod(path.stat().st_mode | 0o011)
    for path in [folder / "mails", *(folder / "mails").iterdir()]:
        os.chown(path, NOBODY, NOBODY)
    (folder / "users").chmod(0o644)


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(log.read_text() if log.exists() else "The mail server did not start.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
