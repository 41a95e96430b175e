"""Series, and their guest editors: kept by the Commissioning Editor and Administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import guests
from blog.models import Post, Series, SeriesEditor, Submission
from ukis.addresses.admin import AddressedAdmin
from ukis.staff import StaffInline


class GuestInline(StaffInline):
    model = SeriesEditor
    autocomplete_fields = ['person']


@admin.register(Series)
class SeriesAdmin(AddressedAdmin):
    list_display = ['title', 'starts_on', 'ends_on', 'how_many']
    search_fields = ['title']
    fields = ['title', 'slug', 'description', 'takes_ideas', 'starts_on', 'ends_on']
    inlines = [GuestInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        seen = Submission.objects.on_the_desk_of(request.user).order_by().values('pk')
        theirs = Q(submissions__in=seen)
        return super().get_queryset(request).annotate(many=Count('submissions', filter=theirs, distinct=True))

    def was_known(self, obj: Series) -> bool:
        return Post.objects.filter(submission__series=obj, published_at__lte=timezone.now()).exists()

    @admin.display(description='submissions', ordering='many')
    def how_many(self, series: Any) -> str:
        return format_html('<a href="{}?series={}">{}</a>', reverse('admin:desk'), series.pk, series.many)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        had = list(SeriesEditor.objects.filter(series=form.instance).select_related('person'))
        super().save_related(request, form, formsets, change)
        guests.changed(form.instance, had=had, by=request.user)
