"""The door for submissions that were published before, elsewhere: one version, one step, no letters."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog.models import Authorship, Holder, Post, PrintedName, State, Submission, Words
from blog.workflow.engine import record
from blog.workflow.print import print_version
from blog.workflow.words import write_version
from members.models import Person
from members.roles import ADMINISTRATOR
from ukis import addresses
from ukis.refusals import NotAllowed
from ukis.tags import parted


def import_submission(
    *,
    by: Person | None,
    source: str,
    words: Words,
    names: Sequence[PrintedName],
    published_at: datetime,
    tags: Sequence[str] = (),
    slug: str = '',
    views: str = 'own',
    featured: bool = False,
) -> Submission:
    """A submission as it was published before. `source` is its identity there: a second import of it is refused
    by returning the submission that came first, unchanged. `names` are in order.
    `by` is an Administrator, or None for the command."""
    if by is not None and not by.is_in(ADMINISTRATOR):
        raise NotAllowed('Only an Administrator imports.')
    at = timezone.now()
    with transaction.atomic():
        known = Submission.objects.filter(source=source).first()
        if known:
            return known
        submission = Submission.objects.create(
            working_title=words.title,
            state=State.RELEASED,
            holder=Holder.NOBODY,
            held_since=published_at,
            started_at=published_at,
            source=source,
        )
        for order, name in enumerate(names):
            corresponding = order == 0 and name.person is not None
            Authorship.objects.create(
                submission=submission,
                order=order,
                corresponding=corresponding,
                can_edit=corresponding,
                **name.columns(),
            )
        version = write_version(submission, words, by=by, at=at, why='import')
        post = Post(
            submission=submission,
            version=version,
            announced_at=published_at,
            views=views,
            featured=featured,
        )
        addresses.give(post, slug or version.title)
        print_version(post, version)
        post.published_at = published_at
        post.tags.set(parted(','.join(tags)), waiting=not post.is_out_at(at))
        post.save()
        record(submission, 'import', '', by=by, at=at, note=f'imported from {source}')
    return submission
