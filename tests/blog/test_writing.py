"""Writing: starting, the sheet, saving, what is kept without saving, the byline, the preview."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from blog import workflow
from blog.models import State, Submission
from members.models import Affiliation
from members.places import place_sentence
from tests.conftest import make_organisation, make_post, make_submission, named_on
from ukis.society.models import Page, Society
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.django_db


def sheet(submission: Submission, **changed) -> dict:
    """What the form sends as it stands, but for what is changed."""
    version = submission.current
    data = {
        'base': str(version.number),
        'title': version.title,
        'standfirst': version.standfirst,
        'body': version.body,
        'references': version.references,
        'tags': ', '.join(version.tag_words),
        'language': version.language,
        'lead_alt': version.lead_alt,
        'lead_caption': version.lead_caption,
        'lead_credit': version.lead_credit,
    }
    mine = submission.authorships.get(corresponding=True)
    data |= {'me-name': mine.name, 'me-role': mine.role, 'me-biography': mine.biography}
    data |= {'me-place': str(mine.organisation_id or 'none'), 'me-affiliation': ''}
    return data | changed


def edit(submission: Submission) -> str:
    return reverse('submission_edit', args=[submission.pk])


def drawing(colour: str = 'teal') -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new('RGB', (400, 300), colour).save(out, 'PNG')
    return SimpleUploadedFile('drawing.png', out.getvalue(), 'image/png')


# --- My blogs -----------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(author, society, signed_in) -> None:
    page = signed_in(author).get(reverse('write')).content.decode()

    assert 'Nothing here yet' in page
    assert page.count('Write a blog</button>') == 1


def test_who_may_not_submit_reads_why_and_how_to_join(stranger, society, signed_in) -> None:
    page = signed_in(stranger).get(reverse('write')).content.decode()

    assert place_sentence(stranger) in page
    assert 'office@society.example' in page
    assert 'Write a blog</button>' not in page


def test_each_submission_says_where_it_stands_who_has_it_and_the_one_thing_to_do(
    author, editor, society, signed_in
) -> None:
    make_submission(author, State.AUTHOR_APPROVAL, editor=editor)
    make_submission(author, State.IN_REVIEW, editor=editor)
    make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    make_submission(author, 'live', editor=editor)
    make_submission(author)

    rows = signed_in(author).get(reverse('write')).context['submissions']

    assert [(row.kind, row.held_by, row.label) for row in rows] == [
        ('you', 'you', 'Go on writing'),
        ('done', '', 'Read it on the site'),
        ('you', 'you', 'See what is asked for'),
        ('them', 'Ed Editor', 'See where it stands'),
        ('you', 'you', 'Read and approve the final copy'),
    ]


def test_the_list_asks_the_same_with_one_submission_and_with_five(
    author, editor, society, signed_in, django_assert_num_queries
) -> None:
    client = signed_in(author)
    make_submission(author, 'live', editor=editor)
    client.get(reverse('write'))

    with django_assert_num_queries(9):
        client.get(reverse('write'))
    for state in (State.DRAFTING, State.IN_REVIEW, State.AUTHOR_APPROVAL, 'scheduled'):
        make_submission(author, state, editor=editor)
    with django_assert_num_queries(9):
        client.get(reverse('write'))


# --- Starting -----------------------------------------------------------------------------------------


def test_starting_leads_straight_into_the_editor(author, society, signed_in) -> None:
    response = signed_in(author).post(reverse('write_start'))

    submission = Submission.objects.get()
    assert response.url == edit(submission)
    assert named_on(submission, author).corresponding


def test_a_second_click_makes_no_second_draft(author, society, signed_in) -> None:
    client = signed_in(author)

    first, second = client.post(reverse('write_start')), client.post(reverse('write_start'))

    assert first.url == second.url
    assert Submission.objects.count() == 1


def test_who_may_not_submit_cannot_start(stranger, society, signed_in) -> None:
    assert signed_in(stranger).post(reverse('write_start')).status_code == 403
    assert Submission.objects.count() == 0


def test_reading_the_start_starts_nothing(author, stranger, society, signed_in) -> None:
    asked, refused = (
        signed_in(author).get(reverse('write_start')),
        signed_in(stranger).get(reverse('write_start')),
    )

    assert 'Write a blog</button>' in asked.content.decode()
    assert 'You cannot start a blog today' in refused.content.decode()
    assert Submission.objects.count() == 0


def test_four_steps_lead_from_the_button_to_submitted(author, society, signed_in) -> None:
    client = signed_in(author)
    started = client.post(reverse('write_start'))
    submission = Submission.objects.get()
    data = sheet(submission, title='T', standfirst='S', body='Words.', tags='a, b', then='submit')
    saved = client.post(started.url, data)
    submission.refresh_from_db()

    done = client.post(
        saved.url,
        {'version': submission.current.number, 'rights': 'on', 'interests': 'none', 'views': 'own'},
        follow=True,
    )

    submission.refresh_from_db()
    assert (submission.state, done.status_code) == (State.SUBMITTED, 200)


# --- The sheet ----------------------------------------------------------------------------------------


def test_saving_makes_a_version_of_all_that_was_typed(author, society, signed_in) -> None:
    submission = make_submission(author)

    response = signed_in(author).post(
        edit(submission),
        sheet(
            submission,
            title='Another title',
            body='Plain words.\n\nAnd more.',
            references='A. Author (2020).',
            tags='x, Y ,x,',
        ),
    )

    submission.refresh_from_db()
    assert response.url == edit(submission)
    assert submission.current.words() == submission.versions.get(number=2).words().but(
        title='Another title',
        body='<p>Plain words.</p>\n<p>And more.</p>',
        references='<p>A. Author (2020).</p>',
        tag_words=['x', 'Y'],
    )
    assert submission.current.number == 3


def test_a_word_that_is_a_tag_already_takes_its_spelling(author, society, signed_in) -> None:
    make_post(tags=('Scaling up', 'Evidence'))
    submission = make_submission(author)

    signed_in(author).post(edit(submission), sheet(submission, tags='scaling UP, something new'))

    submission.refresh_from_db()
    assert submission.current.tag_words == ['Scaling up', 'something new']


def test_saving_nothing_new_makes_no_version(author, society, signed_in) -> None:
    submission = make_submission(author)

    signed_in(author).post(edit(submission), sheet(submission))

    assert submission.versions.count() == 2


def test_an_empty_sheet_can_be_saved(author, society, signed_in) -> None:
    submission = make_submission(author)

    response = signed_in(author).post(edit(submission), {'base': '2'})

    submission.refresh_from_db()
    assert (response.status_code, submission.current.body) == (302, '')


@pytest.mark.parametrize(
    ('then', 'name'),
    [
        ('save', 'submission_edit'),
        ('preview', 'submission_preview'),
        ('submit', 'submission_submit'),
        ('byline', 'submission_byline'),
        ('/evil/', 'submission_edit'),
    ],
)
def test_each_button_saves_and_leads_on(author, society, signed_in, then, name) -> None:
    submission = make_submission(author)

    response = signed_in(author).post(edit(submission), sheet(submission, title='New', then=then))

    assert response.url == reverse(name, args=[submission.pk])
    assert submission.versions.last().title == 'New'


def test_what_was_left_out_of_a_pasted_text_is_said(author, society, signed_in) -> None:
    submission = make_submission(author)
    pasted = '<p>Words</p><img src="https://elsewhere.example/a.png" alt="A"><script>1</script>'

    page = (
        signed_in(author).post(edit(submission), sheet(submission, body=pasted), follow=True).content.decode()
    )

    assert 'Saved. Left out: 1 picture from another site, 1 script.' in page
    assert submission.versions.last().body == '<p>Words</p>\n<p>[Picture left out: A]</p>'


def test_a_title_too_long_is_given_back_and_kept(author, society, signed_in) -> None:
    submission = make_submission(author)

    response = signed_in(author).post(edit(submission), sheet(submission, title='x' * 201, body='New words'))

    assert response.status_code == 422
    assert 'x' * 201 in response.content.decode()
    assert Buffer.objects.get().data['body'] == 'New words'


def test_how_one_appears_is_saved_with_the_words(author, society, signed_in) -> None:
    submission = make_submission(author)
    other = make_organisation('University of Elsewhere', short_name='Elsewhere')
    Affiliation.objects.create(person=author, organisation=other)
    mine = {'me-name': 'A. Author', 'me-role': 'Director', 'me-biography': 'Somebody.'}

    signed_in(author).post(edit(submission), sheet(submission, **mine, **{'me-place': str(other.pk)}))

    submission.refresh_from_db()
    assert submission.current.byline == [
        {
            'person': author.pk,
            'organisation': other.pk,
            'name': 'A. Author',
            'citation_name': author.citation_name,
            'role': 'Director',
            'affiliation': 'University of Elsewhere',
            'biography': 'Somebody.',
            'picture': None,
        }
    ]


def test_an_organisation_of_ones_own_words_stands_for_itself(author, society, signed_in) -> None:
    submission = make_submission(author)

    signed_in(author).post(
        edit(submission), sheet(submission, **{'me-place': 'typed', 'me-affiliation': 'A small  office'})
    )

    row = named_on(submission, author)
    assert (row.organisation, row.affiliation) == (None, 'A small office')


def test_somebody_elses_organisation_cannot_be_chosen(author, society, signed_in) -> None:
    submission = make_submission(author)
    foreign = make_organisation('Not mine')

    response = signed_in(author).post(edit(submission), sheet(submission, **{'me-place': str(foreign.pk)}))

    assert response.status_code == 422


def test_the_page_says_what_is_missing_and_links_the_guidelines(author, society, signed_in) -> None:
    Page.objects.create(title='Writing for us', address='writing-guidelines', body='<p>x</p>', published=True)
    submission = workflow.start(by=author)

    page = signed_in(author).get(edit(submission)).content.decode()

    for sentence in ('Give it a title.', 'Write the text.', 'Choose at least two tags.', '600 and 1,200'):
        assert sentence in page
    assert '/about/writing-guidelines/' in page


# --- The lead picture ---------------------------------------------------------------------------------


def test_a_lead_picture_comes_in_with_the_form_and_goes_again(author, society, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)

    client.post(
        edit(submission), sheet(submission, lead_file=drawing(), lead_alt='A square', lead_credit='Me')
    )
    submission.refresh_from_db()
    with_picture = submission.current
    client.post(edit(submission), sheet(submission, lead_remove='on'))
    submission.refresh_from_db()

    assert (with_picture.lead_picture.width, with_picture.lead_alt) == (400, 'A square')
    assert (submission.current.lead_picture, submission.current.lead_alt) == (None, '')


def test_a_picture_stays_when_the_form_says_nothing_of_it(author, society, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    client.post(edit(submission), sheet(submission, lead_file=drawing()))
    submission.refresh_from_db()

    client.post(edit(submission), sheet(submission, title='Other'))

    assert submission.versions.last().lead_picture_id == submission.current.lead_picture_id


def test_a_picture_that_cannot_be_read_loses_no_words(author, society, signed_in) -> None:
    submission = make_submission(author)
    file = SimpleUploadedFile('a.png', b'not a picture', 'image/png')

    response = signed_in(author).post(edit(submission), sheet(submission, body='Precious', lead_file=file))

    assert response.status_code == 422
    assert 'Precious' in response.content.decode()
    assert Buffer.objects.get().data['body'] == 'Precious'


def test_a_picture_sent_with_a_wrong_form_stays_chosen(author, society, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)

    wrong = client.post(edit(submission), sheet(submission, title='x' * 201, lead_file=drawing()))
    token = wrong.context['words']['lead_kept'].value()
    client.post(edit(submission), sheet(submission, lead_kept=token))

    submission.refresh_from_db()
    assert submission.current.lead_picture is not None


def test_a_forged_picture_is_not_taken(author, society, signed_in) -> None:
    submission = make_submission(author)

    signed_in(author).post(edit(submission), sheet(submission, title='New', lead_kept='1:forged'))

    assert submission.versions.last().lead_picture is None


# --- Two at once, and out of time ---------------------------------------------------------------------


def test_a_stale_save_is_refused_with_both_texts_and_then_saved_over(author, society, signed_in) -> None:
    submission = make_submission(author)
    mine = sheet(submission, body='My words', title='My title')
    workflow.save_words(
        submission, by=author, base=2, words=submission.current.words().but(body='<p>Their words</p>')
    )
    client = signed_in(author)

    response = client.post(edit(submission), mine)
    page = response.content.decode()
    again = client.post(edit(submission), mine | {'base': response.context['words']['base'].value()})

    assert response.status_code == 409
    assert 'My words' in page
    assert 'Theirs, as it stands: version 3' in page
    assert re.search('<ins>.*Their.*</ins> words</p>', page)
    submission.refresh_from_db()
    assert (again.status_code, submission.current.title, submission.current.number) == (302, 'My title', 4)


def test_saving_a_submission_that_has_moved_on_gives_the_words_back_and_keeps_them(
    author, society, signed_in
) -> None:
    submission = make_submission(author)
    mine = sheet(submission, body='Too late')
    workflow.submit(submission, by=author, version=2, declarations=DECLARED)

    response = signed_in(author).post(edit(submission), mine)

    assert response.status_code == 409
    assert 'Too late' in response.content.decode()
    assert Buffer.objects.get().data['body'] == 'Too late'
    assert submission.versions.count() == 2


def test_reading_the_sheet_of_a_submission_that_has_moved_on_leads_to_its_page(
    author, society, signed_in
) -> None:
    submission = make_submission(author, State.SUBMITTED)

    assert signed_in(author).get(edit(submission)).url == submission.get_absolute_url()


DECLARED = {'rights': ('I hold them.', 'yes'), 'interests': ('Any?', 'none'), 'views': ('Whose?', 'own')}


def test_a_session_that_ran_out_loses_nothing(author, society, signed_in) -> None:
    submission = make_submission(author)
    client = Client()

    refused = client.post(edit(submission), sheet(submission, title='Typed late', body='Words after the end'))
    client.force_login(author)
    page = client.get(edit(submission)).content.decode()

    assert refused.url == f'{reverse("account_login")}?next={edit(submission)}'
    assert 'Words after the end' in page
    assert 'You have text that was not saved as a version' in page
    assert submission.versions.count() == 2
    assert Buffer.objects.get().data['title'] == 'Typed late'


def test_signing_in_by_the_form_keeps_what_was_typed(author, society) -> None:
    submission = make_submission(author)
    client = Client()
    refused = client.post(edit(submission), sheet(submission, body='Words after the end'))

    page = client.post(
        refused.url,
        {'login': author.email, 'password': 'a long enough password', 'next': edit(submission)},
        follow=True,
    )

    assert page.redirect_chain[-1][0] == edit(submission)
    assert 'Words after the end' in page.content.decode()


def test_what_a_signed_out_person_sent_reaches_nobody_elses_submission(author, stranger, society) -> None:
    submission = make_submission(author)
    client = Client()
    client.post(edit(submission), sheet(submission, body='Not mine'))
    client.force_login(stranger)

    assert client.get(edit(submission)).status_code == 404
    assert not Buffer.objects.exists()


# --- The byline ---------------------------------------------------------------------------------------


def names(submission: Submission, do: str, **changed) -> dict:
    data = {'do': do, 'base': str(submission.versions.last().number)}
    for row in submission.authorships.all():
        place = str(row.organisation_id) if row.organisation_id else 'typed'
        fields = {
            'name': row.name,
            'role': row.role,
            'affiliation': '',
            'place': place,
            'biography': row.biography,
        }
        data |= {f'name-{row.pk}-{key}': value for key, value in fields.items()}
        if row.can_edit:
            data[f'name-{row.pk}-can_edit'] = 'on'
    return data | changed


def test_nobody_is_named_twice(author, society, signed_in) -> None:
    submission = make_submission(author)

    response = signed_in(author).post(
        reverse('submission_byline', args=[submission.pk]),
        names(submission, 'add', **{'new-email': author.email, 'new-name': 'Me again'}),
    )

    assert (response.status_code, submission.authorships.count()) == (422, 1)


def test_names_move_up_and_down_and_off(author, coauthor, society, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor, ('G. Guest', 'guest@elsewhere.example')))
    client = signed_in(author)
    url = reverse('submission_byline', args=[submission.pk])
    second, third = submission.authorships.order_by('order')[1:]

    client.post(url, names(submission, f'up-{third.pk}'))
    moved = [row.name for row in submission.authorships.order_by('order')]
    client.post(url, names(submission, f'remove-{second.pk}'))

    assert moved == [author.printed_name, 'G. Guest', coauthor.printed_name]
    assert [row.name for row in submission.authorships.order_by('order')] == [author.printed_name, 'G. Guest']


def test_the_edit_right_is_for_who_has_a_sign_in(author, coauthor, society, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor, ('G. Guest', 'guest@elsewhere.example')))
    second, third = submission.authorships.order_by('order')[1:]
    both = {f'name-{second.pk}-can_edit': 'on', f'name-{third.pk}-can_edit': 'on'}

    signed_in(author).post(
        reverse('submission_byline', args=[submission.pk]), names(submission, 'save', **both)
    )

    assert list(submission.authorships.order_by('order').values_list('can_edit', flat=True)) == [
        True,
        True,
        False,
    ]


def test_the_corresponding_author_cannot_be_taken_off(author, coauthor, society, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor,))

    response = signed_in(author).post(
        reverse('submission_byline', args=[submission.pk]),
        names(submission, f'remove-{named_on(submission, author).pk}'),
    )

    assert (response.status_code, submission.authorships.count()) == (409, 2)


def test_a_coauthor_with_the_edit_right_saves_words_and_one_without_cannot(
    author, coauthor, society, signed_in
) -> None:
    submission = make_submission(author, coauthors=(coauthor,))
    client = signed_in(coauthor)
    typed = sheet(submission, title='By the other')
    typed |= {'me-name': 'Col', 'me-place': 'typed', 'me-role': '', 'me-biography': ''}

    refused = client.post(edit(submission), typed)
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    saved = client.post(edit(submission), typed)

    assert (refused.status_code, 'By the other' in refused.content.decode()) == (403, True)
    assert saved.status_code == 302
    assert [row.name for row in submission.authorships.order_by('order')] == [author.printed_name, 'Col']


# --- The preview --------------------------------------------------------------------------------------


def test_the_preview_is_the_public_page_and_says_that_it_is_not(author, society, signed_in) -> None:
    submission = make_submission(author)

    response = signed_in(author).get(reverse('submission_preview', args=[submission.pk]))

    assert 'blog/posts/post.html' in [template.name for template in response.templates]
    assert 'Not published.' in response.content.decode()
    assert response.headers['X-Robots-Tag'] == 'noindex, nofollow'
    assert 'no-store' in response.headers['Cache-Control']


def test_an_older_version_can_be_previewed(author, society, signed_in) -> None:
    submission = make_submission(author)
    workflow.save_words(
        submission, by=author, base=2, words=submission.current.words().but(title='The newest')
    )
    client = signed_in(author)
    url = reverse('submission_preview', args=[submission.pk])

    assert 'The newest' in client.get(url).content.decode()
    assert 'The newest' not in client.get(f'{url}?version=2').content.decode()
    assert client.get(f'{url}?version=9').status_code == 404


def test_an_editor_may_preview_what_was_handed_in(author, editor, society, signed_in) -> None:
    draft, handed_in = make_submission(author), make_submission(author, State.SUBMITTED)
    client = signed_in(editor)

    assert client.get(reverse('submission_preview', args=[draft.pk])).status_code == 404
    answer = client.get(reverse('submission_preview', args=[handed_in.pk]) + '?version=2', follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (
        200,
        reverse('admin:desk_preview', args=[handed_in.pk]) + '?version=2',
    )


# --- Strangers ----------------------------------------------------------------------------------------

OF_A_PIECE = (
    'submission_edit',
    'submission_byline',
    'submission_preview',
)


@pytest.mark.parametrize('name', OF_A_PIECE)
@pytest.mark.parametrize('method', ['get', 'post'])
def test_a_stranger_finds_nothing(author, stranger, society, signed_in, name, method) -> None:
    submission = make_submission(author)

    response = getattr(signed_in(stranger), method)(reverse(name, args=[submission.pk]))

    assert response.status_code in ({404, 405} if name == 'submission_preview' else {404})
    assert submission.current.title not in response.content.decode()


def test_society_rows_are_not_needed(author, signed_in) -> None:
    assert not Society.objects.exists()
    assert signed_in(author).get(reverse('write')).status_code == 200
