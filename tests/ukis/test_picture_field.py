"""The one field by which forms take a picture."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import make_person
from tests.ukis.test_pictures import drawn
from ukis.pictures.fields import PictureField
from ukis.pictures.models import Picture

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    name = forms.CharField()
    logo = PictureField(shows='Shown on its page.')


def sent(person, content: bytes | None = None, **data) -> Form:
    files = {} if content is None else {'logo': SimpleUploadedFile('a.png', content)}
    form = Form(data, files)
    form.fields['logo'].by = person
    return form


def kept_in(form: Form) -> dict[str, str]:
    """What a browser sends again of the form as shown."""
    return dict(re.findall(r'<input type="hidden" name="(logo-kept)" value="([^"]+)">', str(form['logo'])))


def test_the_form_has_the_kept_picture_and_who_sent_it():
    person = make_person()
    form = sent(person, drawn(), name='x')

    assert form.is_valid()
    assert form.cleaned_data['logo'] == Picture.objects.get(uploaded_by=person)


def test_nothing_chosen_is_nothing():
    form = sent(make_person(), name='x')

    assert form.is_valid()
    assert form.cleaned_data['logo'] is None


@pytest.mark.parametrize(('content', 'said'), [(b'', 'The file is empty.'), (b'words', 'not a picture')])
def test_what_is_refused_stands_at_the_field(content, said):
    form = sent(make_person(), content, name='x')

    assert said in form.errors['logo'][0]
    assert kept_in(form) == {}


def test_a_form_that_comes_back_for_another_reason_holds_the_picture():
    person = make_person()
    first = sent(person, drawn(), name='')
    assert 'The picture you chose is here.' in str(first['logo'])

    second = sent(person, **kept_in(first), name='x')

    assert second.is_valid()
    assert second.cleaned_data['logo'] == Picture.objects.get()
    assert kept_in(second) == kept_in(first)


def test_another_choice_takes_its_place():
    person = make_person()
    first = sent(person, drawn(), name='')

    second = sent(person, drawn(size=(90, 80)), **kept_in(first), name='x')

    assert second.is_valid()
    assert second.cleaned_data['logo'].width == 90


def test_nobody_names_a_picture_that_another_sent_in():
    first = sent(make_person(), drawn(), name='')

    second = sent(make_person(), **kept_in(first), name='x')

    assert second.is_valid()
    assert second.cleaned_data['logo'] is None


def test_it_says_what_it_takes():
    shown = str(Form()['logo'])

    assert Form().fields['logo'].help_text == 'Shown on its page. JPEG, PNG or WebP, up to 15 MB.'
    assert 'accept="image/jpeg,image/png,image/webp"' in shown
    assert 'hidden' not in shown


def test_an_admin_page_takes_it_before_its_transaction_and_for_whoever_sends_it(rf, monkeypatch):
    from django.contrib.admin import ModelAdmin, site

    from members.models import Organisation
    from ukis.pictures.admin import TakesPictures

    class OrganisationForm(forms.ModelForm):
        logo_file = PictureField()

        class Meta:
            model = Organisation
            fields = ['name']

    class Page(TakesPictures):
        form = OrganisationForm

        def has_add_permission(self, request):
            return True

    seen = []
    monkeypatch.setattr(
        ModelAdmin, 'changeform_view', lambda self, request: seen.append(Picture.objects.get())
    )
    request = rf.post('/', {'logo_file': SimpleUploadedFile('a.png', drawn())})
    request.user = make_person()
    page = Page(Organisation, site)

    page.changeform_view(request)
    form = page.get_form(request)(request.POST, request.FILES)

    assert seen == [Picture.objects.get(uploaded_by=request.user)]
    assert form.fields['logo_file'].by == request.user
    assert OrganisationForm.base_fields['logo_file'].by is None
    form.is_valid()
    assert form.cleaned_data['logo_file'] == seen[0]
