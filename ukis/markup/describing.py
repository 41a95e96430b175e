"""What is said of the pictures in stored HTML, and saying it."""

import html
import re
from collections.abc import Callable, Mapping

# Stored HTML is written by `serialising` alone, so it may be read by pattern here.
_IMG = re.compile(r'<img src="([^"]*)" alt="([^"]*)"((?: [a-z]+="\d+")*)( data-decorative="")?>')


def undescribed(stored: str) -> list[str]:
    """The addresses of pictures that have neither a description nor the word 'decorative', in their order."""
    return list(
        dict.fromkeys(src for src, alt, _, decorative in _IMG.findall(stored) if not alt and not decorative)
    )


def descriptions(stored: str) -> dict[str, str | None]:
    """What is said of each picture that something is said of, by its address; None of a decorative one."""
    return {
        src: html.unescape(alt) if alt else None
        for src, alt, _, decorative in _IMG.findall(stored)
        if alt or decorative
    }


def described(stored: str, said: Mapping[str, str | None]) -> str:
    """With these descriptions on pictures that had none."""
    return _IMG.sub(_put(said), stored)


def _put(said: Mapping[str, str | None]) -> Callable[[re.Match[str]], str]:
    def put(tag: re.Match[str]) -> str:
        src, alt, sides, decorative = tag.groups()
        if alt or decorative or src not in said:
            return tag[0]
        words = said[src]
        return f'<img src="{src}" alt="{html.escape(words or "")}"{sides}{"" if words else ' data-decorative=""'}>'

    return put
