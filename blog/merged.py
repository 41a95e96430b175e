"""What becomes of names and lists where two people, or two organisations, turn out to be one. Words in print stay."""

from django.db.models import QuerySet

from blog import subscribing
from blog.models import Authorship, Byline, Post, Reading
from blog.states import IN_PROCESS
from ukis import merging, search
from ukis.merging import MergePair, MergeRule


def register() -> None:
    """Called from `AppConfig.ready()`."""
    merging.rules(
        'members.person',
        MergeRule(column='blog.authorship.person', words='Named on blogs'),
        MergeRule(
            column='blog.byline.person', words='Names in print', says=lambda pair: 'Not a letter changes.'
        ),
        MergeRule(column='blog.serieseditor.person', words='Series they look after', same_goes=True),
        MergeRule(column='blog.savedqueue.person', words='Queues they saved', same_goes=True),
        MergeRule(column='blog.lastread.person', words='What they last read', same_goes=True),
        MergeRule(column='blog.wouldwrite.person', words='What they would write about', same_goes=True),
        MergeRule(column='blog.readmark.person', words='What they read of conversations', same_goes=True),
        MergeRule(
            column='blog.subscription.author',
            words='Who follows what they write',
            settle=subscribing.author_merges,
            same_goes=True,
        ),
        MergeRule(column='blog.commission.invitee', words='What they were asked to write'),
        MergeRule(column='blog.reading.reader', words='What they were asked to read'),
        MergeRule(column='blog.absence.person', words='When they are away'),
        MergeRule(column='blog.absence.deputy', words='For whom they stand in'),
        MergeRule(column='blog.declaration.person', words='What they declared'),
        MergeRule(column='blog.incomingletter.person', words='Letters they sent by email'),
        MergeRule(column='blog.previewlink.made_by', words='Links by which they showed words to others'),
    )
    merging.rules(
        'members.organisation',
        MergeRule(
            column='blog.byline.organisation',
            words='Names in print',
            says=lambda pair: 'Not a letter changes.',
        ),
    )
    merging.way_of('members.person').refuses += [_named_twice, _reads_their_own]
    merging.way_of('members.person').afterwards.append(_shelve_people)
    merging.way_of('members.organisation').afterwards.append(_shelve_organisations)


def _named_twice(pair: MergePair) -> str:
    """Both in one byline that is still being made: somebody has to say which name is meant."""
    mine = Authorship.objects.filter(person=pair.kept.pk).values('submission')
    both = Authorship.objects.filter(
        person=pair.gone.pk, submission__in=mine, submission__state__in=IN_PROCESS
    )
    row = both.select_related('submission__current').first()
    if row is None:
        return ''
    return f'Both are named on “{row.submission.title}”. Take one of the two names off it first.'


def _reads_their_own(pair: MergePair) -> str:
    """One would advise on what the other has written."""
    for reader, author in ((pair.kept, pair.gone), (pair.gone, pair.kept)):
        written = Authorship.objects.filter(person=author.pk).values('submission')
        row = Reading.objects.filter(reader=reader.pk, submission__in=written).open().first()
        if row is not None:
            title = row.submission.title
            return (
                f'One is asked to read “{title}”, which the other has written. Take the reading back first.'
            )
    return ''


def _shelve_people(pair: MergePair) -> None:
    _shelve(Byline.objects.filter(person=pair.kept.pk))


def _shelve_organisations(pair: MergePair) -> None:
    _shelve(Byline.objects.filter(organisation=pair.kept.pk))
    of_theirs = Authorship.objects.filter(organisation=pair.kept.pk)
    search.changed('blog.submission', list(of_theirs.values_list('submission', flat=True)))


def _shelve(bylines: QuerySet[Byline]) -> None:
    Post.objects.filter(pk__in=list(bylines.values_list('post', flat=True))).shelve()
