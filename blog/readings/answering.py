"""The reader's verbs, by the private link or signed in."""

from dataclasses import dataclass

from django.db import transaction

from blog.letters import reading_letters
from blog.models import Reading
from blog.readings.engine import Actor, locked, moving, roles_of
from blog.readings.moves import ReadingParty
from members import owners
from ukis.lines import one_line
from ukis.refusals import NotNow

MEANWHILE = (
    'Other notes were saved here since you opened the page. Both stand below: put them together in the form, then '
    'send it once more.'
)


@dataclass(frozen=True)
class Advice:
    """What a reader types."""

    recommendation: str = ''
    for_editor: str = ''
    for_author: str = ''
    may_name: bool | None = None

    @property
    def notes(self) -> tuple[str, str, str, bool | None]:
        return self.recommendation, self.for_editor.strip(), self.for_author.strip(), self.may_name

    def stands_in(self, row: Reading) -> bool:
        return row.notes == self.notes

    def write_to(self, row: Reading, seen: str) -> None:
        """`seen`: what stood there when the page was opened. Nothing that another tab saved is written over."""
        if seen and seen != row.notes_seen and not self.stands_in(row):
            raise NotNow(MEANWHILE)
        row.recommendation, row.for_editor, row.for_author, row.may_name = self.notes


def agree(reading: Reading, *, by: Actor, words: str = '') -> Reading:
    with moving('agree', reading, by=by, note=words) as made:
        row = made.reading
        row.reader = row.reader or owners.owner_of(row.email)  # who may have joined since they were asked
        row.answer, row.reason, row.other_name, row.other_email = made.note, '', '', ''
    return reading


def decline(
    reading: Reading,
    *,
    by: Actor,
    reason: str = '',
    words: str = '',
    other_name: str = '',
    other_email: str = '',
) -> Reading:
    with moving('decline', reading, by=by, note=words) as made:
        row, email = made.reading, other_email.strip().lower()
        if email == row.email:
            raise NotNow('This is your own address. Give that of whoever you have in mind.')
        row.reason, row.answer = reason, made.note
        row.other_name, row.other_email = one_line(other_name), email
    return reading


def return_advice(reading: Reading, *, by: Actor, advice: Advice, seen: str = '') -> Reading:
    """Also late, and also after the editor has decided: it is kept."""
    with moving('return_advice', reading, by=by) as made:
        row = made.reading
        if advice.may_name is None:
            raise NotNow('Say whether the author may learn your name.')
        if not (advice.for_editor.strip() or advice.for_author.strip()):
            raise NotNow('Write something for the editor, or for the author.')
        advice.write_to(row, seen)
        row.returned_at = made.at
        made.facts['decided'] = row.is_decided
    return reading


def send_link(reading: Reading) -> None:
    """To whoever holds one that has run out."""
    reading_letters.ASKED.send_link(reading, locked=locked, tell=reading_letters.tell)


def keep_notes(reading: Reading, *, by: Actor, advice: Advice, seen: str = '') -> None:
    """Notes that are not sent yet. Nobody reads them but whoever holds the link, and no letter goes."""
    with transaction.atomic():
        row = locked(reading)
        if ReadingParty.READER not in roles_of(row, by) or row.is_returned or row.is_taken_back:
            raise NotNow(f'Nothing can be kept now. {row.reader_sentence}')
        advice.write_to(row, seen)
        row.save(update_fields=['recommendation', 'for_editor', 'for_author', 'may_name'])
