"""Pictures that lie in folders, found by the addresses at which they were. Nothing is fetched."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ukis import pictures
from ukis.pictures.models import Picture

# What WordPress adds to the names of smaller and larger copies.
_COPY = re.compile(r'-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})(?=\.\w+$)')
TRIES = 5


class PictureFolder:
    """`missing` and `refused` are told; a picture is taken in once, however often it is shown."""

    def __init__(self, roots: Sequence[Path] = (), *, dry: bool = False) -> None:
        self.roots, self.dry = roots, dry
        self.by_name: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(path for root in roots for path in root.rglob('*')):
            if path.is_file() and not path.is_symlink():
                self.by_name[path.name.lower()].append(path)
        self.taken: dict[Path, Picture | None] = {}
        self.missing: Counter[str] = Counter()
        self.refused: dict[str, str] = {}

    def find(self, address: str) -> Path | None:
        """By the name of its file, or of any part of its address: some sites put the name before what they made of it.
        Of several of one name the one whose folders agree best."""
        steps = [part.lower() for part in unquote(urlsplit(address).path).split('/') if part]
        for number in range(len(steps) - 1, -1, -1):
            for name in _names(steps[number]):
                if found := self.by_name.get(name):
                    return max(found, key=lambda path: _agreement(path, steps[:number]))
        return None

    def picture(self, address: str) -> Picture | None:
        """None where there is none, or it is refused; in a dry run always, and then only what is missing is told."""
        path = self.find(address)
        if path is None:
            if self.roots:
                self.missing[address] += 1
            return None
        if self.dry:
            return None
        if path not in self.taken:
            self.taken[path] = self._accept(path)
        return self.taken[path]

    def _accept(self, path: Path) -> Picture | None:
        for attempt in range(TRIES):
            try:
                with path.open('rb') as file:
                    return pictures.accept(file, None)
            except (pictures.Busy, pictures.StoreAway) as wait:
                if attempt == TRIES - 1:
                    self.refused[path.name] = str(wait)
                time.sleep(attempt + 1)
            except (pictures.RefusedPicture, OSError) as refused:
                self.refused[path.name] = str(refused)
                return None
        return None


def _names(name: str) -> Iterator[str]:
    yield name
    if (whole := _COPY.sub('', name)) != name:
        yield whole
        stem, dot, ending = whole.rpartition('.')
        yield f'{stem}-scaled{dot}{ending}'


def _agreement(path: Path, steps: list[str]) -> int:
    folders = [part.lower() for part in path.parent.parts]
    count = 0
    for ours, theirs in zip(reversed(folders), reversed(steps), strict=False):
        if ours != theirs:
            break
        count += 1
    return count
