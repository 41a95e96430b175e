"""The live style page: every token, element and part in every state, for staff and for tests."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ukis import days
from ukis.pictures.fields import PictureField

COLOURS = [
    ('paper', 'the page'),
    ('raised', 'fields, sheets'),
    ('sunken', 'asides'),
    ('ink', 'words'),
    ('soft', 'second words'),
    ('line', 'rules'),
    ('edge', 'edges of what one operates'),
    ('accent', 'links, buttons'),
    ('wash', 'behind accent'),
    ('warm', 'waits for you'),
    ('warm-wash', 'behind warm'),
    ('danger', 'wrong, dangerous'),
    ('danger-wash', 'behind danger'),
    ('good', 'done'),
    ('good-wash', 'behind good'),
    ('deep', 'bands'),
]
SIZES = ['t-small', 't-ui', 't-read', 't-1', 't-2', 't-3', 't-4']
SPACES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9']
STATUSES = [
    ('you', 'Waits for you: please approve the final copy by 4 March 2027'),
    ('them', 'The editor is reading; a reply is expected by 4 March 2027'),
    ('set', 'Goes out on 4 March 2027 at 9 am'),
    ('done', 'Published on 4 March 2027'),
    ('late', 'The editor is reading; a reply is expected by 25 February 2027 – 8 days late'),
    ('off', 'You withdrew this'),
]


class SampleForm(forms.Form):
    title = forms.CharField(help_text='As it will stand over the post.', max_length=60)
    address = forms.EmailField(label='Email address')
    standfirst = forms.CharField(
        widget=forms.Textarea(attrs={'rows': 3}), required=False, help_text='One or two sentences.'
    )
    nation = forms.ChoiceField(choices=[('', 'Choose one'), ('scotland', 'Scotland'), ('wales', 'Wales')])
    views = forms.ChoiceField(
        label='Whose views are these?',
        widget=forms.RadioSelect,
        choices=[('own', 'My own'), ('organisation', 'My organisation’s')],
        help_text='Printed under the post.',
    )
    topics = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[('a', 'Coaching'), ('b', 'Fidelity')], required=False
    )
    day = forms.DateField(widget=forms.DateInput(attrs={'type': 'date'}), required=False)
    picture = PictureField()
    agree = forms.BooleanField(label='I hold the rights in this text and its pictures.')


def styles(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404
    page = Paginator(range(200), 10).get_page(3)
    context = {
        'colours': COLOURS,
        'sizes': SIZES,
        'spaces': SPACES,
        'statuses': STATUSES,
        'form': SampleForm(auto_id='sample_%s'),
        'wrong_form': SampleForm(
            {'title': '', 'address': 'not an address', 'standfirst': 'Kept as typed.'}, auto_id='wrong_%s'
        ),
        'page': page,
        'pages': page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        'posts': _posts(),
        'bylines': _bylines(),
        'tags': _tags(),
    }
    return render(request, 'styles.html', context)


def _bylines() -> list[SimpleNamespace]:
    organisation = SimpleNamespace(get_absolute_url='/organisations/')
    first = {
        'name': 'Dr Sample Author',
        'role': 'Senior Fellow',
        'affiliation': 'Institute of Samples',
        'short_affiliation': 'Samples',
        'biography': 'Sample Author studies what becomes of good ideas once the project has ended.',
    }
    return [
        SimpleNamespace(**first, organisation=organisation, person=None, picture=None),
        SimpleNamespace(
            name='Second Author',
            role='',
            affiliation='',
            biography='',
            organisation=None,
            person=None,
            picture=None,
        ),
    ]


def _tags() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(name=name, get_absolute_url='/blog/tags/')
        for name in ('coaching', 'fidelity', 'rural services')
    ]


def _posts() -> list[SimpleNamespace]:
    titles = [
        (
            'What a waiting room taught us about fidelity',
            'Three clinics, one protocol, and the small changes that kept it alive.',
        ),
        ('Coaching is a promise', 'Why the second year matters more than the first, and how to pay for it.'),
    ]
    return [
        SimpleNamespace(
            published_on=days.today(),
            published_in_words=days.in_words(days.today()),
            get_absolute_url='/blog/',
            version=SimpleNamespace(title=title, standfirst=standfirst, language='en-GB', lead_picture=None),
            bylines=SimpleNamespace(all=_bylines()),
        )
        for title, standfirst in titles
    ]
