"""Who may ask whom for an introduction, how often, and in which words: each refusal is a sentence.

Nothing that only one of the two may know decides any of it: a no, silence and a note whose time is over count alike.
"""

import re
from datetime import date, datetime, timedelta

from django.utils import timezone

from members import seeing
from members.models import Introduction, Membership, Person, Seat
from members.models.introductions import LONGEST, SHORTEST
from ukis import days
from ukis.folding import folded

# What one person may send, and what one may get, whoever sends it.
A_WEEK, OPEN, TO_ONE_A_MONTH = 3, 5, 6
NEW_FOR = timedelta(days=7)
# No letter says either, so none is promised; and neither says which note it was, or who showed it.
LOOKED_AT = (
    'You cannot ask to be introduced at present: the office looks at a note of yours. If it finds nothing wrong, '
    'you can ask again. What you typed is still here, to be copied.'
)
DECIDED = (
    'You cannot ask to be introduced: the office has decided so. Write to the office if you think that it should '
    'not be. What you typed is still here, to be copied.'
)
# Notes to others of the last months are compared; so many of a hundred alike are one note to many.
COMPARED, ALIKE = timedelta(days=90), 85
_ADDRESS = re.compile(r'\S+@\S+\.\S|https?://|www\.|(?:\+|00)\d[\d ()-]{7,}|\b0\d[\d ]{8,}', re.IGNORECASE)


def why_not_ask(asker: Person, asked: Person, *, at: datetime | None = None) -> str:
    """Why this person cannot be asked by that one now; nothing that only one of the two may know decides it."""
    at = at or timezone.now()
    if not asker.may_submit():
        return 'Members of the Society ask one another, and you are none at present.'
    if asker.pk == asked.pk or not asked.may_be_asked:
        return 'This person is not there to be asked.'
    if not Person.objects.visible_to(seeing.sees(asker)).filter(pk=asked.pk).exists():
        return 'This person is not there to be asked.'
    return _of_the_two(asker, asked, at) or _of_the_asker(asker, at) or _of_the_asked(asked, at)


def _of_the_two(asker: Person, asked: Person, at: datetime) -> str:
    between = Introduction.objects.of(asker).of(asked)
    if between.filter(state=Introduction.State.ACCEPTED).exists():
        return f'You and {asked.printed_name} are introduced already.'
    if Introduction.objects.to_answer(at).filter(asker=asked, asked=asker).exists():
        return f'{asked.printed_name} has asked you: answer that note, and you are introduced.'
    last = Introduction.objects.filter(asker=asker, asked=asked).order_by('-asked_at').first()
    if last is not None and at < last.rests_until:
        return (
            f'You asked {asked.printed_name} on {_day(last.asked_at)}. One note in six months is enough: you can '
            f'ask again from {_day(last.rests_until)}.'
        )
    return ''


def stopped_by(asker: Person) -> Introduction | None:
    """The note for which somebody is kept from asking: the office has decided so, or has still to look at it."""
    mine = Introduction.objects.filter(asker=asker)
    return (mine.filter(upheld=True) | mine.reported()).order_by('-upheld').first()


def _of_the_asker(asker: Person, at: datetime) -> str:
    mine = Introduction.objects.filter(asker=asker)
    if (stopping := stopped_by(asker)) is not None:
        return DECIDED if stopping.upheld else LOOKED_AT
    since = member_since(asker)
    if since is None or days.london_day(at) < since + NEW_FOR:
        from_day = f' from {days.in_words(since + NEW_FOR)}' if since else ''
        return f'New members ask for introductions after a week: you can{from_day}. Others can ask you now.'
    if mine.filter(asked_at__gt=at - timedelta(days=7)).count() >= A_WEEK:
        return f'You have sent {A_WEEK} notes in a week, and more would be too many. Wait some days.'
    if mine.standing(at).count() >= OPEN:
        return f'{OPEN} of your notes wait for an answer. Each waits six weeks at most: ask again when one is over.'
    return ''


def _of_the_asked(asked: Person, at: datetime) -> str:
    lately = Introduction.objects.filter(asked=asked, asked_at__gt=at - timedelta(days=30))
    if lately.count() >= TO_ONE_A_MONTH:
        return f'{asked.printed_name} has been asked often this month. Try again next month.'
    return ''


def why_not_these_words(asker: Person, note: str, *, topic: str = '', at: datetime) -> str:
    words = note.strip()
    if len(words) < SHORTEST:
        return (
            f'Say in a few sentences why you ask: at least {SHORTEST} characters, and there are {len(words)}.'
        )
    if len(words) > LONGEST:
        return f'Keep it to {LONGEST} characters: there are {len(words)}.'
    if _ADDRESS.search(f'{topic}\n{words}'):
        return (
            'Leave out addresses, links and telephone numbers, of the topic as well: a note goes without them. A yes '
            'shares both your email addresses.'
        )
    if _is_like_another(asker, words, at):
        return (
            'You have sent nearly the same note to somebody else. Write to each person why you ask them: notes to '
            'many at once are not sent.'
        )
    return ''


def _is_like_another(asker: Person, words: str, at: datetime) -> bool:
    from rapidfuzz import fuzz  # only where a note is sent

    mine = Introduction.objects.filter(asker=asker, asked_at__gt=at - COMPARED).order_by('-asked_at')
    plain = _plain(words)
    return any(fuzz.ratio(plain, _plain(note)) >= ALIKE for note in mine.values_list('note', flat=True)[:60])


def _plain(words: str) -> str:
    """Without what differs in notes that are one: the name of whom it goes to stands in the first line."""
    return folded(words) or words


def member_since(person: Person) -> date | None:
    """The first day of their own membership, or of a seat that they have or had: who moves is no new member."""
    own = Membership.objects.filter(person=person).values_list('joined_on', flat=True)
    had = Seat.objects.filter(person=person, state__in=[Seat.State.ACTIVE, Seat.State.ENDED])
    seats = had.values_list('since', flat=True)
    return min([*own, *seats], default=None)


def _day(moment: datetime) -> str:
    return days.in_words(days.london_day(moment))
