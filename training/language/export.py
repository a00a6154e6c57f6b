"""Writes the trained network as a GGUF file (version 3), 8 bits a weight, that llama.cpp and what builds on it can load.

    python export.py FILE

Format: github.com/ggml-org/ggml/blob/master/docs/gguf.md. Q8_0: blocks of 32 weights, each a 16-bit scale and 32 whole numbers.
"""

import struct
import sys
from pathlib import Path

import numpy
import torch

from model import CONTEXT, EPSILON, HEADS, HIDDEN, LAYERS, ROPE_BASE, WIDTH
from paths import WORK
from tokenizer import CONTROL, IM_END, IM_START, SPECIAL, Tokenizer

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32, Q8_0 = 0, 8
MOSTLY_Q8_0 = 7
NORMAL, CONTROL_TYPE, USER_DEFINED = 1, 3, 4
ALIGNMENT = 32

TEMPLATE = (
    "{%- for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{%- endif %}"
)


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key, kind, value):
    formats = {UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}
    if kind == STRING:
        data = text(value)
    elif kind == ARRAY:
        inner, items = value
        packed = (text(item) if inner == STRING else struct.pack(formats[inner], item) for item in items)
        data = struct.pack("<IQ", inner, len(items)) + b"".join(packed)
    else:
        data = struct.pack(formats[kind], value)
    return text(key) + struct.pack("<I", kind) + data


def eight_bits(values):
    blocks = values.reshape(-1, 32).astype(numpy.float32)
    scales = (numpy.abs(blocks).max(1) / 127).astype(numpy.float16)
    wide = scales.astype(numpy.float32)[:, None]
    whole = numpy.round(numpy.divide(blocks, wide, out=numpy.zeros_like(blocks), where=wide > 0)).clip(-127, 127)
    packed = numpy.empty((len(blocks), 34), numpy.uint8)
    packed[:, :2] = scales[:, None].view(numpy.uint8).reshape(-1, 2)
    packed[:, 2:] = whole.astype(numpy.int8).view(numpy.uint8)
    return packed.tobytes()


def facts(tokenizer):
    kinds = [CONTROL_TYPE] * len(CONTROL) + [USER_DEFINED] * (len(SPECIAL) - len(CONTROL))
    kinds += [NORMAL] * (len(tokenizer.tokens) - len(SPECIAL))
    return [
        entry("general.architecture", STRING, "llama"),
        entry("general.name", STRING, "MystiCanvas Chat"),
        entry("general.license", STRING, "mit"),
        entry("general.alignment", UINT32, ALIGNMENT),
        entry("general.file_type", UINT32, MOSTLY_Q8_0),
        entry("general.quantization_version", UINT32, 2),
        entry("llama.block_count", UINT32, LAYERS),
        entry("llama.context_length", UINT32, CONTEXT),
        entry("llama.embedding_length", UINT32, WIDTH),
        entry("llama.feed_forward_length", UINT32, HIDDEN),
        entry("llama.attention.head_count", UINT32, HEADS),
        entry("llama.attention.head_count_kv", UINT32, HEADS),
        entry("llama.attention.layer_norm_rms_epsilon", FLOAT32, EPSILON),
        entry("llama.rope.dimension_count", UINT32, WIDTH // HEADS),
        entry("llama.rope.freq_base", FLOAT32, ROPE_BASE),
        entry("llama.vocab_size", UINT32, len(tokenizer.tokens)),
        entry("tokenizer.ggml.model", STRING, "gpt2"),
        entry("tokenizer.ggml.pre", STRING, "gpt-2"),
        entry("tokenizer.ggml.tokens", ARRAY, (STRING, tokenizer.tokens)),
        entry("tokenizer.ggml.token_type", ARRAY, (INT32, kinds)),
        entry("tokenizer.ggml.merges", ARRAY, (STRING, [f"{one} {other}" for one, other in tokenizer.merges])),
        entry("tokenizer.ggml.bos_token_id", UINT32, IM_START),
        entry("tokenizer.ggml.eos_token_id", UINT32, IM_END),
        entry("tokenizer.ggml.eot_token_id", UINT32, IM_END),
        entry("tokenizer.ggml.padding_token_id", UINT32, IM_END),
        entry("tokenizer.ggml.add_bos_token", BOOL, False),
        entry("tokenizer.ggml.add_eos_token", BOOL, False),
        entry("tokenizer.chat_template", STRING, TEMPLATE),
    ]


def export(weights, tokenizer, file):
    index, data = b"", b""
    for name, tensor in weights.items():
        values = tensor.float().numpy()
        flat = values.ndim == 1
        packed = values.astype("<f4").tobytes() if flat else eight_bits(values)
        sizes = b"".join(struct.pack("<Q", size) for size in reversed(values.shape))
        index += text(name) + struct.pack("<I", values.ndim) + sizes
        index += struct.pack("<IQ", F32 if flat else Q8_0, len(data))
        data += packed + bytes(-len(packed) % ALIGNMENT)
    entries = facts(tokenizer)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(weights), len(entries)) + b"".join(entries) + index
    Path(file).write_bytes(head + bytes(-len(head) % ALIGNMENT) + data)


if __name__ == "__main__":
    checkpoint = torch.load(WORK / "checkpoint.pt")
    export(checkpoint["weights"], Tokenizer.read(WORK / "merges.json"), sys.argv[1])
    print(f"{sys.argv[1]}: step {checkpoint['step']}, {Path(sys.argv[1]).stat().st_size} bytes")
