"""What is typed into a form: first what is taken, as wide as it goes; then what must not bring anything down.

Values go into all fields at once and then into those that take them; one at a time only where that was not written.
"""

import re
from collections.abc import Iterator

from tests.page_forms import CHOICES, NUMBER, Field
from tests.sending import Button, Data, Tally, Trial, send
from tests.strangers import Strangers
from tests.typed_values import (
    ALONE_CHOSEN,
    ALONE_TYPED,
    COUNTS,
    FURTHEST,
    HOSTILE,
    hostile,
    typed_into,
    widened,
)
from tests.walking import Found

NUMBER_IN_PATH = re.compile(r'(?<=/)\d+(?=/)')
REFUSED = re.compile(r'id="id_([^"]+)_error"')
# One mechanism reads these, whatever the form; and nobody reads how many rows there may be.
EVERYWHERE_ALIKE = re.compile(r'^initial-|(unsaved\w*|began|next|MIN_NUM_FORMS|MAX_NUM_FORMS)$')
# The admin's buttons do the same and lead elsewhere.
SAVES = ('_save', '_continue', '_addanother', '_saveasnew')

type Fields = dict[str, Field]


def try_out(found: Found, tally: Tally, strangers: Strangers) -> None:
    rows, added = found.form.with_rows()
    fields = {name: one for name, one in found.form.fields.items() if '__prefix__' not in name} | added
    buttons = list({button[:2]: button for button in found.form.buttons}.values()) or [('', '', '')]
    button = buttons[0]
    shown, again = found.form.as_shown(), found.name in tally.sent
    new = found.form.names - tally.fields[found.kind]
    base = _taken(found, fields, shown, rows, button, tally)
    wide = {name: [widened(fields[name], one) for one in values] for name, values in base.items()}
    for other in buttons:
        if other is button or other[0] not in SAVES:
            send(Trial(found, 'as wide as it goes', wide, other), tally)
        if other is not button:
            send(Trial(found, 'as shown', shown, other, reads_page=False), tally)
    if again and not new:  # the same form of another role, or in another state
        return
    tally.fields[found.kind] |= new
    written = _everywhere(found, fields, base, button, tally, HOSTILE if new else (*FURTHEST, 'nothing'))
    if not new:  # of another move, or of a row that is there instead of one to come
        return
    _choices(found, fields, base, button, tally)
    for trial in (
        *_alone(found, fields, base, button, tally, written),
        *_otherwise(found, fields, base, button),
        *_with_keys_of(strangers, found, _first(fields, new), base, button),
    ):
        send(trial, tally)


def _first(fields: Fields, new: frozenset[str]) -> Fields:
    """Of rows that are alike the first; of what was tried already none."""
    first = {NUMBER.sub('0', name): name for name in reversed(fields)}
    return {name: fields[name] for alike, name in first.items() if alike in new}


def _taken(found: Found, fields: Fields, shown: Data, rows: Data, button: Button, tally: Tally) -> Data:
    """The fullest of what is taken; where nothing is, the form as it is shown."""
    base = shown
    for last in (False, True):
        data = shown
        for what in ('as shown', 'what was asked for filled in', 'and what was asked for then'):
            answer = send(Trial(found, what, data, button), tally)
            if answer is None or answer.status_code == 302:
                base = data
                break
            fuller = _filled(fields, data, only=set(REFUSED.findall(answer.text)), last=last)
            if fuller == data:
                break
            data = fuller
        if base is not shown or answer is None or answer.status_code == 302:
            break
    for what, fuller in (
        ('filled in', lambda base: _filled(fields, base)),
        ('with ticks', lambda base: _filled(fields, base, ticks=True)),
        ('with rows', lambda base: _with(rows, shown, base, fields)),
    ):
        if (data := fuller(base)) == base:
            continue
        answer = send(Trial(found, what, data, button), tally)
        base = data if answer and answer.status_code == 302 else base
    return base


def _with(rows: Data, shown: Data, base: Data, fields: Fields) -> Data:
    added = {name: rows[name] for name in rows if rows[name] != shown.get(name)}
    return _filled(fields, base | added) if added else base


def _filled(
    fields: Fields, data: Data, *, only: set[str] | None = None, ticks: bool = False, last: bool = False
) -> Data:
    """What is empty is filled in, all of it or only some fields; not what the page has put in, nor what is typed where
    there are no scripts."""
    filled = dict(data)
    for name, values in data.items():
        one = fields[name]
        meant = ticks or one.kind != 'checkbox' or (only is not None and name in only)
        asked = only is None or name in only
        if not any(values) and meant and asked and one.kind != 'hidden' and not name.endswith('-typed'):
            filled[name] = typed_into(one, last=last)
    return filled


def _everywhere(
    found: Found, fields: Fields, base: Data, button: Button, tally: Tally, values: object
) -> set[str]:
    """Each value in all fields; and in those only that take it, so that it gets as far as it can. What was written."""
    written: set[str] = set()
    open_to = [name for name, one in fields.items() if one.kind not in ('hidden', 'file')]
    for what in values if open_to else ():
        data = {name: [hostile(fields[name], what)] for name in open_to}
        answer = send(Trial(found, f'{what} in all', base | data, button), tally)
        if answer is not None and what in FURTHEST and answer.status_code in (200, 409, 422):
            refused = set(REFUSED.findall(answer.text))
            rest = {name: data[name] for name in open_to if name not in refused and fields[name].is_typed}
            if refused and rest:
                answer = send(Trial(found, f'{what} in {", ".join(rest)}', base | rest, button), tally)
        if answer is not None and answer.status_code == 302:
            written.add(what)
    return written


def _choices(found: Found, fields: Fields, base: Data, button: Button, tally: Tally) -> None:
    """What is offered nowhere, in all choices at once; then one at a time in those that were not told apart."""
    chosen = [name for name, one in fields.items() if one.kind in CHOICES and _is_new(found, name, tally)]
    for what in ALONE_CHOSEN if chosen else ():
        rest = chosen
        for _ in range(2):
            data = {name: [hostile(fields[name], what)] for name in rest}
            said = f'{what} in {", ".join(rest)}'
            answer = send(Trial(found, said, base | data, button, reads_page=False), tally)
            refused = set(REFUSED.findall(answer.text)) if answer and answer.status_code != 302 else set(rest)
            rest = [name for name in rest if name not in refused]
            if not rest or not refused:
                break
        for name in rest if len(chosen) > 1 else ():
            data = base | {name: [hostile(fields[name], what)]}
            send(Trial(found, f'{what} in {name}', data, button, reads_page=False), tally)


def _is_new(found: Found, name: str, tally: Tally) -> bool:
    """Rows of a page are alike, and what one mechanism reads on every page: that is tried once."""
    alike = EVERYWHERE_ALIKE.search(name)
    key = ('', alike[0]) if alike else (found.kind, NUMBER.sub('0', name))
    if name == 'csrfmiddlewaretoken' or key in tally.alike:
        return False
    tally.alike.add(key)
    return True


def _alone(
    found: Found, fields: Fields, base: Data, button: Button, tally: Tally, written: set[str]
) -> Iterator[Trial]:
    """One field at a time: what is typed where it was not written with all others, files, and what is hidden."""
    for name, one in fields.items():
        if one.kind in CHOICES or not _is_new(found, name, tally):
            continue
        if one.kind == 'file':
            yield Trial(found, f'text for the file {name}', base | {name: ['text']}, button)
            yield Trial(found, f'a false picture as {name}', base, button, {name: 'no picture'})
            continue
        if one.is_typed:
            values: list[str] = [what for what in ALONE_TYPED if what not in written]
        else:
            values = [*(COUNTS if name.endswith('_FORMS') else ALONE_CHOSEN)]
        for what in values:
            data = base | {name: [hostile(one, what)]}
            yield Trial(found, f'{what} in {name}', data, button, reads_page=one.is_typed)
        if not one.is_typed:
            without = {other: given for other, given in base.items() if other != name}
            yield Trial(found, f'{name} missing', without, button, reads_page=False)


def _otherwise(found: Found, fields: Fields, base: Data, button: Button) -> Iterator[Trial]:
    twice = {name: values * 2 for name, values in base.items()}
    yield Trial(found, 'everything twice', twice, button, reads_page=False)
    yield Trial(found, 'nothing at all', {}, button, reads_page=False)
    files = {name: 'a file' for name, one in fields.items() if one.is_typed}
    if files:
        rest = {name: values for name, values in base.items() if name not in files}
        yield Trial(found, 'files for texts', rest, button, files, reads_page=False)
    seen = [name for name in base if fields[name].kind != 'hidden']
    for said, gone in (('the odd', seen[::2]), ('the even', seen[1::2])):
        rest = {name: values for name, values in base.items() if name not in gone}
        if gone:
            yield Trial(found, f'{said} fields missing', rest, button, reads_page=False)


def _with_keys_of(
    strangers: Strangers, found: Found, fields: Fields, base: Data, button: Button
) -> Iterator[Trial]:
    """Theirs in every field that holds a key, in the names of fields, and in the address."""
    guarded = not found.name.startswith('admin:') or found.name.startswith('admin:desk')
    for name, one in fields.items():
        if not _holds_a_key(one):
            continue
        for key in strangers.keys:
            data = base | {name: [key]}
            yield Trial(found, f'key {key} in {name}', data, button, of_strangers=guarded)
    numbered = [name for name in base if re.search(r'\d', name)]
    if numbered and guarded:
        key = str(strangers.submission.authorships.order_by('pk').first().pk)
        data = {name: values for name, values in base.items() if name not in numbered}
        data |= {re.sub(r'\d+', key, name): base[name] for name in numbered}
        yield Trial(found, f'rows named {key}', data, button, of_strangers=True)
    if NUMBER_IN_PATH.search(found.to):
        row = strangers.affiliation if found.name.startswith('affiliation') else strangers.submission
        to = NUMBER_IN_PATH.sub(str(row.pk), found.to)
        # Editors may see every submission: there it is only answered.
        guarded = not found.name.startswith('admin:')
        yield Trial(found, 'at their address', base, button, to=to, of_strangers=guarded)


def _holds_a_key(one: Field) -> bool:
    if one.name.endswith('_FORMS') or one.is_typed or one.kind == 'file':
        return False
    return 'data-model-name' in one.attrs or any(value.isdigit() for value in (*one.values, *one.options))
