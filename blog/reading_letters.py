"""Letters about a second reading: to whoever reads, and to the editor who asks. None goes to an author."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.urls import reverse

from blog.models import Authorship, Reading, Submission
from blog.reading_states import OPEN, ReadingState
from blog.recipients import Recipient, Whom, people
from members.models import Person
from ukis import letters as outbox
from ukis import markup
from ukis.letters.models import Letter
from ukis.society.models import Society

KINDS = {
    'reading_asked': 'Asked to read',
    'reading_yes': 'Reading: thanks for a yes',
    'reading_no': 'Reading: thanks for an answer',
    'reading_thanks': 'Reading: thanks for the advice',
    'reading_reminded': 'Reading: reminded by the editor',
    'reading_date_moved': 'Reading: another date',
    'reading_taken_back': 'Reading taken back',
    'reading_decided': 'Reading: the editor has decided',
    'reading_link': 'Reading: a fresh link',
    'reading_reminder': 'Reading: advice hoped for',
    'reading_answered_yes': 'Reading: a yes (to the editor)',
    'reading_answered_no': 'Reading: a no (to the editor)',
    'reading_returned': 'Reading: advice has come (to the editor)',
    'reading_late': 'Reading: no advice yet (to the editor)',
}
ANSWERS = ('reading_answered_yes', 'reading_answered_no', 'reading_returned')
# A link lives while advice is owed, and for years after, to say what became of it.
LINK_DAYS = 1_000
PURPOSE = 'reading'


def link_to(row: Reading) -> dict[str, Any]:
    """A private link to the reader's page, as the outbox has it."""
    kind = ContentType.objects.get_for_model(Reading).pk
    return {'view': 'reading', 'purpose': PURPOSE, 'days': LINK_DAYS, 'about': [kind, row.pk]}


def reader(row: Reading) -> Recipient:
    """Under the address at which they were asked."""
    return Recipient(row.reader, row.name, row.email)


def editors_of(row: Reading) -> list[Recipient]:
    """The editor of the submission; where it has none, whoever decides. Never who reads it themselves."""
    found = people(Whom.EDITOR, row.submission, None)
    return [one for one in found if one.person is None or one.person.pk != row.reader_id]


def tell(
    kind: str,
    recipient: Recipient,
    row: Reading,
    *,
    key: str,
    by: Person | None,
    hold: timedelta = timedelta(0),
    note: str = '',
    judged_by: dict[str, Any] | None = None,
    **facts: Any,
) -> Letter | None:
    """One letter about it, in the caller's transaction; `key` says which occasion, so that none goes twice."""
    society, to_reader = Society.get(), recipient.address == row.email
    link = outbox.LINK if to_reader else settings.LETTERS_URL + page_of(row)
    words = outbox.written(
        kind,
        {
            **facts,
            'recipient': recipient,
            'reading': row,
            'asker': row.asked_by,
            'society': society,
            'by': by,
            'link': link,
            'conversation': link,
            'note': outbox.NOTE if note else '',
        },
        society=society,
    )
    return outbox.queue(
        kind=kind,
        key=f'{key} {kind} {recipient.key}',
        about=row,
        to=recipient.person,
        to_name=recipient.name,
        to_address=recipient.address,
        words=words,
        reply_to=society.contributions_address,
        hold=hold,
        by=by,
        link=link_to(row) if to_reader else None,
        note=note if outbox.NOTE in words.body else '',
        note_key=key,
        judged_by=judged_by,
        languages=_not_english(row),
    )


def _not_english(row: Reading) -> dict[str, list[str]]:
    version = row.version
    foreign = version is not None and version.language != markup.OF_PAGES
    return {version.language: [version.title]} if version is not None and foreign else {}


def overtaken(row: Reading, *, but_answers: bool = False) -> set[str]:
    """What waits about it is true no more: recalled; of which kinds anything was. `but_answers`: another editor acts,
    and the submission's own has still to hear what was answered."""
    return outbox.cancel(row, [kind for kind in KINDS if not (but_answers and kind in ANSWERS)])


def nobody_heard(row: Reading, recalled: set[str]) -> bool:
    """Whether the last letter that asks never left: recalled just now, or by hand in the outbox."""
    if 'reading_asked' in recalled:
        return True
    last = Letter.objects.about(row).filter(kind='reading_asked').order_by('-pk').first()
    return last is not None and last.state == Letter.State.RECALLED


def tell_decided(
    submission: Submission, *, key: str, by: Person | None, hold: timedelta, taken_back: bool
) -> None:
    """The editor does not wait: whoever still reads hears it, once for each reading. `taken_back`: by its author."""
    waiting = Reading.objects.filter(submission=submission, state__in=OPEN)
    for row in waiting.select_related('reader', 'asked_by', 'version').order_by('pk'):
        row.submission = submission
        told = Letter.objects.about(row).filter(kind='reading_decided')
        recalled = outbox.cancel(row, ['reading_asked', 'reading_reminded', 'reading_reminder'])
        unheard = row.state == ReadingState.ASKED and nobody_heard(row, recalled)
        if unheard or told.exclude(state=Letter.State.RECALLED).exists():
            continue
        tell(
            'reading_decided',
            reader(row),
            row,
            key=f'{key} reading {row.pk}',
            by=by,
            hold=hold,
            taken_back=taken_back,
        )


def tell_taken_back(row: Reading, *, key: str) -> None:
    """By nobody: its words are gone."""
    tell('reading_taken_back', reader(row), row, key=key, by=None)


def not_true_any_more(letter: Letter) -> str:
    """Of a letter that says it is decided, where the decision was taken back before it left."""
    if letter.kind != 'reading_decided':
        return ''
    row = Reading.objects.select_related('submission').filter(pk=letter.object_id).first()
    return '' if row is None or row.is_decided else 'The decision was taken back.'


def kept_from(staff: Person) -> Q:
    """Authors read none about what is said of their own words, and those who have no desk none but to themselves."""
    kind = ContentType.objects.get_for_model(Reading)
    if staff.is_on_the_desk:
        own = Authorship.objects.filter(person=staff.pk).values('submission')
        return Q(content_type=kind, object_id__in=Reading.objects.filter(submission__in=own).values('pk'))
    return Q(content_type=kind) & ~Q(to=staff.pk)


def page_of(row: Model) -> str:
    assert isinstance(row, Reading)
    return reverse('admin:desk_reading', args=[row.submission_id, row.pk])
