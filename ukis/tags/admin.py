"""Staff's pages for the one vocabulary. A tag in use is merged, not deleted."""

from typing import Any

import taggit.models
from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from ukis import tags
from ukis.addresses.admin import AddressedAdmin, Instead
from ukis.keys import Autocomplete, KeyField
from ukis.refusals import NotNow
from ukis.tags.models import Tag, Uses

# The package's own vocabulary is not in use: ours stands in its place.
admin.site.unregister(taggit.models.Tag)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ['name', 'slug', 'description', 'merged_into']
        help_texts = {
            'slug': 'Left empty, it is made from the name.',
            'merged_into': 'Everything that carries this tag carries the other from then on, and this one’s '
            'address leads there. It cannot be undone.',
        }

    def clean_merged_into(self) -> Tag | None:
        into = self.cleaned_data['merged_into']
        if into is None and self.initial.get('merged_into'):
            raise forms.ValidationError('A merged tag stays merged: what carried it carries the other.')
        if into and (into.merged_into_id or into.pk == self.instance.pk):
            raise forms.ValidationError(
                f'“{into}” is itself merged, or this very tag. Choose one that stands.'
            )
        return into


class StandingTag(KeyField):
    """A tag that stands, chosen or typed; a merged one's name means the one that stands for it."""

    def _called(self, typed: str) -> QuerySet:
        rows: Any = self.queryset
        return rows.filter(pk__in=[tag.pk for tag in tags.known([typed]).values()])


class MergeInstead(Instead):
    """Into which tag, where one is asked to be deleted that is in use."""

    label = 'Merge them'
    into: Any = StandingTag(
        Tag.objects.none(),
        widget=Autocomplete(Tag._meta.get_field('merged_into'), admin.site),
        label='Merge it into',
        help_text='Everything that carries it carries the other from then on, and its address leads there. '
        'It cannot be undone.',
    )

    def __init__(self, data: Any, *, tag: Tag) -> None:
        super().__init__(data)
        self.tag = tag
        fields: Any = self.fields
        fields['into'].queryset = Tag.objects.filter(merged_into=None).exclude(pk=tag.pk)

    def carry_out(self) -> str:
        into = self.cleaned_data['into']
        tags.merge(self.tag, into)
        return f'“{self.tag}” is merged into “{into}”.'


@admin.register(Tag)
class TagAdmin(AddressedAdmin):
    form = TagForm
    list_display = ['name', 'slug', 'uses', 'merged_into', 'seen']
    list_select_related = ['merged_into']
    list_per_page = 50
    search_fields = ['name', 'description']
    # The model's own is lost where rows are counted for each.
    ordering = ['name']
    autocomplete_fields = ['merged_into']

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(used=Uses('pk'))

    def was_known(self, obj: Tag) -> bool:
        return not obj.waiting

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except NotNow as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        into = obj.merged_into if 'merged_into' in form.changed_data else None
        if into:
            obj.merged_into = None
        super().save_model(request, obj, form, change)
        if into:
            tags.merge(obj, into)

    def why_kept(self, obj: Tag) -> str:
        if obj.merged_into:
            return f'“{obj}” was merged into “{obj.merged_into}”: its name and its address lead there.'
        if used := obj.items.count() + tags.carried_besides(obj):
            carry = (
                'post, person or organisation carries'
                if used == 1
                else 'posts, people or organisations carry'
            )
            return f'{used} {carry} “{obj}”, and links to its page would lead nowhere.'
        if merged := ', '.join(f'“{tag}”' for tag in obj.merged.all()[:10]):
            return f'Into “{obj}” were merged: {merged}. Their names and addresses lead to it.'
        return ''

    def instead(self, obj: Tag, data: Any = None) -> Instead | None:
        return None if obj.merged_into_id else MergeInstead(data, tag=obj)

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        tags.delete(obj)

    @admin.display(description='used', ordering='used')
    def uses(self, tag: Tag) -> str:
        return intcomma(tag.used) if tag.used <= Uses.MOST else f'more than {intcomma(Uses.MOST)}'

    @admin.display(description='public')
    def seen(self, tag: Tag) -> str:
        return 'with its first post' if tag.waiting else 'yes'
