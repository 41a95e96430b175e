"""One office that somebody holds twice, since they or the organisation were here twice: it goes on once."""

from collections.abc import Callable

from members.merging import pointing
from members.models import Office
from ukis.merging import MergePair

OTHER = {'person': 'organisation', 'organisation': 'person'}


def one_each(of: str) -> Callable[[MergePair], None]:
    """Of one office that is held in both the one that began first goes on; `of` is what there was twice."""

    def settle(pair: MergePair) -> None:
        for mine, other in held_twice(pair, of):
            later = other if mine.since <= other.since else mine
            later.until = pointing.ended_before_today(later.since)
            later.save(update_fields=['until'])

    return settle


def held_twice(pair: MergePair, of: str) -> list[tuple[Office, Office]]:
    rows = Office.objects.filter(**{f'{of}__in': [pair.kept.pk, pair.gone.pk]}, until=None)
    held = {(getattr(row, f'{of}_id'), getattr(row, f'{OTHER[of]}_id'), row.role): row for row in rows}
    return [
        (row, held[pair.gone.pk, other, role])
        for (one, other, role), row in held.items()
        if one == pair.kept.pk and (pair.gone.pk, other, role) in held
    ]
