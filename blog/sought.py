"""The words by which submissions are found on the desk: those that stand, of what was handed in. What is only promised
has none."""

from itertools import batched

from django.db import transaction
from django.db.models import Q

from blog.models import Submission, Version
from ukis import markup, search

SUBMISSIONS = search.KindOfWords(1)


def keep(submission: Submission) -> None:
    """In the transaction that changes its words, or hands them in."""
    if submission.was_handed_in and submission.current:
        SUBMISSIONS.put(submission.pk, _text(submission.current))


def forget(submission: Submission) -> None:
    SUBMISSIONS.drop([submission.pk])


def _text(version: Version) -> str:
    body, references = markup.to_text(version.body), markup.to_text(version.references)
    picture = (version.lead_alt, version.lead_caption, version.lead_credit)
    return ' '.join([version.title, version.standfirst, body, references, *picture, *version.tag_words])


def _readable() -> Q:
    return Q(first_submitted_at__isnull=False) | Q(source__isnull=False)


def put_right(**of_signal: object) -> None:
    """After every migrate: where more or fewer are known than were handed in, everything anew."""
    if Submission.objects.filter(_readable(), current__isnull=False).count() != SUBMISSIONS.count():
        rebuild()


def rebuild() -> None:
    """Everything anew, after rows were written in bulk. Nobody hands anything in meanwhile."""
    keys = Submission.objects.filter(_readable(), current__isnull=False).order_by('pk')
    with transaction.atomic():
        SUBMISSIONS.clear()
        for some in batched(keys.values_list('pk', flat=True), 500):
            found = Submission.objects.filter(pk__in=some).select_related('current')
            SUBMISSIONS.put_all((one.pk, _text(one.current)) for one in found if one.current)


def slips() -> list[int]:
    """The submissions of which other words are known than stand: none, always."""
    found = Submission.objects.filter(_readable(), current__isnull=False).select_related('current')
    wanted = {one.pk: search.in_words(_text(one.current)) for one in found if one.current}
    known = SUBMISSIONS.words()
    return sorted(key for key in wanted.keys() | known.keys() if wanted.get(key) != known.get(key))
