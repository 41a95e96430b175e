"""What somebody may call anything: one word of 200 letters, another script, the longest address. Nothing runs out
sideways for it, spaced out as WCAG 1.4.12 says at 320 px, nor twice as large at 375 px."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from blog.models import State
from blog.states.reading_states import ReadingState
from members.models import Person
from tests.browser.test_look import SPACED_OUT
from tests.commissions import brought_to
from tests.conftest import make_post, make_submission
from tests.readings import brought_to as reading_in
from ukis import letters

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

WORD = 'Llanfairpwllgwyngyll' * 10
ARABIC = 'التغيير البطيء يحتاج إلى صبر طويل ' * 5
ADDRESS = f'{"a" * 64}@{".".join(["b" * 62] * 3)}.com'[:254]
TWICE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def odd(author, editor, organisation) -> dict[str, list[str]]:
    """The pages on which such words stand, by who reads them."""
    organisation.name = organisation.description = WORD
    organisation.save()
    Person.objects.filter(pk=author.pk).update(name=WORD, family_name=WORD, biography=WORD)
    author.refresh_from_db()
    posts = [
        make_post(
            title, people=(author,), organisation=organisation, tags=(WORD[:50],), body=f'<p>{WORD}</p>'
        )
        for title in (WORD, ARABIC[:200])
    ]
    words = {'title': WORD, 'standfirst': WORD, 'body': f'<p>{WORD}</p>'}
    states = (State.AUTHOR_APPROVAL, State.IN_REVIEW, State.CHANGES_REQUESTED)
    approval, review, changes = (
        make_submission(author, state, editor=editor, words=words) for state in states
    )
    commission = brought_to('sent', editor, name=WORD, working_title=WORD, brief=WORD, letter=WORD)
    reading = reading_in(ReadingState.RETURNED, review, editor, name=WORD, question=WORD)
    letter = letters.queue(
        kind='trial', key='trial', about=review, to_address=ADDRESS, to_name=WORD, subject=WORD, body=ADDRESS
    )
    at = {
        name: [reverse(f'admin:{name}', args=[review.pk])] for name in ('desk_submission', 'desk_differences')
    }
    return {
        'visitor': [
            *(post.get_absolute_url() for post in posts),
            *(reverse(name) for name in ('home', 'blog', 'tags', 'organisations')),
            *(
                organisation.get_absolute_url(),
                author.get_absolute_url(),
                reverse('author', args=[author.slug]),
            ),
        ],
        'author': [
            *(reverse(name) for name in ('account', 'write', 'account_email')),
            reverse('submission', args=[review.pk]),
            *(reverse(f'submission_{name}', args=[changes.pk]) for name in ('edit', 'submit', 'byline')),
            reverse('submission_approve', args=[approval.pk]),
        ],
        'editor': [
            reverse('admin:desk') + '?queue=everything',
            *(path for paths in at.values() for path in paths),
            *(reverse(f'admin:{name}') for name in ('desk_board', 'desk_meeting', 'commissions', 'desk_map')),
            reverse('admin:desk_calendar') + '?by=deadline',
            reverse('admin:commission', args=[commission.pk]),
            reverse('admin:commission_move', args=[commission.pk, 'take_back']),
            reverse('admin:desk_reading', args=[review.pk, reading.pk]),
            f'{reverse("admin:give_several")}?row={review.pk}',
            reverse('admin:desk_move', args=[review.pk, 'accept']),
            reverse('admin:ukis_letter_changelist'),
            reverse('admin:ukis_letter_change', args=[letter.pk]),
            reverse('admin:members_organisation_change', args=[organisation.pk]),
            reverse('admin:members_person_change', args=[author.pk]),
        ],
    }


# Words that lie over those of the next cell.
SPILT = """[...document.querySelectorAll('td, th')].filter(
  (cell) => cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflow === 'visible'
).map((cell) => cell.textContent.trim().slice(0, 40))"""


def run_out(page: Page, path: str) -> list[str]:
    found = []
    for width, change in ((320, SPACED_OUT), (375, TWICE), (1280, SPACED_OUT)):
        page.set_viewport_size({'width': width, 'height': 800})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        page.evaluate(change)
        if (wide := page.evaluate('document.documentElement.scrollWidth')) > width:
            found.append(f'{path}: {wide} px wide at {width}')
        found += [f'{path} {width}: “{one}” lies over the next cell' for one in page.evaluate(SPILT)]
    return found


@pytest.mark.parametrize('role', ['visitor', 'author', 'editor'])
def test_no_page_runs_out_sideways(role, odd, opened, request) -> None:
    page = opened(None if role == 'visitor' else request.getfixturevalue(role))

    assert [line for path in odd[role] for line in run_out(page, path)] == []
