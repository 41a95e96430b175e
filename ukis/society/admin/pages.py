"""Staff's own pages in the admin: the form goes on from the words saved last, and readers have them once they are
published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ukis.addresses.admin import AddressedAdmin, Instead
from ukis.editor import ProseField
from ukis.markup.languages import LANGUAGES
from ukis.society import ordering, retiring, versions, writing
from ukis.society.models import Page
from ukis.society.versions import PageWords


class PageForm(forms.ModelForm):
    """Title, language and text are those of the newest version, whatever readers have."""

    language = forms.ChoiceField(choices=LANGUAGES, initial=LANGUAGES[0][0])
    body = ProseField(label='Text', max_length=1_000_000, required=False)

    class Meta:
        model = Page
        fields = ['title', 'language', 'body', 'address', 'in_footer']

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(versions.newest(self.instance).words._asdict())
            self.fields['body'].widget.attrs['lang'] = self.initial['language']

    @property
    def words(self) -> PageWords:
        return PageWords(*(self.cleaned_data[name] for name in PageWords._fields))


class RetireInstead(Instead):
    """What may be done with a page that is on the site."""

    label = 'Do this'
    what = forms.ChoiceField(label='What is to become of it?', widget=forms.RadioSelect)
    other = forms.ModelChoiceField(
        Page.objects.none(),
        label='The other page',
        required=False,
        empty_label='–',
        help_text='For the second choice.',
    )

    def __init__(self, data: Any, *, page: Page) -> None:
        super().__init__(data)
        self.page = page
        fields: Any = self.fields
        others = Page.objects.published().exclude(pk=page.pk)
        fields['other'].queryset = others
        choices = [('unpublish', 'Take it off the site and keep its text, for staff only')]
        if page.address != 'about' and others.exists():
            choices.append(('replace', 'Delete it, and let its address lead to another page'))
        else:
            del fields['other']
        fields['what'].choices = choices

    def clean(self) -> dict[str, Any]:
        given: Any = super().clean()
        if given.get('what') == 'replace' and not given.get('other') and 'other' not in self.errors:
            self.add_error('other', 'Choose the page to which the address leads from then on.')
        return given

    def carry_out(self) -> str:
        if self.cleaned_data['what'] == 'unpublish':
            retiring.unpublish(self.page)
            return f'“{self.page}” is off the site. Its text is kept.'
        retiring.replace(self.page, self.cleaned_data['other'])
        return f'“{self.page}” is deleted, and its address leads to “{self.cleaned_data["other"]}”.'


@admin.register(Page)
class PageAdmin(AddressedAdmin):
    """What the text may hold is the sanitiser's to say, at save."""

    form = PageForm
    change_form_template = 'admin/ukis/page/change_form.html'
    change_list_template = 'admin/ukis/page/change_list.html'
    fields = ['title', 'language', 'body', 'address', 'in_footer']
    list_display = ['title', 'address', 'stands', 'in_footer', 'changed_at']
    list_filter = ['published', 'in_footer']
    search_fields = ['title', 'address', 'body']

    @admin.display(description='on the site', boolean=True, ordering='published')
    def stands(self, page: Page) -> bool:
        return page.published

    def languages_of(self, obj: Page) -> dict[str, list[str]]:
        return {obj.language: [obj.title]}

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = super().get_object(request, *args, **kwargs)
        if page is not None:
            page.newest = versions.newest(page)
            page.waits = page.newest.words != versions.words_of(page)
        return page

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        """The row keeps the words that readers have; what was typed becomes a version."""
        if change and obj.published:
            obj.title, obj.language, obj.body = versions.words_of(Page.objects.get(pk=obj.pk))
        elif not change:
            obj.position = ordering.next_place()
        super().save_model(request, obj, form, change)
        if change:
            version = writing.save_words(obj, form.words, by=request.user)
        else:
            version = writing.begin(obj, by=request.user)
        if '_publish' in request.POST and (not obj.published or version.words != versions.words_of(obj)):
            writing.publish(obj, by=request.user, number=version.number)
        for sentence in form.fields['body'].told.sentences():
            messages.warning(request, sentence)

    def response_add(self, request: HttpRequest, obj: Page, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._onwards(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Page) -> HttpResponse:
        return self._onwards(request, obj) or super().response_change(request, obj)

    def _onwards(self, request: HttpRequest, obj: Page) -> HttpResponse | None:
        stands = Page.objects.get(pk=obj.pk)
        called = versions.newest(stands)
        if '_preview' in request.POST:
            messages.success(request, f'Saved as {called}. This is how it will look.')
            return redirect('admin:page_preview', obj.pk)
        if '_publish' in request.POST:
            messages.success(request, f'Readers have {called} now.')
            return redirect('admin:ukis_page_change', obj.pk)
        if stands.published and called.words != versions.words_of(stands):
            messages.info(request, 'Saved for staff. Readers have it once it is published.')
            return redirect('admin:ukis_page_change', obj.pk)
        return None

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        context['show_save_and_add_another'] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def why_kept(self, obj: Page) -> str:
        return f'“{obj}” is on the site: links to its address would lead nowhere.' if obj.published else ''

    def instead(self, obj: Page, data: Any = None) -> Instead:
        return RetireInstead(data, page=obj)

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        retiring.delete(obj)
