"""Who may be the same under nearly the same name. It warns and never blocks."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from members.models import Organisation, Person
from members.registers import Register

MOST = 3  # namesakes that are named
MOST_LIKE = 8  # of those that are like it in anything
# What registers write in many ways: it makes no difference.
_LEGAL = re.compile(r'\b(?:the|of|for|ltd|limited|plc|cic|llp)\b')
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
_APOSTROPHES = re.compile(r'[\'’‘`´]')


def folded(name: str) -> str:
    """'The Institute of Children’s Care, Ltd' and 'INSTITUTE OF CHILDRENS CARE' are folded to the same."""
    plain = unicodedata.normalize('NFKD', name).casefold().replace('&', ' and ')
    plain = ''.join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r'[^\w]+', ' ', _APOSTROPHES.sub('', plain))
    return ' '.join(_LEGAL.sub(' ', plain).split()) or ' '.join(plain.split())


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
    rows = Organisation.objects.exclude(pk=besides.pk).prefetch_related('earlier_names').order_by('pk')
    near = Q(**_holding(name, 'name')) | Q(**_holding(name, 'earlier_names__name'))
    return [
        row
        for row in rows.filter(near).distinct()
        if folded(name) in {folded(one) for one in (row.name, *(old.name for old in row.earlier_names.all()))}
    ][:MOST]


def people_called(name: str, *, besides: Person) -> list[Person]:
    rows: QuerySet[Person] = Person.objects.exclude(pk=besides.pk).order_by('pk')
    return [row for row in rows.filter(**_holding(name, 'name')) if folded(row.name) == folded(name)][:MOST]


def _holding(name: str, field: str) -> dict[str, str]:
    """The database finds those that hold its longest plain word; without one, those that are written the same."""
    words = [word for word in re.findall(r'[A-Za-z]+', name) if not _LEGAL.fullmatch(word.casefold())]
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
    """Those of `rows` that may be the same, and in what: name or an earlier one, web domain, a number in a register,
    the applicant's mail, the postcode. What is like in most stands first."""
    host, mail, postcode = host_of(website), _mail_of(email), _postcode(address)
    numbers = numbers or {}
    near = Q(**_holding(name, 'name')) | Q(**_holding(name, 'short_name'))
    near |= Q(**_holding(name, 'earlier_names__name'))
    for part in filter(None, (host, mail)):
        near |= Q(website__icontains=part)
    for register, number in numbers.items():
        near |= Q(registrations__register=register, registrations__number=number)
    if postcode:
        near |= Q(billing_address__icontains=postcode) | Q(
            billing_address__icontains=postcode.replace(' ', '')
        )
    found = rows.filter(near).prefetch_related('earlier_names', 'registrations').order_by('pk').distinct()
    alike = []
    for row in found[:200]:
        reasons = [
            *_by_name(row, name),
            *_by_web(row, host, mail),
            *_by_number(row, numbers),
            *(
                [f'the same postcode, {postcode}']
                if postcode and _postcode(row.billing_address) == postcode
                else []
            ),
        ]
        if reasons:
            alike.append(Likeness(row, tuple(reasons)))
    return sorted(alike, key=lambda one: -len(one.reasons))[:MOST_LIKE]


def host_of(website: str) -> str:
    """'https://www.celcis.org/about' and 'http://celcis.org' stand at the same place."""
    try:
        return (urlsplit(website).hostname or '').removeprefix('www.')
    except ValueError:
        return ''


def _by_name(row: Organisation, name: str) -> Iterable[str]:
    wanted = folded(name)
    if wanted in {folded(row.name), folded(row.short_name)} - {''}:
        yield 'the same name'
    for earlier in row.earlier_names.all():
        if folded(earlier.name) == wanted:
            yield f'an earlier name, {earlier.name}'


def _by_web(row: Organisation, host: str, mail: str) -> Iterable[str]:
    own = host_of(row.website)
    if host and own == host:
        yield f'the same web address, {host}'
    elif mail and (own == mail or own.endswith(f'.{mail}')):
        yield f'mail from its web address, {mail}'


def _by_number(row: Organisation, numbers: Mapping[str, str]) -> Iterable[str]:
    """The register is part of it: the same digits in another are somebody else's."""
    for one in row.registrations.all():  # type: ignore[attr-defined]
        if numbers.get(one.register) == one.number:
            yield f'{Register(one.register).label}, {one.number}; branches may share it'


def _mail_of(email: str) -> str:
    domain = email.rpartition('@')[2].lower()
    return '' if domain in _FREE_MAIL | _SHARED_MAIL else domain


def _postcode(address: str) -> str:
    found = _POSTCODE.search(address)
    return f'{found[1]} {found[2]}'.upper() if found else ''
