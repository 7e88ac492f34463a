"""One command for a first look: set up, load the sample, start the worker and the server."""

import hashlib
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click

from viceversa.config.env import read
from viceversa.home.sample.sign_ins import say_sign_ins

PACKAGE = Path(__file__).resolve().parent.parent


def run_demo(*, port: int, people: int) -> int:
    os.environ.setdefault("SAMPLE_SIGN_IN_HINTS", "true")
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    if _port_is_taken(port):
        click.echo(f"Port {port} is in use. Choose another: viceversa demo --port {port + 1}")
        return 2
    failed = _prepare(people)
    if failed:
        return failed
    say_sign_ins(click.echo)
    click.echo(f"\nViceversa runs at http://localhost:{port}   (stop with Ctrl+C)")
    click.echo(f"Ready to match: http://localhost:{port}/programmes/digital-half-hour/")
    return _run(port)


def _prepare(people: int) -> int:
    """Sets up and loads the sample, unless this very code has done so here before."""
    mark = Path(read("VICEVERSA_HOME")).absolute() / "prepared"
    code = _fingerprint()
    if mark.exists() and mark.read_text() == code:
        return 0
    for step in (["setup"], ["sample", "--people", str(people), "--quiet"]):
        done = subprocess.run([*_program(), *step], check=False)
        if done.returncode:
            return done.returncode
    mark.write_text(code)
    return 0


def _run(port: int) -> int:
    worker = subprocess.Popen([*_program(), "work", "--quiet"])
    try:
        with suppress(KeyboardInterrupt):
            serve = [*_program(), "serve", "--port", str(port)]
            return subprocess.run(serve, check=False).returncode
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return 0


def _program() -> list[str]:
    return [sys.executable, "-m", "viceversa.config"]


def _fingerprint() -> str:
    """Changes whenever a file of the product does, or the database is another one."""
    known = hashlib.sha256(read("DATABASE_URL").encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            facts = path.stat()
            known.update(f"{path}:{facts.st_mtime_ns}:{facts.st_size}".encode())
    return known.hexdigest()


def _port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
