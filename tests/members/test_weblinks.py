"""Further links of an organisation: typed by its contacts or staff, shown to everybody, known to machines."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members import weblinks
from members.models import ChangeProposal
from members.organisations import offices, proposals
from members.weblinks import WebLink
from tests.conftest import form_of, make_membership, make_organisation, make_person

TWO = 'Our reports https://care.example/reports\nJobs https://care.example/jobs'


@pytest.mark.parametrize(
    ('typed', 'wrong'),
    [
        ('Our reports care.example', 'Line 1 does not end in a web address.'),
        ('Mail mailto:ann@care.example', 'Line 1 does not end in a web address.'),
        ('Script javascript:alert(1)', 'Line 1 does not end in a web address.'),
        ('Jobs https://care.example\n\nhttps://care.example/x', 'Line 2 is an address alone.'),
        ('One https://care.example\nTwo https://care.example', 'https://care.example stands there twice.'),
        (
            '\n'.join(f'Link {n} https://care.example/{n}' for n in range(7)),
            'These are 7 links, and at most 6',
        ),
        (f'{"x" * 81} https://care.example', 'The words of line 1 have 81 characters.'),
    ],
)
def test_what_cannot_be_a_link_is_said_line_by_line(typed, wrong):
    with pytest.raises(ValidationError, match=re.escape(wrong)):
        weblinks.check(typed)


def test_lines_are_read_as_words_and_an_address():
    kept = weblinks.tidy(
        '  Our reports   https://care.example/reports\r\n\r\nJobs https://care.example/jobs '
    )

    weblinks.check(kept)

    assert kept == TWO
    assert weblinks.read(kept) == [
        WebLink('Our reports', 'https://care.example/reports'),
        WebLink('Jobs', 'https://care.example/jobs'),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize('trusted', [False, True])
def test_contacts_propose_them_and_everybody_reads_them(signed_in, client, secretary, trusted):
    organisation = make_organisation('Institute of Care', website='https://care.example')
    category = make_membership(organisation).category
    category.trusts_listing = trusted
    category.save()
    contact = make_person('Mo Main')
    offices.appoint(organisation, by=None, person=contact, role='main')
    mine, page = signed_in(contact), reverse('listing', args=[organisation.pk])

    sent = form_of(mine.get(page))
    wrong = mine.post(page, {**sent, 'links': 'Jobs care.example'})
    mine.post(page, {**sent, 'links': TWO.replace('\n', '\r\n')})
    for waiting in ChangeProposal.objects.filter(decision='waiting'):
        assert client.get(organisation.get_absolute_url()).text.count('care.example/jobs') == 0
        proposals.accept(waiting, by=secretary, seen='')

    assert (wrong.status_code, 'Line 1 does not end in a web address' in wrong.text) == (422, True)
    assert list(ChangeProposal.objects.values_list('field', 'decision')) == [('links', 'accepted')]
    public = client.get(organisation.get_absolute_url()).text
    assert '<a href="https://care.example/jobs" rel="noopener">Jobs</a>' in public
    machine = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', public)[1])
    assert machine['sameAs'] == [
        'https://care.example',
        'https://care.example/reports',
        'https://care.example/jobs',
    ]
