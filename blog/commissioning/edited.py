"""What an editor changed in an invitation that waits in the outbox, kept where it is written anew with other dates."""

import difflib
import re
from dataclasses import dataclass

from blog.commissioning.moves import MOVES
from blog.letters import commission_letters
from blog.models import Commission, CommissionStep
from ukis import days
from ukis.letters.models import NOTE, Letter
from ukis.letters.queueing import UNSENT

KIND = 'commission_invited'
_STEP = re.compile(r'commission step (\d+) ')


@dataclass(frozen=True)
class Edited:
    """The lines as they were written by themselves, the subject first, and as they stand; the note, and the dates in
    them."""

    house: list[str]
    mine: list[str]
    note: str
    dates: tuple[str, str]


def invitation(row: Commission) -> Edited | None:
    """Asked before a move: what waits in the outbox, where somebody changed it there."""
    letter = Letter.objects.about(row).filter(kind=KIND, state__in=UNSENT).order_by('-pk').first()
    step = _STEP.match(letter.key) if letter else None
    if letter is None or step is None:
        return None
    move = CommissionStep.objects.filter(pk=int(step[1])).values_list('move', flat=True).first()
    anew = bool(move) and MOVES[str(move)].asks_anew
    house = _lines(*commission_letters.invitation(row, by=letter.by, note=letter.note, anew=anew))
    mine = _lines(letter.subject, letter.body)
    return Edited(house, mine, letter.note, _dates(row)) if house != mine or letter.note else None


def keep(was: Edited, letter: Letter, row: Commission) -> None:
    """Lines that nobody touched are those of the new letter; the others stay as they were typed, with the new dates
    where the old ones stood."""
    anew = _by_line(was.house, _lines(letter.subject, letter.body))
    became = dict(zip(was.dates, _dates(row), strict=True))
    old = re.compile('|'.join(rf'(?<!\d){re.escape(date)}' for date in became))
    kept: list[str] = []
    for tag, first, last, mine, end in difflib.SequenceMatcher(
        None, was.house, was.mine, autojunk=False
    ).get_opcodes():
        if tag == 'equal':
            kept += [line for at in range(first, last) for line in anew[at]]
        else:
            kept += [old.sub(lambda date: became[date[0]], line) for line in was.mine[mine:end]]
    letter.note = '\n\n'.join(filter(None, (was.note, letter.note)))
    if letter.note and NOTE not in '\n'.join(kept):
        kept[1:1] = [NOTE, '']
    letter.note_key = letter.note_key or (letter.key[:200] if letter.note else '')
    letter.subject, letter.body = kept[0][:250], '\n'.join(kept[1:]) + '\n'
    letter.save(update_fields=['subject', 'body', 'note', 'note_key'])


def _by_line(house: list[str], new: list[str]) -> list[list[str]]:
    """What stands in the new letter in the place of each line of the old one; what is new there stands before it."""
    found: list[list[str]] = [[] for _ in house]
    for _, first, last, there, end in difflib.SequenceMatcher(None, house, new, autojunk=False).get_opcodes():
        if first == last:
            found[min(first, len(house) - 1)] += new[there:end]
            continue
        for at in range(first, last):
            stop = end if at == last - 1 else there + at - first + 1
            found[at] += new[there + at - first : stop]
    return found


def _lines(subject: str, body: str) -> list[str]:
    return [subject, *body.splitlines()]


def _dates(row: Commission) -> tuple[str, str]:
    return days.in_words(row.answer_by), days.in_words(row.deadline)
