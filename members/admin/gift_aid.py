"""Gift Aid: what was declared, and the claims of the tax office."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from members.admin.showing import NONE, link
from members.forms.gift_aid import GiftAidForm
from members.models import GiftAidClaim, GiftAidDeclaration, Membership, Person
from members.money import gift_aid
from ukis import staff, tables
from ukis.doors import Door
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow, status_of, turned_down
from ukis.staff import Readable

SHOWN = 200


class CancelledFilter(admin.SimpleListFilter):
    title, parameter_name = 'how it stands', 'cancelled'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [('no', 'stands'), ('yes', 'cancelled')]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = {'no': True, 'yes': False}.get(str(self.value()))
        return queryset if asked is None else queryset.filter(cancelled_on__isnull=asked)


@admin.register(GiftAidDeclaration)
class GiftAidDeclarationAdmin(Readable):
    list_display = ['person', 'form', 'covers_from', 'made_at', 'cancelled_on']
    list_filter = ['form', CancelledFilter]
    list_select_related = ['person']
    search_fields = ['person__name', 'family_name', 'postcode']
    facts: Any = [
        'who', 'sentence', 'title', 'given_names', 'family_name', 'house', 'address', 'postcode', 'wording', 'by',
    ]  # fmt: skip
    fields = readonly_fields = facts

    @admin.display(description='of')
    def who(self, row: GiftAidDeclaration) -> SafeString:
        return link(row.person)

    @admin.display(description='how it stands')
    def sentence(self, row: GiftAidDeclaration) -> str:
        return row.sentence


def declared_by(membership: Membership) -> SafeString:
    """Of somebody's own membership: what they declared, and where staff type in what came on paper."""
    person = membership.person
    if person is None or not membership.category.gift_aid:
        return SafeString(NONE)
    standing = GiftAidDeclaration.objects.standing().filter(person=person).first()
    said = standing.sentence if standing else 'Nothing declared.'
    address = reverse('admin:gift_aid_paper', args=[person.pk])
    return format_html('{} <a href="{}">Record a declaration on paper</a>', said, address)


GIFT_AID = Door('Gift Aid is claimed by the membership secretary.', 'members.add_payment')


@read_or_post
def claims(request: HttpRequest) -> HttpResponse:
    """What can be claimed now, and what was claimed before."""
    by, refusal = GIFT_AID.opened(request), ''
    if request.method == 'POST':
        try:
            made = gift_aid.claim(by=by, seen=request.POST.get('seen', ''))
        except NotNow as why_not:
            refusal = str(why_not)
        else:
            messages.success(request, f'{made} is recorded. Its table is below, for the tax office.')
            return redirect('admin:gift_aid')
    rows = gift_aid.claimable()
    context = {
        'refusal': refusal,
        'rows': rows[:SHOWN],
        'more': max(len(rows) - SHOWN, 0),
        'total': gift_aid.total(rows),
        'seen': gift_aid.mark(rows),
        'not_said': gift_aid.not_said()[:SHOWN],
        'claims': GiftAidClaim.objects.all()[:SHOWN],
    }
    return staff.page(
        request, 'admin/members/gift_aid.html', 'Gift Aid', context, CONFLICT if refusal else 200
    )


@require_safe
def claim_table(request: HttpRequest, number: int, table: str) -> StreamingHttpResponse:
    """A claim's gifts in the tax office's columns, or its adjustments."""
    GIFT_AID.opened(request)
    claim = get_object_or_404(GiftAidClaim, number=number)
    lines = gift_aid.lines_of(claim)
    if table == 'gifts':
        return tables.download(f'gift aid {number}', gift_aid.COLUMNS, gift_aid.schedule(lines))
    if table == 'adjustments':
        head = gift_aid.ADJUSTED
        return tables.download(f'gift aid {number} adjustments', head, gift_aid.adjustments(lines))
    raise Http404


@read_or_post
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody signed on paper, as staff type it in."""
    by = GIFT_AID.opened(request)
    person = get_object_or_404(Person, pk=pk)
    if not gift_aid.may_declare(person):
        raise Http404
    form = GiftAidForm(request.POST if request.method == 'POST' else None, person=person)
    form.fields['agrees'].label = 'They signed these words, and the Society keeps the paper'
    if form.is_bound and form.is_valid():
        try:
            gift_aid.declare(person, by=by, form=GiftAidDeclaration.Form.PAPER, **form.declared())
        except NotNow as why_not:
            turned_down(form, why_not)
        else:
            messages.success(request, f'The declaration of {person} is kept.')
            return redirect('admin:gift_aid')
    context = {
        'form': form,
        'person': person,
        'wording': gift_aid.wording(),
    }
    return staff.page(
        request,
        'admin/members/gift_aid_paper.html',
        f'Gift Aid declaration of {person}',
        context,
        status_of(form),
    )


staff.pages += [
    ('gift-aid/', claims, 'gift_aid', GIFT_AID.refuse),
    ('gift-aid/<int:number>/<slug:table>/', claim_table, 'gift_aid_table', GIFT_AID.refuse),
    ('gift-aid/paper/<int:pk>/', paper, 'gift_aid_paper', GIFT_AID.refuse),
]
