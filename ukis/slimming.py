"""Our stylesheets as they are sent: without what only whoever writes them reads, and in one what is worn together."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Words in quotes stay as they are.
_WORDS = r"""(?P<words>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_SAID = re.compile(rf'{_WORDS}|/\*.*?\*/', re.DOTALL)
_SPACE = re.compile(rf'{_WORDS}|\s*(?P<sign>[{{}};])\s*|\s+')


# A sheet that is asked for within another of the same folder: by its whole address, for checkers that read styles in a
# page ask for it from there.
_WITHIN = re.compile(r"@import '/static/css/([\w-]+\.css)';")

TOGETHER = 'css/site.css'
HASHED = 8  # digits of a file's content in its name: they stand on every page


class SlimStyles(CompressedManifestStaticFilesStorage):
    def file_hash(self, name: str, content: Any = None) -> str | None:
        digest = super().file_hash(name, content)
        return digest[:HASHED] if digest else digest

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if TOGETHER in paths:
            paths = {**paths, TOGETHER: (_Joined(paths), TOGETHER)}
        return super().post_process(paths, dry_run, **options)

    def _save(self, name: str, content: Any) -> str:
        if name.startswith('css/') and name.endswith('.css'):
            style = b''.join(content.chunks())  # from its beginning, wherever somebody read it to
            content = ContentFile(slim(style.decode()).encode())
        return super()._save(name, content)


class _Joined:
    """In the place of a folder of sheets: one of them with those within it that it asks for."""

    def __init__(self, paths: dict[str, Any]) -> None:
        self.paths = paths

    def open(self, name: str) -> ContentFile:
        beside = PurePosixPath(name).parent
        return ContentFile(
            _WITHIN.sub(lambda asked: self._read(str(beside / asked[1])), self._read(name)).encode()
        )

    def _read(self, name: str) -> str:
        folder, path = self.paths[name]
        with folder.open(path) as sheet:
            return sheet.read().decode()


def slim(style: str) -> str:
    bare = _SAID.sub(lambda part: part['words'] or ' ', style)
    close = _SPACE.sub(lambda part: part['words'] or part['sign'] or ' ', bare)
    return close.replace(';}', '}').strip()
