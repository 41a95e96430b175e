"""Words that are not published, shown to somebody outside by a link: made, counted, withdrawn."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from blog.models import PreviewLink, Submission, Version
from blog.states import CLOSED, row_of
from blog.told import as_told, versions_known, with_words_known
from blog.workflow import Role, roles_of
from blog.workflow.roles import EDITORS
from members.models import Person
from ukis import days
from ukis.letters.models import hashed
from ukis.limits import Limit
from ukis.personal import Leaving
from ukis.refusals import NotAllowed, NotNow

RUNS = (7, 14, 30)  # days
MOST = 20  # that work at a time, on each side
KEPT = timedelta(days=90)  # after its end
# One person who opens it again, or presses twice, is one visit.
_ONE_VISIT = Limit('preview_visit', 1, timedelta(minutes=30))


class Over(StrEnum):
    """Why a link that once worked shows nothing, as whoever follows it reads it."""

    WITHDRAWN = 'Whoever made it has withdrawn it.'
    EXPIRED = 'Its time has run out.'
    CLOSED = 'The text is not on its way to publication any more.'


def is_an_author(submission: Submission, person: Person) -> bool:
    return Role.AUTHOR in roles_of(submission, person)


def may_share(submission: Submission, person: Person) -> bool:
    """Authors who may change the words, and those who decide on them."""
    return bool(roles_of(submission, person) & (EDITORS | {Role.AUTHOR}))


def versions_to_share(submission: Submission, person: Person) -> QuerySet[Version]:
    """An author shows what they know themselves. Newest first."""
    if is_an_author(submission, person):
        submission = with_words_known(as_told(submission))
    return versions_known(submission).to_choose_from().exclude(body='', title='')


def of(submission: Submission, person: Person) -> list[PreviewLink]:
    """Editors see all; authors those that were made by one of them, for whom an editor asks is not theirs to read."""
    rows = PreviewLink.objects.to_be_listed().filter(submission=submission)
    return list(rows.filter(by_author=True) if is_an_author(submission, person) else rows)


def why_not(submission: Submission) -> str:
    """What stands against making one, or nothing."""
    if submission.state in CLOSED:
        return 'It is not on its way to publication any more, so there is nothing to show.'
    if row_of(submission.state).in_print and submission.is_at_its_address:
        return 'It is published: send the address of the post.'
    return ''


@transaction.atomic
def share(submission: Submission, *, by: Person, version: int, for_whom: str, runs: int) -> str:
    """The secret of a new link, told this once: only its hash is kept. It works until the end of the last day."""
    held = _held(submission)
    if not may_share(held, by):
        raise NotAllowed('Who writes it shows it to others, and who decides on it.')
    if refusal := why_not(held):
        raise NotNow(refusal)
    shown = versions_to_share(held, by).filter(number=version).first()
    if shown is None or (not is_an_author(held, by) and not held.was_handed_in):
        raise NotNow('There is no such version to show. Choose another.')
    by_author, now = is_an_author(held, by), timezone.now()
    if held.previews.running(now).filter(by_author=by_author).count() >= MOST:
        raise NotNow(f'{MOST} links to it work already. Withdraw one first.')
    token = secrets.token_urlsafe(24)
    PreviewLink.objects.create(
        submission=held,
        version=shown,
        for_whom=for_whom,
        by_author=by_author,
        made_by=by,
        made_at=now,
        expires_at=days.next_midnight(now + timedelta(days=runs)),
        token_hash=hashed(token),
    )
    return token


@transaction.atomic
def withdraw(link: PreviewLink, *, by: Person) -> PreviewLink:
    """It shows nothing from the next request on. Twice is once."""
    held = _held(link.submission)
    row = PreviewLink.objects.select_for_update(of=('self',)).get(pk=link.pk)
    if not may_share(held, by) or (is_an_author(held, by) and not row.by_author):
        raise NotAllowed('Who made it withdraws it, and who decides on the submission.')
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = timezone.now(), by
        row.save(update_fields=['withdrawn_at', 'withdrawn_by'])
    return row


def _held(submission: Submission) -> Submission:
    Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=submission.pk)
    return Submission.objects.for_its_page().get(pk=submission.pk)


# --- Followed -----------------------------------------------------------------------------------------


def found(token: str) -> PreviewLink | None:
    rows = PreviewLink.objects.select_related('version__lead_picture')
    return rows.filter(token_hash=hashed(token)).first()


def over(link: PreviewLink, submission: Submission) -> Over | None:
    """Why it shows nothing, if it does not. What its maker may not show any more, it does not show either."""
    if link.withdrawn_at is not None:
        return Over.WITHDRAWN
    if link.expires_at <= timezone.now():
        return Over.EXPIRED
    named = {row.person_id for row in submission.authorships.all()}
    if link.by_author and link.made_by_id not in named:
        return Over.WITHDRAWN
    post = submission.post_or_none
    if submission.state in CLOSED or (post is not None and post.taken_down_at is not None):
        return Over.CLOSED
    return None


def leads_to_the_post(link: PreviewLink, submission: Submission) -> bool:
    """Once it is out, the post is what there is to read. A revision is shown by a link that was made for it."""
    if not submission.is_at_its_address:
        return False
    out_since = submission.post.published_at
    return row_of(submission.state).in_print or (out_since is not None and link.made_at < out_since)


def newer(link: PreviewLink, submission: Submission) -> Version | None:
    """The newest version, where it is another: of an author's link of those that authors know."""
    known = with_words_known(as_told(submission)) if link.by_author else submission
    last = versions_known(known).to_choose_from().first()
    return last if last is not None and last.number > link.version.number else None


def visited(link: PreviewLink, *, who: str) -> bool:
    """Somebody says that they have opened it; `who` tells one browser from another and is kept nowhere."""
    if not _ONE_VISIT.take(f'{link.pk} {who}'):
        return False
    PreviewLink.objects.filter(pk=link.pk).update(visits=F('visits') + 1, last_visit=timezone.now())
    return True


# --- Gone ---------------------------------------------------------------------------------------------


def long_over(now: datetime) -> QuerySet[PreviewLink]:
    return PreviewLink.objects.filter(expires_at__lt=now - KEPT)


def forget(leaving: Leaving) -> None:
    """What they made shows nothing any more, and for whom it was is not said."""
    mine = PreviewLink.objects.filter(made_by=leaving.person)
    mine.filter(withdrawn_at=None).update(withdrawn_at=leaving.at)
    mine.update(for_whom='')
