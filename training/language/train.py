"""Trains the network for a given time: two processes with one thread each, their weights averaged now and then.

    python train.py SECONDS [--extra FOLDER]

Writes WORK/checkpoint.pt (the running average of the weights) every few minutes and at the end. Lines that appear in the
phrasings or in the extra folder while it runs are taken in.
"""

import argparse
import os
import time
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
import torch.nn.functional as functional

from induction import start_copying
from examples import Examples
from model import Model
from paths import WORK
from tokenizer import CALL, IM_END, IM_START, Tokenizer, learn_merges

MERGES = 1400
BATCH, LONGEST = 32, 180
TOGETHER = 8  # steps after which the processes' weights are averaged
RATE, WARM_UP, LAST_RATE = 1.2e-3, 100, 0.03
DECAY_FROM = 0.5  # part of the time after which the rate falls in a straight line
WEIGHTS = [0.0, 0.03, 1.0, 0.2]  # of the frame, the person's words, decisions and sentences, see dialogue.sequence
COPY_UNTIL = 0.12  # part of the time in which every second batch is random tokens to be copied; later every tenth


def make_tokenizer(examples):
    """Learns merges from 12,000 drawn lines and what the model answers to them."""
    texts = []
    for _ in range(12000):
        line = examples.draw()
        texts += [" " + line.text, line.answer, *(f" {value}" for value in line.arguments().values())]
    tokenizer = Tokenizer(learn_merges(texts, MERGES))
    tokenizer.write(WORK / "merges.json")
    return tokenizer


def copy_batch(tokenizer, random):
    """Random tokens, then the same again: what makes copying appear (induction heads) before there is meaning to learn."""
    length = random.randint(4, 24)
    opening = tokenizer.encode('{"name": "generate", "arguments": {"prompt": "')
    rows = []
    for _ in range(BATCH):
        tokens = [random.randrange(4, len(tokenizer.tokens)) for _ in range(length)]
        noise = [random.randrange(4, len(tokenizer.tokens)) for _ in range(random.randint(0, 4))]
        before = [IM_START, *noise, *tokens, IM_END, CALL, *(opening if random.random() < 0.5 else [])]
        rows.append((before + tokens + [IM_END], [0] * len(before) + [2] * (length + 1)))
    return rows


def batches(examples, tokenizer):
    """Batches of about equal length, in random order."""
    while True:
        rows = [row for row in (examples.sequence(tokenizer) for _ in range(BATCH * 12)) if len(row[0]) <= LONGEST]
        rows.sort(key=lambda row: len(row[0]))
        pool = [rows[at : at + BATCH] for at in range(0, len(rows) - BATCH + 1, BATCH)]
        examples.random.shuffle(pool)
        yield from pool


def tensors(rows):
    length = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    part = torch.zeros(len(rows), length, dtype=torch.long)
    for index, (row, parts) in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
        part[index, : len(row)] = torch.tensor(parts)
    return ids, part


def rate(step, done):
    falling = 1 if done < DECAY_FROM else max(LAST_RATE, 1 - (done - DECAY_FROM) / (1 - DECAY_FROM) * (1 - LAST_RATE))
    return RATE * min(1, (step + 1) / WARM_UP) * falling


def loss_of(model, ids, part):
    chosen = part[:, 1:] > 0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(ids[:, :-1], chosen)
    each = functional.cross_entropy(scores.float(), ids[:, 1:][chosen], reduction="none")
    kind = part[:, 1:][chosen]
    weight = torch.tensor(WEIGHTS)[kind]
    return (each * weight).sum() / weight.sum(), each[kind == 2].mean().item()


@torch.no_grad()
def average_weights(model, processes):
    """Each process trains by itself for a few steps; then both go on from the mean of their weights (local SGD)."""
    parameters = list(model.parameters())
    flat = torch.cat([parameter.flatten() for parameter in parameters])
    distributed.all_reduce(flat)
    flat /= processes
    for parameter, part in zip(parameters, flat.split([parameter.numel() for parameter in parameters])):
        parameter.copy_(part.view_as(parameter))


def train(rank, processes, seconds, extra, start_from):
    os.setsid()  # Linux shares the processor between sessions first: each process is to have its own share
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{WORK}/rendezvous", rank=rank, world_size=processes)
    files = lambda: sorted(Path(extra).glob("*.jsonl")) if extra else []
    examples = Examples(100 + rank, files())
    tokenizer = Tokenizer.read(WORK / "merges.json")
    torch.manual_seed(0)
    model = Model(len(tokenizer.tokens))
    start_copying(model)
    if start_from:
        model.load_state_dict(torch.load(start_from)["weights"])
    average = {name: value.clone() for name, value in model.state_dict().items()}
    decayed = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    plain = [parameter for parameter in model.parameters() if parameter.dim() < 2]
    optimizer = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=0.05), dict(params=plain, weight_decay=0)], lr=RATE, betas=(0.9, 0.98), fused=True
    )
    source = batches(examples, tokenizer)
    began, saved, refreshed, step, shown, passed = time.time(), 0, time.time(), 0, {}, 0
    while passed < seconds:
        done = passed / seconds
        copying = not start_from and examples.random.random() < (0.5 if done < COPY_UNTIL else 0.08)
        rows = copy_batch(tokenizer, examples.random) if copying else next(source)
        for group in optimizer.param_groups:
            group["lr"] = rate(step, done)
        loss, said = loss_of(model, *tensors(rows))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % TOGETHER == 0:
            average_weights(model, processes)
            clock = torch.tensor([time.time() - began])
            distributed.all_reduce(clock, op=distributed.ReduceOp.MAX)  # both stop, and choose the rate, by the same clock
            passed = clock.item()
        kind = "copy" if copying else "said"
        shown[kind] = 0.97 * shown.get(kind, said) + 0.03 * said
        if step % TOGETHER == 0:
            keep = min(0.98, step / (step + 100))
            for name, value in model.state_dict().items():
                average[name].lerp_(value, 1 - keep)
        if rank == 0 and step % 40 == 0:
            print(f"{step} {passed:.0f}s", {kind: round(value, 4) for kind, value in shown.items()}, flush=True)
        if rank == 0 and passed - saved > 120:
            saved = passed
            torch.save(dict(weights=average, step=step, seconds=passed), WORK / "checkpoint.pt")
        if time.time() - refreshed > 300:
            refreshed = time.time()
            examples = Examples(1000 * step + rank, files())
            source = batches(examples, tokenizer)
            if rank == 0:
                print(f"training lines: {len(examples.training)}", flush=True)
    if rank == 0:
        torch.save(dict(weights=average, step=step, seconds=seconds), WORK / "checkpoint.pt")
        print(f"done: {step} steps", flush=True)
    distributed.destroy_process_group()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--extra", help="a folder with more phrasings")
    parser.add_argument("--from", dest="start_from", help="a checkpoint to go on from")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    (WORK / "rendezvous").unlink(missing_ok=True)
    if not options.start_from:
        make_tokenizer(Examples(1, sorted(Path(options.extra).glob("*.jsonl")) if options.extra else []))
    arguments = (options.processes, options.seconds, options.extra, options.start_from)
    multiprocessing.spawn(train, arguments, nprocs=options.processes)


if __name__ == "__main__":
    main()
