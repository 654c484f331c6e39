"""A class's server in a process of its own, to be measured and to be killed.

    python -m bench.classroom_server FILE PORT PIN [ADDRESS]

prints one line of JSON with the address to join once phones can, and serves until it is ended.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]


@dataclass
class Serving:
    """A server process that answers: its process, the address to join, the console's pin."""

    process: subprocess.Popen
    url: str
    pin: str

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def kill(self) -> None:
        """Ends it at once, as when the power fails."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Asks it to end, and gives its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            return -1

    def resident_bytes(self) -> int:
        """Memory it holds; 0 where the system does not say."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0
        line = next((row for row in status.splitlines() if row.startswith("VmRSS:")), "VmRSS: 0")
        return int(line.split()[1]) * 1024


def serve(path: Path, port: int = 0, pin: str = "482915", errors: Path | None = None) -> Serving:
    """Starts a server on a class's file and waits until phones can join. RuntimeError if not."""
    told = open(errors, "ab") if errors is not None else subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.classroom_server", str(path), str(port), pin],
            cwd=TOP, stdout=subprocess.PIPE, stderr=told, text=True,
        )  # fmt: skip
    finally:
        if errors is not None:
            told.close()
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the server did not start: exit code {process.wait()}")
    return Serving(process, json.loads(line)["url"], pin)


def main(arguments: list[str]) -> int:
    """Serves one class until it is interrupted."""
    from sim.paths import prepare_compiled_cache

    prepare_compiled_cache()
    from sim.classroom.serve import ClassServer
    from sim.classroom.store import ClassStore

    path, port, pin, *address = arguments
    server = ClassServer(
        ClassStore.open(path),
        pin=pin,
        port=int(port),
        address=address[0] if address else "127.0.0.1",
    )
    server.start()
    print(json.dumps({"url": server.url}), flush=True)
    try:
        while not server.wait(0.5):
            pass
    except KeyboardInterrupt:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
