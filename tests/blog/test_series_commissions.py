"""Commissions of a series; and what its guest editors see of them, on every way of looking at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog import commissioning, workflow
from blog.desk import calendar_file, commission_queues
from blog.models import Commission, Series, State, Submission
from members.roles import GUEST_EDITOR
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import form_of, make_person, make_submission
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.usefixtures('society')


@pytest.fixture
def series(db) -> Series:
    return Series.objects.create(title='Ten years on')


@pytest.fixture
def other(db) -> Series:
    return Series.objects.create(title='Quite another')


@pytest.fixture
def guest(series):
    person = make_person('Gwen Guest', group=GUEST_EDITOR)
    series.guests.create(person=person)
    return person


def test_the_invitation_says_the_series_and_what_is_written_belongs_to_it(author, editor, series, client):
    row = brought_to('sent', editor, invitee=author, email=author.email, name=author.name, series=series)
    letter = Letter.objects.get(kind='commission_invited')
    token = PrivateLink.make(purpose='commission', about=row, days=3)
    page = client.get(reverse('commission', args=[token]))

    commissioning.accept(row, by=LINK)

    assert 'for our blog, in the series “Ten years on”.' in letter.body
    assert '<dt>Series</dt><dd>Ten years on</dd>' in page.text
    assert Submission.objects.get(commission=row).series == series


def test_without_a_series_neither_says_so(author, editor):
    brought_to('sent', editor, invitee=author, email=author.email, name=author.name)

    assert 'for our blog.\n' in Letter.objects.get(kind='commission_invited').body


def test_what_is_copied_for_somebody_else_is_of_the_same_series(editor, series):
    assert commissioning.copied(make_commission(editor, series=series))['series'] == series


def test_a_guest_asks_for_their_series_and_for_nothing_else(editor, guest, series, other, signed_in):
    desk, address = signed_in(guest), reverse('admin:commission_new')
    page = desk.get(address)
    form = page.context['form']
    given = {
        **form_of(page),
        'name': 'Ina Invited',
        'email': 'ina@people.example',
        'working_title': 'Ten years of it',
        'brief': 'What it asked of you.',
        'series': series.pk,
    }
    assert [list(form.fields[name].queryset) for name in ('series', 'editor')] == [[series], [guest]]

    for wrong in ({'series': other.pk}, {'series': ''}, {'editor': editor.pk}):
        assert desk.post(address, {**given, **wrong}).status_code == 422
    assert not Commission.objects.exists()
    assert desk.post(address, given).status_code == 302

    row = Commission.objects.get()
    assert (row.editor, row.series, row.made_by) == (guest, series, guest)
    desk.post(reverse('admin:commission_move', args=[row.pk, 'send']), {'seen': ''})
    row.refresh_from_db()
    assert row.state == 'sent'


def test_the_verbs_refuse_what_the_form_does_not_offer(editor, guest, series, other):
    row = make_commission(editor)
    asked = {
        name: getattr(row, name)
        for name in ('working_title', 'brief', 'answer_by', 'deadline', 'name', 'email')
    }

    for wrong in ({}, {'series': other}):
        with pytest.raises(NotAllowed):
            commissioning.draft(by=guest, **asked, **wrong)
    with pytest.raises(NotNow, match='Gwen Guest is no editor of it'):
        commissioning.draft(by=editor, editor=guest, series=other, **asked)
    mine = commissioning.draft(by=guest, series=series, **asked)
    with pytest.raises(NotAllowed):
        commissioning.change(mine, by=guest, series=None)


def test_every_way_of_looking_shows_a_guest_their_series_alone(
    author, editor, guest, series, other, signed_in, client
):
    named = {'invitee': author, 'email': author.email, 'name': author.name}
    ours = brought_to('sent', guest, working_title='Asked for ours', series=series, **named)
    theirs = [
        brought_to('sent', editor, working_title='Zebra asked for', series=one, email=f'{key}@far.example')
        for key, one in (('none', None), ('other', other))
    ]
    for title, one in (('Ours', series), ('Zebra', other), ('Of none', None)):
        submission = make_submission(author, State.SUBMITTED, words={'title': title})
        workflow.set_series(submission, by=editor, series=one)
    desk = signed_in(guest)

    ways = ('desk', 'desk_board', 'desk_calendar', 'desk_meeting', 'commissions')
    pages = {name: desk.get(reverse(f'admin:{name}')).text for name in ways}
    pages['due'] = desk.get(reverse('admin:desk_calendar'), {'by': 'deadline'}).text
    pages['one'] = desk.get(reverse('admin:commission', args=[ours.pk])).text
    file = client.get(reverse('desk_calendar_file', args=[calendar_file.make_address(by=guest)]))

    for name, text in pages.items():
        for words in ('Zebra', 'Of none', 'Quite another', 'Away</a>', 'Map</a>'):
            assert words not in text, name
    for name in ('desk_board', 'desk_meeting', 'commissions', 'one'):
        assert 'Asked for ours' in pages[name], name
    assert file.status_code == 200
    assert b'Asked for ours' in file.content.replace(b'\r\n ', b'')
    assert b'Zebra' not in file.content.replace(b'\r\n ', b'')
    assert commission_queues.counts(guest)['sent'] == 1
    for row in theirs:
        for name, rest in (('commission', []), ('commission_change', []), ('commission_move', ['take_back'])):
            place = reverse(f'admin:{name}', args=[row.pk, *rest])
            assert (desk.get(place).status_code, desk.post(place).status_code) in ((404, 404), (404, 405))
    assert 'Quite another' not in desk.get(reverse('admin:desk'), {'series': other.pk}).text


def test_a_guest_s_calendar_is_read_no_more_once_they_are_no_guest(guest, series, client):
    address = reverse('desk_calendar_file', args=[calendar_file.make_address(by=guest)])
    assert client.get(address).status_code == 200

    guest.groups.clear()

    assert client.get(address).status_code == 404


def test_a_guest_who_is_asked_has_the_invitee_s_page_alone(editor, guest, series, signed_in):
    row = brought_to('sent', editor, invitee=guest, email=guest.email, name=guest.name, series=series)

    assert signed_in(guest).get(reverse('admin:commission', args=[row.pk])).status_code == 404


def test_of_a_commission_whose_guest_is_none_any_more_the_commissioning_editor_hears(
    chief, guest, series, author
):
    row = brought_to('sent', guest, invitee=author, email=author.email, name=author.name, series=series)
    commissioning.propose(row, by=LINK, day=row.deadline + timedelta(days=7))
    before = list(commission_queues.rows('mine', chief))
    series.guests.all().delete()

    assert before == []
    assert list(commission_queues.rows('mine', chief)) == [row]
