"""'I would write about this': said to the editors by a member, and taken back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blog.models import WouldWrite
from members.models import Person
from ukis.refusals import NotAllowed, NotNow
from ukis.tags.models import Tag

MOST = 12  # topics of one person
HOLDS = timedelta(days=2 * 365)  # after that long nobody asks them by it


def say(tag: Tag, *, by: Person, words: str = '') -> WouldWrite:
    """Once for each topic: said again, it holds from now, with the words of now."""
    if not by.may_submit():
        raise NotAllowed(
            'Only members can say so. Your membership, or your organisation’s, does not allow it today.'
        )
    with transaction.atomic():
        Person.objects.select_for_update().only('pk').get(pk=by.pk)
        mine = WouldWrite.objects.filter(person=by)
        standing = Tag.objects.select_related('merged_into').get(pk=tag.pk).standing
        row = mine.filter(tag=standing).first()
        if row is None:
            if mine.count() >= MOST:
                raise NotNow(f'You named {MOST} topics already. Take one of them off first.')
            row = WouldWrite(person=by, tag=standing)
        row.words, row.said_at = words, timezone.now()
        row.save()
    return row


def take_back(row: WouldWrite, *, by: Person) -> None:
    """Nothing of it is kept."""
    if row.person_id != by.pk:
        raise NotAllowed('Somebody else said so.')
    WouldWrite.objects.filter(pk=row.pk).delete()


def long_ago(now: datetime) -> QuerySet[WouldWrite]:
    return WouldWrite.objects.filter(said_at__lte=now - HOLDS)
