"""What stands beside the words in print: the editor's to choose at any time, without a move."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from blog.checklist import FEWEST_TAGS, TOO_FEW_TAGS
from blog.models import Post, Series, Submission
from blog.models.posts import UNPLACED
from blog.workflow import topics
from blog.workflow.engine import locked, record
from blog.workflow.rights import roles_of
from blog.workflow.roles import EDITORS, Role
from members.models import Person
from ukis import addresses, search
from ukis.refusals import NotAllowed, NotNow
from ukis.tags import as_they_stand


def readdress(post: Post, *, by: Person, slug: str) -> Post:
    """Another address. Before the post is out the old one is forgotten, afterwards it redirects for ever."""
    with search.gathered():
        submission = locked(post.submission)
        at = timezone.now()
        if not roles_of(submission, by) & EDITORS:
            raise NotAllowed('The address is the editor’s to choose.')
        post = submission.post
        was = post.slug
        if slug == was:
            return post
        addresses.change(post, slug, remember=post.is_out_at(at))
        record(submission, 'readdress', submission.state, by=by, at=at, note=f'{was} → {slug}')
    return post


def set_beside(
    post: Post, *, by: Person, slug: str = '', tags: Sequence[str] = (), details: dict[str, Any] | None = None
) -> Post:
    """Address, tags and details at once, all or none; what is not given stays as it is."""
    with search.gathered():
        if slug:
            post = readdress(post, by=by, slug=slug)
        if tags:
            post = retag(post, by=by, tags=tags)
        if details:
            post = set_details(post, by=by, **details)
    return post


def retag(post: Post, *, by: Person, tags: Sequence[str]) -> Post:
    """Other tags, without a move: they are the editor's and lapse no approval."""
    with search.gathered():
        submission = locked(post.submission)
        at = timezone.now()
        if not roles_of(submission, by) & EDITORS:
            raise NotAllowed('The tags are the editor’s to choose.')
        post = submission.post
        tags = as_they_stand(tags)
        if len(tags) < FEWEST_TAGS:
            raise NotNow(TOO_FEW_TAGS)
        before = ', '.join(sorted(post.tags.names()))
        if before == ', '.join(sorted(tags)):
            return post
        post.tags.set(tags, waiting=not post.is_out_at(at))
        topics.keep(submission)
        record(
            submission,
            'retagged',
            submission.state,
            by=by,
            at=at,
            note=f'{before} → {", ".join(sorted(tags))}',
        )
    return post


def set_details(post: Post, *, by: Person, **details) -> Post:
    """What stands beside the words and binds no approval: views, licence, featured, elsewhere_url, elsewhere_on."""
    with search.gathered():
        submission = locked(post.submission)
        at = timezone.now()
        if not roles_of(submission, by) & EDITORS:
            raise NotAllowed('What stands beside the words is the editor’s to choose.')
        post = submission.post
        changed = [name for name in DETAILS if name in details and getattr(post, name) != details[name]]
        for name in changed:
            setattr(post, name, details[name])
        if changed:
            if 'featured' in changed:
                post.featured_place, post.featured_until = UNPLACED, None
                changed = [*changed, 'featured_place', 'featured_until']
            post.save(update_fields=changed)
            record(
                submission,
                'set_details',
                submission.state,
                by=by,
                at=at,
                note=', '.join(f'{DETAILS[name]}: {details[name]}' for name in changed if name in DETAILS),
            )
    return post


def set_series(submission: Submission, *, by: Person, series: Series | None) -> Submission:
    """To which series it belongs, and so which guest editors see it: for editors of all, not for those guests."""
    with search.gathered():
        held = locked(submission)
        if not roles_of(held, by) & {Role.DESK, Role.CHIEF} or by.is_guest_editor:
            raise NotAllowed('To which series it belongs is the editors’ to choose.')
        if series is not None and series.is_over:
            raise NotNow(f'“{series}” is over.')
        if held.editor and held.editor.is_guest_editor and (series is None or series.pk != held.series_id):
            who = f'{held.editor.printed_name}, its editor, looks after “{held.series}” alone'
            raise NotNow(f'{who}. Change the editor first.')
        if held.series != series:
            held.series = series
            held.save(update_fields=['series'])
            if post := held.post_or_none:
                post.shelve()
            note = str(series) if series else 'none'
            record(held, 'set_series', held.state, by=by, at=timezone.now(), note=note)
    submission.refresh_from_db()
    return submission


DETAILS = {
    'views': 'whose views',
    'licence': 'licence',
    'featured': 'featured',
    'elsewhere_url': 'first published at',
    'elsewhere_on': 'first published on',
}
