"""Makes training examples from phrasings, without end: a line is drawn, its slots are filled, its wording is varied."""

import random as random_module

from dialogue import sequence
from lines import TOOLS, read_files
from outcomes import follow
from paths import TEST, phrasing_files
from split import divide
from values import Values
from variety import vary

# How often each tool is drawn: towards what people ask, without starving the rare tools.
SHARE = {
    "generate": 0.33,
    "get_styles": 0.09,
    "apply_style": 0.14,
    "enhance_prompt": 0.11,
    "search_history": 0.12,
    "analyze_image": 0.11,
    "reply": 0.10,
}


class Examples:
    """Draws varied lines of the training part; `validation` is kept aside."""

    def __init__(self, seed, extra_files=(), report=lambda text: None):
        self.random = random_module.Random(seed)
        self.test = read_files([TEST], report)
        everything = read_files([*phrasing_files(), *extra_files], report)
        self.training, self.validation = divide(everything, self.test)
        self.values = Values(self.training)
        self.of_tool = {tool: [line for line in self.training if line.tool == tool] for tool in TOOLS}

    def draw(self):
        """One line, filled and varied. Replies keep their text."""
        random = self.random
        tool = random.choices(list(SHARE), list(SHARE.values()))[0]
        line = self.values.fill(random.choice(self.of_tool[tool]), random)
        if random.random() < 0.4:
            line = self.values.exchange(line, random)
        return vary(line, random) if random.random() < 0.75 else line

    def sequence(self, tokenizer):
        line = self.draw()
        outcomes = follow(line.tool, self.random) if line.tool != "reply" and self.random.random() < 0.12 else ()
        return sequence(tokenizer, line, self.random, outcomes)
