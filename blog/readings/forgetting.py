"""Somebody is forgotten who read for the Society, or who wrote what was read."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from blog.letters import reading_letters
from blog.models import Message, Reading, ReadingStep
from blog.readings.asking import forget_links
from blog.readings.engine import locked
from blog.readings.moves import MOVES, READER
from blog.states.reading_states import OPEN
from blog.states.reading_states import ReadingState as State
from ukis.erasing import ERASED, FORMER
from ukis.letters.models import Letter
from ukis.personal import Leaving

KEPT = timedelta(days=3 * 365)


def long_over(now: datetime) -> QuerySet[Reading]:
    """Three years after its last move, whatever became of it."""
    return Reading.objects.filter(held_since__lte=now - KEPT)


def forget(leaving: Leaving) -> None:
    """In the transaction that erases, each reading held as by any verb. What was advised stays with the editors;
    whose it was goes, and no letter of it leaves."""
    addresses = {address.lower() for address in leaving.addresses}
    theirs = Q(reader=leaving.person) | Q(email__in=addresses)
    for key in Reading.objects.filter(theirs).order_by('pk').values_list('pk', flat=True):
        _forget_reader(locked(Reading.objects.get(pk=key)), leaving)
    for row in Reading.objects.filter(other_email__in=addresses).exclude(other_email='').order_by('pk'):
        Reading.objects.filter(pk=row.pk).update(other_name='', other_email='')
    ReadingStep.objects.filter(by=leaving.person).update(by_name=FORMER)


def _forget_reader(row: Reading, leaving: Leaving) -> None:
    reading_letters.overtaken(row)
    forget_links(row)
    was, name = row.state, row.name
    if row.shared is not None:
        text = leaving.unnamed(row.shared.text, name)
        Message.objects.filter(pk=row.shared.pk).update(text=text)
    row.name, row.email, row.answer, row.reason = FORMER, ERASED, '', ''
    row.other_name = row.other_email = ''
    if not row.is_returned:
        row.recommendation, row.for_editor, row.for_author, row.may_name = '', '', '', None
    row.may_name = False if row.is_returned else None
    _close(row, was, leaving)
    of_theirs = [name for name, move in MOVES.items() if move.who == READER]
    row.steps.filter(Q(by_name=name) | Q(move__in=of_theirs)).update(by_name=FORMER)
    row.steps.exclude(note='').update(note=ERASED)


def _close(row: Reading, was: str, leaving: Leaving) -> None:
    if row.is_open:
        row.state, row.held_since = State.TAKEN_BACK, leaving.at
    row.save()
    if row.state != was:
        ReadingStep.objects.create(
            reading=row, move='forgotten', from_state=was, to_state=row.state, by_name='system', at=leaving.at
        )


def forget_words(leaving: Leaving) -> None:
    """After the words of somebody's withdrawn submission are gone: what was said of them goes too, and whoever still
    read them is told that they need not."""
    gone = Reading.objects.filter(submission__steps__move='erased', submission__steps__at=leaving.at)
    for row in gone.distinct().order_by('pk'):
        held, was = locked(row), row.state
        reading_letters.overtaken(held)
        if was in OPEN:
            reading_letters.tell_taken_back(held, key=f'reading forgotten {held.pk}')
        held.question = held.answer = held.for_editor = held.for_author = held.recommendation = ''
        _close(held, was, leaving)
        held.steps.exclude(note='').update(note=ERASED)
        gone_letters = Letter.objects.about(held).exclude(state=Letter.State.WAITING)
        gone_letters.update(subject=ERASED, body='', note='', languages={})
