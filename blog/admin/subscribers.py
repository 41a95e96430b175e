"""Who follows the blog by email, as staff see them: what each gets, and why nothing arrives where nothing does."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from blog import subscribing
from blog.admin.submissions import ReadOnly
from blog.models import Often, Subscriber, Subscription
from ukis import days, staff
from ukis.doors import Door
from ukis.letters import bouncing
from ukis.methods import read_or_post


class GetsFilter(admin.SimpleListFilter):
    title, parameter_name = 'what they get', 'gets'

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [*((often.value, often.label) for often in Often), ('none', 'nothing at present')]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        asked = self.value()
        theirs = Subscription.objects.standing().filter(subscriber=models.OuterRef('pk'))
        if asked == 'none':
            return queryset.filter(~models.Exists(theirs))
        return queryset.filter(models.Exists(theirs.filter(often=asked))) if asked in Often else queryset


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnly):
    list_display = ['address', 'gets', 'arrives', 'made_on']
    list_filter = [GetsFilter]
    search_fields = ['address']
    fields = ['address', 'arrives', 'came_back', 'consents', 'made_on', 'asked_last', 'forget']
    readonly_fields = ['arrives', 'came_back', 'consents', 'made_on', 'asked_last', 'forget']

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return super().has_view_permission(request) and request.user.has_perm('blog.view_subscriber')

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return subscribing.with_what_they_get(super().get_queryset(request))

    @admin.display(description='what it gets')
    def gets(self, subscriber: Subscriber) -> str:
        rows = subscriber.subscriptions.all()
        return '; '.join(f'{row} ({subscribing.stands(row)})' for row in rows) or 'Nothing'

    @admin.display(description='whether letters arrive')
    def arrives(self, subscriber: Subscriber) -> str:
        return subscribing.why_not_reached(subscriber) or 'Yes, as far as is known'

    @admin.display(description='what came back of late')
    def came_back(self, subscriber: Subscriber) -> str:
        return bouncing.came_back_lately(subscriber.address, timezone.now()) or 'Nothing'

    @admin.display(description='what it gets, and was agreed to')
    def consents(self, subscriber: Subscriber) -> str:
        rows = [(f'{row}: {subscribing.history_of(row)}.',) for row in subscriber.subscriptions.all()]
        return format_html_join('', '<p>{}</p>', rows) or 'Nothing'

    @admin.display(description='first asked for', ordering='made_at')
    def made_on(self, subscriber: Subscriber) -> str:
        return days.moment_in_words(subscriber.made_at)

    @admin.display(description='last letter to confirm')
    def asked_last(self, subscriber: Subscriber) -> str:
        return days.moment_in_words(subscriber.asked_at) if subscriber.asked_at else '–'

    @admin.display(description='if its owner asks to be forgotten')
    def forget(self, subscriber: Subscriber) -> str:
        address = reverse('admin:subscriber_forget', args=[subscriber.pk])
        return format_html('<a href="{}">Forget this address</a>', address)


FOLLOWERS = Door(
    'Who follows the blog by email is looked after by the Commissioning Editor.', 'blog.view_subscriber'
)


@read_or_post
def subscriber_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what goes; POST does it."""
    person = FOLLOWERS.opened(request)
    row = get_object_or_404(Subscriber, pk=pk)
    if request.method == 'POST':
        with suppress(Subscriber.DoesNotExist):  # pressed twice, or forgotten by its owner in this moment
            subscribing.forget_as_asked(row, by=person)
        messages.success(request, 'The address is forgotten, with all that was written to it as a follower.')
        return redirect('admin:blog_subscriber_changelist')
    context = {'subscriber': row, 'rows': list(row.subscriptions.all())}
    return staff.page(request, 'admin/blog/subscribers/forget.html', f'Forget {row}', context)


staff.pages.append(('followers/<int:pk>/forget/', subscriber_forget, 'subscriber_forget', FOLLOWERS.refuse))
