"""A file that means to be XML, made into XML as it is read: what exports and feeds get wrong is put right and counted.

Nothing of it is ever expanded: of entities only the characters that HTML names, and a file with a DOCTYPE is refused.
"""

import codecs
import gzip
import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from blog.importing.records import NotReadable

AT_ONCE = 1 << 16
LONGEST = 10_000_000  # characters of one passage; no text of a blog comes near
_AHEAD = 128
_ENCODING = re.compile(rb'<\?xml[^>]*?encoding\s*=\s*["\']([\w.:-]+)')
_SPECIAL = re.compile(r'<!\[CDATA\[|<!--|<!DOCTYPE|<!ENTITY', re.IGNORECASE)
_AMPERSAND = re.compile(r'&(?:#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?')
_OPENED = re.compile(r'<([\w:.-]+)(?:\s[^<>]*)?>\s*\Z')
# What XML has no place for.
_UNWANTED = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]')
_OF_XML = frozenset(['amp', 'lt', 'gt', 'quot', 'apos'])

CONTROL = 'control characters left out'
ENTITY = 'entities and bare & put right'
ENDED = 'passages that seemed to end in their middle (]]>)'
BYTES = 'places with bytes that are no letters'
CUT = f'passages longer than {LONGEST:,} characters, cut'


class Repairing:
    """What a parser reads from: `read` gives XML. `repairs` counts, by what was done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.repairs: Counter[str] = Counter()
        self.size = max(path.stat().st_size, 1)
        self._raw = path.open('rb')
        self._pieces = self._decoded()
        self._held, self._at = '', 0
        self._is_over = False
        self._before = ''  # the last of what was read outside of a passage
        self._name: str | None = None  # of the element whose passage (CDATA) we are in
        self._length = 0
        self._in_comment = False

    def close(self) -> None:
        self._raw.close()

    @property
    def part_read(self) -> float:
        """From 0 to 1."""
        return min(self._raw.tell() / self.size, 1.0) if not self._raw.closed else 1.0

    def read(self, size: int = -1) -> str:
        """The next of it, of any length; '' at the end."""
        while not (self._is_over and self._at == len(self._held)):
            if not self._is_over:
                piece = next(self._pieces, None)
                self._is_over = piece is None
                self._held, self._at = self._held[self._at :] + (piece or ''), 0
            if given := ''.join(self._given()):
                return given
            if self._is_over:
                return self._take(len(self._held))
        return ''

    def _decoded(self) -> Iterator[str]:
        stream: IO[bytes] | gzip.GzipFile = self._raw
        if self._raw.read(2) == b'\x1f\x8b':
            stream = gzip.GzipFile(fileobj=self._raw)
        self._raw.seek(0)
        try:
            data = stream.read(AT_ONCE)
            decoder = codecs.getincrementaldecoder(_encoding(data))('replace')
            while data:
                yield self._clean(decoder.decode(data))
                data = stream.read(AT_ONCE)
            yield self._clean(decoder.decode(b'', final=True))
        except (OSError, EOFError) as error:
            raise NotReadable(f'{self.path.name} cannot be read to its end: {error}.') from error

    def _clean(self, text: str) -> str:
        self.repairs[BYTES] += text.count('\ufffd')
        clean, number = _UNWANTED.subn('', text.removeprefix('\ufeff') if not self._before else text)
        self.repairs[CONTROL] += number
        return clean

    def _given(self) -> Iterator[str]:
        """As much of what is held as can be judged."""
        while (had := self._at) < len(self._held):
            if self._in_comment:
                self._skip_comment()
            elif self._name is not None:
                yield self._of_passage(self._name)
            else:
                yield self._outside()
            if self._at == had:
                return

    def _take(self, until: int) -> str:
        taken, self._at = self._held[self._at : until], until
        return taken

    def _outside(self) -> str:
        found = _SPECIAL.search(self._held, self._at)
        if found is None:
            return self._markup(self._take(self._safe_end()))
        written = self._markup(self._take(found.start()))
        mark = self._take(found.end()).upper()
        if mark.startswith(('<!DOCTYPE', '<!ENTITY')):
            raise NotReadable(
                f'{self.path.name} brings a DOCTYPE or entities of its own. No export does, so it is not read.'
            )
        if mark == '<!--':
            self._in_comment = True
            return written
        opened = _OPENED.search(self._before)
        self._name, self._length = (opened[1] if opened else ''), 0
        return written + '<![CDATA['

    def _safe_end(self) -> int:
        """Behind it something may stand that goes on in the next piece."""
        if self._is_over:
            return len(self._held)
        cut = max(len(self._held) - _AHEAD, self._at)
        ampersand = self._held.rfind('&', max(cut - 40, self._at), cut)
        if ampersand != -1 and ';' not in self._held[ampersand:cut]:
            cut = ampersand
        while cut > self._at and self._held[cut - 1] == ']':
            cut -= 1
        return cut

    def _markup(self, text: str) -> str:
        self._before = (self._before + text[-1000:])[-1000:]
        written = _AMPERSAND.sub(self._reference, text) if '&' in text else text
        return written.replace(']]>', ']]&gt;')

    def _reference(self, found: re.Match[str]) -> str:
        number, name = found.groups()
        if name in _OF_XML:
            return found[0]
        if number:
            code = int(number[1:], 16) if number[0] in 'xX' else int(number)
            if code in (9, 10, 13) or (32 <= code < 0x110000 and not _UNWANTED.match(chr(code))):
                return found[0]
            self.repairs[CONTROL] += 1
            return ''
        self.repairs[ENTITY] += 1
        if name and (known := html.unescape(f'&{name};')) != f'&{name};':
            return html.escape(known)
        return '&amp;' + found[0][1:]

    def _of_passage(self, name: str) -> str:
        """It ends where its element does, whatever stands in it."""
        end = self._held.find(']]>', self._at)
        if end == -1:
            return self._kept(self._take(self._all_but(2)))
        behind = self._held[end + 3 : end + 3 + _AHEAD]
        if len(behind) < _AHEAD and not self._is_over:
            return self._kept(self._take(end))
        written = self._kept(self._take(end))
        self._take(end + 3)
        if not name or behind.startswith('<![CDATA[') or behind.lstrip().startswith(f'</{name}'):
            self._name = None
            self._before = f'<{name}>' if behind.startswith('<![CDATA[') and name else ']]>'
            return written + ']]>'
        self.repairs[ENDED] += 1
        return written + ']]]]><![CDATA[>'

    def _all_but(self, last: int) -> int:
        return len(self._held) if self._is_over else max(len(self._held) - last, self._at)

    def _kept(self, text: str) -> str:
        if self._length > LONGEST:
            return ''
        self._length += len(text)
        if self._length > LONGEST:
            self.repairs[CUT] += 1
        return text

    def _skip_comment(self) -> None:
        end = self._held.find('-->', self._at)
        self._take(self._all_but(2) if end == -1 else end + 3)
        self._in_comment = end == -1


def _encoding(head: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, 'utf-8'),
        (codecs.BOM_UTF16_LE, 'utf-16'),
        (codecs.BOM_UTF16_BE, 'utf-16'),
    ):
        if head.startswith(mark):
            return name
    found = _ENCODING.search(head[:1000])
    try:
        return codecs.lookup(found[1].decode()).name if found else 'utf-8'
    except LookupError:
        return 'utf-8'
