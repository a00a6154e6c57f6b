"""All subjects; importing the package registers them."""

from . import animals, buildings, creatures, plants, things, vehicles
from .registry import SUBJECTS, Subject

__all__ = ["SUBJECTS", "Subject", "animals", "buildings", "creatures", "plants", "things", "vehicles"]
