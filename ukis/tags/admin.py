import taggit.models
from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ukis import addresses
from ukis.staff import StaffModelAdmin
from ukis.tags import merging as tagging
from ukis.tags.models import Tag

# The package's own vocabulary is not in use: ours stands in its place.
admin.site.unregister(taggit.models.Tag)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ['name', 'slug', 'description', 'merged_into']
        help_texts = {
            'merged_into': 'Everything that carries this tag carries the other from then on, and this one’s '
            'address leads there. It cannot be undone.'
        }

    def clean_slug(self) -> str:
        return addresses.refuse_taken(self.cleaned_data['slug'], self.instance, 'tag')

    def clean_merged_into(self) -> Tag | None:
        into = self.cleaned_data['merged_into']
        if into is None and self.initial.get('merged_into'):
            raise forms.ValidationError('A merged tag stays merged: what carried it carries the other.')
        if into and (into.merged_into_id or into.pk == self.instance.pk):
            raise forms.ValidationError(
                f'“{into}” is itself merged, or this very tag. Choose one that stands.'
            )
        return into


@admin.register(Tag)
class TagAdmin(StaffModelAdmin):
    form = TagForm
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
        if obj.merged_into:
            tagging.merge(obj, obj.merged_into)

    @admin.display(description='used', ordering='used')
    def uses(self, tag: Tag) -> int:
        return tag.used
