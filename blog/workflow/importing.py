"""The door for submissions that were published before, elsewhere: one version, one step, no letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from blog.models import Authorship, Correction, Holder, Post, PrintedName, State, Submission, Version, Words
from blog.workflow.engine import record
from blog.workflow.print import print_version
from blog.workflow.words import write_version
from members.models import Person
from members.roles import ADMINISTRATOR
from ukis import addresses, engine, search
from ukis.refusals import NotAllowed
from ukis.tags import parted


@dataclass(frozen=True, kw_only=True)
class Before:
    """What is known of it besides its words and names. `columns` are further ones of its post; `corrections` (when,
    what was printed then)."""

    published_at: datetime
    tags: Sequence[str] = ()
    slug: str = ''
    columns: Mapping[str, Any] = field(default_factory=dict)
    corrections: Sequence[tuple[datetime, str]] = ()


def import_submission(
    *,
    by: Person | None,
    source: str,
    words: Words,
    names: Sequence[PrintedName],
    published_at: datetime,
    tags: Sequence[str] = (),
    slug: str = '',
    corrections: Sequence[tuple[datetime, str]] = (),
    **columns: Any,
) -> Submission:
    """A submission as it was published before. `source` is its identity there: a second import of it is refused
    by returning the submission that came first, unchanged. `names` are in order; `columns` further ones of its post;
    `corrections` (when, and the note). `by` is an Administrator, or None for the command."""
    if by is not None and not by.is_in(ADMINISTRATOR):
        raise NotAllowed('Only an Administrator imports.')
    if known := Submission.objects.filter(source=source).first():
        return known
    before = Before(published_at=published_at, tags=tags, slug=slug, columns=columns, corrections=corrections)
    try:
        with search.gathered():
            return _begun_in_print(source, words, names, before, by)
    except IntegrityError:
        # Somebody brought the same at this moment.
        if known := Submission.objects.filter(source=source).first():
            return known
        raise


def _begun_in_print(
    source: str, words: Words, names: Sequence[PrintedName], before: Before, by: Person | None
) -> Submission:
    at = timezone.now()
    submission = Submission.objects.create(
        working_title=words.title,
        state=State.RELEASED,
        holder=Holder.NOBODY,
        held_since=before.published_at,
        started_at=before.published_at,
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
    post = Post(submission=submission, version=version, announced_at=before.published_at, **before.columns)
    addresses.give(post, before.slug or version.title)
    print_version(post, version)
    post.published_at = before.published_at
    post.tags.set(parted(','.join(before.tags)), waiting=not post.is_out_at(at))
    post.save()
    Correction.objects.bulk_create(
        Correction(post=post, at=when, note=note) for when, note in before.corrections
    )
    record(submission, 'import', '', by=by, at=at, note=f'imported from {source}')
    return submission


@search.gathered()
def lead_links(submission: Submission, *, by: Person | None, body: str) -> None:
    """The same words once more, whose links lead to where things are now: the end of an import, not another version.
    Nothing of what somebody has worked on since."""
    if by is not None and not by.is_in(ADMINISTRATOR):
        raise NotAllowed('Only an Administrator imports.')
    held = engine.locked(submission)
    if held.steps.count() > 1:
        return
    version = held.versions.get()
    version.body = body
    Version.objects.filter(pk=version.pk).update(body=body, hash=version.fingerprint())
    Post.objects.filter(submission=held).update()
