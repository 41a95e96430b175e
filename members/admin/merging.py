"""The pages on which staff say that two entries are one: which, what would move, and what is to be decided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members import merging
from members.forms.merging import FollowedForm, MergeForm, SameAsForm
from members.models import Organisation, Person, Seat
from ukis import staff
from ukis.keys import may_be_a_key
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow

FAULTY = 422


@dataclass(frozen=True)
class MergeWay:
    """How two of one kind are looked at and merged; `done` says what was done."""

    model: Any
    look: Callable[..., merging.Looked]
    merge: Callable[..., Any]
    button: str
    done: str


WAYS = {
    'person': MergeWay(
        Person,
        merging.look_at_people,
        merging.merge_people,
        'This is the same person as …',
        'The two are one now, and both addresses are told by letter.',
    ),
    'organisation': MergeWay(
        Organisation,
        merging.look_at_organisations,
        merging.merge_organisations,
        'This is the same organisation as …',
        'The two are one now. Look at its names and offices once more.',
    ),
}


def button(row: Model) -> SafeString:
    """To the page that asks which is the same."""
    kind = str(row._meta.model_name)
    return _button(reverse('admin:same_as', args=[kind, row.pk]), WAYS[kind].button)


@read_or_post
def same_as(request: HttpRequest, kind: str, kept: int) -> HttpResponse:
    way = _way(request, kind)
    row = get_object_or_404(way.model.objects.standing(), pk=kept)
    form = SameAsForm(request.POST if request.method == 'POST' else None, row=row)
    if form.is_valid():
        return redirect('admin:merge', kind, row.pk, form.cleaned_data['other'].pk)
    context = {**_about(row), 'form': form}
    status = FAULTY if form.is_bound else 200
    return staff.page(request, 'admin/members/same_as.html', way.button, context, status)


@read_or_post
def merge(request: HttpRequest, kind: str, kept: int, gone: int) -> HttpResponse:
    """GET shows every table and what is to be decided, POST does it, if nothing changed since."""
    way, by = _way(request, kind), cast(Person, request.user)
    rows = way.model.objects.select_related('merged_into').in_bulk([kept, gone])
    if len(rows) < 2:  # noqa: PLR2004
        raise Http404('One of the two is not there.')
    looked = way.look(rows[kept], rows[gone], by=by)
    posted = request.method == 'POST'
    form = MergeForm(request.POST if posted else None, state=looked.state, choices=looked.choices)
    if not (posted and form.is_valid()):
        return _show(request, way, looked, form, status=FAULTY if posted else 200)
    try:
        way.merge(rows[kept], rows[gone], by=by, state=form.cleaned_data['state'], answers=form.answers())
    except NotNow as why_not:
        form.add_error(None, str(why_not))
        looked = way.look(*_again(way, kept, gone), by=by)
        form.show_again(looked.state)
        return _show(request, way, looked, form, status=CONFLICT)
    messages.success(request, way.done)
    return redirect(_page_of(rows[kept]))


def followed_button(row: Organisation) -> SafeString:
    address = reverse('admin:followed', args=[row.pk])
    return _button(address, 'It became part of another, or was split …')


def _button(address: str, label: str) -> SafeString:
    return format_html(
        '<ul class="staff-moves"><li><a class="button" href="{}">{}</a></li></ul>', address, label
    )


@read_or_post
def followed(request: HttpRequest, pk: int) -> HttpResponse:
    """A merger in truth, or a split: what followed, and from which day."""
    _way(request, 'organisation')
    row = get_object_or_404(Organisation.objects.standing(), pk=pk)
    posted = request.method == 'POST'
    form = FollowedForm(request.POST if posted else None, row=row)
    status = FAULTY if posted else 200
    if posted and form.is_valid():
        by, since = cast(Person, request.user), form.cleaned_data['since']
        try:
            merging.succeed(row, by=by, successors=form.successors, since=since)
        except NotNow as why_not:
            form.add_error(None, str(why_not))
            status = CONFLICT
        else:
            messages.success(
                request, 'It is written down. Both records stay, and its page says what followed.'
            )
            return redirect(_page_of(row))
    places = Seat.objects.taken().filter(membership__organisation=row).count()
    context = {**_about(row), 'form': form, 'places': places}
    return staff.page(request, 'admin/members/followed.html', 'What followed', context, status)


def _again(way: MergeWay, *keys: int) -> list[Any]:
    rows = way.model.objects.select_related('merged_into').in_bulk(keys)
    return [rows[key] for key in keys]


def _show(
    request: HttpRequest, way: MergeWay, looked: merging.Looked, form: MergeForm, *, status: int
) -> HttpResponse:
    kept, gone = looked.pair.kept, looked.pair.gone
    kind = str(kept._meta.model_name)
    context = {
        **_about(kept),
        'looked': looked,
        'form': form,
        'other_page': _page_of(gone),
        'other_way': reverse('admin:merge', args=[kind, gone.pk, kept.pk]),
    }
    title = f'Are {kept} and {gone} the same?'
    return staff.page(request, 'admin/members/merge.html', title, context, status)


def _about(row: Model) -> dict[str, Any]:
    return {'row': row, 'back': _page_of(row), 'opts': row._meta}


def _page_of(row: Model) -> str:
    return reverse(f'admin:members_{row._meta.model_name}_change', args=[row.pk])


def _way(request: HttpRequest, kind: str) -> MergeWay:
    way = WAYS.get(kind)
    if way is None:
        raise Http404
    if not cast(Person, request.user).has_perm(f'members.change_{kind}'):
        raise PermissionDenied('Who is the same as whom is for the membership secretary.')
    return way


def _refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('The admin is for the Society’s staff and editors.')


def lead_on(request: HttpRequest, model: Any, key: str) -> HttpResponse | None:
    """From the page of an entry that was merged to that of the one that stands for it."""
    key = unquote(key)
    if not may_be_a_key(model, key):
        return None
    row = model.objects.filter(pk=key, merged_into__isnull=False).select_related('merged_into').first()
    if row is None:
        return None
    messages.info(request, f'That entry was merged into “{row.merged_into}”, which stands here.')
    return redirect(_page_of(row.merged_into))


staff.pages += [
    ('followed/<int:pk>/', followed, 'followed', _refuse),
    ('same/<str:kind>/<int:kept>/', same_as, 'same_as', _refuse),
    ('same/<str:kind>/<int:kept>/<int:gone>/', merge, 'merge', _refuse),
]
