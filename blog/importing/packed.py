"""Several files given at once, kept as one, and laid out again: texts, pictures, tables of old addresses."""

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from blog.importing.from_pages import ENDINGS
from blog.importing.records import NotReadable

MOST_UNPACKED = 1_000_000_000
MOST_FILES = 20_000
AT_ONCE = 1 << 20
_TEXTS = ('.xml', '.rss', '.atom', '.gz')
_PICTURES = ('.jpg', '.jpeg', '.png', '.gif', '.webp', '.avif', '.bmp', '.tif', '.tiff', '.heic', '.svg')
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError)


@dataclass
class Laid:
    """What lies in the folder, by what is to be done with it."""

    folder: Path
    texts: list[Path] = field(default_factory=list)
    tables: list[Path] = field(default_factory=list)
    pages: list[Path] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    pictures: int = 0
    files: int = 0
    size: int = 0

    @property
    def to_read(self) -> list[Path]:
        return [*self.texts, *([self.folder] if self.pages else [])]


def together(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """(name, content) of what is kept: one file as it is."""
    if len(files) == 1:
        return files[0]
    out = BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as packed:
        for number, (name, content) in enumerate(files, 1):
            packed.writestr(f'{number}/{Path(name).name}', content)
    return f'{files[0][0]} and {len(files) - 1} more', out.getvalue()


def laid_out(name: str, content: bytes, folder: Path) -> Laid:
    """Into a folder that is empty. NotReadable where it cannot be unpacked, or holds more than anybody gives."""
    laid = Laid(folder)
    if content[:4] in (b'PK\x03\x04', b'PK\x05\x06'):
        _unpack(name, BytesIO(content), folder, laid)
    else:
        _lay(laid, folder / (_steps(name) or ['file'])[-1], iter([content]), alone=True)
    return laid


def _unpack(name: str, content: IO[bytes], folder: Path, laid: Laid, *, inner: bool = False) -> None:
    try:
        with zipfile.ZipFile(content) as packed:
            for entry in packed.infolist():
                steps = _steps(entry.filename)
                if entry.is_dir() or not steps or steps[0] == '__MACOSX' or steps[-1].startswith('.'):
                    continue
                path = folder.joinpath(*steps)
                with packed.open(entry) as file:
                    if path.suffix.lower() == '.zip' and not inner:
                        _unpack(steps[-1], BytesIO(_whole(file, laid)), path, laid, inner=True)
                    else:
                        _lay(laid, path, _pieces(file, laid))
    except _BROKEN as error:
        raise NotReadable(f'{name} cannot be unpacked: it is broken, or has a password.') from error


def _steps(name: str) -> list[str]:
    """Of a path within the folder, whatever it says: none leads out of it, and none is too long for any system."""
    steps = name.replace('\\', '/').replace('\0', '').split('/')
    return [step.encode()[-150:].decode(errors='ignore') for step in steps if step.strip('. ')][-8:]


def _pieces(file: IO[bytes], laid: Laid) -> Iterator[bytes]:
    laid.files += 1
    while piece := file.read(AT_ONCE):
        laid.size += len(piece)
        if laid.size > MOST_UNPACKED or laid.files > MOST_FILES:
            raise NotReadable(
                f'Unpacked it is more than {MOST_FILES:,} files or {MOST_UNPACKED // 1_000_000:,} MB. '
                'Have it brought in by the command.'
            )
        yield piece


def _whole(file: IO[bytes], laid: Laid) -> bytes:
    return b''.join(_pieces(file, laid))


def _lay(laid: Laid, path: Path, pieces: Iterator[bytes], *, alone: bool = False) -> None:
    kind = path.suffix.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    while path.exists():
        path = path.with_name(f'again-{path.name}')
    with path.open('xb') as file:
        for piece in pieces:
            file.write(piece)
    if kind == '.csv':
        laid.tables.append(path)
    elif kind in ENDINGS and not alone:
        laid.pages.append(path)
    elif kind in _TEXTS or alone:
        laid.texts.append(path)
    elif kind in _PICTURES:
        laid.pictures += 1
    else:
        laid.others.append(str(path.relative_to(laid.folder)))


def words_in(name: str, content: bytes, folder: Path) -> Iterator[str]:
    """Of all in it that may name somebody, a piece at a time; a name at the end of one stands in the next too."""
    try:
        laid = laid_out(name, content, folder)
    except NotReadable:
        yield content.decode('utf-8', 'replace')
        return
    for path in [*laid.texts, *laid.tables, *laid.pages]:
        with path.open('rb') as raw:
            is_packed = raw.read(2) == b'\x1f\x8b'
        with gzip.open(path) if is_packed else path.open('rb') as file, suppress(OSError, EOFError):
            before, read = b'', 0
            while (piece := file.read(AT_ONCE)) and read < MOST_UNPACKED:
                read += len(piece)
                yield (before + piece).decode('utf-8', 'replace')
                before = piece[-1000:]
