"""An organisation's email domains: claimed by whoever holds an office and an address there, confirmed by staff. Nobody
is enrolled by their address: they take the place themselves, or ask for it."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members import contacts, judging, letters
from members.letters import recipients
from members.models import Domain, Organisation, Person, Seat
from members.places import asking, placing
from ukis import days, history
from ukis import letters as outbox
from ukis.refusals import NotAllowed, NotNow

_SHARED = Path(__file__).with_name('shared_domains.txt')


def waiting() -> QuerySet[Domain]:
    """Claims that wait for staff, oldest first."""
    rows = Domain.objects.filter(confirmed_at=None).select_related('organisation', 'claimed_by')
    return rows.order_by('claimed_at', 'pk')


def spelt(text: str) -> str:
    """A domain as it stands in addresses: '@Strath.AC.uk.' as 'strath.ac.uk'. NotNow where it is none."""
    name = text.strip().rpartition('@')[2].strip('.').lower()
    try:
        name = name.encode('idna').decode()
    except UnicodeError as wrong:
        raise NotNow('Write the domain as it stands behind the @, as in example.org.') from wrong
    signs = set('abcdefghijklmnopqrstuvwxyz0123456789-.')
    if not name or '.' not in name or set(name) - signs or len(name) > 253:
        raise NotNow('Write the domain as it stands behind the @, as in example.org.')
    return name


def refused(name: str) -> str:
    """Why an address there says nothing of where somebody works; '' where it may."""
    exact, below = _shared()
    if name in exact or name.partition('.')[2] in below:
        return f'{name} is shared by people of many organisations, so it cannot stand for one.'
    return ''


@transaction.atomic
def claim(organisation: Organisation, *, by: Person, name: str, automatic: bool) -> Domain:
    row = Organisation.objects.locked(organisation.pk)
    contacts.check(by, row, 'keeps_people')
    name = spelt(name)
    if why := refused(name):
        raise NotNow(why)
    if name not in _domains_of(addresses_of(by)):
        raise NotNow(f'You have no confirmed address at {name}. Add one under Email first.')
    if row.domains.filter(name=name).exists():
        raise NotNow(f'{row.shown_name} has claimed {name} already.')
    if automatic and (why := only_by_asking(row, name)):
        raise NotNow(why)
    domain = Domain(organisation=row, name=name, automatic=automatic, claimed_by=by)
    judging.check(domain)
    domain.save()
    history.note(row, by=by, lines=[f'Domain claimed: {name}, {_way(automatic)}'])
    return domain


@transaction.atomic
def confirm(domain: Domain, *, by: Person, automatic: bool) -> Domain:
    """By staff, who may say otherwise than was claimed how places are given there."""
    _staff(by)
    row, domain = _held(domain)
    _change(domain, automatic)
    if not domain.is_confirmed:
        domain.confirmed_by, domain.confirmed_at = by, timezone.now()
        domain.save()
        _tell('domain_confirmed', domain, row, by)
    history.note(row, by=by, lines=[f'Domain confirmed: {domain.name}, {_way(domain.automatic)}'])
    return domain


@transaction.atomic
def choose(domain: Domain, *, by: Person, automatic: bool) -> Domain:
    """A main contact decides otherwise."""
    row, domain = _held(domain)
    contacts.check(by, row, 'keeps_people')
    if automatic != domain.automatic:
        _change(domain, automatic)
        history.note(row, by=by, lines=[f'Domain {domain.name}: {_way(automatic)}'])
    return domain


@transaction.atomic
def give_up(domain: Domain, *, by: Person, why: str = '') -> None:
    """By a main contact; or by staff, who do not confirm it and say why. Places that came by it stay."""
    row, domain = _held(domain)
    contacts.check(by, row, 'keeps_people')
    if by.pk != domain.claimed_by_id and not contacts.powers(by, row).keeps_people:
        _tell('domain_refused', domain, row, by, why=why)
    because = f': {why}' if why else ''
    history.note(row, by=by, lines=[f'Domain given up: {domain.name}{because}'])
    domain.delete()


def only_by_asking(organisation: Organisation, name: str) -> str:
    """Why people with an address there cannot take a place by themselves; '' where they may."""
    return _why_by_asking(organisation, [name])[name]


def _why_by_asking(organisation: Organisation, names: list[str]) -> dict[str, str]:
    elsewhere = _automatic_elsewhere(organisation, names)
    taken = {row.name: row for row in elsewhere if _counts(row)}
    above = _above(organisation, names)

    def why(name: str) -> str:
        if name in above:
            whose = above[name].shown_name
            return f'{name} is the domain of {whose}, of which yours is a part: say yes to each person.'
        if name in taken:
            return f'People with an address at {name} join {taken[name].organisation.shown_name} by themselves already.'
        return ''

    return {name: why(name) for name in names}


def _counts(row: Domain) -> bool:
    """Not where they became a part of the one whose domain it is since, nor where their membership is over."""
    return not _above(row.organisation, [row.name]) and placing.open_places(row.organisation) is not None


def _automatic_elsewhere(organisation: Organisation, names: list[str]) -> list[Domain]:
    """As others chose it, whatever became of them since."""
    rows = Domain.objects.filter(name__in=names, automatic=True, confirmed_at__isnull=False)
    return list(rows.exclude(organisation=organisation).select_related('organisation'))


def _above(organisation: Organisation, names: list[str]) -> dict[str, Organisation]:
    """Of these domains those of an organisation of which it is a part, each with the nearest one."""
    found: dict[str, Organisation] = {}
    over = organisation.part_of
    while over is not None:
        host = urlsplit(over.website).hostname or ''
        theirs = set(over.domains.values_list('name', flat=True))
        for name in names:
            if f'.{host}'.endswith(f'.{name}') or name in theirs:
                found.setdefault(name, over)
        over = over.part_of
    return found


def offers(person: Person, addresses: list[str] | None = None) -> list[Domain]:
    """The confirmed domains of somebody's addresses by which they may take or ask for a place they do not have.
    `addresses`: as `addresses_of` gives them, where they are known."""
    known = addresses_of(person) if addresses is None else addresses
    names = [name for name in _domains_of(known) if not refused(name)]
    if not names:
        return []
    named = Domain.objects.filter(name__in=names, confirmed_at__isnull=False)
    found = list(named.select_related('organisation'))
    if not found:
        return []
    held = Seat.objects.filter(person=person, state__in=[Seat.State.ACTIVE, Seat.State.ASKED])
    has = held.not_over(days.today()).in_membership()
    taken = set(has.values_list('membership__organisation', flat=True))
    members = Organisation.objects.members().filter(domains__in=found).values_list('pk', flat=True)
    listed = set(members)
    offered = [row for row in found if row.organisation_id in listed and row.organisation_id not in taken]
    for row in offered:
        # As it would be today, for them: nothing is saved.
        row.automatic = at_once(row, person)
    return offered


def of(organisation: Organisation, most: int) -> list[Domain]:
    """An organisation's, each as it is today: nothing is saved."""
    found = list(organisation.domains.all()[:most])
    why = _why_by_asking(organisation, [row.name for row in found])
    for row in found:
        row.why_by_asking = why[row.name]
        row.automatic = row.automatic and not row.why_by_asking
    return found


def take_place(domain: Domain, *, by: Person) -> Seat:
    """Their own act: the place at once, or the question to the main contact."""
    row = _as_it_stands(domain)
    if not row.is_confirmed or row.name not in _domains_of(addresses_of(by)):
        raise NotAllowed('You have no confirmed address in that domain.')
    membership = placing.open_places(row.organisation)
    if membership is None:
        raise NotNow(f'{row.organisation.shown_name} has no membership today.')
    return asking.join(membership, by=by, automatic=at_once(row, by))


def at_once(domain: Domain, person: Person) -> bool:
    """As was chosen, unless the organisation became a part of the one whose domain it is since. Whoever had a place
    there and has it no more is asked about, for somebody ended it."""
    if not domain.automatic or only_by_asking(domain.organisation, domain.name):
        return False
    ended = Seat.objects.filter(person=person, state=Seat.State.ENDED)
    return not ended.filter(membership__organisation=domain.organisation_id).exists()


def _change(domain: Domain, automatic: bool) -> None:
    if automatic and (why := only_by_asking(domain.organisation, domain.name)):
        raise NotNow(why)
    if automatic:
        _take_over(domain)
    domain.automatic = automatic
    judging.check(domain)
    domain.save()


def _take_over(domain: Domain) -> None:
    """What others chose, and what counts no more, counts for nobody: one alone may have it."""
    for row in _automatic_elsewhere(domain.organisation, [domain.name]):
        if not _counts(row):
            Domain.objects.filter(pk=row.pk).update(automatic=False)
            history.note(row.organisation, by=None, lines=[f'Domain {row.name}: {_way(False)}'])


def addresses_of(person: Person) -> list[str]:
    """Those that somebody has confirmed, and that are theirs still as far as we know."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return list(confirmed.exclude(outbox.proves_nothing('email')).values_list('email', flat=True))


def _domains_of(addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        try:
            found.append(spelt(address))
        except NotNow:
            continue
    return found


def _held(domain: Domain) -> tuple[Organisation, Domain]:
    row = Organisation.objects.locked(domain.organisation_id)
    return row, _as_it_stands(domain)


def _as_it_stands(domain: Domain) -> Domain:
    found = Domain.objects.select_related('claimed_by', 'organisation').filter(pk=domain.pk).first()
    if found is None:
        raise NotNow(f'{domain.name} has been given up meanwhile.')
    return found


def _staff(by: Person) -> None:
    if not by.has_perm('members.change_domain'):
        raise NotAllowed('Domains are confirmed by staff.')


def _tell(kind: str, domain: Domain, row: Organisation, by: Person, why: str = '') -> None:
    who = recipients.of_who_began(domain.claimed_by, row)
    key = f'domain {domain.pk} {timezone.now().isoformat()}'
    page = letters.address_of('contacts', row.pk)
    letters.tell(kind, who, row, key=key, by=by, domain=domain, page=page, why=why)


def _way(automatic: bool) -> str:
    return 'places are taken without asking' if automatic else 'a main contact says yes to each'


@cache
def _shared() -> tuple[frozenset[str], frozenset[str]]:
    """Those refused as they stand, and those of which each name right below is refused too."""
    names = list(_lines(_SHARED.read_text().splitlines()))
    below = frozenset(name.removeprefix('*.') for name in names if name.startswith('*.'))
    return frozenset(name.removeprefix('*.') for name in names), below


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip() and not line.startswith('#'))
