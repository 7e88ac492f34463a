"""The matching engine: plain arrays and records in, provably best partnerships out.

Knows neither Django nor the rest of the product; one could publish it on its own.
"""

from viceversa.matching.engine.solving.assignment import Assignment, Prices
from viceversa.matching.engine.errors import BadInput, Infeasible, InvalidCertificate
from viceversa.matching.engine.solving.solver import assign
from viceversa.matching.engine.verifier import verify

__all__ = [
    "Assignment",
    "BadInput",
    "Infeasible",
    "InvalidCertificate",
    "Prices",
    "assign",
    "verify",
]
