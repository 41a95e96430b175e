"""Whatever is typed into whatever field of whatever form, by whomever: an answer, never a 500.

The forms are read from the pages, and the pages from the site's own list of addresses: what is new is walked too.
"""

import logging

import pytest
from django.template.base import Template

from tests.sending import Tally, Trial, ask, send
from tests.test_addresses import scene  # noqa: F401  # a fixture
from tests.trying import try_out
from tests.walking import Asked, expected, stage, walk  # noqa: F401  # a fixture
from ukis.limits import Limit

pytestmark = pytest.mark.django_db

PARTS = ('visitors', 'authors', 'desk', 'admin')
# Addresses that take posts and stand in no form, with why: each has tests of its own.
NOT_POSTED = {
    **dict.fromkeys(
        ('mfa_reauthenticate_webauthn', 'mfa_login_webauthn'),
        'A key is signed with by a device, and there is none here.',
    ),
    'account_set_password': 'For who has none.',
    'usersessions_list': 'A button without a field, where one is signed in twice.',
    'submission_not_approved': 'A button where an editor noted the approval: tests/blog/test_noted_approval.py.',
    'introduction_end': 'A button where both said yes: tests/members/test_introductions.py.',
    'admin:gift_aid': 'A button where there is something to claim: tests/members/test_gift_aid.py.',
    'admin:merge': 'Whoever asked to be forgotten is merged with nobody: tests/members/test_merging.py.',
    'admin:desk_still_open': 'Scripts tell it: tests/blog/test_presence.py.',
    'admin:desk_go_back': 'A button where a former version says something else: tests/blog/test_going_back.py.',
    'seats_staying': 'A form where there are fewer places than people: tests/members/test_staying.py.',
    'my_erasure_back': 'A button where it was asked for: tests/members/test_erasing.py.',
    **dict.fromkeys(
        ('admin:mailing_send', 'admin:mailing_test'),
        'Buttons beside a letter that is written: tests/members/test_mailings.py.',
    ),
    'admin:edition_resume': 'A button while it is paused: tests/blog/test_editions.py.',
    'my_reading': 'The form of the page with the private link, for who has an account: tests/blog/test_reading_pages.py.',
    'admin:give_several': 'A form where some were ticked: tests/blog/test_assigning.py.',
    'admin:mail_pause_end': 'A button while all mail is paused: tests/ukis/test_mail_paused.py.',
    'admin:ukis_accessibilitystatement_change': 'None is written here, and its form is that of a new one.',
    'admin:home_post': 'Buttons where a post is featured: tests/blog/test_home_composed.py.',
    **dict.fromkeys(
        ('admin:page_publish', 'admin:page_go_back'),
        'Buttons where another version stands: tests/ukis/test_page_versions.py.',
    ),
    'styles': 'Shows forms, and takes none.',
    'unsaved': 'Scripts tell it what is typed: tests/ukis/test_unsaved.py.',
    'upload_picture': 'Scripts send it files: tests/ukis/test_picture_limits.py.',
    'paste': 'Scripts send it what was pasted: tests/ukis/test_paste.py.',
    'admin:index': 'A page without a form.',
    'admin:app_list': 'A page without a form.',
    'admin:login': 'Leads to the site’s own page.',
    'admin:logout': 'Leads to the site’s own page.',
    'admin:password_change': 'Leads to the site’s own page.',
    'admin:password_change_done': 'Leads to the site’s own page.',
}
# Of which nothing that is sent is ever taken here, with why; all others are, so that what is typed is written.
NEVER_TAKEN = {
    'admin:ukis_synonyms_add': 'Two words with a comma between them are no value of the walk.',
    'account_login': 'Nobody’s password is typed.',
    'account_email_verification_sent': 'Nobody’s code is typed.',
    'account_confirm_login_code': 'Nobody’s code is typed.',
    'mfa_authenticate': 'Nobody’s code is typed.',
    'mfa_reauthenticate': 'Nobody’s code is typed.',
    'mfa_activate_totp': 'No code of the app is typed.',
    'mfa_add_webauthn': 'Nothing is signed by a device.',
    'named': 'It answers with a page that thanks.',
    'preview': 'It answers with a page that thanks.',
    **dict.fromkeys(
        ('submission_previews', 'admin:desk_previews', 'admin:desk_calendar_address'),
        'It answers with the page that shows the new address, this once.',
    ),
    'invitation': 'It answers with a page that thanks.',
    'erasure_back': 'A button, answered with a page that says that nothing is erased.',
    'mail_choices_by_link': 'It answers with a page that says what is kept.',
    'subscriptions': 'It answers with a page that says what is kept.',
    'admin:edition_signed': 'It answers with a page that says what the letter tells, and keeps nothing.',
    'unsubscribe': 'A button, answered with a page that says that nothing more is sent.',
    'commission_begin': 'A button, and the invitation here was answered with no yes.',
    'commission_write': 'Who is signed in is not who was asked: the code goes to them alone.',
    'my_data': 'It answers with a file.',
    **dict.fromkeys(
        ('introduction', 'introduction_answer'), 'It is answered by a button, which is no field.'
    ),
    'domain_claim': 'Nobody has an address in a domain that is typed.',
    'write_pitch': 'Title and idea are asked for at once, and here one field is typed at a time.',
    'admin:pages_order': 'It is answered by a button, which is no field.',
    'admin:desk_typo': 'It shows both texts first.',
    'would_write': 'Only a tag that everybody knows is taken, and none is typed.',
    'admin:desk_away': 'Two days are asked for at once, and here one field is typed at a time.',
    'admin:desk_reading_ask': 'A name and an address are asked for at once, and here one field is typed at a time.',
    'admin:money_move record': 'Day and amount are asked for at once, and here one field is typed at a time.',
    'submission_upload': 'No Word file is chosen.',
    'admin:bank': 'No bank’s file is chosen.',
    'admin:posts_files': 'No file of posts is chosen.',
    'admin:registers': 'No file of a register is chosen.',
    **dict.fromkeys(
        ('gift_aid', 'admin:gift_aid_paper'),
        'A name and an address are asked for at once, and here one field is typed at a time.',
    ),
    **dict.fromkeys(
        (
            *('admin:auth_group_change', 'admin:blog_post_change', 'admin:blog_submission_change'),
            'admin:blog_subscriber_change',
            *('admin:mfa_authenticator_change', 'admin:ukis_privatelink_change'),
            *('admin:ukis_bounce_change', 'admin:ukis_consent_change'),
            *(
                'admin:members_invoice_change',
                'admin:members_payment_change',
                'admin:members_creditnote_change',
                'admin:members_giftaiddeclaration_change',
            ),
        ),
        'It is read here, and not changed.',
    ),
}


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch, settings):
    """So that the thousandth post is read as the first; quick, and silent about what is refused."""
    monkeypatch.setattr(Limit, 'take', lambda self, who: True)
    settings.ACCOUNT_RATE_LIMITS = False
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # however slow the machine, the password was just given
    # Without the copies of every context that tests may look at.
    monkeypatch.setattr(Template, '_render', lambda self, context: self.nodelist.render(context))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize('part', PARTS)
def test_no_value_in_any_field_brings_a_page_down(stage, part):  # noqa: F811
    strangers = stage['strangers']
    forms, queries = walk(stage, part)
    tally = Tally(strangers=strangers.as_they_stand)

    for found in forms:
        if found.form.method == 'get':
            names = {name: (values or [''])[0] for name, values in found.form.as_shown().items()}
            queries.append(Asked(found.role, found.client, found.to, names))
        elif found.form.names - {'csrfmiddlewaretoken'}:
            try_out(found, tally, strangers)
        elif found.form.buttons:
            send(Trial(found, 'the button', found.form.as_shown()), tally)
    for asked in queries:
        ask(asked, tally)

    posted = {found.name.partition(' ')[0] for found in forms if found.form.method == 'post'}
    assert tally.wrong == []
    assert expected(part) - posted == {name for name in NOT_POSTED if name in expected(part)}
    assert set(tally.sent) - tally.taken - set(NEVER_TAKEN) == set()
