"""The engine on files: people.csv and programme.toml in, a folder of answers out."""

from viceversa.matching.engine.files.recheck import run_verify
from viceversa.matching.engine.files.run import run_match

__all__ = ["run_match", "run_verify"]
