"""Starts a training script once for each process and waits: python -m train.launch PROCESSES MODULE ARGUMENTS...

Each process computes with one thread; on a GPU use one process.
"""

import os
import signal
import subprocess
import sys


def main() -> None:
    world, module, *arguments = sys.argv[1:]
    threads = "1" if int(world) > 1 else os.environ.get("OMP_NUM_THREADS", "1")
    children = []
    for rank in range(int(world)):
        environment = {**os.environ, "RANK": str(rank), "WORLD": world, "OMP_NUM_THREADS": threads}
        children.append(subprocess.Popen([sys.executable, "-m", module, *arguments], env=environment))

    def stop(*_: object) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    codes = []
    for child in children:
        codes.append(child.wait())
        if codes[-1] != 0:
            # The others would wait for it for ever.
            stop()
    sys.exit(max(abs(code) for code in codes))


if __name__ == "__main__":
    main()
