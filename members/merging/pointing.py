"""What merging people and merging organisations share: what the page shows, and that it is done once and as shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.models import Membership, MergeRecord, Organisation, Person
from ukis import days, engine, history, merging
from ukis.merging import MergeChoice, MergeLine, MergePair
from ukis.pictures.models import Picture
from ukis.refusals import NotNow

# What changes by signing in alone, and is nothing that anybody decided.
PASSING = ('last_login', 'password')
EMPTIED = 'Merged entry'
# What is written to an entry that was merged while it was on its way comes after, for so long.
STRAGGLERS = timedelta(days=2)
CHANGED = (
    'Somebody changed one of the two since you opened this page. Look at both once more, then decide again.'
)


@dataclass(frozen=True)
class Looked:
    """What the page shows. `refused` says why the two cannot be merged."""

    pair: MergePair
    lines: list[MergeLine]
    choices: list[MergeChoice]
    sentences: list[str]
    refused: str
    state: str


def look(pair: MergePair, sentences: list[str]) -> Looked:
    lines, choices = merging.preview(pair), merging.questions(pair)
    state = merging.state_of(pair, lines, choices, besides=PASSING)
    return Looked(pair, lines, choices, sentences, merging.why_not(pair), state)


def refuse(looked: Looked, state: str, answers: Mapping[str, str]) -> None:
    """Call it with both rows held."""
    if looked.refused:
        raise NotNow(looked.refused)
    if state != looked.state:
        raise NotNow(CHANGED)
    looked.pair.answers.update({choice.name: answers.get(choice.name, '') for choice in looked.choices})
    merging.check_answers(looked.choices, looked.pair.answers)


def record(kind: str, pair: MergePair, lines: list[MergeLine]) -> MergeRecord:
    counts = {line.words: [line.moved, line.stayed] for line in lines}
    noun = str(pair.kept._meta.verbose_name)
    history.note(
        pair.kept, by=pair.by, lines=[f'Merged with {noun} {pair.gone.pk}', *merging.in_lines(lines)]
    )
    history.note(pair.gone, by=pair.by, lines=[f'Merged into {noun} {pair.kept.pk}'])
    return MergeRecord.objects.create(
        kind=kind,
        kept=pair.kept.pk,
        gone=pair.gone.pk,
        by=pair.by,
        at=timezone.now(),
        counts=counts,
        answers=pair.answers,
    )


def lock_both(model: Any, *pair: Any) -> dict[int, Any]:
    """Against everybody who is writing something that leads to either; in the order of their keys."""
    keys = [row.pk for row in pair]
    list(model.objects.filter(pk__in=keys).order_by('pk').select_for_update().values_list('pk'))
    return model.objects.select_related('merged_into').in_bulk(keys)


def lock_memberships(held: Q) -> None:
    """Before their holders, as whoever gives a place does."""
    engine.hold(Membership.objects, Membership.objects.filter(held).values_list('pk', flat=True))


def swept(now: datetime) -> None:
    """What was on its way to an entry that was merged meanwhile is pointed over too."""
    for record in MergeRecord.objects.filter(at__gt=now - STRAGGLERS).select_related('by'):
        model: Any = Person if record.kind == MergeRecord.Kind.PERSON else Organisation
        gone = model.objects.select_related('merged_into').filter(pk=record.gone).first()
        with transaction.atomic():
            pair = MergePair(gone.merged_into, gone, record.by)
            merging.settle(pair)
            if merging.point_over(pair):
                merging.finish(pair)


def same_twice(pair: MergePair) -> str:
    """What forbids it for people and organisations alike."""
    if pair.kept.pk == pair.gone.pk:
        return 'That is the same entry. Choose the other one.'
    for row in (pair.kept, pair.gone):
        if row.merged_into_id is not None:
            return f'This one was merged already, into “{row.merged_into}”. Begin from there.'
    return ''


def picked(pair: MergePair, name: str) -> Any:
    """The row whose field is to stand."""
    mine, other = getattr(pair.kept, name), getattr(pair.gone, name)
    if not (mine and other):
        return pair.kept if mine else pair.gone
    return pair.gone if pair.answers.get(name) == 'other' else pair.kept


def between(pair: MergePair, name: str, question: str, shown: Any = str) -> list[MergeChoice]:
    """The question of a field that both have, and each otherwise."""
    mine, other = getattr(pair.kept, name), getattr(pair.gone, name)
    if not (mine and other) or mine == other:
        return []
    return [
        MergeChoice(name, question, [('kept', shown(mine)), ('other', shown(other))], initial='kept'),
    ]


def as_shown(of_the_kept: Picture | None, picture: Picture) -> SafeString:
    """Two pictures of one day are told apart by eye alone. At one address, for what the page shows is compared."""
    return format_html(
        '<img class="staff-picture" src="{}" alt="" width="{}" height="{}"> the one of the {}, of {}',
        picture.file.url,
        picture.width,
        picture.height,
        'kept entry' if picture == of_the_kept else 'other one',
        days.in_words(days.london_day(picture.made_at)),
    )


def name_of(person: Person) -> str:
    return f'{person.printed_name} (#{person.pk})'


def said(words: str) -> Callable[[MergePair], str]:
    """The same of every pair."""
    return lambda pair: words


def ended_before_today(since: date) -> date:
    """The last day of what ends by this; what began today ends today."""
    return max(since, days.day_before(days.today()))
