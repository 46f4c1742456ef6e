"""Work spread over processes: pieces in, results out, in order, a few of them in flight."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

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

    >>> import operator
    >>> list(in_order(operator.methodcaller, ("upper",), ["a", "b"], 1))
    ['A', 'B']
    """
    if workers == 1:
        yield from map(begin(*given), pieces)
        return
    # A forked process would inherit the threads of numpy and rapidfuzz in an unknown state.
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_begin, initargs=(begin, given)
    ) as pool:
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


def _begin(begin: Callable[..., Callable[..., object]], given: tuple[object, ...]) -> None:
    _work[:] = [begin(*given)]


def _run(piece: object) -> Any:
    return _work[0](piece)
