"""Who may be the same under nearly the same name. It warns and never blocks."""

import re
import unicodedata

from django.db.models import Q, QuerySet

from members.models import Organisation, Person

MOST = 3  # namesakes that are named
# What registers write in many ways: it makes no difference.
_LEGAL = re.compile(r'\b(?:the|ltd|limited|plc|cic|llp)\b')
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
