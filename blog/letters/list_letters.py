"""One letter to an editor about several submissions."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from blog import letters
from blog.models import Step, Submission
from members.models import Person
from ukis import letters as outbox
from ukis.society.models import Society

KINDS = {
    'assigned_several': 'Several to edit (to an editor)',
    'editor_changed_several': 'Several have another editor (to an editor)',
}


def tell_of_given(
    given: Sequence[Submission], was: Mapping[Person, Sequence[Submission]], *, editor: Person, by: Person
) -> None:
    """The new editor, and each who had some of them, once; whoever did it knows. In the transaction that gave them."""
    if given and editor != by:
        _write('assigned_several', editor, given, editor=editor, by=by)
    for person, theirs in was.items():
        if person not in (by, editor):
            _write('editor_changed_several', person, theirs, editor=editor, by=by)


def _write(kind: str, to: Person, about: Sequence[Submission], *, editor: Person, by: Person) -> None:
    society = Society.get()
    words = outbox.written(
        kind,
        {
            'recipient': to,
            'about': about,
            'editor': editor,
            'by': by,
            'site': settings.LETTERS_URL,
            'desk': settings.LETTERS_URL + reverse('admin:desk'),
        },
        society=society,
    )
    last = (
        Step.objects.filter(submission__in=[one.pk for one in about])
        .order_by('-pk')
        .values_list('pk', flat=True)
    )
    titles: dict[str, list[str]] = {}
    for one in about:
        for language, named in letters.not_english(one, one.post_or_none).items():
            titles.setdefault(language, []).extend(named)
    outbox.queue(
        kind=kind,
        key=f'list {last[0]} {kind} {to.pk}',
        about=to,
        to=to,
        words=words,
        reply_to=society.contributions_address,
        by=by,
        languages=titles,
    )


def kept_from(staff: Person) -> Q:
    """It names what one editor looks after, and is read by nobody else."""
    return Q(kind__in=KINDS) & ~Q(to=staff.pk)
