"""Seconds from `make run` to the first answer on the page, and the bot's memory: python bench/start.py."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = "8097"
PAGE = f"http://127.0.0.1:{PORT}/sandbox"


def get(path: str, body: dict[str, object] | None = None) -> dict[str, object]:
    """Ask the page's API."""
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"{PAGE}/{path}", data, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310  our own loopback address
        return json.load(answer)


def main() -> None:
    """Measure once, with the dependencies installed and the matcher trained, as after the first start."""
    variables = os.environ | {"PORT": PORT, "DATABASE": f"{tempfile.mkdtemp()}/g.db", "BOT_TOKEN": ""}
    subprocess.run(["make", ".venv/.ready"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None  # noqa: S101  it was asked for
    while b"Open" not in process.stdout.readline():
        pass
    person = get("state")["people"][0]["id"]  # pyright: ignore[reportIndexIssue, reportArgumentType, reportCallIssue]
    get("send", {"person": person, "chat": person, "text": "c'est quand la date limite ?"})
    while len(get(f"messages?person={person}&chat={person}")["messages"]) < 2:  # noqa: PLR2004  # pyright: ignore[reportArgumentType]
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()[0]
    memory = Path(f"/proc/{child}/status").read_text("utf-8").partition("VmRSS:")[2].split()[0]
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    print(f"first answer after {seconds:.1f} s; memory {int(memory) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
