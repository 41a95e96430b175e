import taggit.models
from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ukis import addresses
from ukis.models import Tag
from ukis.staff import Autocompleted

# The package's own vocabulary is not in use: ours stands in its place.
admin.site.unregister(taggit.models.Tag)


@admin.register(Tag)
class TagAdmin(Autocompleted, admin.ModelAdmin):
    list_display = ['name', 'slug', 'uses', 'merged_into']
    list_select_related = ['merged_into']
    list_per_page = 50
    search_fields = ['name', 'description']
    autocomplete_fields = ['merged_into']
    prepopulated_fields = {'slug': ['name']}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(used=Count('items'))

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        if change and 'slug' in form.changed_data:
            addresses.moved(obj, 'tag', form.initial['slug'])
        super().save_model(request, obj, form, change)

    @admin.display(description='used', ordering='used')
    def uses(self, tag: Tag) -> int:
        return tag.used
