"""Where things lie. WORK (big, thrown away) is the environment's LANGUAGE_WORK, or a folder beside the temporary files."""

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PHRASINGS = HERE / "phrasings"
TEST = PHRASINGS / "test.jsonl"
MODEL = HERE.parent.parent / "models" / "mysticanvas-chat"
WORK = Path(os.environ.get("LANGUAGE_WORK", Path(tempfile.gettempdir()) / "mysticanvas-language"))
WORK.mkdir(parents=True, exist_ok=True)


def phrasing_files():
    """Every file of phrasings but the test lines."""
    return sorted(file for file in PHRASINGS.glob("*.jsonl") if file != TEST)
