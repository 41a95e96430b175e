"""Letters to guest editors: a series is theirs to look after, and is so no more."""

from django.conf import settings
from django.urls import reverse

from blog.models import Series
from members.models import Person
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.society.models import Society

KINDS = {
    'guest_named': 'A series to look after (to a guest editor)',
    'guest_over': 'A series is theirs no more (to a guest editor)',
}


def tell(
    kind: str, to: Person, series: Series, *, occasion: str, by: Person | None, named: bool = False
) -> Letter | None:
    """`occasion`: which of the times that this may happen; no letter goes twice for one. Whoever did it knows, and to
    whoever has the whole desk nothing changes."""
    if to == by or not to.email or to.is_on_the_desk:
        return None
    society = Society.get()
    words = outbox.written(
        kind,
        {
            'recipient': to,
            'series': series,
            'named': named,
            'society': society,
            'desk': settings.LETTERS_URL + reverse('admin:desk'),
        },
        society=society,
    )
    return outbox.queue(
        kind=kind,
        key=f'series {series.pk} {occasion} {kind} {to.pk}',
        about=to,
        to=to,
        words=words,
        reply_to=society.contributions_address,
        by=by,
    )
