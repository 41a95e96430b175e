"""Titles, names and other lines that stand inside sentences of ours, in letters and on pages."""

import re

# What turns the direction of all that follows, up to an end that may never come, and is not seen itself. Right-to-left
# words turn by themselves and need none of it; the marks that only steer their neighbours stay.
_TURNING = re.compile('[\u202a-\u202e\u2066-\u2069]')


def one_line(text: str) -> str:
    """Single spaces, no breaks, and nothing that would turn the sentence around it."""
    return ' '.join(_TURNING.sub('', text).split())
