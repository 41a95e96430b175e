"""What becomes of the rows about an organisation that was here twice, table by table."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Q
from django.utils import timezone

from members.merging import of_memberships, of_offices, pointing
from members.models import Affiliation, ChangeProposal, Domain, Organisation, Succession
from ukis import merging
from ukis.merging import MergeChoice, MergePair, MergeRule

FIELDS = {
    'name': 'Which name does it have from now on?',
    'short_name': 'Which short name?',
    'website': 'Which website?',
    'links': 'Which further links?',
    'description': 'Which description?',
    'logo': 'Which logo?',
    'part_of': 'What is it part of?',
    'billing_address': 'Which address do invoices have?',
}
YES, NO = 'yes', 'no'


def fields(pair: MergePair) -> Iterator[MergeChoice]:
    logo = partial(pointing.as_shown, pair.kept.logo)
    for name, question in FIELDS.items():
        yield from pointing.between(pair, name, question, logo if name == 'logo' else str)
    if pair.kept.kind != pair.gone.kind:
        options = [('kept', pair.kept.get_kind_display()), ('other', pair.gone.get_kind_display())]
        yield MergeChoice('kind', 'What is it?', options, 'kept')


def earlier_name(pair: MergePair) -> Iterator[MergeChoice]:
    if pair.kept.name != pair.gone.name:
        options = [
            (YES, 'Yes: it stands among its earlier names, until yesterday, and is found by it'),
            (NO, 'No: it was only another spelling'),
        ]
        yield MergeChoice('earlier', 'Did it once have the name that goes?', options, NO)


def one_claim_each(pair: MergePair) -> None:
    """Of a domain that both claimed, the kept one's claim takes over that it is confirmed, and automatic."""
    claims = {row.name: row for row in Domain.objects.filter(organisation=pair.kept.pk)}
    for other in Domain.objects.filter(
        organisation=pair.gone.pk, name__in=claims, confirmed_at__isnull=False
    ):
        mine = claims[other.name]
        if mine.is_confirmed and not other.automatic:
            continue
        automatic = mine.automatic or other.automatic
        Domain.objects.filter(pk=other.pk).update(automatic=False)
        mine.automatic, mine.confirmed_by, mine.confirmed_at = (
            automatic,
            other.confirmed_by,
            other.confirmed_at,
        )
        mine.save(update_fields=['automatic', 'confirmed_by', 'confirmed_at'])


def one_wish_a_field(pair: MergePair) -> None:
    """Where both wait for staff with another wish for one field, that of the kept one waits on."""
    waiting = ChangeProposal.objects.filter(decision=ChangeProposal.Decision.WAITING)
    fields_of_kept = list(waiting.filter(organisation=pair.kept.pk).values_list('field', flat=True))
    waiting.filter(organisation=pair.gone.pk, field__in=fields_of_kept).update(
        decision=ChangeProposal.Decision.WITHDRAWN, decided_by=pair.by, decided_at=timezone.now()
    )


def main_one_stays(pair: MergePair) -> None:
    """Whoever works there twice over, and mainly by what goes, mainly works there by what stays."""
    for other in Affiliation.objects.filter(said_already(pair), organisation=pair.gone.pk, main=True):
        Affiliation.objects.filter(pk=other.pk).update(main=False)
        same = Affiliation.objects.filter(
            organisation=pair.kept.pk, person=other.person_id, job_title=other.job_title, until=None
        )
        Affiliation.objects.filter(pk__in=same.values('pk')[:1]).update(main=True)


def said_already(pair: MergePair) -> Q:
    """That somebody works there in a job, where the same is said of both."""
    mine = Affiliation.objects.filter(organisation=pair.kept.pk, until=None)
    there = Affiliation.objects.filter(
        organisation=pair.gone.pk, until=None, person__in=mine.values('person')
    )
    said = set(mine.values_list('person', 'job_title'))
    same = [pk for pk, *row in there.values_list('pk', 'person', 'job_title') if tuple(row) in said]
    return Q(pk__in=same)


def refused(pair: MergePair) -> str:
    kept, gone = pair.kept, pair.gone
    if twice := pointing.same_twice(pair):
        return twice
    for one, other in ((kept, gone), (gone, kept)):
        if any(above.pk == other.pk for above in _above(one)):
            return f'{one} is part of {other}: then the two are not the same. Take that away first, if it is wrong.'
    both = [kept.pk, gone.pk]
    if Succession.objects.filter(organisation__in=both, successor__in=both).exists():
        return f'One of {kept} and {gone} followed the other. Take that away first, if the two are one entry.'
    return ''


def _above(row: Organisation) -> Iterator[Organisation]:
    above = row.part_of
    while above is not None:
        yield above
        above = above.part_of


def register() -> None:
    """Called from `AppConfig.ready()`."""
    way = merging.way_of('members.organisation')
    way.choices += [fields, earlier_name, of_memberships.choose]
    way.refuses.append(refused)
    merging.rules(
        'members.organisation',
        MergeRule(
            column='members.membership.organisation', words='Memberships', settle=of_memberships.end_others
        ),
        MergeRule(
            column='members.office.organisation',
            words='Offices',
            settle=of_offices.one_each('organisation'),
            says=pointing.said(
                'Several may hold one office. Who holds the same one in both keeps the one held longer.'
            ),
        ),
        MergeRule(
            column='members.domain.organisation',
            words='Email domains',
            settle=one_claim_each,
            same_goes=True,
            says=pointing.said(
                'What both claimed is claimed once, and stays confirmed where one of the two was.'
            ),
        ),
        MergeRule(
            column='members.affiliation.organisation',
            words='Who works there',
            settle=main_one_stays,
            but=said_already,
            same_goes=True,
            says=pointing.said('Of whom the same is said twice, it is said once.'),
        ),
        MergeRule(
            column='members.changeproposal.organisation',
            words='Proposed changes',
            settle=one_wish_a_field,
            says=pointing.said('Where both wait with one field, the kept one’s waits on.'),
        ),
        MergeRule(
            column='members.registration.organisation', words='Numbers in public registers', same_goes=True
        ),
        MergeRule(column='members.succession.organisation', words='What followed it', same_goes=True),
        MergeRule(column='members.succession.successor', words='What it followed', same_goes=True),
        MergeRule(column='ukis.taggeditem.object_id', words='Topics', same_goes=True),
        MergeRule(column='taggit.taggeditem.object_id', words='Tags of the package', same_goes=True),
        MergeRule(column='ukis.buffer.object_id', words='What was typed about it and not sent'),
        MergeRule(column='ukis.reminded.object_id', words='Reminders'),
    )
