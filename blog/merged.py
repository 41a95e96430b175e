"""What becomes of names and lists where two people, or two organisations, turn out to be one. Words in print stay."""

from django.db.models import QuerySet

from blog.models import Authorship, Byline, Post
from blog.states import IN_PROCESS
from ukis import merging
from ukis.merging import MergePair, MergeRule


def register() -> None:
    """Called from `AppConfig.ready()`."""
    merging.rules(
        'members.person',
        MergeRule(column='blog.authorship.person', words='Named on blogs'),
        MergeRule(
            column='blog.byline.person', words='Names in print', says=lambda pair: 'Not a letter changes.'
        ),
        MergeRule(column='blog.savedqueue.person', words='Queues they saved', same_goes=True),
        MergeRule(column='blog.lastread.person', words='What they last read', same_goes=True),
        MergeRule(column='blog.wouldwrite.person', words='What they would write about', same_goes=True),
        MergeRule(column='blog.commission.invitee', words='What they were asked to write'),
        MergeRule(column='blog.declaration.person', words='What they declared'),
    )
    merging.rules(
        'members.organisation',
        MergeRule(
            column='blog.byline.organisation',
            words='Names in print',
            says=lambda pair: 'Not a letter changes.',
        ),
    )
    merging.way_of('members.person').refuses.append(_named_twice)
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


def _shelve_people(pair: MergePair) -> None:
    _shelve(Byline.objects.filter(person=pair.kept.pk))


def _shelve_organisations(pair: MergePair) -> None:
    _shelve(Byline.objects.filter(organisation=pair.kept.pk))


def _shelve(bylines: QuerySet[Byline]) -> None:
    Post.objects.filter(pk__in=list(bylines.values_list('post', flat=True))).shelve()
