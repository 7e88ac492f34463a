"""A sample organisation of plainly fictional people, generated from a seed."""

from viceversa.home.sample.organisation import SAMPLE_DAY, generate
from viceversa.home.sample.setting import SIGN_INS
from viceversa.home.sample.shapes import SampleOrganisation

__all__ = ["SAMPLE_DAY", "SIGN_INS", "SampleOrganisation", "generate"]
