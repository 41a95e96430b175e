"""Pages that are kept, and the room for them."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from ukis.pagecache.generation import Stand

type Headers = list[tuple[str, str]]


@dataclass(eq=False, kw_only=True)
class Made:
    """Of what something was made. Right as long as nothing of that changed since `n`, in the same epoch, and its time
    has not come."""

    rows: frozenset[str]
    shared: frozenset[frozenset[str]]
    state: Stand
    until: float  # seconds since 1970
    seen: int = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.state.mark.n

    def is_right(self, state: Stand, changed: Mapping[str, int]) -> bool:
        if state.epoch != self.state.epoch or time.time() >= self.until:
            return False
        n = state.mark.n
        if n != self.seen:
            if self._has_changed(changed):
                return False
            self.seen = n
        return True

    def _has_changed(self, changed: Mapping[str, int]) -> bool:
        n = self.state.mark.n
        return any(changed.get(row, 0) > n for row in self.rows) or any(
            changed.get(subject, 0) > n for subjects in self.shared for subject in subjects
        )


@dataclass(eq=False, kw_only=True)
class Entry(Made):
    """An answer of Django's, as it was sent."""

    status: str
    headers: Headers
    body: bytes
    not_modified: Headers | None = None  # asked for when first wanted
    etag: str = field(init=False, default='')
    dated: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, value in self.headers:
            if name.lower() == 'etag':
                self.etag = value
            elif name.lower() == 'last-modified':
                self.dated = True

    @property
    def weight(self) -> int:
        """Bytes, or somewhat more. The words of subjects are shared by all that name them."""
        headers = sum(len(name) + len(value) + 170 for name, value in self.headers)
        return len(self.body) + 2 * headers + 48 * len(self.rows) + 80 * len(self.shared) + 1_500


class Room:
    """Never more than `most` bytes; what was not asked for longest goes first."""

    LARGEST = 16  # what takes more than this part of the room is not kept

    def __init__(self, most: int) -> None:
        self.most, self.weight = most, 0
        self._kept: OrderedDict[Hashable, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Entry | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, entry: Entry) -> None:
        weight = entry.weight
        if weight > self.most // self.LARGEST:
            return
        with self._lock:
            self._take(key)
            self._kept[key] = entry
            self.weight += weight
            while self.weight > self.most:
                self._take(next(iter(self._kept)))

    def drop(self, key: Hashable, entry: Entry) -> None:
        with self._lock:
            if self._kept.get(key) is entry:
                self._take(key)

    def empty(self) -> None:
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _take(self, key: Hashable) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self.weight -= old.weight
