"""Letters to and from somebody who is being forgotten: that each was sent stays, and nothing of what it said."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat, Lower

from ukis.letters.models import Letter, PrivateLink
from ukis.letters.queueing import UNSENT, State, take_back
from ukis.letters.texts.models import Foreseen

FORMER, ERASED = 'Former member', '(erased)'
_BLANK: dict[str, Any] = {
    'subject': ERASED,
    'body': '',
    'note': '',
    'note_key': '',
    'languages': {},
    'filled_with': {},
    'link': None,
}
_NOBODY: dict[str, Any] = {'to_name': FORMER, 'to_address': '', 'last_error': ''}
# Staff may send these again; without an address nobody can.
_TRIED_AGAIN = [State.FAILED, State.SUPPRESSED, State.BOUNCED]
# The letter that says that it is done: it goes to the address, and is forgotten as soon as it has gone.
RECEIPT = 'erasure_done'


def letters_to(leaving: Any) -> QuerySet[Letter]:
    """To them, and to their addresses in whichever letters, great or small."""
    rows = Letter.objects.annotate(small_address=Lower('to_address'))
    return rows.filter(Q(to=leaving.person) | Q(small_address__in=leaving.addresses))


def forget(leaving: Any) -> None:
    """Letters to their addresses and to them; and what they wrote in letters to others."""
    theirs = letters_to(leaving).exclude(kind=RECEIPT)
    _take_back(theirs)
    _forget_written(leaving)
    _empty(theirs)


def forget_letters(theirs: QuerySet[Letter]) -> None:
    """To somebody without an account, of whom nothing is kept any more."""
    keys = list(theirs.values_list('pk', flat=True))  # what is looked for by goes with it
    _take_back(Letter.objects.filter(pk__in=keys))
    _empty(Letter.objects.filter(pk__in=keys))


def _take_back(theirs: QuerySet[Letter]) -> None:
    theirs.filter(state=State.SENDING).update(no_more=True)
    take_back(list(theirs.filter(state__in=UNSENT).select_for_update(of=('self',)).order_by('pk')))
    PrivateLink.objects.filter(letter__in=theirs.values('pk')).delete()
    with_address = theirs.filter(to=None)  # the key of such a letter names the address
    with_address.update(key=Concat(Value('erased '), Cast('pk', CharField())))


def _empty(theirs: QuerySet[Letter]) -> None:
    theirs.filter(state__in=_TRIED_AGAIN).update(state=State.RECALLED)
    Foreseen.objects.filter(letter__in=theirs.values('pk')).delete()
    theirs.update(**_BLANK, **_NOBODY)


def _forget_written(leaving: Any) -> None:
    """What somebody wrote as a member goes; what the Society wrote by their hand stays, without their name. What waits
    still tells its reader of what was done, without the note that went with it."""
    every = Letter.objects.filter(by=leaving.person).exclude(kind=RECEIPT)
    answered = every.annotate(small_reply_to=Lower('reply_to'))
    answered.filter(small_reply_to__in=leaving.addresses).update(reply_to='')
    written = every.exclude(state__in=[*UNSENT, State.SENDING])
    if not leaving.of_staff:
        every.exclude(note='').update(note=ERASED)
        written.update(**_BLANK, reply_to='')
        return
    named = [
        Q(**{f'{column}__contains': name}) for name in leaving.names for column in ('subject', 'body', 'note')
    ]
    for letter in written.filter(reduce(or_, named)) if named else ():
        for column in ('subject', 'body', 'note'):
            setattr(letter, column, leaving.unnamed(getattr(letter, column)))
        letter.filled_with = {}
        letter.save(update_fields=['subject', 'body', 'note', 'filled_with'])


def forget_receipt(letter: Letter) -> None:
    """Heard of a receipt that has left, or never will: from then on the outbox does not know to whom it went."""
    rows = Letter.objects.filter(pk=letter.pk)
    rows.filter(state__in=_TRIED_AGAIN).update(state=State.RECALLED)
    rows.update(**_BLANK, **_NOBODY)
