"""Changes to an organisation by its own contacts: they wait for staff, field by field. Those of the listing show at
once where its category is trusted, those by the page of a renewal never. The history says who changed what."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members import contacts, judging, letters
from members.letters import recipients
from members.models import ChangeProposal, Office, Organisation, Person
from members.models.people import Nation
from members.organisations import renaming
from members.places import placing
from ukis import history
from ukis.letters.models import Letter
from ukis.pictures.models import Picture
from ukis.refusals import NotNow, Stale

Field = ChangeProposal.Field
Decision = ChangeProposal.Decision
# What the page of a renewal offers, in its order.
AT_RENEWAL = ('name', 'short_name', 'website', 'nations', 'billing_address')


def waiting() -> QuerySet[ChangeProposal]:
    """What waits for staff, oldest first."""
    rows = ChangeProposal.objects.filter(decision=Decision.WAITING)
    return rows.select_related('organisation', 'by').order_by('at', 'pk')


def standing(organisation: Organisation, field: str) -> Any:
    """What it says now, as a proposal keeps it."""
    if field == Field.TOPICS:
        return sorted(organisation.topics.names())
    if field == Field.LOGO:
        return {
            'picture': organisation.logo_id,
            'words': organisation.logo_alt if organisation.logo_id else '',
        }
    value = getattr(organisation, field)
    if field == Field.BILLING_ADDRESS:
        return in_lines(value)
    return sorted(value) if field == Field.NATIONS else value


def in_lines(text: str) -> str:
    """Browsers end the lines of a text otherwise than files do."""
    return '\n'.join(text.strip().splitlines())


def at_renewal(organisation: Organisation) -> list[ChangeProposal]:
    """What waits of that which the page of a renewal offers, oldest first."""
    rows = organisation.proposals.filter(field__in=AT_RENEWAL, decision=Decision.WAITING)
    return list(rows.select_related('by'))


def filled(organisation: Organisation) -> dict[str, Any]:
    """With what the page of a renewal is filled: with what waits to be so, else with what stands."""
    waits = {proposal.field: proposal.wanted for proposal in at_renewal(organisation)}
    return {field: waits.get(field, standing(organisation, field)) for field in AT_RENEWAL}


def trusted(organisation: Organisation) -> bool:
    membership = placing.open_places(organisation)
    return membership is not None and membership.category.trusts_listing


@transaction.atomic
def propose(
    organisation: Organisation, *, by: Person, wanted: Mapping[str, Any], picture: Picture | None = None
) -> list[ChangeProposal]:
    """Of these fields those that are to be other than they are. A later proposal takes the place of one that waits;
    one that wants what stands takes it back."""
    row = Organisation.objects.locked(organisation.pk)
    contacts.check(by, row, 'keeps_listing')
    return _put(row, by=by, wanted=wanted, picture=picture, at_once=trusted(row))


@transaction.atomic
def ask(
    organisation: Organisation,
    *,
    by: Person,
    changes: Mapping[str, tuple[Any, Any]],
    letter: Letter | None = None,
) -> list[ChangeProposal]:
    """By the page of a renewal, which is forwarded, so that staff always decide; who may ask is that page's to say.
    `changes`: of each field with what it was filled and what it is to be. Stale where one says something else now."""
    row = Organisation.objects.locked(organisation.pk)
    now = filled(row)
    if any(now[field] not in both for field, both in changes.items()):
        raise Stale(now)
    wanted = {field: value for field, (_, value) in changes.items()}
    return _put(row, by=by, wanted=wanted, way=letters.way(letter))


def _put(
    row: Organisation,
    *,
    by: Person,
    wanted: Mapping[str, Any],
    picture: Picture | None = None,
    at_once: bool = False,
    way: str = '',
) -> list[ChangeProposal]:
    made, taken_back = [], []
    for field, value in wanted.items():
        now = standing(row, field)
        before = row.proposals.filter(field=field, decision=Decision.WAITING).first()
        if value == now:
            if before:
                _decide(before, Decision.WITHDRAWN, by)
                taken_back.append(before)
            continue
        if before and before.wanted == value:
            continue
        proposal = before or ChangeProposal(organisation=row, field=field)
        proposal.was, proposal.wanted, proposal.by, proposal.at = now, value, by, timezone.now()
        proposal.picture = picture if field == Field.LOGO else None
        proposal.save()
        made.append(proposal)
        if at_once:
            _take_over(proposal, row, by)
    said = {'Changes taken back': taken_back, 'Changes proposed': [] if at_once else made}
    history.note(row, by=by, lines=[f'{what}: {_fields(rows)}{way}' for what, rows in said.items() if rows])
    return made


def _fields(rows: list[ChangeProposal]) -> str:
    return ', '.join(str(proposal.get_field_display()) for proposal in rows)


@transaction.atomic
def accept(proposal: ChangeProposal, *, by: Person, seen: Any) -> ChangeProposal:
    """`seen`: what it said as whoever decides read it. NotNow where it says something else by now."""
    row, proposal = _held(proposal)
    now = standing(row, proposal.field)
    if seen != now:
        raise NotNow(
            f'The {proposal.get_field_display()} was changed since you opened this: it is {proposal.said(now)} now. '
            'Compare once more, and decide then.'
        )
    _take_over(proposal, row, by)
    _tell('listing_accepted', proposal, row, by)
    return proposal


@transaction.atomic
def decline(proposal: ChangeProposal, *, by: Person, why: str) -> ChangeProposal:
    row, proposal = _held(proposal)
    if not why.strip():
        raise NotNow('Say why you decline it: its proposer reads it.')
    proposal.why = why.strip()
    _decide(proposal, Decision.DECLINED, by)
    history.note(row, by=by, lines=[f'Change of {proposal.get_field_display()} by {proposal.by} declined'])
    _tell('listing_declined', proposal, row, by)
    return proposal


def _take_over(proposal: ChangeProposal, row: Organisation, by: Person) -> None:
    was, value = standing(row, proposal.field), proposal.wanted
    if proposal.field == Field.NAME:
        renaming.rename(row, by=by, name=value, asked_by=proposal.by)
        row.name = value
        _decide(proposal, Decision.ACCEPTED, by)
        return
    if proposal.field == Field.TOPICS:
        row.topics.set(value)
    elif proposal.field == Field.LOGO:
        if value['picture'] and proposal.picture is None:
            raise NotNow('The proposed picture is gone. Ask for it again.')
        row.logo, row.logo_alt = proposal.picture, value['words']
        row.save(update_fields=['logo', 'logo_alt'])
    else:
        setattr(row, proposal.field, value)
        judging.check(row)
        row.save(update_fields=[proposal.field])
    _decide(proposal, Decision.ACCEPTED, by)
    line = _line(proposal, was)
    history.note(
        row, by=by, lines=[line if by.pk == proposal.by_id else f'{line}, as {proposal.by} proposed']
    )


def _line(proposal: ChangeProposal, was: Any) -> str:
    label = str(proposal.get_field_display())
    if proposal.field in (Field.DESCRIPTION, Field.LINKS, Field.LOGO, Field.BILLING_ADDRESS):
        return f'{label.capitalize()} changed'
    return history.changed(label, f'“{proposal.said(was)}”', f'“{proposal.said(proposal.wanted)}”')


def _decide(proposal: ChangeProposal, decision: str, by: Person) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save()


def _tell(kind: str, proposal: ChangeProposal, row: Organisation, by: Person) -> None:
    who = recipients.of_who_began(proposal.by, row, tuple(Office.Role))
    page = letters.address_of('contacts', row.pk)
    letters.tell(kind, who, row, key=f'proposal {proposal.pk}', by=by, proposal=proposal, page=page)


def _held(proposal: ChangeProposal) -> tuple[Organisation, ChangeProposal]:
    row = Organisation.objects.locked(proposal.organisation_id)
    proposal = ChangeProposal.objects.select_related('by', 'picture').get(pk=proposal.pk)
    if not proposal.waits:
        raise NotNow(f'This was decided meanwhile: {proposal.get_decision_display()}.')
    return row, proposal


def in_words(field: str, value: Any) -> str:
    """What it says in a field, for whoever compares."""
    if field == Field.NATIONS:
        return ', '.join(Nation(nation).label for nation in value if nation in Nation.values) or history.EMPTY
    return ChangeProposal(field=field).said(value)
