"""The forms of a page, read from its HTML as a browser reads them: so a form that is new is found without being told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

CHOICES = ('select', 'radio', 'checkbox')
BUTTONS = ('submit', 'image', 'button', 'reset')
# Rows of a formset are alike: what is found in one is found in each.
NUMBER = re.compile(r'\d+')


@dataclass
class Field:
    """One name of a form: what the page has put in, and what may be put in."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    attrs: dict[str, str] = field(default_factory=dict)

    @property
    def widest(self) -> int | None:
        given = self.attrs.get('maxlength', '')
        return int(given) if given.isdigit() else None

    @property
    def is_typed(self) -> bool:
        return self.kind not in (*CHOICES, 'hidden', 'file')


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    # (name, value, another address) of each button.
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(NUMBER.sub('0', name) for name in self.fields)

    def as_shown(self) -> dict[str, list[str]]:
        """What is sent when nobody types anything. Rows that only wait to be copied are not."""
        return {
            name: list(one.values)
            for name, one in self.fields.items()
            if '__prefix__' not in name and one.kind != 'file'
        }

    def with_rows(self) -> tuple[dict[str, list[str]], dict[str, Field]]:
        """The same with one more row in each set of rows that can grow; and the fields of those rows."""
        data, added = self.as_shown(), {}
        for name, one in self.fields.items():
            prefix, waits, rest = name.partition('-__prefix__-')
            total = self.fields.get(f'{prefix}-TOTAL_FORMS')
            if waits and total and total.values:
                new = f'{prefix}-{total.values[0]}-{rest}'
                added[new] = one
                data[new] = list(one.values)
                data[f'{prefix}-TOTAL_FORMS'] = [str(int(total.values[0]) + 1)]
        return data, added


def form_at(client, address: str) -> dict[str, list[str]]:
    """What the longest form of a page sends when nobody types anything."""
    return max((form.as_shown() for form in Page(client.get(address).text).forms), key=len)


class Page(HTMLParser):
    """`forms` of a page, and `queries`: each address that a link of it leads to with a query, by names and values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._elsewhere: list[tuple[str, str, dict[str, str]]] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self.feed(html)
        for owner, tag, attrs in self._elsewhere:
            if owner in self._by_id:
                self._control(self._by_id[owner], tag, attrs)

    def queries(self) -> Iterator[tuple[str, dict[str, str]]]:
        for link in self.links:
            parts = urlsplit(link)
            if parts.query and not parts.netloc:
                yield parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))

    def handle_starttag(self, tag, attrs):
        given = {name: value or '' for name, value in attrs}
        if tag == 'a' and given.get('href'):
            self.links.append(given['href'])
        elif tag == 'form':
            self._form = Form(given.get('action', ''), given.get('method', 'get').lower())
            self.forms.append(self._form)
            self._by_id[given.get('id', '')] = self._form
        elif tag == 'option' and self._select is not None:
            self._select.options.append(given.get('value', ''))
            if 'selected' in given:
                self._select.values.append(given.get('value', ''))
        elif tag in ('input', 'button', 'select', 'textarea') and 'disabled' not in given:
            if 'form' in given:
                self._elsewhere.append((given['form'], tag, given))
            elif self._form is not None:
                self._control(self._form, tag, given)

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = given.get('type', 'submit' if tag == 'button' else 'text').lower()
        if tag in ('button', 'input') and kind in BUTTONS:
            if kind in ('submit', 'image'):
                form.buttons.append(
                    (given.get('name', ''), given.get('value', ''), given.get('formaction', ''))
                )
            return
        if not given.get('name'):
            return
        kind = tag if tag in ('select', 'textarea') else kind
        one = form.fields.setdefault(given['name'], Field(given['name'], kind, attrs=given))
        if tag == 'select':
            self._select = one
        elif tag == 'textarea':
            self._area = one
            one.values.append('')
        elif kind in ('checkbox', 'radio'):
            one.options.append(given.get('value', 'on'))
            if 'checked' in given:
                one.values.append(given.get('value', 'on'))
        else:
            one.values.append(given.get('value', ''))

    def handle_data(self, data):
        if self._area is not None:
            self._area.values[-1] += data

    def handle_endtag(self, tag):
        if tag == 'form':
            self._form = None
        elif tag == 'textarea':
            # The line break after the tag is none of its text.
            if self._area is not None:
                self._area.values[-1] = self._area.values[-1].removeprefix('\n')
            self._area = None
        elif tag == 'select':
            if self._select and not self._select.values and 'multiple' not in self._select.attrs:
                self._select.values = self._select.options[:1]
            self._select = None
