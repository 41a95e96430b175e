"""Keeping what is typed, and ending it: sent with its form, or thrown away by its writer."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ukis.limits import Limit
from ukis.unsaved.giving_back import SECRETS
from ukis.unsaved.models import Buffer, BufferQuerySet
from ukis.unsaved.sheets import Sheet

KEEPS = Limit('unsaved', 120, timedelta(minutes=1))
MOST = 1_500_000  # characters of all fields together
MOST_FIELDS = 2_000
MOST_TEXTS = 12  # of one form, beside one another
MOST_FORMS = 200  # of one writer
OURS = ('unsaved', 'unsaved_began', 'unsaved_tab', 'unsaved_typed')
ENDED_STAYS = timedelta(days=7)
KEPT_STAYS = timedelta(days=365)

State = Buffer.State
# What a form's writer is told while they type, by the form's name: that somebody saved meanwhile, say.
TOLD: dict[str, Callable[[Buffer], str]] = {}


class NotKept(Exception):
    """Nothing was kept; its text says why, for the person."""


class TooMuch(NotKept):
    pass


def typed_in(data: Any) -> dict[str, list[str]]:
    """The fields of a posted form as typed. Secrets are none of them, nor is a row that only waits to be copied."""
    return {
        name: data.getlist(name)
        for name in data
        if name not in OURS and '__prefix__' not in name and not any(secret in name for secret in SECRETS)
    }


def keep(sheet: Sheet, *, tab: str, began: str, fields: Mapping[str, list[str]], typed_at: int) -> Buffer:
    """Keeps what a page tells. `tab` names the page, `began` the mark of what it goes on from, if anything.

    Where that has changed since, by another page, this is kept beside it: a Buffer of its own. What comes late, after
    its form was sent or thrown away, changes nothing. Raises NotKept.
    """
    _check_size(fields)
    given = {
        'fields': dict(fields),
        'started_from': sheet.started_from,
        'page': sheet.page,
        'typed_at': typed_at,
        'kept_at': timezone.now(),
        'state': State.KEPT,
        'revision': F('revision') + 1,
    }
    with transaction.atomic():
        mine = sheet.buffers().filter(tab=tab).first()
        if mine is not None:
            sheet.buffers().filter(pk=mine.pk, typed_at__lt=typed_at).update(**given)
            return sheet.buffers().get(pk=mine.pk)
        going_on = sheet.buffers().filter(_marked(began), state=State.KEPT)
        if going_on.update(**given, tab=tab):
            return sheet.buffers().get(tab=tab)
        _check_number(sheet)
        try:
            with transaction.atomic():
                return _new(sheet, tab, given | {'revision': 1})
        except IntegrityError:  # the same page told something at the same moment
            return keep(sheet, tab=tab, began=began, fields=fields, typed_at=typed_at)


def _new(sheet: Sheet, tab: str, given: Mapping[str, Any]) -> Buffer:
    return Buffer.objects.create(
        writer_id=sheet.writer,
        form=sheet.form,
        content_type_id=sheet.content_type,
        object_id=sheet.object_id,
        tab=tab,
        **given,
    )


def _check_size(fields: Mapping[str, list[str]]) -> None:
    length = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if length > MOST or sum(map(len, fields.values())) > MOST_FIELDS:
        raise TooMuch('That is more than can be kept. Take something out, and it is kept again.')


def _check_number(sheet: Sheet) -> None:
    kept = Buffer.objects.of(sheet.writer).kept()
    texts = kept.in_form(sheet.form, sheet.content_type, sheet.object_id)
    if texts[MOST_TEXTS - 1 :].exists() or kept[MOST_FORMS - 1 :].exists():
        raise TooMuch(
            'You have many texts here that you neither sent nor threw away. Load the page anew, throw some away, '
            'and this one is kept too.'
        )


def _marked(mark: str) -> Q:
    found = re.fullmatch(r'([0-9]{1,18})\.([0-9]{1,9})', mark)
    return Q(pk=int(found[1]), revision=int(found[2])) if found else Q(pk__in=[])


def beside(buffer: Buffer, sheet: Sheet) -> Iterable[Buffer]:
    """What the same writer typed into the same form elsewhere since the page was shown."""
    others = sheet.buffers().kept().exclude(pk=buffer.pk).defer('fields')
    return [other for other in others if other.mark not in sheet.known]


def told(buffer: Buffer) -> str:
    """What stands against sending this now, if its form says so."""
    return TOLD[buffer.form](buffer) if buffer.form in TOLD else ''


# --- The end of it ------------------------------------------------------------------------------------


def sent(request: HttpRequest) -> None:
    """The form in `request` was taken: what was kept of it on that page is not offered any more, what was typed on
    another page is."""
    sheet = Sheet.opened(request.POST.get('unsaved', ''))
    if sheet is None or sheet.writer != request.user.pk:
        return
    tab, typed_at = page_of(request)
    kept = Q(tab=tab) if tab else Q(pk__in=[])
    ended = {'state': State.SENT, 'fields': {}, 'kept_at': timezone.now(), 'typed_at': typed_at}
    with transaction.atomic():
        sheet.buffers().filter(kept | _marked(request.POST.get('unsaved_began', ''))).update(**ended)
        if tab and not sheet.buffers().filter(tab=tab).exists():
            # So that what the page told just before, and comes later, is known to be in it.
            _new(sheet, tab, ended | {'page': sheet.page})


def page_of(request: HttpRequest) -> tuple[str, int]:
    """Which page sent this, and when it was typed there; '' and now for one without scripts."""
    tab = request.POST.get('unsaved_tab', '')
    typed = request.POST.get('unsaved_typed', '')
    now = int(timezone.now().timestamp() * 1000)
    tab = tab if re.fullmatch('[0-9a-z-]{8,40}', tab) else ''
    return tab, int(typed) if re.fullmatch('[0-9]{1,15}', typed) else now


def throw_away(buffer: Buffer) -> None:
    """It can be put back for some days."""
    _become(buffer, State.KEPT, State.THROWN)


def put_back(buffer: Buffer) -> None:
    _become(buffer, State.THROWN, State.KEPT)


def _become(buffer: Buffer, was: str, becomes: str) -> None:
    Buffer.objects.filter(pk=buffer.pk, state=was).update(
        state=becomes, kept_at=timezone.now(), revision=F('revision') + 1
    )
    buffer.refresh_from_db()


def outlive(buffers: BufferQuerySet) -> dict[int, list[Buffer]]:
    """What is kept of a row's forms while the row is deleted, by writer: they find it on its own page, to be copied."""
    found: dict[int, list[Buffer]] = {}
    for buffer in buffers.kept().select_for_update():
        buffer.object_id, buffer.page = 0, ''
        buffer.save(update_fields=['object_id', 'page'])
        found.setdefault(buffer.writer_id, []).append(buffer)
    return found


def over(now: datetime) -> QuerySet[Buffer]:
    """What was sent or thrown away some days ago, and what nobody came back to in a year."""
    ended = Q(kept_at__lt=now - ENDED_STAYS) & ~Q(state=State.KEPT)
    return Buffer.objects.filter(ended | Q(kept_at__lt=now - KEPT_STAYS))
