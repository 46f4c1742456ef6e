"""Work spread over processes: pieces in, results out, in order, a few of them in flight."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from starkit.errors import WorkersError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_AHEAD = 2  # pieces that wait for each process, so that none of them is idle

# The work of a process that was started by ``in_order``; never filled anywhere else.
_work: list[Callable[..., object]] = []


def cores() -> int:
    """Return how many cores this process may use, 1 at least."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(workers: int) -> int:
    """Return how many processes to start: ``workers``, or one for each core where it is -1.

    Raises:
        WorkersError: ``workers`` is neither -1 nor 1 or more.

    >>> processes(3), processes(-1) == cores()
    (3, True)
    """
    if workers == -1:
        return cores()
    if workers < 1:
        raise WorkersError(f"workers is {workers}", "give 1 or more, or -1 for all cores")
    return workers


def in_order(
    begin: Callable[..., Callable[[Piece], Result]],
    given: tuple[object, ...],
    pieces: Iterable[Piece],
    workers: int,
) -> Iterator[Result]:
    """Yield the result of each piece, in the order of the pieces.

    Args:
        begin: Called once in each process with ``given``; returns what works on a piece.
        given: What every process needs.
        pieces: Read as needed: no more than a few are held.
        workers: Processes; 1 works in this process.

    Raises:
        WorkersError: A process ended before its work was done.

    >>> import operator
    >>> list(in_order(operator.methodcaller, ("upper",), ["a", "b"], 1))
    ['A', 'B']
    """
    if workers == 1:
        yield from map(begin(*given), pieces)
        return
    # A forked process would inherit the threads of numpy and rapidfuzz in an unknown state.
    with (
        _told_when_broken(),
        ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_begin, initargs=(begin, given)
        ) as pool,
    ):
        waiting: deque[Future[Result]] = deque()
        try:
            for piece in pieces:
                waiting.append(pool.submit(_run, piece))
                if len(waiting) > workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            # A reader that stops early does not wait for pieces that nobody wants.
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _told_when_broken() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise WorkersError(
            "a process ended before its work was done",
            'in a script, call this under if __name__ == "__main__":, so that the processes do not '
            "run the script again; or give workers=1",
        ) from error


def _begin(begin: Callable[..., Callable[..., object]], given: tuple[object, ...]) -> None:
    _work[:] = [begin(*given)]


def _run(piece: object) -> Any:
    return _work[0](piece)
