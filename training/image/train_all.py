"""The whole way from nothing to the file the engine reads:

python train_all.py FOLDER MERGES [--processes 2] [--pictures 40000] [--autoencoder MINUTES] [--unet MINUTES] [--decoder MINUTES]

FOLDER gets the pictures, the checkpoints and the model; MERGES is CLIP's public table of merges. What is there already is
gone on from: started again with more pictures or more minutes, it renders what is missing and trains on.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from train.render_data import SHARD

HERE = Path(__file__).parent
#: Shares of the pictures in each size; all are multiples of 64 pixels, as the engine wants them.
SIZES = {"128x128": 0.7, "192x128": 0.1, "128x192": 0.1, "192x192": 0.1}
PROBE_SECONDS = 900


def run(module: str, *arguments: object, processes: int = 1) -> None:
    print(f"--- {module}", flush=True)
    launch = ["train.launch", str(processes), module] if processes > 1 else [module]
    subprocess.run([sys.executable, "-m", *launch, *map(str, arguments)], cwd=HERE, check=True)


def shards(pictures: int) -> list[str]:
    return [f"{size}={max(1, round(pictures * share / SHARD))}" for size, share in SIZES.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("merges", type=Path)
    parser.add_argument("--processes", type=int, default=2, help="each computes with one thread; 1 with a GPU")
    parser.add_argument("--pictures", type=int, default=40_000)
    parser.add_argument("--autoencoder", type=float, default=60, help="minutes")
    parser.add_argument("--unet", type=float, default=360, help="minutes")
    parser.add_argument("--decoder", type=float, default=30, help="minutes, after the U-Net, whose latents stay as they are")
    wanted = parser.parse_args()
    folder, merges = wanted.folder.resolve(), wanted.merges.resolve()

    run("train.render_data", folder / "data", *shards(wanted.pictures))
    if wanted.autoencoder > 0:
        run("train.train_autoencoder", folder, wanted.autoencoder * 60, processes=wanted.processes)
    run("train.prepare", folder, merges, processes=wanted.processes)
    if wanted.unet > 0:
        run("train.train_unet", folder, wanted.unet * 60, merges, processes=wanted.processes)
    if wanted.decoder > 0:
        # The checkpoint gets newer by this, but not its encoder: latents that were cached stay right.
        run("train.train_autoencoder", folder, wanted.decoder * 60, "--decoder", processes=wanted.processes)
        keep_latents(folder)
    if not (folder / "probe.pt").exists():
        run("evaluate.probe", folder, PROBE_SECONDS)
    run("evaluate.make_list", folder / "held-out.jsonl", 120)
    run("export.export_model", folder, folder / "mysticanvas-sketch.gguf")
    print("To score it: see Evaluation in README.md")


def keep_latents(folder: Path) -> None:
    """Marks cached latents as newer than the autoencoder."""
    for path in (folder / "data").glob("*.npz"):
        path.touch()


if __name__ == "__main__":
    main()
