"""Our stylesheets as they are sent: without what only whoever writes them reads."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Words in quotes stay as they are.
_WORDS = r"""(?P<words>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_SAID = re.compile(rf'{_WORDS}|/\*.*?\*/', re.DOTALL)
_SPACE = re.compile(rf'{_WORDS}|\s*(?P<sign>[{{}};])\s*|\s+')


HASHED = 6  # digits of a file's content in its name: they stand on every page


class SlimStyles(CompressedManifestStaticFilesStorage):
    def file_hash(self, name: str, content: Any = None) -> str | None:
        digest = super().file_hash(name, content)
        return digest[:HASHED] if digest else digest

    def _save(self, name: str, content: Any) -> str:
        if name.startswith('css/') and name.endswith('.css'):
            style = b''.join(content.chunks())  # from its beginning, wherever somebody read it to
            content = ContentFile(slim(style.decode()).encode())
        return super()._save(name, content)


def slim(style: str) -> str:
    bare = _SAID.sub(lambda part: part['words'] or ' ', style)
    close = _SPACE.sub(lambda part: part['words'] or part['sign'] or ' ', bare)
    return close.replace(';}', '}').strip()
