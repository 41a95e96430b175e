from typing import Any

from django import forms

from blog.forms.desk import WhoField
from members.models import Person


class GiveForm(forms.Form):
    """To whom; whoever is named on some of them is an editor of the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields['editor'] = WhoField(
            Person.objects.filter(pk__in=Person.objects.editors().values('pk')).order_by(
                'family_name', 'name', 'pk'
            ),
            label='The editor',
            widget=forms.RadioSelect,
            empty_label=None,
        )
