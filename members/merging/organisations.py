"""Two entries of one organisation become one: everything leads to the kept one, the other points there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q

from members.merging import of_organisations, pointing
from members.merging.pointing import Looked
from members.models import EarlierName, MergeRecord, Organisation, Person
from ukis import addresses, days, merging, search
from ukis.merging import MergePair


def look_at_organisations(kept: Organisation, gone: Organisation, *, by: Person) -> Looked:
    return pointing.look(MergePair(kept, gone, by), _sentences(kept, gone))


@search.gathered()
def merge_organisations(
    kept: Organisation, gone: Organisation, *, by: Person, state: str, answers: Mapping[str, str]
) -> MergeRecord:
    """`state` is what the page showed: NotNow where anything changed since, or where it cannot be done."""
    pointing.lock_memberships(Q(organisation__in=[kept, gone]))
    rows = pointing.lock_both(Organisation, kept, gone)
    looked = look_at_organisations(rows[kept.pk], rows[gone.pk], by=by)
    pointing.refuse(looked, state, answers)
    pair = looked.pair
    merging.settle(pair)
    facts, before = _facts(pair), {pair.kept.name, pair.gone.name}
    addresses.lead_to(pair.gone, pair.kept)
    _empty(pair)
    lines = merging.point_over(pair)
    for name, value in facts.items():
        setattr(pair.kept, name, value)
    pair.kept.save()
    if pair.answers.get('earlier') == of_organisations.YES:
        _keep_names(pair.kept, before - {pair.kept.name})
    merging.finish(pair)
    return pointing.record(MergeRecord.Kind.ORGANISATION, pair, lines)


def _sentences(kept: Organisation, gone: Organisation) -> list[str]:
    said = [
        f'The page address “{gone.slug}” leads to “{kept.slug}” from then on, and so do those it had before.',
        'Names of the organisation in print stay as they are printed, and lead to the kept entry.',
    ]
    if kept.public != gone.public:
        said.append('One of the two is not in the public directory: nor is the kept one then.')
    if nations := [name for name in gone.nation_names if name not in kept.nation_names]:
        said.append(f'It works in these nations too: {", ".join(nations)}.')
    return said


def _facts(pair: MergePair) -> dict[str, Any]:
    """What the kept row says afterwards, read before the other is emptied."""
    kept, gone = pair.kept, pair.gone
    facts = {}
    for name in (*of_organisations.FIELDS, 'kind'):
        column = Organisation._meta.get_field(name).attname  # type: ignore[union-attr]
        facts[column] = getattr(pointing.picked(pair, name), column)
    facts['logo_alt'] = pointing.picked(pair, 'logo').logo_alt
    facts['nations'] = list(dict.fromkeys([*kept.nations, *gone.nations]))
    facts['public'] = kept.public and gone.public
    return facts


def _empty(pair: MergePair) -> None:
    gone = pair.gone
    for name in ('short_name', 'website', 'links', 'logo_alt', 'description', 'billing_address'):
        setattr(gone, name, '')
    gone.name, gone.nations, gone.public = pointing.EMPTIED, [], False
    gone.logo = gone.part_of = None
    gone.slug = f'merged-{gone.pk}'
    gone.merged_into = pair.kept
    gone.save()


def _keep_names(kept: Organisation, names: set[str]) -> None:
    for name in names - set(kept.earlier_names.values_list('name', flat=True)):
        EarlierName.objects.create(organisation=kept, name=name, until=days.today() - timedelta(days=1))
