"""Writes the manifest of the shipped files: what the model is, how it was made, how to check it, and how well it does."""

import hashlib
import json

from paths import MODEL

DESCRIPTION = (
    "A small language model, made by this project from phrasings written by hand for it. It chooses which of six tools a "
    "sentence asks for and copies the words that belong into the call, or answers with one of its own sentences. It does not "
    "hold a conversation, knows nothing of the world, and misunderstands a good part of what it was not taught; "
    "bring a real model for that."
)


def file_facts(name):
    data = (MODEL / name).read_bytes()
    return dict(file=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def write(parameters, share, training, figures):
    """`share`: how much the network's own opinion counts against the router's, 0 to 1."""
    facts = dict(
        id="mysticanvas-chat",
        kind="language",
        name="MystiCanvas Chat",
        description=DESCRIPTION,
        licence="MIT",
        format=f"GGUF, llama architecture, 8 bits a weight, {parameters / 1e6:.1f} million parameters",
        context_tokens=1024,
        files=[file_facts(name) for name in ("model.gguf", "router.json", "replies.json")],
        combination=dict(language_model=share),
        training=dict(**training, figures=figures),
    )
    (MODEL / "manifest.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
