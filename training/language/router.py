"""The router: a linear classifier that says which tool a sentence asks for.

Features are hashed (FNV-1a, 32 bits, modulo SLOTS): n-grams of letters, words, pairs of words, the first and last words, and
each of them again together with the situation for the words. The weights are 8-bit; `router.json` holds them in base64.

    python router.py [--extra FOLDER]      trains on the phrasings and writes WORK/router.json
"""

import argparse
import base64
import json
import math
import re
from pathlib import Path

import numpy
import torch

from examples import Examples
from lines import SITUATIONS, TOOLS
from paths import WORK

SLOTS = 1 << 16
SHORTEST, LONGEST = 2, 5
MOST_LETTERS = 400  # of a long text only its two ends are looked at
DRAWN = 120_000


def fnv(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def normal(text):
    text = re.sub(r"\s+", " ", text.lower().replace("’", "'")).strip()
    text = re.sub(r"\d+", "0", text)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS // 2] + " " + text[-MOST_LETTERS // 2 :]


def features(words, situation):
    """The names of the features of a sentence, each once."""
    text = normal(words)
    framed = f"^{text}$"
    found = {f"c{framed[at : at + size]}" for size in range(SHORTEST, LONGEST + 1) for at in range(len(framed) - size + 1)}
    parts = re.findall(r"[a-z0-9'äöüßéèêáàâíóúñçøåæ]+|[^\sa-z0-9'äöüßéèêáàâíóúñçøåæ]", text)
    parts = ["^", *parts, "$"]
    found.update(f"w{part}" for part in parts)
    found.update(f"s{situation} {part}" for part in parts)
    found.update(f"p{one} {other}" for one, other in zip(parts, parts[1:]))
    found.update(f"k{one} {other}" for one, other in zip(parts, parts[2:]))
    found.update(f"t{' '.join(parts[at : at + 3])}" for at in range(len(parts) - 2))
    found.update(f"f{' '.join(parts[:size])}" for size in (2, 3, 4))
    found.update(f"l{' '.join(parts[-size:])}" for size in (2, 3, 4))
    found.update(f"g{situation} {' '.join(parts[:size])}" for size in (2, 3))
    found.add(f"b{situation} {min(12, len(parts))}")
    return found


CACHE = {}


def slots(words, situation):
    result = set()
    for name in features(words, situation):
        if name not in CACHE:
            CACHE[name] = fnv(name) % SLOTS
        result.add(CACHE[name])
    return sorted(result)


class Router:
    """Probabilities: softmax of the summed weights, divided by the root of the number of features."""

    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias

    def probabilities(self, words, situation):
        found = slots(words, situation)
        scores = self.weights[found].sum(0) / math.sqrt(len(found)) + self.bias
        scores = numpy.exp(scores - scores.max())
        return scores / scores.sum()

    def write(self, file):
        scale = float(numpy.abs(self.weights).max() / 127)
        whole = numpy.round(self.weights / scale).astype(numpy.int8)
        facts = dict(
            format="mysticanvas-router-1",
            tools=TOOLS,
            situations=SITUATIONS,
            slots=SLOTS,
            scale=scale,
            bias=[round(float(value), 5) for value in self.bias],
            weights=base64.b64encode(whole.tobytes()).decode(),
        )
        file.write_text(json.dumps(facts))

    @staticmethod
    def read(file):
        facts = json.loads(Path(file).read_text())
        whole = numpy.frombuffer(base64.b64decode(facts["weights"]), numpy.int8).reshape(facts["slots"], len(facts["tools"]))
        return Router(whole.astype(numpy.float32) * facts["scale"], numpy.array(facts["bias"]))


def drawn_features(examples, count):
    for _ in range(count):
        line = examples.draw()
        yield slots(line.text, line.situation), TOOLS.index(line.tool)
        if len(CACHE) > 3_000_000:
            CACHE.clear()


def learn(examples, count=DRAWN, rate=0.05, decay=0.0):
    """Adam over drawn lines; the rate falls to nothing."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    table = torch.nn.EmbeddingBag(SLOTS, len(TOOLS), mode="sum", sparse=True)
    torch.nn.init.zeros_(table.weight)
    bias = torch.zeros(len(TOOLS), requires_grad=True)
    sparse, dense = torch.optim.SparseAdam(table.parameters(), lr=rate), torch.optim.Adam([bias], lr=rate)
    source, batch, steps = drawn_features(examples, count), 128, count // 128
    for step in range(steps):
        rows = [next(source) for _ in range(batch)]
        flat = torch.tensor([slot for row, _ in rows for slot in row])
        lengths = torch.tensor([len(row) for row, _ in rows])
        starts = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)[:-1]])
        scores = table(flat, starts) / lengths[:, None].float().sqrt() + bias
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor([tool for _, tool in rows]), label_smoothing=0.02)
        for optimizer in (sparse, dense):
            optimizer.zero_grad()
            for group in optimizer.param_groups:
                group["lr"] = rate * (1 - step / steps)
        loss.backward()
        sparse.step(), dense.step()
        if step % 200 == 0:
            print(f"router {step}/{steps} loss {loss.item():.3f}", flush=True)
    return Router(table.weight.detach().numpy(), bias.detach().numpy())


def filled(lines, values):
    """The lines with their slots filled the same way every time."""
    from lines import seeded

    return [values.fill(line, seeded(line.text + line.situation)) for line in lines]


def accuracy(router, lines):
    right = [TOOLS[int(router.probabilities(line.text, line.situation).argmax())] == line.tool for line in lines]
    return sum(right) / max(1, len(right))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extra", help="a folder with more phrasings")
    parser.add_argument("--drawn", type=int, default=DRAWN)
    parser.add_argument("--rate", type=float, default=0.05)
    options = parser.parse_args()
    examples = Examples(3, sorted(Path(options.extra).glob("*.jsonl")) if options.extra else [])
    router = learn(examples, options.drawn, options.rate)
    router.write(WORK / "router.json")
    router = Router.read(WORK / "router.json")
    for name, lines in (("validation", examples.validation), ("test", examples.test)):
        print(f"{name}: {accuracy(router, filled(lines, examples.values)):.3f} of {len(lines)}")


if __name__ == "__main__":
    main()
