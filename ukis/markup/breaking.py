"""Where a line may end within an address or another long run of letters and signs: after a sign that parts it, and not
wherever the line is full."""

import re

# Words of ours are shorter, and are parted by syllables where a browser knows them.
LONG = 25
# Written HTML is written by `writing` alone, so it may be read by pattern here.
_WORDS = re.compile(r'>[^<]+')
_RUN = re.compile(rf'(?:&amp;|[^\s<>&]){{{LONG},}}')
_PLACE = re.compile(r'(?<=[/=?_])(?![/=?_]|\Z)|(?<=&amp;)(?!\Z)|(?<=\w)(?=[.%#~]\w)', re.ASCII)


def breakable(shown: str) -> str:
    """Of HTML, in its words alone."""
    return _WORDS.sub(lambda words: _RUN.sub(lambda run: _PLACE.sub('<wbr>', run[0]), words[0]), shown)
