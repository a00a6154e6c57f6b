"""One command for all: trains the router and the network and writes what is shipped into models/mysticanvas-chat.

    python build.py [--seconds 5400] [--from CHECKPOINT]

It also writes WORK/cases-validation.json and WORK/cases-test.json for `npm run eval:assistant -- --cases FILE`.
"""

import argparse
import json
import subprocess
import sys

import torch

from dialogue import normal_space
from examples import Examples
from export import export
from manifest import write
from paths import HERE, MODEL, WORK
from replies import collect
from router import filled
from tokenizer import Tokenizer
from values import Values


def run(program, *arguments):
    subprocess.run([sys.executable, HERE / program, *arguments], check=True)


def write_cases(name, lines):
    """What is asked, with slots filled from the words of those lines alone."""
    cases = []
    for line in filled(lines, Values(lines)):
        line = normal_space(line)
        texts = {name: line.value(name) for name in line.spans if name != "generation"}
        cases.append(dict(say=line.text, tool=line.tool, context=line.situation, exactly=texts))
    (WORK / f"cases-{name}.json").write_text(json.dumps(cases, ensure_ascii=False))


def ship(share, figures):
    examples = Examples(0)
    write_cases("validation", examples.validation)
    write_cases("test", examples.test)
    checkpoint = torch.load(WORK / "checkpoint.pt")
    MODEL.mkdir(parents=True, exist_ok=True)
    export(checkpoint["weights"], Tokenizer.read(WORK / "merges.json"), MODEL / "model.gguf")
    (MODEL / "router.json").write_bytes((WORK / "router.json").read_bytes())
    (MODEL / "replies.json").write_text(json.dumps(collect(examples.training), ensure_ascii=False, indent=0) + "\n")
    parameters = sum(tensor.numel() for tensor in checkpoint["weights"].values())
    training = dict(
        data=f"{len(examples.training)} phrasings written by hand for this project, their slots filled and their wording varied",
        method="trained from scratch on two processor cores, from weights that can copy; see training/language/README.md",
    )
    write(parameters, share, training, figures)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", default="5400", help="of training the network")
    parser.add_argument("--from", dest="start_from", help="a checkpoint to go on from")
    parser.add_argument("--ship-only", action="store_true", help="writes the files of what was trained already")
    parser.add_argument("--share", type=float, default=0.5, help="the network's part in choosing the tool, 0 to 1")
    parser.add_argument("--figures", default="{}", help="JSON with the figures for the manifest")
    options = parser.parse_args()
    if not options.ship_only:
        run("router.py", "--drawn", "150000")
        run("train.py", options.seconds, *(["--from", options.start_from] if options.start_from else []))
    ship(options.share, json.loads(options.figures))


if __name__ == "__main__":
    main()
