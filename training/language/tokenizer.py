"""A byte-level BPE tokenizer, made from the training texts and written the way llama.cpp's "gpt-2" pre-tokenizer expects it."""

import json
import re
from collections import Counter, defaultdict

from lines import ARGUMENTS, SITUATIONS

CONTROL = ["<|im_start|>", "<|im_end|>"]
CALLS = ["<tool_call>", "</tool_call>"]
IM_START, IM_END, CALL, CALL_END = range(4)


def frame_tokens():
    """Texts of the frame that are one token each, so that prompts and calls are short: a third of the tokens is saved.

    They are "user defined" tokens: llama.cpp finds them in every text, the longest first.
    """
    names = list(dict.fromkeys(name for arguments in ARGUMENTS.values() for name in arguments))
    opened = [f'"{name}":' + (" " if name == "count" else ' "') for name in names]
    later = [f'", {key}' for key in opened] + [f", {key}" for key in opened]
    tools = [tool for tool in ARGUMENTS if tool != "reply"]
    calls = [f'{{"name": "{tool}", "arguments": {{' for tool in tools]
    roles = [f"system\n{situation}" for situation in SITUATIONS] + ["user\n", "assistant\n", "tool\n"]
    return [*roles, *calls, *opened, *later, '"}}']


FRAME = frame_tokens()
SPECIAL = CONTROL + CALLS + FRAME
FRAME_PARTS = re.compile("(" + "|".join(re.escape(text) for text in sorted(FRAME, key=len, reverse=True)) + ")")
PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def byte_letters():
    """A printable letter for every byte, as GPT-2 chose them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, extra = {byte: chr(byte) for byte in plain}, 256
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(extra)
            extra += 1
    return letters


LETTER = byte_letters()
BYTE = {letter: byte for byte, letter in LETTER.items()}


def learn_merges(texts, count, least=6):
    """The `count` most useful merges: the most frequent pair of neighbours, again and again."""
    frequency = Counter(piece for text in texts for piece in PIECES.findall(text))
    words = [[LETTER[byte] for byte in piece.encode()] for piece in frequency]
    times = list(frequency.values())
    pairs, where = Counter(), defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += times[index]
            where[pair].add(index)
    merges = []
    while len(merges) < count and pairs:
        best, often = max(pairs.items(), key=lambda item: (item[1], item[0]))
        if often < least:
            break
        merges.append(best)
        for index in list(where[best]):
            word = words[index]
            for pair in zip(word, word[1:]):
                pairs[pair] -= times[index]
                if pairs[pair] <= 0:
                    del pairs[pair]
            words[index] = word = join(word, best)
            for pair in zip(word, word[1:]):
                pairs[pair] += times[index]
                where[pair].add(index)
        pairs.pop(best, None)
    return merges


def join(word, pair):
    joined, index = [], 0
    while index < len(word):
        if word[index : index + 2] == list(pair):
            joined.append(pair[0] + pair[1])
            index += 2
        else:
            joined.append(word[index])
            index += 1
    return joined


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self.rank = {pair: rank for rank, pair in enumerate(self.merges)}
        self.tokens = SPECIAL + [LETTER[byte] for byte in range(256)] + [a + b for a, b in self.merges]
        self.ids = {token: index for index, token in enumerate(self.tokens)}
        self.cache = {}

    @staticmethod
    def read(file):
        return Tokenizer(json.loads(file.read_text()))

    def write(self, file):
        file.write_text(json.dumps(self.merges))

    def encode(self, text, seen=None, drop=0.0, random=None):
        """Token ids of a text without special tokens.

        With `drop`, merges are left out by chance (BPE dropout, Provilkov et al. 2020); `seen` keeps one way of writing
        each piece, so that a copied word is written with the same tokens as the word it is copied from.
        """
        ids = []
        for at, part in enumerate(FRAME_PARTS.split(text)):
            if at % 2:
                ids.append(self.ids[part])
            else:
                ids += self.plain(part, seen, drop, random)
        return ids

    def plain(self, text, seen, drop, random):
        ids = []
        for piece in PIECES.findall(text):
            if drop and piece not in seen:
                seen[piece] = self.piece(piece, drop, random) if random.random() < 0.3 else self.known(piece)
            ids += seen[piece] if drop else self.known(piece)
        return ids

    def known(self, piece):
        if piece not in self.cache:
            self.cache[piece] = self.piece(piece)
        return self.cache[piece]

    def piece(self, piece, drop=0.0, random=None):
        parts = [LETTER[byte] for byte in piece.encode()]
        while len(parts) > 1:
            ranks = [
                (self.rank[pair], at)
                for at, pair in enumerate(zip(parts, parts[1:]))
                if pair in self.rank and not (drop and random.random() < drop)
            ]
            if not ranks:
                break
            _, at = min(ranks)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return [self.ids[part] for part in parts]

    def decode(self, ids):
        text = b""
        for index in ids:
            token = self.tokens[index]
            text += token.encode() if index < len(SPECIAL) else bytes(BYTE[letter] for letter in token)
        return text.decode("utf8", "replace")
