"""The product's source as trees, for tests that read code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ROOT / "src" / "viceversa"


@cache
def modules() -> dict[str, ast.Module]:
    """Dotted name → syntax tree of every module but migrations."""
    return {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts): ast.parse(path.read_text())
        for path in sorted(PRODUCT.rglob("*.py"))
        if "migrations" not in path.parts
    }


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls_of(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node
