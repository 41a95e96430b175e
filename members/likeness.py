"""Who may be the same under nearly the same name. It warns and never blocks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from members.models import Application, Organisation, Person, Seat
from members.registers import Register
from members.spelling import LEGAL, folded, host_of

MOST = 3  # namesakes that are named
MOST_LIKE = 8  # of those that are like it in anything
LOOKED_AT = 50  # of those that are the same in one thing
_POSTCODE = re.compile(r'\b([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\b', re.IGNORECASE)
# Mail that anybody can have: it says nothing of where they work.
_FREE_MAIL = {
    'aol.com', 'btinternet.com', 'gmail.com', 'googlemail.com', 'hotmail.co.uk', 'hotmail.com', 'icloud.com',
    'live.co.uk', 'live.com', 'me.com', 'outlook.com', 'proton.me', 'protonmail.com', 'sky.com',
    'talktalk.net', 'virginmedia.com', 'yahoo.co.uk', 'yahoo.com',
}  # fmt: skip
# Shared by public bodies that have nothing else in common.
_SHARED_MAIL = {'nhs.net', 'nhs.scot', 'hscni.net', 'sch.uk', 'gov.uk', 'ac.uk', 'nhs.uk'}
_TITLES = {
    'baroness', 'canon', 'dame', 'dr', 'father', 'fr', 'hon', 'lady', 'lord', 'miss', 'mr', 'mrs', 'ms', 'mx',
    'prof', 'professor', 'rabbi', 'rev', 'revd', 'reverend', 'rt', 'sir', 'sister', 'the',
}  # fmt: skip


def is_own_name(name: str, person: Person) -> bool:
    """Whether a printed name is this person's own: spelled out or with initials, with or without a title."""
    printed = _untitled(name, person)
    return any(_same(printed, _untitled(one, person)) for one in (person.name, _in_parts(person)))


def _same(printed: list[str], own: list[str]) -> bool:
    """The family name whole, each given name whole or as its initial, in their order; any may be left out but one."""
    if not printed or not own or printed[-1] != own[-1]:
        return printed == own
    given = iter(own[:-1])
    fits = all(any(one in (name, name[:1]) for name in given) for one in printed[:-1])
    return fits and (len(printed) > 1 or len(own) == 1)


def _in_parts(person: Person) -> str:
    return f'{person.given_names} {person.family_name}' if person.given_names else person.name


def _untitled(name: str, person: Person) -> list[str]:
    words, titles = folded(name).split(), _TITLES | set(folded(person.title).split())
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
    return words


def organisations_called(name: str, *, besides: Organisation) -> list[Organisation]:
    """Others that have or had this name."""
    rows = Organisation.objects.exclude(pk=besides.pk).order_by('pk')
    wanted = folded(name)
    now = rows.filter(folded_name=wanted)[:MOST]
    once = rows.filter(earlier_names__folded_name=wanted).distinct()[:MOST]
    found = {row.pk: row for row in (*now, *once) if wanted}
    return [found[pk] for pk in sorted(found)][:MOST]


def people_called(name: str, *, besides: Person) -> list[Person]:
    rows: QuerySet[Person] = Person.objects.exclude(pk=besides.pk).order_by('pk')
    return [row for row in rows.filter(**_holding(name, 'name')) if folded(row.name) == folded(name)][:MOST]


@dataclass(frozen=True)
class PersonLikeness:
    person: Person
    reasons: tuple[str, ...]


def people_like(person: Person, *, name: str = '', email: str = '') -> list[PersonLikeness]:
    """Others that may be the same person, and in what: any address that either has or had, the ORCID, the name. `name`
    and `email`: as they gave them now, of somebody who may have no entry yet."""
    others = Person.objects.standing().exclude(pk=person.pk)
    given = addresses_of(person) | ({email.lower()} if email else set())
    reasons: dict[int, list[str]] = {}
    for key, address in _by_address(others, given):
        reasons.setdefault(key, []).append(f'the same address, {address}')
    if person.orcid:
        for key in others.filter(orcid=person.orcid).order_by('pk').values_list('pk', flat=True)[:MOST]:
            reasons.setdefault(key, []).append(f'the same ORCID, {person.orcid}')
    for one in people_called(name or person.name, besides=person):
        reasons.setdefault(one.pk, []).append('the same name')
    found = others.in_bulk(list(reasons))
    alike = [PersonLikeness(found[key], tuple(said)) for key, said in reasons.items() if key in found]
    return alike[:MOST_LIKE]


def addresses_of(person: Person) -> set[str]:
    """Every address that is theirs or was: of their account, and those under which they were invited or applied."""
    if person._state.adding:
        return {person.email} if person.email else set()
    own = EmailAddress.objects.filter(user=person).values_list('email', flat=True)
    invited = Seat.objects.filter(person=person).exclude(address='').values_list('address', flat=True)
    applied = Application.objects.filter(person=person).values_list('email', flat=True)
    return {one.lower() for one in (person.email, *own, *invited, *applied) if one}


def _by_address(others: QuerySet[Person], given: set[str]) -> Iterator[tuple[int, str]]:
    """Once for each person and address, whichever of their rows has it."""
    seen = set()
    for column in ('email', 'emailaddress__email', 'seats__address', 'applications__email'):
        rows = others.filter(**{f'{column}__in': given}).order_by('pk').values_list('pk', column)
        for found in rows[:LOOKED_AT] if given else ():
            if found not in seen:
                seen.add(found)
                yield found


def _holding(name: str, field: str) -> dict[str, str]:
    """The database finds those that hold its longest plain word; without one, those that are written the same."""
    words = [word for word in re.findall(r'[A-Za-z]+', name) if not LEGAL.fullmatch(word.casefold())]
    longest = max(words, key=len, default='')
    if not longest:
        return {f'{field}__iexact': name}
    return {f'{field}__icontains': longest.removesuffix('s')}  # Childrens, Children’s


@dataclass(frozen=True)
class Likeness:
    organisation: Organisation
    reasons: tuple[str, ...]


def organisations_like(
    rows: QuerySet[Organisation],
    *,
    name: str,
    website: str = '',
    numbers: Mapping[str, str] | None = None,
    email: str = '',
    address: str = '',
) -> list[Likeness]:
    """Those of `rows` that may be the same, and in what: a number in a register, name or an earlier one, web domain,
    the applicant's mail, the postcode. The same number or name stands first, then what is like in most."""
    host, mail, postcode = host_of(website), _mail_of(email), _postcode(address)
    numbers, wanted = numbers or {}, folded(name)
    surely = _keys(rows, _same_number_or_name(numbers, wanted))
    perhaps = _keys(rows, _same_place(host, mail, postcode))
    found = Organisation.objects.filter(pk__in={*surely, *perhaps})
    alike = []
    for row in found.prefetch_related('earlier_names', 'registrations').order_by('pk'):
        reasons = [
            *_by_name(row, wanted),
            *_by_web(row, host, mail),
            *_by_number(row, numbers),
            *_by_postcode(row, postcode),
        ]
        if reasons:
            alike.append(Likeness(row, tuple(reasons)))
    alike.sort(key=lambda one: (one.organisation.pk not in surely, -len(one.reasons)))
    return alike[:MOST_LIKE]


def _keys(rows: QuerySet[Organisation], ways: Iterable[Q]) -> set[int]:
    """Each way has its own index and is gone by itself: what is common in one hides nothing of another."""
    return {
        key
        for way in ways
        for key in rows.filter(way).order_by('pk').distinct().values_list('pk', flat=True)[:LOOKED_AT]
    }


def _same_number_or_name(numbers: Mapping[str, str], wanted: str) -> Iterator[Q]:
    for register, number in numbers.items():
        yield Q(registrations__register=register, registrations__number=number)
    if wanted:
        yield Q(folded_name=wanted)
        yield Q(folded_short_name=wanted)
        yield Q(earlier_names__folded_name=wanted)


def _same_place(host: str, mail: str, postcode: str) -> Iterator[Q]:
    if host or mail:
        yield Q(web_host__in={host, mail} - {''})
    if mail:
        yield Q(web_host__endswith=f'.{mail}')
    if postcode:
        yield Q(billing_address__icontains=postcode) | Q(billing_address__icontains=postcode.replace(' ', ''))


def _by_name(row: Organisation, wanted: str) -> Iterable[str]:
    if wanted in {row.folded_name, row.folded_short_name} - {''}:
        yield 'the same name'
    for earlier in row.earlier_names.all():
        if wanted and earlier.folded_name == wanted:
            yield f'an earlier name, {earlier.name}'


def _by_web(row: Organisation, host: str, mail: str) -> Iterable[str]:
    own = row.web_host
    if host and own == host:
        yield f'the same web address, {host}'
    elif mail and (own == mail or own.endswith(f'.{mail}')):
        yield f'mail from its web address, {mail}'


def _by_number(row: Organisation, numbers: Mapping[str, str]) -> Iterable[str]:
    """The register is part of it: the same digits in another are somebody else's."""
    for one in row.registrations.all():  # type: ignore[attr-defined]
        if numbers.get(one.register) == one.number:
            yield f'{Register(one.register).label}, {one.number}; branches may share it'


def _by_postcode(row: Organisation, postcode: str) -> Iterable[str]:
    if postcode and _postcode(row.billing_address) == postcode:
        yield f'the same postcode, {postcode}'


def _mail_of(email: str) -> str:
    domain = email.rpartition('@')[2].lower()
    return '' if domain in _FREE_MAIL | _SHARED_MAIL else domain


def _postcode(address: str) -> str:
    found = _POSTCODE.search(address)
    return f'{found[1]} {found[2]}'.upper() if found else ''
