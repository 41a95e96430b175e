"""The form by which staff say what of a picture must stay in sight: by mouse, keyboard and ear, without scripts."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ukis.pictures import focus
from ukis.pictures.models import Picture


class PlaceInput(forms.RadioSelect):
    picture: Picture | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = {'picture': self.picture, 'name': name, 'chosen': value, 'places': focus.PLACES}
        return render_to_string('admin/ukis/picture/_places.html', shown)


class SightForm(forms.ModelForm):
    place = forms.ChoiceField(
        label='What must stay in sight',
        choices=[(place.mark, place.words) for place in focus.PLACES],
        widget=PlaceInput,
        help_text='Lists, faces and the card that is shown where somebody shares a post cut a picture. Choose the '
        'place around which they do: by a click, or with the arrow keys. It shows everywhere at once.',
    )

    class Meta:
        model = Picture
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and 'place' in self.fields:
            widget: Any = self.fields['place'].widget
            widget.picture = self.instance
            self.initial['place'] = focus.place_of(self.instance).mark
            self.fields['place'].initial = self.initial['place']

    @property
    def chosen(self) -> focus.Sight:
        return next(place for place in focus.PLACES if place.mark == self.cleaned_data['place'])
