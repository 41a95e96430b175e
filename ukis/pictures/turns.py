"""Who waits for whom. A picture takes memory while it is read and a thread while the store is slow, so in one
process few are sent in at a time and one at a time is decoded; whoever has no turn is told, and loses nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ukis.pictures.refused import Busy

# Of the web server's eight threads: the others answer pages however many pictures hang.
AT_ONCE = 3
PATIENCE = 10.0  # seconds

_uploads = threading.BoundedSemaphore(AT_ONCE)
_decoder = threading.Lock()


@contextmanager
def uploading() -> Iterator[None]:
    """Raises Busy at once where AT_ONCE others are on their way: waiting would take the last threads."""
    if not _uploads.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _uploads.release()


@contextmanager
def decoding() -> Iterator[None]:
    """Raises Busy where no turn came within PATIENCE."""
    if not _decoder.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _decoder.release()
