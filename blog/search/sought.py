"""The words by which submissions are found on the desk: title, names and organisations of what the editors know of, and
the words that stand of what was handed in. What is only promised has none."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from blog.models import Authorship, Submission
from blog.models.submissions_seen import known_to_editors
from blog.search.found import words_of
from ukis import search


def _texts(rows: Collection[int]) -> Iterable[search.Text]:
    held = (
        Submission.objects.filter(known_to_editors(), pk__in=rows)
        .order_by('pk')
        .select_for_update(of=('self',))
    )
    submissions = list(held.select_related('current'))
    names: dict[int, list[str]] = defaultdict(list)
    organisations: dict[int, set[int]] = defaultdict(set)
    authorships = Authorship.objects.filter(submission__in=rows).select_related('organisation')
    for one in authorships.order_by('order', 'pk'):
        here = one.organisation
        names[one.submission_id] += [
            one.name,
            one.affiliation,
            *((here.name, here.short_name) if here else ()),
        ]
        if here:
            organisations[one.submission_id].add(here.pk)
    for submission in submissions:
        version = submission.current if submission.was_handed_in else None
        yield search.Text(
            submission.pk,
            submission.title,
            at=submission.started_at,
            language=version.language if version else 'en-GB',
            lead=version.standfirst if version else '',
            tags=version.tag_words if version else (),
            names=list(dict.fromkeys(filter(None, names[submission.pk]))),
            body=words_of(version) if version else '',
            facets=[f'o{key}' for key in sorted(organisations[submission.pk])],
        )


SUBMISSIONS = search.KindOfDocument(
    5,
    'blog.submission',
    'submissions',
    _texts,
    lambda: Submission.objects.filter(known_to_editors()).order_by().values_list('pk', flat=True),
    for_everybody=False,
    columns=frozenset({'current', 'working_title', 'first_submitted_at', 'promised_at', 'source'}),
)


def keep(submission: Submission) -> None:
    """In the transaction that changes who is named; that its words change or are handed in it says itself."""
    SUBMISSIONS.keep([submission.pk])


def forget(submission: Submission) -> None:
    SUBMISSIONS.drop([submission.pk])
