"""All places; importing the package registers them."""

from . import land, special, water
from .registry import PLACES, Place

__all__ = ["PLACES", "Place", "land", "special", "water"]
