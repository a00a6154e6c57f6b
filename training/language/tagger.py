"""The tagger: finds the places of a call's arguments in the person's words, once the tool is known.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over words and signs. Features are hashed (CRC-32
modulo SLOTS); each has a weight for outside and for the beginning and inside of each of the tool's spans. `tagger.json` holds
the weights in 8 bits, base64, and the weights between neighbouring labels.

    python tagger.py [--extra FOLDER]      trains on the phrasings and writes WORK/tagger.json
"""

import argparse
import base64
import json
import re
import zlib
from pathlib import Path

import numpy
import torch

from dialogue import normal_space
from examples import Examples
from paths import WORK
from router import filled

SLOTS = 1 << 17
SPANS = {  # the arguments whose places are sought; label 0 is outside, 2n + 1 the beginning and 2n + 2 the inside of the n-th
    "generate": ["prompt", "negative_prompt", "style"],
    "get_styles": ["query"],
    "apply_style": ["style_name", "generation"],
    "enhance_prompt": ["user_input"],
    "search_history": ["query"],
    "analyze_image": ["question", "generation"],
}
TOOLS = list(SPANS)
LABELS = 7
LONGEST = 80  # words and signs; longer texts are cut
DRAWN = 70_000
PIECE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\s\w]|_")


def pieces(text):
    return list(PIECE.finditer(text))[:LONGEST]


def features(words, at, tool, situation, quoted):
    """The names of the features of the word at a place."""

    def word(offset):
        place = at + offset
        return words[place] if 0 <= place < len(words) else "^" if place < 0 else "$"

    here, before, after = word(0), word(-1), word(1)
    left = words[max(0, at - 5) : at]
    names = [
        "",
        f"0{here}",
        f"-1{before}",
        f"+1{after}",
        f"-2{word(-2)}",
        f"+2{word(2)}",
        f"-10{before} {here}",
        f"0+1{here} {after}",
        f"-2-1{word(-2)} {before}",
        f"+1+2{after} {word(2)}",
        f"-3-1{word(-3)} {word(-2)} {before}",
        f"-20{word(-2)} {before} {here}",
        f"0+2{here} {after} {word(2)}",
        f"-1+1{before} {here} {after}",
        f"+1+3{after} {word(2)} {word(3)}",
        f"e{here[-3:]}",
        f"b{here[:3]}",
        f"eb{before[-3:]}",
        f"ea{after[-3:]}",
        f"p{min(at, 8)}",
        f"r{min(len(words) - at - 1, 8)}",
        f"pr{min(at, 3)} {min(len(words) - at - 1, 3)}",
        f"f{words[0]} {min(at, 4)}",
        f"ff{words[0]} {word(1 - at)}",
        f"fff{words[0]} {word(1 - at)} {word(2 - at)} {min(at, 5)}",
        f"l{words[-1]} {min(len(words) - at - 1, 3)}",
        f"q{quoted} {before} {after}",
        f"qq{quoted}",
        f"c{':' in words[:at]} {':' in words[at:]}",
        f"m{','.join(sign for sign in words[:at] if sign in ',:;.?!—-')[-3:]} {before in ',:;.?!—-'}",
        f"n{','.join(sign for sign in words[at + 1 :] if sign in ',:;.?!—-')[:3]}",
        f"s{situation} {min(at, 3)}",
        f"sz{min(len(words), 12)} {min(at, 3)}",
    ]
    names += [f"L{other}" for other in left] + [f"R{other}" for other in words[at + 1 : at + 5]]
    names += [f"A{other}" for other in words[:at]]
    return [f"{tool}|{name}" for name in names]


def slots(text, tool, situation):
    """For each word the slots of its features, and the words' places."""
    found = pieces(text)
    words = [re.sub(r"\d", "0", piece.group().lower().replace("’", "'")) for piece in found]
    rows, quoted = [], 0
    for at, word in enumerate(words):
        if word in "\"“”":
            quoted = 1 - quoted
        names = features(words, at, tool, situation, quoted)
        rows.append(sorted({zlib.crc32(name.encode()) % SLOTS for name in names}))
    return rows, [piece.span() for piece in found]


def labels(line, spans):
    result = [0] * len(spans)
    for number, name in enumerate(SPANS[line.tool]):
        if name not in line.spans:
            continue
        first, last = line.spans[name]
        inside = [at for at, (start, end) in enumerate(spans) if start < last and end > first]
        for at in inside:
            result[at] = 2 * number + 2
        if inside:
            result[inside[0]] = 2 * number + 1
    return result


def allowed(before, after):
    """An inside follows a beginning or an inside of the same span."""
    return after == 0 or after % 2 == 1 or before in (after, after - 1)


FORBIDDEN = torch.tensor([[0.0 if allowed(one, other) else -1e4 for other in range(LABELS)] for one in range(LABELS)])


class Tagger(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.table = torch.nn.EmbeddingBag(SLOTS, LABELS, mode="sum", sparse=True)
        torch.nn.init.zeros_(self.table.weight)
        self.between = torch.nn.Parameter(torch.zeros(len(TOOLS), LABELS, LABELS))

    def emissions(self, rows):
        flat = torch.tensor([slot for row in rows for slot in row])
        starts = torch.tensor([0, *numpy.cumsum([len(row) for row in rows])[:-1]])
        return self.table(flat, starts)

    def loss(self, batch):
        """The mean negative log likelihood of the labels of whole lines: a list of (rows, labels, tool number)."""
        emitted = self.emissions([row for rows, _, _ in batch for row in rows])
        size, longest = len(batch), max(len(rows) for rows, _, _ in batch)
        scores, gold = torch.zeros(size, longest, LABELS), torch.zeros(size, longest, dtype=torch.long)
        mask = torch.zeros(size, longest)
        parts = emitted.split([len(rows) for rows, _, _ in batch])
        scores = torch.nn.utils.rnn.pad_sequence(parts, batch_first=True)
        for at, (rows, given, _) in enumerate(batch):
            gold[at, : len(given)] = torch.tensor(given)
            mask[at, : len(given)] = 1
        between = self.between[[tool for _, _, tool in batch]] + FORBIDDEN
        first = torch.tensor([-1e4 if label and label % 2 == 0 else 0.0 for label in range(LABELS)])
        total = scores[:, 0] + first
        chosen = scores.gather(2, gold[..., None]).squeeze(2)
        path = chosen[:, 0]
        for at in range(1, longest):
            step = torch.logsumexp(total[:, :, None] + between, 1) + scores[:, at]
            total = torch.where(mask[:, at, None] > 0, step, total)
            path = path + mask[:, at] * (chosen[:, at] + between[torch.arange(size), gold[:, at - 1], gold[:, at]])
        return (torch.logsumexp(total, 1) - path).mean()

    @torch.no_grad()
    def tag(self, text, tool, situation):
        """The best labels' spans: argument -> (start, end). Of two spans of one argument the first counts."""
        rows, places = slots(text, tool, situation)
        if not rows:
            return {}
        scores, between = self.emissions(rows), self.between[TOOLS.index(tool)] + FORBIDDEN
        first = torch.tensor([-1e4 if label and label % 2 == 0 else 0.0 for label in range(LABELS)])
        best, back = scores[0] + first, []
        for row in scores[1:]:
            value, origin = (best[:, None] + between).max(0)
            back.append(origin)
            best = value + row
        label = int(best.argmax())
        path = [label]
        for origin in reversed(back):
            label = int(origin[label])
            path.append(label)
        return spans_of(path[::-1], places, tool)

    def write(self, file):
        weights = self.table.weight.detach().numpy()
        scale = float(numpy.abs(weights).max() / 127)
        whole = numpy.round(weights / scale).astype(numpy.int8)
        facts = dict(
            format="mysticanvas-tagger-1",
            spans=SPANS,
            slots=SLOTS,
            scale=scale,
            between=[[[round(value, 4) for value in row] for row in table] for table in self.between.tolist()],
            weights=base64.b64encode(whole.tobytes()).decode(),
        )
        file.write_text(json.dumps(facts))

    @staticmethod
    def read(file):
        facts, tagger = json.loads(Path(file).read_text()), Tagger()
        whole = numpy.frombuffer(base64.b64decode(facts["weights"]), numpy.int8).reshape(SLOTS, LABELS)
        tagger.table.weight.data = torch.tensor(whole.astype(numpy.float32) * facts["scale"])
        tagger.between.data = torch.tensor(facts["between"])
        return tagger


def spans_of(path, places, tool):
    found, open_label = {}, 0
    for label, (start, end) in zip(path, places):
        if label == 0:
            open_label = 0
            continue
        name = SPANS[tool][(label - 1) // 2]
        if label % 2 == 1:
            open_label = label + 1 if name not in found else 0
            if open_label:
                found[name] = (start, end)
        elif label == open_label:
            found[name] = (found[name][0], end)
    return found


def drawn(examples):
    while True:
        line = normal_space(examples.draw())
        if line.tool == "reply":
            continue
        rows, spans = slots(line.text, line.tool, line.situation)
        if rows:
            yield rows, labels(line, spans), TOOLS.index(line.tool)


def learn(examples, count=DRAWN, rate=0.03):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    tagger, source, batch = Tagger(), drawn(examples), 64
    sparse = torch.optim.SparseAdam(tagger.table.parameters(), lr=rate)
    dense = torch.optim.Adam([tagger.between], lr=rate)
    for step in range(count // batch):
        rows = sorted((next(source) for _ in range(batch)), key=lambda row: len(row[0]))
        for optimizer in (sparse, dense):
            optimizer.zero_grad()
            for group in optimizer.param_groups:
                group["lr"] = rate * (1 - step * batch / count)
        loss = tagger.loss(rows)
        loss.backward()
        sparse.step(), dense.step()
        if step % 100 == 0:
            print(f"tagger {step * batch}/{count} loss {loss.item():.3f}", flush=True)
    return tagger


def accuracy(tagger, lines):
    """Part of the lines whose every span is found exactly."""
    lines = [normal_space(line) for line in lines if line.tool in SPANS]
    right = 0
    for line in lines:
        _, places = slots(line.text, line.tool, line.situation)
        right += spans_of(labels(line, places), places, line.tool) == tagger.tag(line.text, line.tool, line.situation)
    return right / max(1, len(lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extra", help="a folder with more phrasings")
    parser.add_argument("--drawn", type=int, default=DRAWN)
    options = parser.parse_args()
    examples = Examples(4, sorted(Path(options.extra).glob("*.jsonl")) if options.extra else [])
    learn(examples, options.drawn).write(WORK / "tagger.json")
    tagger = Tagger.read(WORK / "tagger.json")
    for name, lines in (("validation", examples.validation), ("test", examples.test)):
        print(f"{name}: {accuracy(tagger, filled(lines, examples.values)):.3f} of {len(lines)}")


if __name__ == "__main__":
    main()
