"""A sweep on a cluster: the address of a Dask scheduler as an executor of concurrent.futures."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from sim.errors import Phrase, StrollError

_PATIENCE = "10s"


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """Tasks given to this executor are played by the workers of the cluster at `address`.

    StrollError when dask.distributed is not installed or nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise StrollError(Phrase("sweep.no_dask")) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # no answer, or no address at all
        raise StrollError(Phrase("sweep.no_scheduler", address=address[:80])) from error
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()
