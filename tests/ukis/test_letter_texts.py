"""What letters say is edited by plain substitution: what could not be sent is refused, and what fails goes out in the
house's words. That the house's flat texts say what the templates say is asserted of every letter of every test
(`conftest._every_letter_reads_as_its_template`)."""

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from blog.models import State as SubmissionState
from members.roles import ADMINISTRATOR
from tests.conftest import form_of, letters_leave, make_organisation, make_person, make_seat, make_submission
from tests.processes import cookie_of
from ukis import letters
from ukis.letters import subjects
from ukis.letters.models import Letter, PrivateLink
from ukis.letters.texts import editing, filling, house, writing
from ukis.letters.texts.filling import Texts
from ukis.letters.texts.models import FailedText, LetterText
from ukis.refusals import NotNow, Stale
from ukis.site import warnings
from ukis.site.warnings import failing_texts
from ukis.society.models import Society

pytestmark = pytest.mark.django_db
KIND = 'taken'  # an editor was found: to the author
# Whose words are typed anew, or those of another kind with a mark before them.
TYPED = {'mailing', 'mailing_service', 'mailing_test', 'edition_test'}


def changed(kind=KIND, **words):
    texts = filling.of_house(house.of(kind))
    return Texts(**{**texts.as_data, **words})


def page(kind=KIND):
    return reverse('admin:letter_text', args=[kind])


def in_review(author, editor):
    return make_submission(author, SubmissionState.IN_REVIEW, editor=editor)


def letter():
    return Letter.objects.filter(kind=KIND).latest('pk')


def test_every_kind_of_letter_has_a_text_that_could_be_saved_as_it_is(db):
    for kind in letters.kinds():
        of_house = house.of(kind)
        assert (of_house is None) == (kind in TYPED), kind
        if of_house:
            assert filling.faults(of_house, filling.of_house(of_house)) == {}, kind
            assert '\n' not in of_house.subject
            assert all('{' not in one.meaning for one in of_house.variables.values())


def test_every_kind_says_in_one_sentence_when_it_goes_and_to_whom(society, administrator, signed_in):
    said = {kind: letters.occasion_of(kind) for kind in letters.kinds()}

    assert {kind for kind, words in said.items() if not words.endswith('.') or len(words) > 160} == set()
    # All are said of kinds that there are, and no two kinds go by one name.
    assert set(subjects._occasions) == set(letters.kinds())
    assert len(set(letters.kinds().values())) == len(letters.kinds())
    page = signed_in(administrator).get(reverse('admin:letter_text', args=['final_copy']))
    assert said['final_copy'] in page.text
    assert said['weekly'] in signed_in(administrator).get(reverse('admin:letter_texts')).text


def test_no_module_writes_a_letter_past_its_text():
    for folder in ('blog', 'members', 'ukis'):
        for file in (settings.BASE_DIR / folder).rglob('*.py'):
            assert not re.search(r"render_to_string\(\s*f?'[a-z]+/letters/", file.read_text()), file


def test_every_template_of_a_letter_is_of_a_kind_that_staff_are_shown(db):
    files = (settings.BASE_DIR / 'templates').glob('*/letters/[!_]*.txt')
    assert {file.stem for file in files} - {'frame'} - letters.kinds().keys() == set()


def test_what_stands_in_every_passage_could_be_saved_too(db):
    for kind in set(letters.kinds()) - TYPED:
        of_house = house.of(kind)
        for key, passage in of_house.passages.items():
            said = f'Well. {passage.text}'
            texts = Texts(of_house.subject, of_house.body, {key: said} if passage.text else {})
            assert filling.faults(of_house, texts) == {}, (kind, key)


def test_links_notes_and_dates_must_stand(db):
    of_house = house.of('changes_requested')
    required = {one.name for one in of_house.variables.values() if one.is_required}
    assert required == {'conversation', 'note', 'submission_due_on', 'link'}


def test_an_edited_text_goes_out_with_the_values_in_it(society, author, editor, administrator):
    body = house.of(KIND).body.replace('Dear {recipient_name},', 'Good day, {recipient_name}!')
    editing.save(KIND, changed(subject='Read: {title}', body=body), by=administrator, number=0)

    in_review(author, editor)

    assert letter().subject == 'Read: Careful change takes time'
    assert f'Good day, {author.printed_name}!' in letter().body
    assert '{' not in letter().body


def test_letters_in_the_outbox_keep_their_words(society, author, editor, administrator):
    in_review(author, editor)
    before = (letter().subject, letter().body)

    editing.save(KIND, changed(subject='Other: {title}'), by=administrator, number=0)

    assert (letter().subject, letter().body) == before


def test_a_passage_is_edited_by_itself_and_keeps_the_blanks_around_it(society, administrator):
    kind = 'accepted'
    editing.save(
        kind, changed(kind, passages={'when_note.1': 'Their words: {note}'}), by=administrator, number=0
    )
    values = dict.fromkeys(house.of(kind).variables, 'x') | {'when_note': 1, 'note': 'Splendid.'}

    _, body = filling.fill(house.of(kind), writing.texts_of(editing.current(kind)), values)
    _, without = filling.fill(
        house.of(kind), writing.texts_of(editing.current(kind)), values | {'when_note': 0}
    )

    assert '\n\nTheir words: Splendid.\n\nSee where' in body
    assert '\n\nSee where' in without
    assert 'Their words' not in without


@pytest.mark.parametrize(
    ('words', 'where', 'says'),
    [
        (
            {'body': 'Dear {recipient_nam},\n{conversation} {link} {submission_due_on}'},
            'body',
            'Line 1, at “Dear {recipient_nam},”: there is no variable {recipient_nam} here. Did you mean {recipient_name}?',
        ),
        (
            {'body': '{conversation} {link} {submission_due_on}\nHalf {title'},
            'body',
            'Line 2, at “Half {title”: a “{” stands alone.',
        ),
        ({'body': '{conversation} {link} {submission_due_on}\nHalf title}'}, 'body', 'a “}” stands alone'),
        ({'body': '{conversation} {link} {submission_due_on} {ti tle}'}, 'body', '{title} is cut in two'),
        (
            {'body': '{conversation} {link} {submission_due_on} {ti\u00adtle}'},
            'body',
            '{title} is cut in two',
        ),
        ({'body': '{conversation} {link} {submission_due_on} {ti\ntle}'}, 'body', 'a “{” stands alone'),
        (
            {'body': '{conversation} {link} {submission_due_on} {{ settings.SECRET_KEY }}'},
            'body',
            'stands alone',
        ),
        ({'body': '{conversation} {submission_due_on}'}, 'body', '{link} is missing'),
        ({'body': '{conversation} {link}'}, 'body', '{submission_due_on} is missing'),
        ({'body': '  \n '}, 'body', 'Fill this in.'),
        ({'subject': ' '}, 'subject', 'Fill this in.'),
        ({'subject': 'One\nBcc: all@people.example'}, 'subject', 'A subject is one line.'),
        ({'subject': 'Look: {link}'}, 'subject', 'not in its subject'),
    ],
)
def test_what_could_not_be_sent_is_refused_and_the_place_is_named(society, administrator, words, where, says):
    with pytest.raises(ValidationError) as refused:
        editing.save(KIND, changed(**words), by=administrator, number=0)

    assert says in ' '.join(refused.value.message_dict[where])
    assert not LetterText.objects.exists()


def test_of_two_who_edit_the_second_is_told(society, administrator):
    editing.save(KIND, changed(subject='First: {title}'), by=administrator, number=0)

    with pytest.raises(Stale) as refused:
        editing.save(KIND, changed(subject='Second: {title}'), by=administrator, number=0)

    assert refused.value.current.subject == 'First: {title}'


def test_back_to_the_house_is_another_edition_and_the_history_stays(society, author, editor, administrator):
    editing.save(KIND, changed(subject='Edited: {title}'), by=administrator, number=0)
    editing.back_to_house(KIND, by=administrator, number=1)

    in_review(author, editor)

    assert letter().subject == f'{editor.printed_name} is reading your blog “Careful change takes time”'
    assert list(LetterText.objects.values_list('number', 'is_of_house')) == [(2, True), (1, False)]
    with pytest.raises(NotNow):
        editing.back_to_house(KIND, by=administrator, number=2)


def fail(society, administrator):
    """As an upgrade leaves it that takes out a variable."""
    row = LetterText.objects.create(
        kind=KIND, number=1, subject='Hello {gone}', body='{gone}', house={}, house_mark='x', by=administrator
    )
    Society.objects.update(letter_texts=uuid.uuid4().hex)
    return row


def test_a_text_that_fails_goes_out_in_the_houses_words_and_staff_are_told(
    society, author, editor, administrator, signed_in, monkeypatch, client
):
    row = fail(society, administrator)
    in_review(author, editor)

    assert letter().subject == f'{editor.printed_name} is reading your blog “Careful change takes time”'
    assert '{' not in letter().body
    failed = FailedText.objects.get()
    assert (failed.text, failed.times) == (row, 1)
    assert 'there is no variable {gone} here' in failed.why
    assert [label for label, _ in failing_texts()] == ['Editor found']
    part = client.get('/health/').json()['parts']['letter texts']
    assert part == {
        'state': 'trouble',
        'says': 'Of an edited text the house’s goes instead: “Editor found”.',
        'count': 1,
    }
    monkeypatch.setattr(warnings.standing_warnings, 'ask', warnings._ask)
    warnings.standing_warnings.forget()
    assert (
        'The edited text of the letter “Editor found” failed'
        in signed_in(editor).get(reverse('admin:desk')).text
    )
    assert 'It failed on' in signed_in(administrator).get(reverse('admin:letter_texts')).text
    editing.back_to_house(KIND, by=administrator, number=1)
    assert failing_texts() == []


def test_it_is_counted_how_often_it_failed(society, author, editor, administrator):
    fail(society, administrator)
    in_review(author, editor)
    in_review(author, editor)
    assert FailedText.objects.get().times == 2


def test_values_are_escaped_in_the_html_and_never_read_as_variables(
    society, author, editor, administrator, mailoutbox
):
    editing.save(KIND, changed(subject='<b>{title}</b>'), by=administrator, number=0)
    make_submission(author, SubmissionState.IN_REVIEW, editor=editor, words={'title': '<i>{link}</i> {gone}'})

    letters_leave()

    sent = next(mail for mail in mailoutbox if mail.subject.startswith('<b>'))
    assert sent.subject == '<b><i>{link}</i> {gone}</b>'
    html = sent.alternatives[0][0]
    assert '&lt;i&gt;{link}&lt;/i&gt; {gone}' in html
    assert '<i>{link}' not in html


def test_a_form_saves_shows_and_refuses(society, author, editor, administrator, signed_in):
    in_review(author, editor)
    client = signed_in(administrator)
    count = Letter.objects.count(), PrivateLink.objects.count()

    shown = client.get(page())
    assert f'With what stood in the letter to {author.printed_name}' in shown.text
    form = form_of(shown)
    looked = client.post(page(), form | {'subject': 'Now <b>: {title}', 'look': 'yes'})
    assert looked.status_code == 200
    assert 'Now &lt;b&gt;: Careful change' in looked.text
    assert not LetterText.objects.exists()
    assert (Letter.objects.count(), PrivateLink.objects.count()) == count

    wrong = client.post(page(), form | {'subject': 'Now: {titel}'})
    assert wrong.status_code == 422
    assert 'Did you mean {title}?' in wrong.text
    assert 'Now: {titel}' in wrong.text

    assert client.post(page(), form | {'subject': 'Now: {title}'}).status_code == 302
    assert editing.current(KIND).subject == 'Now: {title}'
    stale = client.post(page(), form | {'subject': 'Later: {title}'})
    assert stale.status_code == 409
    assert 'Now: {title}' in stale.text
    assert 'value="Later: {title}"' in stale.text
    assert client.post(page(), form_of(stale) | {'subject': 'Later: {title}'}).status_code == 302
    assert 'Edition 2' in client.get(page()).text

    house_page = reverse('admin:letter_text_house', args=[KIND])
    assert 'Later: {title}' in client.get(house_page).text
    assert editing.current(KIND).number == 2
    assert client.post(house_page, {'base': 1}).status_code == 302
    assert editing.current(KIND).number == 2
    client.post(house_page, {'base': 2})
    assert editing.current(KIND).is_of_house


def test_an_edited_text_stays_though_the_house_s_has_come_to_say_more(
    society, author, editor, administrator, signed_in
):
    """As an upgrade leaves it that puts another date into the house's text, and another passage."""
    then = {'subject': '{title}', 'body': '{conversation} {link}', 'passages': {}}
    LetterText.objects.create(
        kind=KIND,
        number=1,
        subject='Ours: {title}',
        body='Ours. {conversation} {link}',
        house=then,
        house_mark='x',
        by=administrator,
    )
    Society.objects.update(letter_texts=uuid.uuid4().hex)

    in_review(author, editor)

    assert letter().subject == 'Ours: Careful change takes time'
    assert not FailedText.objects.exists()
    shown = signed_in(administrator).get(page())
    assert 'The house’s text has changed' in shown.text
    kept = shown.context['form'].initial
    assert 'submission_due_on' not in kept['body']


def test_a_house_text_that_changed_since_is_shown_beside(society, administrator, signed_in):
    row = editing.save(KIND, changed(subject='Mine: {title}'), by=administrator, number=0)
    old = {**row.house, 'body': row.house['body'].replace('See where it stands', 'Look')}
    LetterText.objects.update(house=old, house_mark='older')

    answer = signed_in(administrator).get(page())

    assert 'The house’s text has changed since this was edited' in answer.text
    assert '<del>Look: {link}</del>' in answer.text
    assert (
        'The house’s text has changed since'
        in signed_in(administrator).get(reverse('admin:letter_texts')).text
    )


def test_a_letter_that_is_not_theirs_to_read_is_no_preview(society, administrator, editor, signed_in):
    make_seat(administrator, make_organisation('Theirs'))
    make_submission(administrator, SubmissionState.IN_REVIEW, editor=editor)
    arrived = reverse('admin:letter_text', args=['arrived'])
    assert Letter.objects.filter(kind='arrived').exists()
    assert (
        'No letter of this kind has been written yet that you may read'
        in signed_in(administrator).get(arrived).text
    )


def test_none_but_an_administrator_edits(society, editor, chief, secretary, author, signed_in):
    for person in (editor, chief, secretary, author):
        for address in (
            page(),
            reverse('admin:letter_texts'),
            reverse('admin:letter_text_house', args=[KIND]),
        ):
            assert signed_in(person).get(address).status_code == 403


def test_what_is_typed_anew_each_time_has_no_page(society, administrator, signed_in):
    client = signed_in(administrator)
    assert client.get(page('mailing')).status_code == 404
    assert client.get(page('no_such')).status_code == 404


def test_no_query_is_asked_for_texts_while_none_is_edited(society, author, editor, django_assert_num_queries):
    society = Society.get()
    given = {
        'title': 'A',
        'recipient': author,
        'editor': editor,
        'link': 'x',
        'conversation': 'x',
        'society': society,
    }
    with django_assert_num_queries(0):
        words = letters.written(KIND, given | {'submission': {'due_on': None}}, society=society)
    assert words.subject == f'{editor.printed_name} is reading your blog “A”'
    assert render_to_string(f'blog/letters/{KIND}.txt', given).strip().startswith(words.subject)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_in_the_same_moment_one_is_told(database_url):
    Society.objects.create(pk=1)
    amir, beth = make_person('Amir Administrator'), make_person('Beth Administrator')

    def save(subject):
        try:
            editing.save(KIND, changed(subject=subject), by=beth, number=0)
        except Stale as stale:
            return stale.current.subject
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            editing.save(KIND, changed(subject='First: {title}'), by=amir, number=0)
            second = pool.submit(save, 'Second: {title}')
            time.sleep(0.4)
        assert second.result() == 'First: {title}'

    assert [row.by for row in LetterText.objects.all()] == [amir]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_send_the_form_at_once_one_is_told_and_nothing_is_lost(
    site, society, administrator, signed_in
):
    beth = make_person('Beth Administrator', group=ADMINISTRATOR)
    people = [signed_in(person) for person in (administrator, beth)]
    typed = ['From one of them: {title}', 'From the other: {title}']
    forms = [
        form_of(client.get(page())) | {'subject': subject}
        for client, subject in zip(people, typed, strict=True)
    ]
    tabs = [site.web(), site.web()]

    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(tab.ask, 'POST', page(), cookie=cookie_of(client), form=form)
            for tab, client, form in zip(tabs, people, forms, strict=True)
        ]
        answers = [one.result() for one in sent]

    codes = [code for code, _ in answers]
    assert sorted(codes) == [302, 409]
    lost = codes.index(409)
    assert LetterText.objects.get().subject == typed[1 - lost]
    told = answers[lost][1]
    assert (f'value="{typed[lost]}"' in told, typed[1 - lost] in told) == (True, True)
