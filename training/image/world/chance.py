"""Scenes drawn by lot: everything the model is to know comes up, and nothing that contradicts itself."""

from random import Random

from .palette import COLORS
from .places import PLACES
from .scene import Figure, Scene
from .styles import STYLES
from .subjects import SUBJECTS

#: How often each comes up, as weights.
TIMES = {"day": 5, "morning": 1, "sunset": 2, "night": 2}
WEATHERS = {"clear": 6, "cloudy": 1, "rain": 1.3, "snow": 1.3, "fog": 1}
SIZES = {"small": 2, "medium": 5, "large": 4}
POSITIONS = {"center": 6, "left": 2, "right": 2}
FIGURES = {0: 0.5, 1: 7, 2: 2.5}
#: Of scenes without any style; each of the others is as frequent as the next.
PLAIN_SHARE = 0.3


def random_scene(random: Random) -> Scene:
    place = PLACES[random.choice(sorted(PLACES))]
    count = _pick(random, FIGURES, FIGURES)
    return Scene(
        place=place.name,
        time=_pick(random, TIMES, place.times),
        weather=_pick(random, WEATHERS, place.weathers),
        figures=_figures(random, place.name, count),
        style="plain" if random.random() < PLAIN_SHARE else random.choice([name for name in STYLES if name != "plain"]),
        seed=random.randrange(2**31),
    )


def fitting_subjects(place: str) -> list[str]:
    """What can be in a place, in a fixed order."""
    return sorted(name for name, subject in SUBJECTS.items() if subject.homes & PLACES[place].feet.keys())


def _figures(random: Random, place: str, count: int) -> tuple[Figure, ...]:
    fitting = fitting_subjects(place)
    if count == 2:
        # Beside each other, so that neither hides the other; the colours differ, so that it shows whose is whose.
        subjects, colors = random.sample(fitting, 2), random.sample(sorted(COLORS), 2)
        return tuple(Figure(subject, color, "medium", side) for subject, color, side in zip(subjects, colors, ("left", "right")))
    if count == 0:
        return ()
    figure = Figure(random.choice(fitting), random.choice(sorted(COLORS)), _pick(random, SIZES, SIZES), _pick(random, POSITIONS, POSITIONS))
    return (figure,)


def _pick(random: Random, weights: dict, allowed) -> object:
    chosen = [name for name in weights if name in allowed]
    return random.choices(chosen, [weights[name] for name in chosen])[0]
