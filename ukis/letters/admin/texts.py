"""Letter texts in the admin: the list of all, one to edit with its preview and history, and back to the house's."""

from difflib import ndiff
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ukis import staff, unsaved
from ukis.doors import Door
from ukis.letters.admin.rewording import TextForm, boths, preview_of
from ukis.letters.subjects import SUBJECTS, kinds, occasion_of
from ukis.letters.texts import editing, house
from ukis.letters.texts.house import House
from ukis.letters.texts.models import LetterText
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow, Stale, status_of

HISTORY = 30


TEXTS = Door('The texts of letters are edited by an Administrator.', 'ukis.change_lettertext')


def _house(kind: str) -> House:
    found = house.of(kind) if kind in kinds() else None
    if found is None:
        raise Http404
    return found


@require_safe
def letter_texts(request: HttpRequest) -> HttpResponse:
    TEXTS.opened(request)
    edited = {
        row.kind: row
        for row in LetterText.objects.current().select_related('by', 'failed')
        if not row.is_of_house
    }
    groups = []
    for model, subject in sorted(SUBJECTS.items()):
        lines = [_line(kind, label, edited.get(kind)) for kind, label in subject.kinds.items()]
        if lines:
            groups.append((_noun(model), sorted(lines, key=lambda line: line['label'])))
    context = {'groups': groups, 'edited': len(edited), 'count': sum(len(lines) for _, lines in groups)}
    return staff.page(request, 'admin/ukis/letter_texts/list.html', 'Letter texts', context)


def _noun(model: str) -> str:
    try:
        name = str(apps.get_model(model)._meta.verbose_name)
    except LookupError:
        name = model.rpartition('.')[2]
    return f'About {name}'


def _line(kind: str, label: str, row: LetterText | None) -> dict[str, Any]:
    of_house = house.of(kind)
    return {
        'kind': kind,
        'label': label,
        'occasion': occasion_of(kind),
        'subject': (row.subject if row else of_house.subject) if of_house else '',
        'can_be_edited': of_house is not None,
        'row': row,
        'has_changed': bool(row and of_house and row.house_mark != of_house.mark),
        'failed': getattr(row, 'failed', None),
    }


@read_or_post
def letter_text(request: HttpRequest, kind: str) -> HttpResponse:
    """GET shows it; POST shows how it would read (`look`), or keeps it as another edition."""
    person, of_house = TEXTS.opened(request), _house(kind)
    if request.method != 'POST':
        row = editing.current(kind)
        return _show(request, of_house, row, TextForm(of_house, row))
    form = TextForm(of_house, editing.current(kind), request.POST)
    row = editing.current(kind)
    if not form.is_valid():
        return _show(request, of_house, row, form)
    if 'look' in request.POST:
        return _show(request, of_house, row, form, looks=True)
    try:
        editing.save(kind, form.texts, by=person, number=form.cleaned_data['base'])
    except Stale as stale:
        form = form.knowingly(stale.current)
        return _show(request, of_house, stale.current, form, both=boths(form), status=CONFLICT)
    except ValidationError as wrong:
        form.add_faults(wrong)
        return _show(request, of_house, row, form)
    except NotNow as why:
        form.add_error(None, str(why))
        return _show(request, of_house, row, form)
    unsaved.sent(request)
    messages.success(
        request, 'Saved. Letters of this kind say it from now on; those in the outbox keep their words.'
    )
    return redirect(request.path)


def _show(
    request: HttpRequest,
    of_house: House,
    row: LetterText | None,
    form: TextForm,
    *,
    looks: bool = False,
    both: Any = None,
    status: int | None = None,
) -> HttpResponse:
    label = kinds()[of_house.kind]
    unsaved.watch(request, form, f'Text of the letter “{label}”', LetterText, page=request.path)
    edited = row if row is not None and not row.is_of_house else None
    context = {
        'kind': of_house.kind,
        'letter': label,
        'occasion': occasion_of(of_house.kind),
        'form': form,
        'both': both,
        'row': edited,
        'failed': getattr(edited, 'failed', None),
        'house_changed': _between(edited.house, of_house.texts) if edited else [],
        'variables': sorted(of_house.variables.values(), key=lambda one: (not one.is_required, one.name)),
        'passages': form.passages(),
        'preview': preview_of(request.user, of_house, form, like=request.POST.get('like', '')),
        'looks': looks,
        'history': _history(of_house),
    }
    return staff.page(
        request,
        'admin/ukis/letter_texts/text.html',
        f'Letter text: {label}',
        context,
        status or (200 if looks else status_of(form)),
    )


def _history(of_house: House) -> list[dict[str, Any]]:
    """The newest first, each with what it changed of the one before."""
    rows = list(LetterText.objects.filter(kind=of_house.kind).select_related('by')[: HISTORY + 1])
    found = []
    for row, before in zip(rows, [*rows[1:], None], strict=False):
        found.append({'row': row, 'lines': _between(_said(before, row), _said(row, row))})
    return found[:HISTORY]


def _said(row: LetterText | None, beside: LetterText) -> dict[str, Any]:
    """All that an edition says; of the house's, as it was then."""
    if row is None or row.is_of_house:
        return (row or beside).house
    return {
        'subject': row.subject,
        'body': row.body,
        'passages': {**row.house['passages'], **row.passages},
    }


def _between(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[bool, str]]:
    """The lines that were put in (True) and taken out."""
    before, after = _as_lines(was), _as_lines(now)
    return [
        (line[:2] == '+ ', line[2:])
        for line in ndiff(before, after)
        if line[:2] in ('- ', '+ ') and line[2:].strip()
    ]


def _as_lines(texts: dict[str, Any]) -> list[str]:
    passages = [
        f'{key}: {line}' for key, text in texts.get('passages', {}).items() for line in text.splitlines()
    ]
    return [f'Subject: {texts["subject"]}', *texts['body'].splitlines(), *passages]


@read_or_post
def letter_text_house(request: HttpRequest, kind: str) -> HttpResponse:
    """What the house's says otherwise; POST brings it back."""
    person, of_house = TEXTS.opened(request), _house(kind)
    row = editing.current(kind)
    if row is None or row.is_of_house:
        messages.info(request, 'The house’s text stands already.')
        return redirect('admin:letter_text', kind)
    if request.method == 'POST':
        try:
            editing.back_to_house(kind, by=person, number=_number(request))
        except NotNow as why:
            messages.error(request, f'{why} The house’s text was not brought back: look once more.')
        else:
            messages.success(
                request, 'The house’s text is back. What was edited stands in the history below.'
            )
        return redirect('admin:letter_text', kind)
    context = {
        'kind': kind,
        'letter': kinds()[kind],
        'row': row,
        'lines': _between(_said(row, row), of_house.texts),
    }
    return staff.page(
        request, 'admin/ukis/letter_texts/house.html', f'Back to the house’s text: {kinds()[kind]}', context
    )


def _number(request: HttpRequest) -> int:
    typed = request.POST.get('base', '')
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


staff.pages += [
    ('letter-texts/', letter_texts, 'letter_texts', TEXTS.refuse),
    ('letter-texts/<slug:kind>/', letter_text, 'letter_text', TEXTS.refuse),
    ('letter-texts/<slug:kind>/house/', letter_text_house, 'letter_text_house', TEXTS.refuse),
]
