"""The home page, composed by whoever keeps it: what is featured, in order and until when, and the notices."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from blog import featuring
from blog.models import Post, Submission
from ukis import days, staff
from ukis.doors import Door
from ukis.methods import read_or_post
from ukis.refusals import NotNow, status_of, turned_down
from ukis.society.notices import Notice

DEFAULT = 28  # days for which a post is featured unless staff say otherwise


class UntilForm(forms.Form):
    last_day = days.DayField(label='Until the end of', required=False)


class FeatureForm(UntilForm):
    """Another post: one of the newest, or any by its address."""

    field_order = ['post', 'address', 'last_day']
    post = forms.ChoiceField(label='One of the newest', required=False)
    address = forms.CharField(
        label='Or another, by its address',
        max_length=500,
        required=False,
        help_text='As the browser shows it.',
    )

    def __init__(self, *args: Any, offered: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields['post'].choices = [('', 'Choose one'), *((str(one.pk), str(one)) for one in offered)]
        fields['last_day'].help_text = f'{days.DayField.HINT} Empty: until somebody takes it off.'

    def clean(self) -> dict[str, Any]:
        given: Any = super().clean()
        key, address = given.get('post'), given.get('address', '')
        slug = address.rstrip('/').rpartition('/')[2]
        rows = Post.objects.live()
        found = rows.filter(pk=key).first() if key else rows.filter(slug=slug).first() if slug else None
        if not self.errors and found is None:
            sentence = 'There is no post on the site at this address.' if slug else 'Choose a post.'
            self.add_error('address' if slug else 'post', sentence)
        given['found'] = found
        return given


HOME = Door('The home page is kept by the Commissioning Editor and Administrators.', featuring.KEEPER)


@read_or_post
def home_page(request: HttpRequest) -> HttpResponse:
    """GET shows what stands there; POST features another post."""
    person = HOME.opened(request)
    form = FeatureForm(
        request.POST if request.method == 'POST' else None,
        offered=featuring.to_choose_from(person),
        initial={'last_day': days.today() + timedelta(days=DEFAULT)},
    )
    if form.is_valid():
        try:
            post = featuring.feature(
                form.cleaned_data['found'], by=person, last_day=form.cleaned_data['last_day']
            )
        except NotNow as refusal:
            turned_down(form, refusal)
        else:
            messages.success(request, f'“{post}” is featured.')
            return redirect('admin:home_page')
    standing = featuring.standing()
    mine = Submission.objects.written_by(person).filter(pk__in=[one.submission_id for one in standing])
    own = set(mine.values_list('pk', flat=True))
    rows = [
        (
            one,
            UntilForm(initial={'last_day': one.featured_until}, prefix=f'post-{one.pk}'),
            one.submission_id in own,
        )
        for one in standing
    ]
    today = days.today()
    context = {
        'form': form,
        'rows': rows,
        'shown': featuring.SHOWN_FEATURED,
        'notices': [(one, one.first_day > today) for one in Notice.objects.filter(last_day__gte=today)[:20]],
    }
    return staff.page(request, 'admin/blog/home/home.html', 'The home page', context, status_of(form))


@read_or_post
def home_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What the one button that was pressed says of a featured post: up, down, off, or another last day."""
    person = HOME.opened(request)
    post = get_object_or_404(Post.objects.select_related('version', 'submission'), pk=pk)
    back = f'{reverse("admin:home_page")}#post-{post.pk}'
    if request.method != 'POST':
        return redirect(back)
    form = UntilForm(request.POST, prefix=f'post-{post.pk}')
    try:
        if 'up' in request.POST or 'down' in request.POST:
            said = featuring.move(post, by=person, up='up' in request.POST)
        elif 'off' in request.POST:
            said = f'“{featuring.unfeature(post, by=person)}” is not featured any more.'
        elif form.is_valid():
            held = featuring.until(post, by=person, last_day=form.cleaned_data['last_day'])
            last = form.cleaned_data['last_day']
            said = f'“{held}” is featured {"until " + days.in_words(last) if last else "until somebody takes it off"}.'
        else:
            raise NotNow(f'Nothing was changed. {" ".join(map(str, form.errors["last_day"]))}')
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(back)


staff.pages += [
    ('home/', home_page, 'home_page', HOME.refuse),
    ('home/<int:pk>/', home_post, 'home_post', HOME.refuse),
]
