"""The byline's own page: what two people do to it at once, and what it takes from elsewhere."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import workflow
from blog.models import Submission
from members.models import Affiliation
from tests.conftest import make_organisation, make_person, make_post, make_seat, make_submission
from tests.tabs import Tab

pytestmark = pytest.mark.usefixtures('society')


def at(submission: Submission) -> str:
    return reverse('submission_byline', args=[submission.pk])


def names(submission: Submission, **changed: str) -> dict[str, str]:
    """The form as the page would send it."""
    data: dict[str, str] = {'base': str(submission.versions.last().number)}
    for row in submission.authorships.all():
        data |= {
            f'name-{row.pk}-name': row.name,
            f'name-{row.pk}-role': row.role,
            f'name-{row.pk}-place': str(row.organisation_id or 'typed'),
            f'name-{row.pk}-affiliation': row.affiliation,
            f'name-{row.pk}-biography': row.biography,
        }
        if row.can_edit:
            data[f'name-{row.pk}-can_edit'] = 'on'
    return data | changed


def test_a_name_that_somebody_else_added_meanwhile_stays(author, signed_in) -> None:
    submission = make_submission(author)
    sent = names(submission, do='save')
    guest = {'name': 'Gil Guest', 'email': 'gil@guests.example'}
    workflow.change_byline(submission, by=author, names=[{'pk': submission.authorships.get().pk}, guest])

    signed_in(author).post(at(submission), sent)

    assert [row.name for row in submission.authorships.all()] == ['Ada Author', 'Gil Guest']


def test_an_organisation_typed_by_its_name_is_that_organisation(author, organisation, signed_in) -> None:
    submission = make_submission(author, coauthors=(('Gil Guest', 'gil@guests.example'),))
    guest = submission.authorships.get(name='Gil Guest')
    typed = {f'name-{guest.pk}-affiliation': 'Institute for careful change'}

    signed_in(author).post(at(submission), names(submission, **typed))

    guest.refresh_from_db()
    assert (guest.organisation, guest.affiliation) == (organisation, 'Institute for careful change')


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(author, signed_in) -> None:
    submission = make_submission(author)
    typed = names(submission, do='add', **{'new-email': 'no address', 'new-name': 'Una'})

    answer = signed_in(author).post(at(submission), typed)

    said = answer.content.decode()
    assert (answer.status_code, submission.authorships.count()) == (422, 1)
    assert 'value="no address"' in said
    assert 'id="id_new-email_error"' in said


def test_a_name_that_was_typed_is_added_by_whichever_button(author, signed_in) -> None:
    submission = make_submission(author, coauthors=(('Gil Guest', 'gil@guests.example'),))
    gil = submission.authorships.get(name='Gil Guest')
    typed = {'new-email': 'una@guests.example', 'new-name': 'Una'}

    signed_in(author).post(at(submission), names(submission, do=f'up-{gil.pk}', **typed))

    assert [row.name for row in submission.authorships.all()] == ['Gil Guest', 'Ada Author', 'Una']


@pytest.mark.parametrize('do', ['up-', 'up-x', 'remove-99999999999', 'down-٣', 'nothing', ''])
def test_an_odd_button_only_saves(author, signed_in, do) -> None:
    submission = make_submission(author)

    assert signed_in(author).post(at(submission), names(submission, do=do)).status_code == 302
    assert submission.authorships.count() == 1


@pytest.mark.parametrize('name', ['submission_edit', 'submission_byline', 'submission_preview'])
def test_a_page_asks_the_same_with_one_name_and_five(author, signed_in, name) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    address = reverse(name, args=[submission.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    people = [{'person': person, 'name': person.name} for person in (make_person() for _ in range(4))]
    workflow.change_byline(submission, by=author, names=[{'pk': submission.authorships.get().pk}, *people])

    with CaptureQueriesContext(connection) as five:
        client.get(address)

    assert len(five) == len(one)


def test_two_pages_of_one_byline_each_write_what_was_changed_on_them(author, coauthor, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    mine, theirs = (
        submission.authorships.get(person=author).pk,
        submission.authorships.get(person=coauthor).pk,
    )
    first = names(submission, **{f'name-{theirs}-biography': 'Col studies the second year.'})
    second = names(submission, **{f'name-{mine}-biography': 'Ada studies the first.'})

    signed_in(coauthor).post(at(submission), first)
    signed_in(author).post(at(submission), second)

    assert [row.biography for row in submission.authorships.all()] == [
        'Ada studies the first.',
        'Col studies the second year.',
    ]


def test_two_pages_of_one_byline_that_change_the_same_are_shown_both(author, signed_in) -> None:
    submission = make_submission(author)
    pk, client = submission.authorships.get().pk, signed_in(author)
    earlier = names(submission, do='save', **{f'name-{pk}-biography': 'Theirs.'})
    later = names(submission, do='save', **{f'name-{pk}-biography': 'Mine.', f'name-{pk}-role': 'Director'})
    client.post(at(submission), earlier)

    refused = client.post(at(submission), later)
    stood = submission.authorships.get()
    again = client.post(at(submission), later | {'base': refused.context['base']})

    assert refused.status_code == 409
    assert [(one.now, one.typed) for one in refused.context['both']] == [('Theirs.', 'Mine.')]
    assert (stood.biography, stood.role) == ('Theirs.', 'Professor of Practice')
    assert again.status_code == 302
    assert submission.authorships.get().biography == 'Mine.'


def test_what_is_typed_on_the_byline_is_kept(author, signed_in) -> None:
    submission = make_submission(author)
    pk, client = submission.authorships.get().pk, signed_in(author)
    name = f'name-{pk}-biography'
    Tab(client, at(submission), 'new').type(**{name: 'A long biography.'})

    page = client.get(at(submission))
    [offer] = page.context['new'].keeping.offers
    used = client.get(f'{at(submission)}?unsaved={offer.buffer.pk}')

    assert 'A long biography.' in [one.typed for one in offer.differences]
    assert used.context['forms'][0]['biography'].value() == 'A long biography.'


def test_a_name_added_by_two_presses_is_named_once(author, coauthor) -> None:
    submission = make_submission(author)
    new = {'person': coauthor, 'name': 'Col Coauthor'}
    mine = {'pk': submission.authorships.get().pk}

    for _ in range(2):
        workflow.change_byline(submission, by=author, names=[mine, new])

    assert [row.name for row in submission.authorships.all()] == ['Ada Author', 'Col Coauthor']


def test_what_somebody_typed_who_was_taken_off_meanwhile_is_given_back(author, coauthor, signed_in) -> None:
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    client = signed_in(coauthor)
    workflow.change_byline(
        submission,
        by=author,
        names=[{'pk': submission.authorships.get(person=author).pk}],
        removed=[submission.authorships.get(person=coauthor).pk],
    )

    sent = {'body': '<p>Long typed text.</p>', 'me-biography': 'Col.', 'then': 'save'}
    answer = client.post(reverse('submission_edit', args=[submission.pk]), sent)

    assert answer.status_code == 404
    assert '>Biography</label>' in answer.text
    assert '>Then</label>' not in answer.text
    assert 'Long typed text.' in answer.text
    assert submission.title not in answer.text


def test_taking_a_name_off_asks_once_and_keeps_what_was_typed(author, signed_in) -> None:
    submission = make_submission(author, coauthors=(('Gil Guest', 'gil@guests.example'),))
    guest, client = submission.authorships.get(name='Gil Guest'), signed_in(author)
    typed = names(submission, do=f'off-{guest.pk}', **{f'name-{guest.pk}-role': 'Visitor'})

    asked = client.post(at(submission), typed).content.decode()
    still = submission.authorships.count()
    client.post(at(submission), typed | {'do': f'remove-{guest.pk}'})

    assert 'Take Gil Guest off?' in asked
    assert 'value="Visitor"' in asked
    assert (still, submission.authorships.count()) == (2, 1)


def test_a_name_that_was_taken_off_can_be_put_back(author, signed_in) -> None:
    submission = make_submission(author, coauthors=(('Gil Guest', 'gil@guests.example'),))
    guest, client = submission.authorships.get(name='Gil Guest'), signed_in(author)

    said = client.post(at(submission), names(submission, do=f'remove-{guest.pk}'), follow=True)
    back = re.search('<a href="([^"]*)#new">Put the name back</a>', said.text)[1]
    form = client.get(back).context['new']

    assert 'Gil Guest is off the byline.' in said.text
    assert (form['name'].value(), form['email'].value()) == ('Gil Guest', 'gil@guests.example')
    assert client.get(at(submission)).context['new']['name'].value() is None


# --- The organisation's name ---


def test_a_new_submission_prints_the_full_name_of_the_organisation(author, organisation) -> None:
    line = make_submission(author).authorships.get()

    assert (line.affiliation, line.short_affiliation) == ('Institute for Careful Change', 'ICC')


def test_who_is_named_by_another_is_printed_with_the_full_name_too(author, signed_in) -> None:
    colleague = make_person('Cai Colleague')
    make_seat(colleague, make_organisation('Centre for Kind Evidence', short_name='CKE'))
    submission = make_submission(author)

    signed_in(author).post(
        at(submission), names(submission, do='add', **{'new-email': colleague.email, 'new-name': 'Cai'})
    )
    named = submission.authorships.get(corresponding=False)
    workflow.agree(submission, by=colleague, authorship=named)

    assert submission.authorships.get(person=colleague).affiliation == 'Centre for Kind Evidence'


def test_choosing_an_organisation_prints_its_full_name(author, signed_in) -> None:
    other = make_organisation('Centre for Kind Evidence', short_name='CKE')
    Affiliation.objects.create(person=author, organisation=other)
    submission = make_submission(author)
    line = submission.authorships.get()

    page = signed_in(author).get(at(submission)).content.decode()
    signed_in(author).post(at(submission), names(submission, **{f'name-{line.pk}-place': str(other.pk)}))

    line.refresh_from_db()
    assert (line.organisation, line.affiliation) == (other, 'Centre for Kind Evidence')
    assert '>Centre for Kind Evidence</option>' in page


def test_words_that_stand_beside_an_organisation_that_stays_are_left_alone(
    author, organisation, signed_in
) -> None:
    """Saving the page changes nothing that nobody changed: not what was printed, nor what was agreed in short."""
    submission = make_submission(author)
    line = submission.authorships.get()
    submission.authorships.update(affiliation='ICC')

    signed_in(author).post(at(submission), names(submission, **{f'name-{line.pk}-role': 'Director'}))

    line.refresh_from_db()
    assert (line.role, line.affiliation) == ('Director', 'ICC')


def test_lists_say_the_organisation_in_short_and_pages_in_full(author, editor, organisation, client) -> None:
    post = make_submission(author, 'live', editor=editor).post
    linked = f'<a href="{organisation.get_absolute_url()}">{{}}</a>'

    assert linked.format('ICC') in client.get('/blog/').content.decode()
    assert (
        linked.format('Institute for Careful Change') in client.get(post.get_absolute_url()).content.decode()
    )


def test_what_was_printed_stays_when_the_organisation_is_named_anew(
    author, editor, organisation, client
) -> None:
    post = make_submission(author, 'live', editor=editor).post
    organisation.name, organisation.short_name = 'Institute for Swift Change', 'ISC'
    organisation.save()

    for address in ('/blog/', post.get_absolute_url()):
        page = client.get(address).content.decode()
        assert 'Institute for Careful Change' in page
        assert 'ISC' not in page


def test_an_organisation_that_writes_itself_is_named_once_and_linked(organisation, client) -> None:
    post = make_post('A statement')
    post.bylines.update(person=None, organisation=organisation, name=organisation.name, affiliation='')
    post.shelve()

    page = client.get(post.get_absolute_url()).content.decode()

    byline = re.search(r'<p class="by">.*?</p>', page)[0]
    assert byline.count(organisation.name) == 1
    assert organisation.get_absolute_url() in byline
