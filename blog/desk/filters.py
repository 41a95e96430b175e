"""How the desk's list is narrowed: each way a row, said once, for the form, the address, saved queues and numbers that
lead to what they count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from blog.desk import queues
from blog.models import Authorship, Series, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from blog.states import IN_PROCESS, State
from members.models import Organisation, Person
from ukis import counting, days

MOST_COUNTED = 1000
LONGEST = 200


@dataclass(frozen=True)
class Filter:
    """`read` makes a value of what the address says, None where it means nothing; `condition` is what it asks of a
    submission; `says` it in words. `choices` are for the form, where it offers it."""

    label: str
    read: Callable[[str], Any]
    condition: Callable[[Any], Q]
    says: Callable[[Any], str]
    choices: Callable[[], list[tuple[str, str]]] | None = None


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _state(text: str) -> State | None:
    return State(text) if text in State.values else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_days(text: str) -> int | None:
    count = _key(text)
    return count if count is not None and 0 < count < 4000 else None


def _editor(text: str) -> Person | str | None:
    """Whoever edits, or has edited: other people's names are not to be had by trying numbers."""
    if text == 'nobody':
        return text
    key = _key(text)
    found = Person.objects.filter(pk=key).first() if key else None
    edits = found and (found.is_editor or Submission.objects.filter(editor=found).exists())
    return found if edits else None


def _organisation(text: str) -> Organisation | None:
    key = _key(text)
    found = Organisation.objects.filter(pk=key).first() if key else None
    return found if found and Authorship.objects.filter(organisation=found).exists() else None


def _series(text: str) -> Series | None:
    key = _key(text)
    return Series.objects.filter(pk=key).first() if key else None


def _editors() -> list[tuple[str, str]]:
    people = Person.objects.editors().distinct().order_by('family_name', 'name', 'pk')
    return [('nobody', 'Nobody yet'), *((str(one.pk), one.printed_name) for one in people)]


def _waiting(count: int) -> Q:
    return Q(held_since__date__lte=days.today() - timedelta(days=count), state__in=IN_PROCESS)


FILTERS: dict[str, Filter] = {
    'state': Filter(
        'State',
        _state,
        lambda state: Q(state=state),
        lambda state: state.label,
        lambda: [(value, label) for value, label in State.choices],
    ),
    'editor': Filter(
        'Editor',
        _editor,
        lambda one: Q(editor=None) if one == 'nobody' else Q(editor=one),
        lambda one: 'Nobody is its editor' if one == 'nobody' else f'Edited by {one.printed_name}',
        _editors,
    ),
    'organisation': Filter(
        'Organisation',
        _organisation,
        lambda one: Q(authorships__organisation=one),
        lambda one: f'From {one.shown_name}',
    ),
    'series': Filter(
        'Series',
        _series,
        lambda one: Q(series=one),
        lambda one: f'Of the series “{one}”',
        lambda: [(str(key), title) for key, title in Series.objects.running().values_list('pk', 'title')],
    ),
    'late': Filter(
        'Late',
        lambda text: True if text == 'yes' else None,
        lambda _: Q(state__in=IN_PROCESS, due_on__lt=days.today()),
        lambda _: 'Late',
        lambda: [('yes', 'Late only')],
    ),
    'waits': Filter(
        'In the same hands',
        _of_days,
        _waiting,
        lambda count: f'In the same hands for {count} days or more',
        lambda: [('7', 'A week or longer'), ('14', 'Two weeks or longer'), ('30', 'A month or longer')],
    ),
    'due_by': Filter(
        'Due by',
        _day,
        lambda day: Q(state__in=IN_PROCESS, due_on__lte=day),
        lambda day: f'Due by {days.in_words(day)}',
    ),
}
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    'oldest': ('Oldest wait first', ('held_since', 'pk')),
    'newest': ('Newest first', ('-held_since', '-pk')),
    'due': ('By due date', ('due_on', 'pk')),
}
NO_FILTERS = ('page', 'saved')


@dataclass
class Asked:
    """What a list of the desk is asked for, as the address says it."""

    queue: str = ''
    words: str = ''
    order: str = ''
    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    # What stands there and means nothing, or not any more.
    unknown: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Itself, to be led to or kept."""
        given = {'queue': self.queue, 'q': self.words, **self.raw, 'order': self.order}
        return urlencode({name: value for name, value in given.items() if value})

    def without(self, name: str) -> str:
        given = {'queue': self.queue, 'q': self.words, **self.raw, 'order': self.order}
        return urlencode({one: value for one, value in given.items() if value and one != name})

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.values or self.order)

    @property
    def said(self) -> list[tuple[str, str]]:
        """What narrows it, in words, each with the address of the list without it."""
        return [(FILTERS[name].says(value), self.without(name)) for name, value in self.values.items()]


def asked(given: Mapping[str, str]) -> Asked:
    """Of an address: nothing that stands in it is refused, and what means nothing is told."""
    found = Asked(words=given.get('q', '').strip()[:LONGEST])
    for name, value in given.items():
        if not value or name in NO_FILTERS or name == 'q':
            continue
        if name == 'queue' and value in queues.QUEUES:
            found.queue = value
        elif name == 'order' and value in ORDERS:
            found.order = value
        elif name in FILTERS and (read := FILTERS[name].read(value)) is not None:
            found.values[name], found.raw[name] = read, value
        else:
            found.unknown.append(f'{name}={value}'[:LONGEST])
    return found


def of_saved(text: str) -> Asked:
    return asked(dict(parse_qsl(text)))


def known_to(person: Person, given: Mapping[str, str]) -> dict[str, str]:
    """Guest editors are told the name of no series but their own."""
    hidden = ('series',) if person.is_guest_editor else ()
    return {name: value for name, value in given.items() if name not in hidden}


def rows(wanted: Asked, person: Person, default: str = 'everything') -> SubmissionQuerySet:
    """What this person's desk shows of it: rule 11 by whoever looks, whoever saved it. Words alone are looked for in
    everything, in print and declined too."""
    anywhere = (wanted.words or wanted.values) and not wanted.queue
    found = (
        Submission.objects.on_the_desk_of(person).oldest_wait_first()
        if anywhere
        else queues.rows(wanted.queue or default, person)
    )
    for name, value in wanted.values.items():
        condition = FILTERS[name].condition(value)
        # Of rows beside it: asked for apart, so that none comes twice.
        if name == 'organisation':
            found = found.filter(pk__in=Submission.objects.filter(condition).order_by().values('pk'))
        else:
            found = found.filter(condition)
    if wanted.words:
        found = queues.search(found, wanted.words)
    return found.order_by(*ORDERS[wanted.order][1]) if wanted.order else found


def counts(several: list[Asked], person: Person) -> list[int]:
    """How many each of them shows, up to one more than `MOST_COUNTED`, in one question."""
    return counting.counts([rows(wanted, person) for wanted in several], MOST_COUNTED + 1)


def of_form() -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [(name, one.label, one.choices()) for name, one in FILTERS.items() if one.choices]


def described(wanted: Asked) -> list[str]:
    """What it is, line by line, in words."""
    lines = [queues.QUEUES[wanted.queue].label] if wanted.queue else ['Everything on the desk']
    if wanted.words:
        lines.append(f'With the words “{wanted.words}”')
    lines += [said for said, _ in wanted.said]
    if wanted.order:
        lines.append(ORDERS[wanted.order][0])
    return lines
