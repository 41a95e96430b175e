from django import forms
from django.contrib import admin
from django.http import HttpRequest

from ukis import addresses
from ukis.editor import ProseField
from ukis.models import Page


class PageForm(forms.ModelForm):
    body = ProseField(label='Text', max_length=1_000_000)

    class Meta:
        model = Page
        fields = ['title', 'address', 'body', 'published', 'in_footer', 'position']
        help_texts = {'address': '“about” stands at /about/, every other page below it: /about/principles/.'}

    def clean_address(self) -> str:
        return addresses.refuse_taken(self.cleaned_data['address'], self.instance, 'page')


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """Staff's pages. What the text may hold is the sanitiser's to say, at save."""

    form = PageForm
    list_display = ['title', 'address', 'published', 'in_footer', 'position', 'changed_at']
    list_filter = ['published']
    search_fields = ['title', 'address', 'body']
    prepopulated_fields = {'address': ['title']}

    def save_model(self, request: HttpRequest, obj: Page, form: forms.ModelForm, change: bool) -> None:
        if change and 'address' in form.changed_data and form.initial['address'] != 'about':
            addresses.moved(obj, 'page', form.initial['address'])
        super().save_model(request, obj, form, change)
