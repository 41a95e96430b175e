"""What a view says of a form in which somebody types at length: one line, and nothing typed there is lost."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from ukis.unsaved import both
from ukis.unsaved.buffers import page_of
from ukis.unsaved.models import Buffer
from ukis.unsaved.sheets import Sheet


@dataclass
class KeptText:
    """A text that was kept, and in what it differs from the form as it is shown."""

    buffer: Buffer
    differences: list[both.Both]


@dataclass
class Keeping:
    """What a page holds for its form: `form.keeping`, shown by the templates `_kept.html` and `_saved.html`."""

    sheet: Sheet
    offers: list[KeptText] = field(default_factory=list)
    used: Buffer | None = None  # what the form shows of it
    began: str = ''
    is_changed: bool = False  # holds something that was not kept yet
    # By page, until when what was typed there is known here: a copy that a browser has of that did arrive.
    here: dict[str, int] = field(default_factory=dict)
    token: str = ''

    @property
    def copies(self) -> str:
        """Names the copies that browsers make of it."""
        sheet = self.sheet
        return f'{sheet.form} {sheet.content_type}.{sheet.object_id} of {sheet.writer}'

    @property
    def here_json(self) -> str:
        return json.dumps(self.here)


def watch(
    request: HttpRequest,
    form: Any,
    name: str,
    about: Model | type[Model],
    *,
    page: str,
    started_from: object = '',
    parts: Sequence[forms.BaseForm] = (),
    formsets: Sequence[forms.BaseFormSet] = (),
    shows: Buffer | None = None,
    among: Sequence[Buffer] | None = None,
) -> Keeping:
    """Keeps what is typed into `form` (and `parts`, `formsets`, where one form of the page is several here) as `name`.

    What was kept before is offered; chosen by `?unsaved=<key>`, or by this name, it stands in the form. `shows` is
    what the form holds already; `among`, all that they typed about it, where that was asked for. `page` is where the
    form can be opened again. When the form is taken, call `unsaved.sent(request)`.
    """
    sheet = Sheet.shown(request, name, about, page=page, started_from=started_from)
    rows = (
        list(sheet.buffers().newest_first()) if among is None else [row for row in among if row.form == name]
    )
    kept = [row for row in rows if row.state == Buffer.State.KEPT]
    keeping = Keeping(sheet, here={row.tab: row.typed_at for row in rows})
    if any(one.is_bound for one in [form, *parts]):
        _go_on(keeping, request, kept)
    else:
        keeping.used = shows or _chosen(request, kept)
        if keeping.used is not None and shows is None:
            # With what it began from: whether that still stands is seen when it is sent.
            keeping.sheet = replace(sheet, started_from=keeping.used.started_from)
            for one in [form, *parts]:
                both.fill(one, keeping.used.data)
        keeping.began = keeping.used.mark if keeping.used else ''
        _offer(keeping, [form, *parts], formsets, kept)
    seal(keeping, kept)
    form.keeping = keeping
    return keeping


def seal(keeping: Keeping, kept: Sequence[Buffer]) -> None:
    """What the page knows of is not told it again."""
    keeping.sheet = replace(keeping.sheet, known=tuple(row.mark for row in kept))
    keeping.token = keeping.sheet.sealed()


def _go_on(keeping: Keeping, request: HttpRequest, kept: Sequence[Buffer]) -> None:
    """A form that came back, refused: the page that shows it goes on from what the page before had kept."""
    tab, _ = page_of(request)
    before = next((row for row in kept if tab and row.tab == tab), None)
    keeping.began = before.mark if before else request.POST.get('unsaved_began', '')
    keeping.is_changed = True


def _chosen(request: HttpRequest, kept: Sequence[Buffer]) -> Buffer | None:
    """By its key; by the form's name the newest of it, for who comes back from elsewhere to go on."""
    asked = request.GET.get('unsaved')
    return next((row for row in kept if asked in (str(row.pk), row.form)), None)


def _offer(
    keeping: Keeping,
    shown: Sequence[forms.BaseForm],
    formsets: Sequence[forms.BaseFormSet],
    kept: Sequence[Buffer],
) -> None:
    for row in kept:
        if row != keeping.used:
            differences = [one for form in shown for one in both.kept_of(form, row.data)]
            differences += [one for formset in formsets for one in both.kept_rows_of(formset, row.data)]
            if differences:
                keeping.offers.append(KeptText(row, differences))
            else:
                row.delete()  # typed and taken back, or saved elsewhere: the form says the same


def chosen(request: HttpRequest, name: str, about: Model | type[Model]) -> Buffer | None:
    """What `?unsaved=<key>` asks for, if it was typed into this form by who asks."""
    key = request.GET.get('unsaved', '')
    if not re.fullmatch('[0-9]{1,18}', key):
        return None
    return Sheet.shown(request, name, about, page='').buffers().kept().filter(pk=key).first()
