"""What stands beside the words in print, the editor's to choose: address, tags, views, licence."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict

from blog.forms.tags import tag_fields, together
from blog.models.posts import Post, Views
from ukis import addresses, days
from ukis.unsaved.both import NOTHING, Both, shown

VIEWS = [
    (Views.OWN, 'the author’s own'),
    (Views.ORGANISATION, 'the author’s organisation’s'),
    (Views.SOCIETY, 'the Society’s'),
]


class Quiet(forms.BoundField):
    """What a field was shown with goes with it hidden: nothing is said of that to anybody."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        hidden = (widget or self.field.widget).is_hidden
        return {name: value for name, value in built.items() if not (hidden and name.startswith('aria-'))}


class PagePart(forms.Form):
    """One of the parts of the page. It knows what it was shown with, so that only what was changed there is written."""

    bound_field_class = Quiet

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def overtaken(self) -> list[Both]:
        """What was changed here, and by somebody else to something other since the page was shown."""
        found = []
        for name in self.changed_data:
            field, bound = self.fields[name], self[name]
            now = self.get_initial_for_field(field, name)
            if field.has_changed(now, self._shown_with(bound)) and field.has_changed(now, bound.data):
                found.append(Both(str(bound.label), shown(field, now), shown(field, bound.data)))
        return found

    def go_on_from_what_stands(self) -> None:
        """Sent once more it goes knowingly over that."""
        data = cast(QueryDict, self.data).copy()
        for name, field in self.fields.items():
            now = field.prepare_value(self.get_initial_for_field(field, name))
            values = now if isinstance(now, list | tuple) else [field.hidden_widget().format_value(now)]
            data.setlist(self[name].html_initial_name, ['' if one is None else one for one in values])
        self.data = data

    def _shown_with(self, bound: forms.BoundField) -> Any:
        widget = bound.field.hidden_widget()
        return widget.value_from_datadict(self.data, self.files, bound.html_initial_name)


class AddressForm(PagePart):
    slug = addresses.AddressFormField(label='Address')


class TagsForm(PagePart):
    def __init__(self, *args: Any, post: Post, offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present = sorted(post.tags.names())
        self.fields |= tag_fields([*present, *offered], chosen=present or offered)
        self.fields['tags'].show_hidden_initial = True
        self.fields['tags'].required = not self.data.get(self.add_prefix('more_tags'))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data['all'] = together(self)
        return data

    def overtaken(self) -> list[Both]:
        """They are set together, whichever of the fields they come from."""
        now, chosen = (
            sorted(self.get_initial_for_field(self.fields['tags'], 'tags')),
            self.cleaned_data['all'],
        )
        if not self.has_changed() or now in (sorted(self._shown_with(self['tags'])), sorted(chosen)):
            return []
        return [Both('Tags', ', '.join(now) or NOTHING, ', '.join(chosen) or NOTHING)]


class PrintForm(PagePart, forms.ModelForm):
    """What stands beside the words in print and binds no approval."""

    views = forms.ChoiceField(label='Whose views these are', choices=VIEWS, widget=forms.RadioSelect)
    elsewhere_url = forms.URLField(
        label='First published at', required=False, max_length=200, assume_scheme='https'
    )

    class Meta:
        model = Post
        fields = ['views', 'licence', 'featured', 'elsewhere_url', 'elsewhere_on']
        field_classes = {'elsewhere_on': days.DayField}
        labels = {'featured': 'Featured on the home page'}
        help_texts = {'licence': 'Empty: the Society’s own line.', 'elsewhere_on': days.DayField.HINT}


class BesideForm:
    """Address, tags and details in one form of the page, sent together: none loses what is typed in another."""

    def __init__(self, data: Any = None, *, post: Post, offered: Iterable[str]) -> None:
        self.address = AddressForm(data, initial={'slug': post.slug}, prefix='address')
        self.tags = TagsForm(data, post=post, offered=offered, prefix='tags')
        self.details = PrintForm(data, instance=post, prefix='details')

    @property
    def parts(self) -> list[PagePart]:
        return [self.address, self.tags, self.details]

    @property
    def errors(self) -> dict[str, Any]:
        return {part.add_prefix(name): said for part in self.parts for name, said in part.errors.items()}

    def non_field_errors(self) -> list[str]:
        return [str(error) for part in self.parts for error in part.non_field_errors()]

    def visible_fields(self) -> list[forms.BoundField]:
        return [field for part in self.parts for field in part.visible_fields()]

    def is_valid(self) -> bool:
        return not self.errors

    def overtaken(self) -> list[Both]:
        """As each part. Of a page that does not say what it was shown with nothing can be compared."""
        if self.address['slug'].html_initial_name not in self.address.data:
            return []
        found = [one for part in self.parts for one in part.overtaken()]
        for part in self.parts if found else ():
            part.go_on_from_what_stands()
        return found

    def changes(self) -> dict[str, Any]:
        """What was changed on the page, for `workflow.set_beside`: what others changed meanwhile stays."""
        found: dict[str, Any] = {}
        if self.address.has_changed():
            found['slug'] = self.address.cleaned_data['slug']
        if self.tags.has_changed() or not self.tags.present:
            found['tags'] = self.tags.cleaned_data['all']
        found['details'] = {name: self.details.cleaned_data[name] for name in self.details.changed_data}
        return found
