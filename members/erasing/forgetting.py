"""What erasing somebody does to rows here where a deletion or a list of columns does not say it."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from members.seeing import PARTS, Visibility
from ukis import addresses
from ukis.clock.models import Reminded
from ukis.erasing import ERASED, FORMER
from ukis.letters.models import Letter
from ukis.personal import Leaving

WORDS = ('subject', 'body', 'note')  # of a letter
# What staff type beside sums and terms, anybody's: the sums are the books', a name in these words is not.
REASONS = (
    ('invoice', 'voided_why'),
    ('creditnote', 'reason'),
    ('writeoff', 'reason'),
    ('payment', 'reversed_why'),
    ('refund', 'why'),
    ('term', 'waived_why'),
    ('override', 'reason'),
    ('membership', 'ended_why'),
)


def empty(leaving: Leaving) -> None:
    """The row of the person itself, in place: its key stays. Its page, and all addresses it had, are gone for good."""
    row = _model('person').get(pk=leaving.person.pk)
    if row.erased_at is not None:
        return
    addresses.close(row)
    row.email, row.name, row.family_name = None, FORMER, FORMER
    for name in ('title', 'given_names', 'biography', 'orcid', 'nation', 'website', 'postal_address'):
        setattr(row, name, '')
    row.photo = row.last_login = None
    for name in ('page_for', *(f'{part}_for' for part in PARTS)):
        setattr(row, name, Visibility.NOBODY)
    row.indexed = row.may_be_asked = row.is_active = row.is_staff = row.is_superuser = False
    row.set_unusable_password()
    row.slug = addresses.propose(row, f'{FORMER} {row.pk}')
    row.erased_at = leaving.at
    row.save()


def applications(leaving: Leaving) -> None:
    """Those that led to a membership are emptied, for it points at them; all others go, with their files."""
    addressed = Q(person=leaving.person) | Q(person=None, email__in=leaving.addresses)
    rows = _model('application').filter(addressed)
    rows.filter(membership=None).delete()
    nothing = dict.fromkeys(
        ('email', 'job_title', 'website', 'nation', 'address', 'asked', 'decided_why'), ''
    )
    rows.update(name=FORMER, news=False, **nothing)
    rows.model.steps.rel.related_model._base_manager.filter(application__in=rows.values('pk')).update(note='')


def topics(leaving: Leaving) -> None:
    leaving.person.topics.clear()


def waivers(leaving: Leaving) -> None:
    _model('term').filter(membership__person=leaving.person).exclude(waived_why='').update(waived_why=ERASED)


def reminded_of(person: Any) -> QuerySet[Reminded]:
    """The ledger of what is reminded about a membership of their own."""
    found = Q()
    for name in ('term', 'invoice'):
        rows = _model(name).filter(membership__person=person)
        kind = ContentType.objects.get_for_model(rows.model)
        found |= Q(content_type=kind, object_id__in=rows.values('pk'))
    return Reminded.objects.filter(found).order_by('pk')


def reminders(leaving: Leaving) -> None:
    for row in reminded_of(leaving.person):
        row.whom, row.why = FORMER, leaving.unnamed(row.why)[:300]
        row.save(update_fields=['whom', 'why'])


def introductions(leaving: Leaving) -> None:
    """Nobody is told: the other reads on their page that it has ended. The words of another that were shown to the
    office stay until staff have looked (`introducing.settle`), or their sender would be free of it by this."""
    rows = _model('introduction').filter(Q(asker=leaving.person) | Q(asked=leaving.person))
    rows.filter(state='asked').update(state='expired', answered_at=leaving.at)
    rows.filter(state='accepted').update(state='ended', ended_at=leaving.at)
    shown = rows.filter(reported_at__isnull=False, settled_at=None)
    shown.filter(asker=leaving.person).update(settled_at=leaving.at)
    waiting = {row.pk: row for row in shown.select_for_update()}
    for row in waiting.values():
        row.topic, row.note = leaving.unnamed(row.topic)[:100], leaving.unnamed(row.note)
        row.save(update_fields=['topic', 'note'])
    rows.exclude(pk__in=waiting).update(topic='', note='')
    rows.update(report='')


def requests(leaving: Leaving) -> None:
    """What was not answered yet is answered by this."""
    rows = _model('datarequest').filter(
        Q(person=leaving.person) | Q(person=None, email__in=leaving.addresses)
    )
    rows.filter(answered_at=None).update(answered_at=leaving.at, answer=ERASED)
    rows.update(name=FORMER, email='', words=ERASED, answer=ERASED)


def noted_of(person: Any) -> QuerySet[Any]:
    """The admin's history of somebody's own row, and of those that were merged into it."""
    people = _model('person')
    kind = ContentType.objects.get_for_model(people.model)
    merged = people.filter(merged_into=person).values_list('pk', flat=True)
    return LogEntry.objects.filter(
        content_type=kind, object_id__in=[str(key) for key in (person.pk, *merged)]
    ).order_by('pk')


def letters_about(rows: list[Any]) -> Iterator[Letter]:
    """What others were told of where they had a place or an office, or applied."""
    for row in rows:
        yield from Letter.objects.about(row)


def letters_that_name(leaving: Leaving) -> QuerySet[Letter]:
    """To others, whatever they are about. Where another bears the same name, it is their address alone that says who
    is meant."""
    named = _naming(leaving, WORDS)
    if named is None:
        return Letter.objects.none()
    return Letter.objects.filter(named).exclude(to=leaving.person).order_by('pk')


def reasons(leaving: Leaving) -> list[Any]:
    """Takes their name out of what staff gave as a reason, which stays. These rows, and those whose history says it
    too."""
    found: list[Any] = []
    for model, column in REASONS:
        named = _naming(leaving, (column,))
        for row in _model(model).filter(named).order_by('pk') if named is not None else ():
            said, most = leaving.unnamed(getattr(row, column)), row._meta.get_field(column).max_length
            _model(model).filter(pk=row.pk).update(**{column: said[:most]})
            beside = (getattr(row, name, None) for name in ('invoice', 'payment', 'membership'))
            found += [row, *(one for one in beside if isinstance(one, Model))]
    return found


def _naming(leaving: Leaving, columns: Iterable[str]) -> Q | None:
    others = _model('person').exclude(pk=leaving.person.pk)
    shared = any(others.filter(name__contains=name).exists() for name in leaving.names)
    sought = [*leaving.addresses, *(() if shared else leaving.names)]
    holds = [Q(**{f'{column}__contains': text}) for text in sought for column in columns]
    return reduce(or_, holds) if holds else None


def unname_letter(leaving: Leaving, letter: Letter) -> None:
    """Others keep their letter, without name and address."""
    was = [getattr(letter, column) for column in WORDS]
    now = [leaving.unnamed(text) for text in was]
    now[0] = now[0][:250]  # as much as a subject holds
    if was != now:
        Letter.objects.filter(pk=letter.pk).update(**dict(zip(WORDS, now, strict=True)))


def unname_history(leaving: Leaving, rows: list[Any]) -> None:
    """What the admin's history says of them where they had a place or an office."""
    for row in {(type(row), row.pk): row for row in rows}.values():
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        for entry in entries:
            was = (entry.object_repr, entry.change_message)
            entry.object_repr = leaving.unnamed(entry.object_repr)
            entry.change_message = leaving.unnamed(entry.change_message)
            if was != (entry.object_repr, entry.change_message):
                entry.save(update_fields=['object_repr', 'change_message'])


def _model(name: str) -> Any:
    return apps.get_model('members', name)._base_manager
