"""Second readers whose names the author is not to learn: found in what is about to be sent there, be it the words, the
name of a file, or who made it and commented on it."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable
from contextlib import suppress

from blog.models import Reading, Submission
from members.models import Person

_MOST = 40_000_000  # bytes of a file's parts that are looked through
_CODINGS = ('utf-8', 'utf-16-be', 'utf-16-le', 'latin-1')
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def names_kept(submission: Submission, *, but: Collection[Person | None]) -> list[str]:
    """Names and addresses of those who did not say that the author may learn theirs; `but` for those who are known to
    the author otherwise."""
    known = {
        value for one in but if one for value in (one.printed_name.casefold(), (one.email or '').casefold())
    }
    rows = Reading.objects.filter(submission=submission).exclude(may_name=True)
    found = {value.strip() for pair in rows.values_list('name', 'email') for value in pair}
    # One word alone may mean anything.
    return sorted(one for one in found if one.casefold() not in known and ('@' in one or ' ' in one))


def in_words(names: Iterable[str], text: str) -> str:
    """The first of them that stands there, or nothing."""
    line = ' '.join(text.split())
    return next((name for name in names if _as_typed(name).search(line)), '')


def _as_typed(name: str) -> re.Pattern[str]:
    words = r'[\s_.,-]*'.join(re.escape(word) for word in name.split())
    return re.compile(rf'(?<!\w){words}(?!\w)', re.IGNORECASE)


def in_file(names: Iterable[str], name: str, content: bytes) -> str:
    """The same of a file: what it is called, and what is written in it or about it, as far as it lies open."""
    names = list(names)
    stem = re.sub(r'[\W_]+', ' ', name)
    if found := in_words(names, stem):
        return found
    for part in map(bytes.lower, _parts(content)):
        for one in names:
            if _holds(part, one):
                return one
    return ''


def _parts(content: bytes) -> Iterable[bytes]:
    yield content
    if not content.startswith(b'PK'):
        return
    left = _MOST
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.filename.endswith('.xml') and left > 0:
                    with archive.open(info) as part:
                        text = part.read(left)
                    left -= len(text)
                    yield text
    except _BROKEN:
        return


def _holds(part: bytes, name: str) -> bool:
    return any(one in part for one in _coded(name))


def _coded(name: str) -> Iterable[bytes]:
    for coding in _CODINGS:
        with suppress(UnicodeEncodeError):
            yield name.encode(coding).lower()
