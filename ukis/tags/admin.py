"""Staff's pages for the one vocabulary. A tag in use is merged, not deleted."""

from typing import Any, cast

import taggit.models
from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.http import urlencode

from ukis import history, tags
from ukis.addresses.admin import AddressedAdmin, Instead
from ukis.keys import Autocomplete, KeyField
from ukis.methods import read_or_post
from ukis.refusals import NotNow, status_of, turned_down
from ukis.tags import splitting
from ukis.tags.models import Tag, TaggedItem, Uses
from ukis.tags.naming import LONGEST, fold

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


class SplitForm(forms.Form):
    """The other tag, and what becomes of each of the rows that the page showed."""

    name = forms.CharField(
        label='The other tag',
        max_length=LONGEST,
        help_text='One that there is, or a new one. Its address and description are yours to give afterwards.',
    )

    take_along = forms.BooleanField(
        label='Who follows this tag by email follows the other too',
        required=False,
        initial=True,
        help_text='Or they miss what moves to it: they asked for this tag, and were never asked of the other. Take the '
        'tick off where the other tag was there before, and is of much else.',
    )

    def __init__(self, data: Any, *, tag: Tag, items: list[TaggedItem], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.tag = tag
        for item in items:
            self.fields[f'row-{item.pk}'] = forms.ChoiceField(
                label=str(item.content_object),
                choices=splitting.Carries.choices,
                initial=splitting.Carries.KEEPS,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean_name(self) -> str:
        name = tags.checked(self.cleaned_data['name'])
        if fold(name) == self.tag.folded:
            raise forms.ValidationError('This is the tag that is split. Write the name of the other.')
        return name

    @property
    def answers(self) -> dict[int, str]:
        rows = {name.removeprefix('row-'): answer for name, answer in self.cleaned_data.items()}
        return {int(key): answer for key, answer in rows.items() if key.isdigit() and answer}


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _rows_in(posted: Any) -> list[int]:
    keys = (_key(name.removeprefix('row-')) for name in posted if name.startswith('row-'))
    return [key for key in keys if key is not None][: splitting.A_PAGE]


def _said_again(name: str | None, take_along: bool) -> dict[str, str]:
    return ({'into': name} if name else {}) | ({} if take_along else {'alone': '1'})


@admin.register(Tag)
class TagAdmin(AddressedAdmin):
    change_form_template = 'admin/ukis/tag/change_form.html'
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

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(read_or_post(self.split))
        return [path('<int:pk>/split/', view, name='ukis_tag_split'), *super().get_urls()]

    def split(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A page of what carries the tag, asked for row by row. `below` leads to what was carried earlier."""
        tag = self.get_object(request, str(pk))
        if not self.has_change_permission(request, tag):
            raise PermissionDenied('Tags are split by those who keep them.')
        if tag is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        below, posted = request.GET.get('below', ''), request.POST if request.method == 'POST' else None
        # What was shown is what is answered, whatever came to carry the tag meanwhile.
        carried = splitting.carriers(tag, below=_key(below), among=_rows_in(posted) if posted else None)
        shown, by = carried[: splitting.A_PAGE], cast(Model, request.user)
        form = SplitForm(posted, tag=tag, items=shown, initial=self._said_before(request))
        if form.is_valid():
            try:
                done = splitting.split(
                    tag,
                    form.cleaned_data['name'],
                    by=by,
                    answers=form.answers,
                    take_along=form.cleaned_data['take_along'],
                )
            except NotNow as refusal:
                turned_down(form, refusal, 'name')
            else:
                self._say_split(request, tag, form.cleaned_data['name'], done)
                said = _said_again(form.cleaned_data['name'], form.cleaned_data['take_along'])
                query = urlencode(said | ({'below': below} if below else {}))
                return redirect(f'{request.path}?{query}')
        context = {
            **self.admin_site.each_context(request),
            'title': f'Split “{tag}”',
            'tag': tag,
            'opts': self.opts,
            'form': form,
            'rows': [self._asked(item, form) for item in shown],
            'below': shown[-1].pk if len(carried) > len(shown) else None,
            'going_on': urlencode(_said_again(form['name'].value(), bool(form['take_along'].value()))),
        }
        return render(request, 'admin/ukis/tag/split.html', context, status=status_of(form))

    def _asked(self, item: TaggedItem, form: SplitForm) -> dict[str, Any]:
        row: Any = item.content_object
        of: Any = self.admin_site._registry.get(type(row))
        return {
            'row': str(row),
            'kind': row._meta.verbose_name,
            'languages': of.languages_of(row) if hasattr(of, 'languages_of') else {},
            'field': form[f'row-{item.pk}'],
        }

    def _said_before(self, request: HttpRequest) -> dict[str, Any]:
        """On the page before this one: the same holds for all of them."""
        return {'name': request.GET.get('into', ''), 'take_along': 'alone' not in request.GET}

    def _say_split(self, request: HttpRequest, tag: Tag, name: str, done: splitting.Parted) -> None:
        carry = 'carries' if done.changed == 1 else 'carry'
        said = f'{done.changed or "Nothing"} of what was shown now {carry if done.changed else "carries"} “{name}”.'
        (messages.success if done.changed else messages.warning)(request, said)
        if done.changed:
            lines = [f'Split: {done.changed} given “{name}”']
            if done.followers:
                people = '1 address' if done.followers == 1 else f'{intcomma(done.followers)} addresses'
                lines.append(f'{people} that followed “{tag}” by email: “{name}” too, as often, from now on.')
                messages.success(request, lines[-1])
            history.note(tag, by=cast(Model, request.user), lines=lines)
        for row, why in done.left:
            messages.warning(request, f'Left as it is: “{row}”. {why}')

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
