"""What of a letter is its writer's answer. The cut is made where a kept parser finds the quoted letter, and only where
all that it would take away is known to be no words of theirs: then nothing they wrote can vanish."""

import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 10  # seconds
MOST = 60_000  # letters; longer ones are not cut
LONG = 4  # words in a row that nobody says by chance
_ROOT = Path(__file__).resolve().parent.parent.parent
_WORD = re.compile(r'[^\W_]+')
_URL = re.compile(r'<?(?:https?://|mailto:|www\.)\S+', re.IGNORECASE)
_FIELD = re.compile(
    r'[*_ ]*(from|sent|to|cc|subject|date|reply-to|importance|organi[sz]ation)\s*:[*_ ]*(.*)', re.IGNORECASE
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OwnWords:
    text: str
    left_out: int  # lines


def cut(text: str, answered: str, names: tuple[str, ...] = ()) -> OwnWords:
    """The answer in a letter's text. `answered`: all that the letter said that it answers; `names`: of those who
    wrote and got it."""
    text = text.strip()
    found = _found(text) if len(text) <= MOST else None
    if found is None or found.get('above') is None:
        return OwnWords(text, 0)
    above, below = _parted(text, found['above'])
    said = _Known(answered, names, found)
    left_out = [line for line in below if line.strip()]
    if not all(map(said.knows, left_out)):
        return OwnWords(
            text, 0
        )  # answers between the quoted lines, or lines that only look like a letter's head
    return OwnWords('\n'.join(above).strip(), len(left_out))


def _found(text: str) -> dict[str, Any] | None:
    """What the child says; nothing where it does not."""
    try:
        child = subprocess.run(
            [sys.executable, '-m', 'ukis.mail_in.child'],
            input=text.encode(errors='replace'),
            capture_output=True,
            cwd=_ROOT,
            env={'PYTHONDONTWRITEBYTECODE': '1', 'PYTHONUTF8': '1'},
            timeout=PATIENCE,
            check=False,
        )
        return json.loads(child.stdout) if child.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, OSError) as error:
        log.warning('A letter that came in could not be cut, and is shown whole: %r', error)
        return None


def _parted(text: str, above: int) -> tuple[list[str], list[str]]:
    lines, seen = text.split('\n'), 0
    for place, line in enumerate(lines):
        if line.strip():
            seen += 1
        if seen > above:
            return lines[:place], lines[place:]
    return lines, []


class _Known:
    """What is no words of whoever answers: what we wrote to them, and what a mail program puts around it."""

    def __init__(self, answered: str, names: tuple[str, ...], found: dict[str, Any]) -> None:
        self.ours, self.at = f' {_letters(answered)} ', 0
        self.names = {_letters(name) for name in names} - {''}
        heads = [head for head in found['heads'] if not _FIELD.match(head.lstrip('> \n'))]
        self.programs = {
            _letters(line) for words in (*heads, *found['disclaimers']) for line in words.split('\n')
        }

    def knows(self, line: str) -> bool:
        line = line.lstrip(
            '> \t'
        )  # the mark says that it is quoted, and not whom: it may be a letter passed on
        words = _letters(line)
        if not words or words in self.programs or self._is_ours(words):
            return True
        field = _FIELD.match(line.strip())
        return field is not None and self._is_of_a_head(field[1].lower(), field[2])

    def _is_ours(self, words: str) -> bool:
        """Our letter is quoted from its beginning to its end: a short line that stands elsewhere may be an answer."""
        found = self.ours.find(f' {words} ', self.at)
        if found < 0 and words.count(' ') >= LONG:
            found = self.ours.find(f' {words} ')
        if found < 0:
            return False
        self.at = found + len(words)
        return True

    def _is_of_a_head(self, field: str, says: str) -> bool:
        if field in ('sent', 'date'):
            return bool(re.search(r'\d', says))
        if field == 'importance':
            return len(says.split()) == 1
        return '@' in says or re.sub(r'^(?:(?:re|fwd?|aw|sv) )+', '', _letters(says)) in self.names


def _letters(text: str) -> str:
    """Words alone, so that how lines are broken makes no difference; of addresses nothing."""
    return ' '.join(_WORD.findall(_URL.sub(' ', text).casefold()))
