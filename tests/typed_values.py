"""What people, and programs, type into forms: what each field may hold at its widest, and what none was made for."""

from datetime import timedelta
from itertools import count

from django.apps import apps

from tests.page_forms import Field
from ukis import days

SOON = days.today() + timedelta(days=30)
VALID = {
    'email': 'somebody.new@people.example',
    'url': 'https://people.example/page',
    'number': '2',
    'time': '09:30',
    'date': f'{SOON:%Y-%m-%d}',
    'password': 'a long enough password',
}
# By how the name of a field ends, where its kind does not say what it takes.
VALID_BY_NAME = {
    'address': 'an-address',
    'contributions_address': VALID['email'],
    'office_address': VALID['email'],
    'to_address': VALID['email'],
    'reply_to': VALID['email'],
    'orcid': '0000-0002-1825-0097',
    'day': f'{SOON:%-d %B %Y}',
    'due_on': f'{SOON:%-d %B %Y}',
    'joined_on': '1 January 2020',
    'start': '1 January 2031',
    'end': '31 December 2031',
    'since': '1 January 2020',
    'until': '1 January 2021',
}

# In turn into every field of a form at once; into those of a kind what is worst for it.
HOSTILE = {
    'nothing': '',
    'spaces': '   ',
    'NUL': 'a\0b',
    'a lone surrogate': 'a\ud800b',
    'a foreign text': '👩🏽‍🔬 التغيير Ŵe\u0301le\u0300 \uffff\u202egnp\u2066 "><script>%00%s{0}{{ 7 }}../../../etc/passwd',
    '300 letters': 'Wé' + 'W' * 298,
    '70,000 letters': 'o' * 70_000,
    'many nines': '9999999999999999999999',
    'a foreign three': '٣',
    'minus one': '-1',
    'the last day': '9999-12-31',
    'the first day': '0001-01-01',
    'year 10000': '10000-01-01',
}
WORST = {
    'number': {'300 letters': '1e999', '70,000 letters': '-1', 'the last day': '0.00000000001'},
    'email': {
        '300 letters': 'a' * 64 + '@' + ('b' * 60 + '.') * 3 + 'cc.org',
        '70,000 letters': 'a' * 110 + '@' + ('b' * 60 + '.') * 3 + 'cc.org',
        'a foreign text': 'ŵ@☃.example',
    },
    'url': {
        '300 letters': 'https://people.example/' + 'a' * 2_977,
        'many nines': 'javascript:alert(1)',
        'a foreign three': 'http://[::1',
    },
    'date': {'300 letters': '2026-02-30', 'spaces': '1e999'},
    'select': {'300 letters': '-1', 'spaces': '1e999'},
}
# What gets furthest, once more into those fields only that take it.
FURTHEST = ('a foreign text', '300 letters', '70,000 letters', 'many nines', 'the last day')
# Each into one field, the rest being as it would be taken.
ALONE_TYPED = ('a foreign text', 'many nines')
ALONE_CHOSEN = ('many nines', 'a foreign three', 'a foreign text', 'nothing')
# Of how many rows there are.
COUNTS = ('a foreign text', 'a foreign three', 'minus one', 'many nines')


def hostile(field: Field, what: str) -> str:
    kind = 'date' if 'vDateField' in field.attrs.get('class', '') else field.kind
    return WORST.get(kind, {}).get(what, HOSTILE[what])


_new = count(1)


def typed_into(field: Field, *, last: bool = False) -> list[str]:
    """Something that the field takes, as far as its page says; of rows to choose from the first or the last."""
    if 'data-model-name' in field.attrs:
        model = apps.get_model(field.attrs['data-app-label'], field.attrs['data-model-name'])
        rows = model._meta.get_field(field.attrs['data-field-name']).related_model.objects.order_by('pk')
        row = rows.last() if last else rows.first()
        return [str(row.pk)] if row else ['']
    if field.kind in ('checkbox', 'radio', 'select'):
        return [value for value in field.options if value][:1]
    for ending in sorted(VALID_BY_NAME, key=len, reverse=True):
        if field.name == ending or field.name.endswith((f'-{ending}', f'_{ending}')):
            return [VALID_BY_NAME[ending]]
    if 'vDateField' in field.attrs.get('class', ''):
        return [f'{SOON:%-d %B %Y}']
    return [VALID.get(field.kind, f'Something {next(_new)}')]


def widened(field: Field, value: str) -> str:
    """As wide as the field takes it, in letters of two bytes; a text without an end is made long."""
    room = field.widest or (3_000 if field.kind == 'textarea' else 200)
    if field.kind == 'url' and value:
        return value + '/' + 'w' * (room - len(value) - 1)
    if field.kind == 'email' and room >= 254:
        return 'w' * 64 + '@' + ('d' * 60 + '.') * 3 + 'd.org'
    if field.kind in ('text', 'textarea', 'search') and typed_into(field)[0].startswith('Something'):
        return 'ŵ' * (room - 1) + 'a'
    return value
