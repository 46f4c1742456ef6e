"""Use an installed wheel with the network switched off; run by ``nox -s wheel``."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_BYTES = 12_000_000  # the figure in DESIGN.md for the whole wheel

# Python imports this before anything else, in this process's children as well.
NO_NETWORK = """
import socket

def refuse(*args, **kwargs):
    raise SystemExit("starkit reached for the network")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
"""

USE = """
import sys
from pathlib import Path

import starkit as sk

assert "site-packages" in sk.__file__, f"starkit came from {sk.__file__}, not from the wheel"
folder = Path(sys.argv[1])
pack = sk.prepare(sk.read_advert(folder / "advert.txt"), sk.load_stories(folder / "stories.yaml"))
assert len(pack.requirements) > 5, "the wheel finds too few requirements"
assert "<html" in pack.to_html(), "the wheel writes no page"
"""


def main() -> None:
    """Prepare an interview from the wheel, in a folder far from the source tree."""
    built = Path(sys.argv[1])
    size = built.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{built.name} has {size:,} bytes, more than {MOST_BYTES:,}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": folder}

        def run(*arguments: str) -> None:
            subprocess.run(
                [sys.executable, *arguments],
                check=True,
                cwd=folder,
                env=environment,
                stdout=subprocess.DEVNULL,
            )

        run("-m", "starkit", "init", "start")
        run("-c", USE, "start")
        run("-m", "starkit", "demo")
    sys.stdout.write(f"{built.name}: {size:,} bytes, works without network\n")


if __name__ == "__main__":
    main()
