"""What counts on the map and where it counts: said once, for the numbers and for the rows behind them.

Published counts for the organisations in the byline, what is in hand for those of its authors, whoever is asked or
would write for where they are today. An organisation that works in several nations counts in each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from blog.models import Authorship, Byline, Commission, Shelf, Shelved, Submission, TopicWord, WouldWrite
from blog.states import CLOSED
from blog.states.commission_states import CommissionState
from members.models import Affiliation, Organisation, Person
from members.models.people import Nation
from ukis import days
from ukis.tags import fold
from ukis.tags.models import Tag

IN_HAND, ASKED, WOULD = 'in-hand', 'asked', 'would-write'
PUBLISHED = 'published'


@dataclass(frozen=True)
class MapColumn:
    """A nation or an organisation. `param` and `value` stand in addresses."""

    param: str
    value: str
    label: str
    organisation: int | None = None

    def holds(self, places: frozenset[int], nations: dict[int, list[str]]) -> bool:
        if self.organisation is not None:
            return self.organisation in places
        return any(self.value in nations.get(place, ()) for place in places)


NATIONS = tuple(MapColumn('nation', nation.value, nation.label) for nation in Nation)


def column_of(organisation: Organisation) -> MapColumn:
    return MapColumn('organisation', organisation.slug, organisation.shown_name, organisation.pk)


class OnMap(NamedTuple):
    """Something under a topic: its key, and the organisations for which it counts."""

    tag: int
    row: int
    places: frozenset[int]


def since() -> date:
    """The day a year ago."""
    return days.years_after(days.today(), -1)


def begin() -> datetime:
    return datetime.combine(since(), time.min, days.LONDON)


def names_of(topics: Iterable[Tag]) -> dict[str, int]:
    """The key of each of these by every folded name that leads to it, those of merged tags included."""
    known = {tag.pk for tag in topics}
    rows = Tag.objects.filter(Q(pk__in=known) | Q(merged_into__in=known))
    return {folded: into or key for folded, key, into in rows.values_list('folded', 'pk', 'merged_into')}


def _named(rows: QuerySet[Any], person: Person, tag: str, submission: str) -> Iterable[tuple[Any, int, Any]]:
    """Tag, submission and organisation: a row for each name in its byline. What has such rows the editors know of: of
    `on_the_desk_of`, which would look at all submissions, that is left on which one is an author oneself."""
    own = Authorship.objects.filter(person=person).values('submission')
    names = f'{submission}__authorships__'
    found = rows.exclude(**{f'{submission}__in': own}).order_by()
    shown = found.values_list(tag, submission, f'{names}organisation', f'{names}printed')
    return ((one, key, place if printed else None) for one, key, place, printed in shown)


def in_hand(person: Person, names: dict[str, int]) -> list[OnMap]:
    """In the process, pitches and promises among it, or scheduled."""
    words = TopicWord.objects.filter(folded__in=names)
    to_come = Shelved.objects.filter(shelf=Shelf.TAG, key__in=set(names.values())).to_come(timezone.now())
    places: dict[tuple[int, int], set[int]] = {}
    for tag, key, place in (
        *((names[word], key, place) for word, key, place in _named(words, person, 'folded', 'submission')),
        *_named(to_come, person, 'key', 'post__submission'),
    ):
        places.setdefault((tag, key), set()).update({place} - {None})
    return [OnMap(tag, key, frozenset(of)) for (tag, key), of in places.items()]


def asked(person: Person, names: dict[str, int]) -> list[OnMap]:
    """Commissions that wait for an answer, or were promised and are not begun: what is begun is in hand."""
    tagged = [
        (names[fold(word)], key, invitee)
        for key, words, invitee in _waiting(person)
        for word in words
        if fold(word) in names
    ]
    return _where_they_are(tagged)


def asked_for(person: Person) -> set[str]:
    """The words for the tags of all that."""
    return {word for _, words, _ in _waiting(person) for word in words}


def _waiting(person: Person) -> QuerySet[Any, tuple[int, list[str], int | None]]:
    begun = Submission.objects.filter(commission=OuterRef('pk'))
    sent = Q(~Exists(begun.exclude(state__in=CLOSED)), state=CommissionState.SENT)
    waits = sent | Q(~Exists(begun), state=CommissionState.ACCEPTED)
    rows = Commission.objects.on_the_desk_of(person).filter(waits)
    return rows.order_by().values_list('pk', 'tag_words', 'invitee')


def would_write(person: Person, names: dict[str, int]) -> list[OnMap]:
    rows = WouldWrite.objects.filter(tag__in=set(names.values())).still()
    return _where_they_are(list(rows.order_by().values_list('tag', 'pk', 'person')))


def _where_they_are(found: Sequence[tuple[int, int, int | None]]) -> list[OnMap]:
    people = {person for _, _, person in found if person}
    at = _organisations_of(people) if people else {}
    return [OnMap(tag, row, frozenset({at[person]} if person in at else ())) for tag, row, person in found]


def _organisations_of(people: set[int]) -> dict[int | None, int]:
    """Where people are today: their main affiliation, else the newest."""
    rows = Affiliation.objects.current().filter(person__in=people).order_by('-main', '-since', 'pk')
    at: dict[int | None, int] = {}
    for person, organisation in rows.values_list('person', 'organisation'):
        at.setdefault(person, organisation)
    return at


KINDS = {IN_HAND: in_hand, ASKED: asked, WOULD: would_write}


def rows_of(kind: str, person: Person, topic: Tag, column: MapColumn | None = None) -> list[int]:
    """Keys of the rows behind one number."""
    found = KINDS[kind](person, names_of([topic]))
    nations = nations_of(found)
    return sorted(one.row for one in found if column is None or column.holds(one.places, nations))


def published(person: Person, topic: Tag, column: MapColumn | None = None) -> QuerySet[Submission]:
    """The rows behind the number of what came out in the last year, imported posts among them."""
    shelved = Shelved.objects.on(Shelf.TAG, topic.pk).out(timezone.now()).filter(published_at__gte=begin())
    rows = Submission.objects.on_the_desk_of(person).filter(post__in=shelved.order_by().values('post'))
    if column is None:
        return rows
    named = Byline.objects.filter(post__submission=OuterRef('pk'))
    if column.organisation is not None:
        return rows.filter(Exists(named.filter(organisation=column.organisation)))
    there = Organisation.objects.working_in(column.value).order_by().values('pk')
    return rows.filter(Exists(named.filter(organisation__in=there)))


def nations_of(found: Iterable[OnMap]) -> dict[int, list[str]]:
    places = {place for one in found for place in one.places}
    rows = Organisation.objects.filter(pk__in=places).order_by().values_list('pk', 'nations')
    return dict(rows) if places else {}
