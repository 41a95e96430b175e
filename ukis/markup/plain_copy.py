"""What was cleaned and kept, as plain words that somebody keeps: also what `to_text` leaves to the eye."""

import re

from .rendering import to_text

# Stored HTML is written by `writing` alone, so it may be read by pattern here.
_CITES = re.compile(r'<a [^>]*href="#fn-([a-z0-9-]+)"[^>]*>(.*?)</a>', re.DOTALL)
_BACK = re.compile(r' ?<a [^>]*href="#fnref-[a-z0-9-]+"[^>]*>[^<\w]*</a>')
_IMG = re.compile(r'<img ([^>]*)>')
_ALT = re.compile(r'\balt="([^"]*)"')
_LISTED = re.compile(r'<(/?)(ol|ul|li)((?: [^>]*)?)>')
_START = re.compile(r' start="(\d+)"')
_TYPE = re.compile(r' type="([aA])"')
_NOTE = re.compile(r' id="fn-([a-z0-9-]+)"')
_TAG = re.compile(r'<[^>]*>')


def plain_copy(stored: str) -> str:
    """As `to_text`, with the numbers of lists and notes, and a place where a picture stood."""
    cited = {name: _TAG.sub('', words) for name, words in _CITES.findall(stored)}
    lists: list[_Count] = []

    def marked(tag: re.Match[str]) -> str:
        end, name, attributes = tag.groups()
        if name != 'li':
            if end:
                del lists[-1:]
            else:
                lists.append(_Count(name, attributes))
        elif not end and lists:
            count, note = lists[-1].next(), _NOTE.search(attributes)
            return f'{tag[0]}{cited.get(note[1], count) if note else count} '
        return tag[0]

    return to_text(_LISTED.sub(marked, _IMG.sub(_place, _BACK.sub('', stored))))


class _Count:
    """Of one list: what stands before its items."""

    def __init__(self, name: str, attributes: str) -> None:
        start, kind = _START.search(attributes), _TYPE.search(attributes)
        self.ordered, self.letter = name == 'ol', kind[1] if kind else ''
        self.at = int(start[1]) - 1 if start else 0

    def next(self) -> str:
        self.at += 1
        if not self.ordered:
            return '–'
        letters = self.letter and self.at <= 26
        return f'{chr(ord(self.letter) + self.at - 1) if letters else self.at}.'


def _place(img: re.Match[str]) -> str:
    """Left to `to_text`, a picture would vanish."""
    alt = _ALT.search(img[1])
    return f'<p>[Picture{f": {alt[1]}" if alt and alt[1] else ""}]</p>'
