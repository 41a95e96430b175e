"""What stands beside the words in print, the editor's to choose: address, tags, views, licence."""

from collections.abc import Iterable
from typing import Any

from django import forms

from blog.models.posts import Post, Views
from ukis import days
from ukis.tags.models import Tag

TWO_TAGS = 'Choose at least two tags.'
VIEWS = [
    (Views.OWN, 'the author’s own'),
    (Views.ORGANISATION, 'the author’s organisation’s'),
    (Views.SOCIETY, 'the Society’s'),
]


def together(ticked: Iterable[str], typed: str) -> list[str]:
    """Ticked and typed tags as one list, each once whatever its capitals; a merged tag as what it became."""
    found: dict[str, str] = {}
    for name in [*ticked, *typed.split(',')]:
        name = ' '.join(name.split())[:100]
        if name:
            found.setdefault(name.lower(), name)
    known = _in_use(found.values())
    return list(dict.fromkeys(known.get(key, name) for key, name in found.items()))


def _in_use(names: Iterable[str]) -> dict[str, str]:
    """Tags that exist among these names, by their names in lower case: what each is called today."""
    wanted = {name.lower() for name in names}
    tags = Tag.objects.select_related('merged_into').only('name', 'merged_into__name')
    return {tag.name.lower(): (tag.merged_into or tag).name for tag in tags if tag.name.lower() in wanted}


def tag_fields(offered: Iterable[str], *, chosen: Iterable[str]) -> dict[str, forms.Field]:
    """Ticks for the tags at hand, said to be in use or new, and a line for others."""
    said: dict[str, str] = {}
    for name in offered:
        said.setdefault(name.lower(), name)
    offered = list(said.values())
    known = _in_use(offered)
    return {
        'tags': forms.MultipleChoiceField(
            label='Tags',
            help_text='A new word becomes a tag when you confirm it.',
            choices=[(name, f'{name} ({"in use" if name.lower() in known else "new"})') for name in offered],
            initial=list(chosen),
            error_messages={'required': TWO_TAGS},
            widget=forms.CheckboxSelectMultiple,
        ),
        'more_tags': forms.CharField(
            label='Other tags', help_text='Separated by commas.', required=False, max_length=500
        ),
    }


class Part(forms.Form):
    """One of the parts of the page. It knows what it was shown with, so that only what was changed there is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True


class AddressForm(Part):
    slug = forms.SlugField(label='Address', max_length=120)


class TagsForm(Part):
    def __init__(self, *args: Any, post: Post, offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present = sorted(post.tags.names())
        self.fields |= tag_fields([*present, *offered], chosen=present or offered)
        self.fields['tags'].show_hidden_initial = True
        self.fields['tags'].required = not self.data.get(self.add_prefix('more_tags'))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data['all'] = together(data.get('tags', []), data.get('more_tags', ''))
        if 'tags' not in self.errors and len(data['all']) < 2:
            self.add_error('tags', TWO_TAGS)
        return data


class PrintForm(Part, forms.ModelForm):
    """What stands beside the words in print and binds no approval."""

    views = forms.ChoiceField(label='Whose views these are', choices=VIEWS, widget=forms.RadioSelect)
    elsewhere_url = forms.URLField(
        label='First published at', required=False, max_length=200, assume_scheme='https'
    )

    class Meta:
        model = Post
        fields = ['views', 'licence', 'featured', 'elsewhere_url', 'elsewhere_on']
        field_classes = {'elsewhere_on': days.DayField}
        labels = {'featured': 'Featured: it leads the home page'}
        help_texts = {'licence': 'Empty: the Society’s own line.', 'elsewhere_on': days.DayField.HINT}


class BesideForm:
    """Address, tags and details in one form of the page, sent together: none loses what is typed in another."""

    def __init__(self, data: Any = None, *, post: Post, offered: Iterable[str]) -> None:
        self.address = AddressForm(data, initial={'slug': post.slug}, prefix='address')
        self.tags = TagsForm(data, post=post, offered=offered, prefix='tags')
        self.details = PrintForm(data, instance=post, prefix='details')

    @property
    def parts(self) -> list[forms.BaseForm]:
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

    def changes(self) -> dict[str, Any]:
        """What was changed on the page, for `workflow.set_beside`: what others changed meanwhile stays."""
        found: dict[str, Any] = {}
        if self.address.has_changed():
            found['slug'] = self.address.cleaned_data['slug']
        if self.tags.has_changed() or not self.tags.present:
            found['tags'] = self.tags.cleaned_data['all']
        found['details'] = {name: self.details.cleaned_data[name] for name in self.details.changed_data}
        return found
