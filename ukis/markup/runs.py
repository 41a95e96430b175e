"""Words and the marks that they wear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SPACE = re.compile(r'[ \t\n\u00a0]+')


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    id: str


type Mark = str | Link
type Marks = frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that wear the same marks. A line break is the run '\\n' without marks."""

    text: str
    marks: Marks = frozenset()


def paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """The words in lines without spare space; an empty line parts two paragraphs."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == '\n':
            lines.append([])
        elif run.text:
            lines[-1].append(run)
    found: list[list[Run]] = [[]]
    for line in map(_trimmed, lines):
        if line and found[-1]:
            found[-1] += [Run('\n'), *line]
        elif line:
            found[-1] = line
        elif found[-1]:
            found.append([])
    return [merged(words) for words in found if words]


def _trimmed(line: list[Run]) -> list[Run]:
    kept: list[Run] = []
    for run in line:
        text = run.text.lstrip(' ') if not kept or kept[-1].text.endswith(' ') else run.text
        if text:
            kept.append(Run(text, run.marks))
    while kept and not kept[-1].text.rstrip(' '):
        kept.pop()
    if kept:
        kept[-1] = Run(kept[-1].text.rstrip(' '), kept[-1].marks)
    return kept


def merged(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of the same marks as one; a space wears only what both its neighbours wear as well."""
    worn = [_wearable(run.marks) for run in runs]
    found: list[Run] = []
    for position, run in enumerate(runs):
        marks = worn[position]
        if run.text == ' ' and 0 < position < len(runs) - 1:
            marks = marks & worn[position - 1] & worn[position + 1]
        if found and found[-1].marks == marks and '\n' not in (run.text, found[-1].text):
            found[-1] = Run(found[-1].text + run.text, marks)
        else:
            found.append(Run(run.text, marks))
    return found


def _wearable(marks: Marks) -> Marks:
    """Code is nothing else besides, and nothing is raised and lowered at once."""
    if 'code' in marks:
        return marks - {'strong', 'em', 'sub', 'sup'}
    return marks - {'sub'} if 'sup' in marks else marks
