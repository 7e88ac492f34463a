"""One command for a first look: set up, load the sample, start the worker and the server."""

import os
import subprocess
import sys
from contextlib import suppress

import click


def run_demo(*, port: int, people: int) -> int:
    os.environ.setdefault("SAMPLE_SIGN_IN_HINTS", "true")
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    if _port_is_taken(port):
        click.echo(f"Port {port} is in use. Choose another: viceversa demo --port {port + 1}")
        return 2
    program = [sys.executable, "-m", "viceversa.config"]
    for step in (["setup"], ["sample", "--people", str(people)]):
        done = subprocess.run([*program, *step], check=False)
        if done.returncode:
            return done.returncode
    click.echo(f"\nViceversa runs at http://127.0.0.1:{port}   (stop with Ctrl+C)")
    worker = subprocess.Popen([*program, "work"])
    try:
        with suppress(KeyboardInterrupt):
            return subprocess.run([*program, "serve", "--port", str(port)], check=False).returncode
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return 0


def _port_is_taken(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
