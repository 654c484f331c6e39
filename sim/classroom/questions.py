"""Questions that take a while, such as a branch: answered one by one, beside everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


class Questions:
    """A queue of one worker thread, so that asking never slows down deciding by more than that."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="class question")
        self.ahead = 0  # how many are being answered or wait

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """The answer. Whoever stops waiting while others are ahead leaves the queue."""
        self.ahead += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        finally:
            self.ahead -= 1

    def close(self) -> None:
        """Answers nothing more."""
        self._worker.shutdown(wait=False, cancel_futures=True)
