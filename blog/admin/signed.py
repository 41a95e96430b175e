"""Whether the mail server signs what readers' mail programs need for their button: staff show a letter they got."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from blog.admin.editions import SEES
from ukis import staff
from ukis.letters import signatures
from ukis.methods import read_or_post


class SourceForm(forms.Form):
    source = forms.CharField(
        label='The source of the letter',
        max_length=2_000_000,
        help_text='All of it, or its head. In most mail programs: “Show original” or “View source”.',
        widget=forms.Textarea(attrs={'rows': 14, 'spellcheck': 'false'}),
    )

    def clean_source(self) -> list[signatures.MailFinding]:
        try:
            return signatures.look(self.cleaned_data['source'])
        except signatures.NoLetter as why:
            raise ValidationError(str(why)) from None


@read_or_post
def signed(request: HttpRequest) -> HttpResponse:
    """Nothing of it is kept."""
    SEES.opened(request)
    form = SourceForm(request.POST if request.method == 'POST' else None)
    found = form.cleaned_data['source'] if form.is_bound and form.is_valid() else []
    context = {'form': form, 'found': found, 'all_hold': all(one.holds for one in found)}
    title, status = 'Is the button to stop signed?', 422 if form.errors else 200
    return staff.page(request, 'admin/blog/editions/signed.html', title, context, status)


staff.pages.append(('posts-by-email/signed/', signed, 'edition_signed', SEES.refuse))
