"""Words compared: runs of them marked with `<ins>` and `<del>`, no mark spanning a tag."""

import html
import re
from collections.abc import Iterable, Sequence

from ukis.differences.comparing import Budget, Code, codes

# Closes the last run of words; no tag looks like it.
END = '<>'


def gone(text: str) -> str:
    return (
        f'<del><span class="sr">[deleted: </span>{text}<span class="sr">]</span></del>'
        if text.strip()
        else ''
    )


def come(text: str) -> str:
    return (
        f'<ins><span class="sr">[inserted: </span>{text}<span class="sr">]</span></ins>'
        if text.strip()
        else text
    )


def text(old: str, new: str, budget: Budget) -> str:
    return words(split(old), split(new), budget).replace('\n', '<br>')


def split(said: str) -> list[str]:
    return [html.escape(token, quote=False) for token in re.findall(r'\s+|\w+|[^\w\s]', said)]


def words(old: Sequence[str], new: Sequence[str], budget: Budget) -> str:
    """Marks runs of words; inline tags come from the new text alone, and no mark spans one."""
    out: list[str] = []
    both = bool(old and new)
    for kind, i1, i2, j1, j2 in _smooth(codes(old, new, budget), new):
        if kind == 'equal':
            out += new[j1:j2]
            continue
        out.append(gone(''.join(_said(token, both) if _is_tag(token) else token for token in old[i1:i2])))
        run: list[str] = []
        for token in [*new[j1:j2], END]:
            if _is_tag(token):
                out.append(come(''.join(run)))
                run = []
                out += [token, come(_said(token, both))] if token != END else []
            else:
                run.append(token)
    return ''.join(out)


def _is_tag(token: str) -> bool:
    return token.startswith('<')


def _said(tag: str, both: bool) -> str:
    """What a reader could not see of a changed tag: a picture and its description, a link's address."""
    if tag.startswith('<img'):
        found = re.search(r' alt="([^"]*)"', tag)
        return f'[picture: {found[1] if found and found[1] else "not described"}]'
    found = re.match('<a [^>]*href="(?!#)([^"]*)"', tag)
    return f'[link: {found[1]}] ' if both and found else ''


def _smooth(found: Sequence[Code], new: Sequence[str]) -> Iterable[Code]:
    """Joins two changes with only a blank between them: 'two words' is one change to a reader."""
    merged: list[Code] = []
    for kind, i1, i2, j1, j2 in found:
        blank = kind == 'equal' and not ''.join(new[j1:j2]).strip() and j2 - j1 == 1
        if merged and merged[-1][0] != 'equal' and (kind != 'equal' or (blank and j2 < len(new))):
            merged[-1] = ('replace', merged[-1][1], i2, merged[-1][3], j2)
        else:
            merged.append((kind, i1, i2, j1, j2))
    return merged
