"""What is held of a person here, for `My data`."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from members.erasing import forgetting
from ukis.erasing import ERASED
from ukis.personal import Holding, anonymised, deleted, kept

ACTED = 'What somebody did as staff stands in the record of it, under their name.'
ACTS = kept('The record stays whole; who did it reads “Former member”.')
SIX_YEARS = (
    'Tax law: kept for six years after the end of the financial year, with the name and address on the paper. What '
    'staff wrote beside it names you no more.'
)
PAID = (
    'Tax law: kept for six years after the end of the financial year, as the bank’s file has them. What staff wrote '
    'beside it names you no more.'
)
OWN_ALONE = 'Yours alone.'
EMPTIED = 'Name, addresses, photo and all else are emptied; an empty record stays, called “Former member”.'
LED_ON = 'One that became a membership is emptied in place, for the membership points at it.'
NOT_OF_STAFF = 'You are no longer of the staff.'


def _acted(model: str, *keys: str) -> Holding:
    return Holding(model, 'What you did here', keys, why=ACTED, erasure=ACTS)


HOLDINGS = (
    Holding(
        'members.person',
        'Your account and profile',
        (),
        columns=(
            'email', 'title', 'name', 'given_names', 'family_name', 'slug', 'biography', 'orcid', 'nation', 'website',
            'postal_address', 'page_for', 'biography_for', 'photo_for', 'nation_for', 'links_for', 'work_for',
            'topics_for', 'sought_for', 'indexed', 'may_be_asked', 'photo__file', 'joined_at', 'last_login', 'is_staff',
        ),
        rows=lambda person: _rows('person').filter(pk=person.pk),
        erasure=anonymised(EMPTIED, by=forgetting.empty),
    ),
    Holding(
        'members.affiliation',
        'Where you work',
        ('person',),
        columns=('organisation__name', 'job_title', 'since', 'until', 'main'),
        erasure=deleted('It comes off the pages of the organisations.'),
    ),
    Holding(
        'members.membership',
        'Memberships',
        ('person',),
        columns=('number', 'category__name', 'joined_on', 'ended_on', 'ended_why'),
        erasure=anonymised('It ends. Number and dates stay for the books.', {'ended_why': 'Ended'}),
    ),
    Holding(
        'members.seat',
        'Places in memberships',
        ('person',),
        columns=(
            'membership__organisation__name', 'membership__number', 'state', 'since', 'until', 'came', 'address',
            'invited_on',
        ),
        erasure=anonymised('They end. That there was a place stays with the organisation.', {'address': ''}),
    ),
    Holding(
        'members.changeproposal',
        'Changes you proposed for an organisation',
        ('by',),
        columns=('organisation__name', 'field', 'wanted', 'at', 'decision', 'decided_at', 'why'),
        erasure=kept('They are about the organisation; who proposed them reads “Former member”.'),
    ),
    Holding(
        'members.domain',
        'Domains you claimed',
        ('claimed_by',),
        columns=('organisation__name', 'name', 'automatic', 'claimed_at', 'confirmed_at'),
        erasure=kept('They are the organisation’s; who claimed them reads “Former member”.'),
    ),
    Holding(
        'members.office',
        'Offices',
        ('person',),
        columns=('organisation__name', 'role', 'since', 'until'),
        erasure=kept('They end. The organisation’s record of its offices stays, with “Former member”.'),
    ),
    Holding(
        'members.term',
        'Terms of your membership',
        (),
        columns=('membership__number', 'start', 'end', 'fee', 'seats', 'payment', 'promised_until', 'waived_why'),
        rows=lambda person: _of_own('term', person),
        erasure=anonymised('They belong to the books. Why a fee was waived goes.', by=forgetting.waivers),
    ),
    Holding(
        'members.override',
        'Suspensions',
        (),
        columns=('membership__number', 'status', 'start', 'until', 'reason'),
        rows=lambda person: _of_own('override', person),
        erasure=anonymised('That there was one stays, and why goes.', {'reason': ERASED}),
    ),
    Holding(
        'ukis.reminded',
        'Reminders of your membership',
        (),
        columns=('step', 'due_on', 'outcome', 'why', 'at'),
        rows=forgetting.reminded_of,
        erasure=anonymised('That there was one stays, without your name.', by=forgetting.reminders),
    ),
    Holding(
        'members.invoice',
        'Invoices',
        (),
        columns=(
            'number', 'issued_on', 'due_on', 'payer_name', 'payer_address', 'po_number', 'total', 'paid', 'credited',
            'written_off', 'settled_on', 'voided_on', 'voided_why',
        ),
        rows=lambda person: _of_own('invoice', person),
        erasure=kept(SIX_YEARS),
    ),
    Holding(
        'members.creditnote',
        'Credit notes',
        (),
        columns=('number', 'invoice__number', 'issued_on', 'total', 'reason'),
        rows=lambda person: _of_own('creditnote', person, 'invoice__membership'),
        erasure=kept(SIX_YEARS),
    ),
    Holding(
        'members.writeoff',
        'What was let go of an invoice',
        (),
        columns=('invoice__number', 'amount', 'written_off_on', 'reason'),
        rows=lambda person: _of_own('writeoff', person, 'invoice__membership'),
        erasure=kept(SIX_YEARS),
    ),
    Holding(
        'members.payment',
        'Payments',
        (),
        columns=('received_on', 'amount', 'method', 'reference', 'reversed_on', 'reversed_why'),
        rows=lambda person: _of_own('payment', person),
        erasure=kept(PAID),
    ),
    Holding(
        'members.refund',
        'Money sent back to you',
        (),
        columns=('payment__received_on', 'sent_on', 'amount', 'why'),
        rows=lambda person: _of_own('refund', person, 'payment__membership'),
        erasure=kept(SIX_YEARS),
    ),
    Holding(
        'members.renewal',
        'Answers to renewals',
        ('by',),
        columns=('term__start', 'term__end', 'answer', 'answered_at', 'why'),
        rows=lambda person: _rows('renewal').filter(Q(by=person) | Q(term__membership__person=person)).order_by('pk'),
        erasure=anonymised('Your words go, the answer stays.', {'why': ''}),
    ),
    Holding(
        'members.renewalwish',
        'What you wished to have changed before a renewal',
        ('by',),
        columns=('renewal__term__start', 'renewal__term__end', 'at', 'words'),
        rows=lambda person: _rows('renewalwish')
        .filter(Q(by=person) | Q(renewal__term__membership__person=person))
        .order_by('pk'),
        erasure=anonymised('Your words go; that somebody wished something stays.', {'words': ''}),
    ),
    Holding(
        'members.application',
        'Applications',
        ('person',),
        columns=(
            'category__name', 'name', 'email', 'job_title', 'organisation_name', 'organisation_kind', 'nations',
            'website', 'numbers', 'nation', 'address', 'news', 'news_wording', 'no_notes', 'notes_wording',
            'principles', 'agreed_at', 'state', 'began_at', 'submitted_at', 'asked', 'decided_at', 'decided_why',
        ),
        erasure=deleted(LED_ON, by=forgetting.applications),
    ),
    Holding(
        'members.applicationanswer',
        'Answers in applications',
        (),
        columns=('asked', 'value'),
        rows=lambda person: _rows('applicationanswer').filter(application__person=person).order_by('pk'),
        erasure=deleted('With their files.'),
    ),
    Holding(
        'members.person_groups', 'Roles', ('person',), columns=('group__name',), erasure=deleted(NOT_OF_STAFF),
    ),
    Holding('members.person_user_permissions', 'Rights', ('person',), columns=('permission__codename',),
        erasure=deleted(NOT_OF_STAFF)),
    Holding('account.emailaddress', 'Email addresses', ('user',), columns=('email', 'verified', 'primary'),
        erasure=deleted('The receipt goes to the main one first.')),
    Holding(
        'mfa.authenticator',
        'Second factors',
        ('user',),
        columns=('type', 'created_at', 'last_used_at'),  # never their secrets
        erasure=deleted(OWN_ALONE),
    ),
    Holding(
        'usersessions.usersession',
        'Where you are signed in',
        ('user',),
        columns=('ip', 'user_agent', 'created_at', 'last_seen_at'),
        erasure=deleted('You are signed out everywhere.'),
    ),
    Holding(
        'members.giftaiddeclaration',
        'Gift Aid declarations',
        ('person',),
        columns=(
            'title', 'given_names', 'family_name', 'house', 'address', 'postcode', 'covers_from', 'wording', 'form',
            'made_at', 'cancelled_on',
        ),
        erasure=kept('The tax office may ask for it six years after the last claim; then the clock empties it.'),
    ),
    Holding(
        'ukis.taggeditem',
        'Topics you offer',
        (),
        columns=('tag__name',),
        rows=lambda person: person.topics.through.objects.filter(
            **person.topics.through.lookup_kwargs(person)
        ).order_by('pk'),
        erasure=deleted('With your page.', by=forgetting.topics),
    ),
    Holding('members.sought', 'Topics you seek', ('person',), columns=('tag__name',), erasure=deleted(OWN_ALONE)),
    Holding(
        'members.introduction',
        'Introductions you asked for',
        ('asker',),
        columns=('asked__name', 'topic', 'note', 'asked_at'),  # what came of it would tell a no from silence
        erasure=anonymised('They end, and the notes go.', by=forgetting.introductions),
    ),
    Holding(
        'members.introduction',
        'Introductions that others asked of you',
        ('asked',),
        columns=('asker__name', 'topic', 'note', 'asked_at', 'state', 'answered_at', 'ended_at', 'report'),
        erasure=anonymised(
            'They end, and the notes go; one that you showed to the office, when it has looked at it.',
            by=forgetting.introductions,
        ),
    ),
    Holding(
        'members.datarequest',
        'Requests about your data',
        ('person',),
        columns=('kind', 'name', 'email', 'words', 'at', 'due_on', 'answer', 'answered_at'),
        erasure=anonymised('That it came and was answered stays, without the words.', by=forgetting.requests),
    ),
    _acted('members.datarequest', 'answered_by'),
    _acted('members.introduction', 'settled_by'),
    _acted('members.application', 'decided_by'),
    _acted('members.applicationstep', 'by'),
    _acted('members.override', 'by'),
    _acted('members.seat', 'invited_by'),
    _acted('members.changeproposal', 'decided_by'),
    _acted('members.domain', 'confirmed_by'),
    _acted('members.mergerecord', 'by'),
    Holding(
        'members.person',
        'Merged',
        ('merged_into',),
        why='An entry that was emptied: nothing is left in it.',
        erasure=kept('It was emptied when it was merged.'),
    ),
    _acted('members.invoice', 'by'),
    _acted('members.creditnote', 'by'),
    _acted('members.extraseats', 'by'),
    _acted('members.giftaiddeclaration', 'by'),
    _acted('members.giftaidclaim', 'by'),
    _acted('members.payment', 'by'),
    _acted('members.refund', 'by'),
    _acted('members.bankimport', 'by', 'confirmed_by', 'undone_by'),
    _acted('members.registerimport', 'by', 'confirmed_by'),
    _acted('members.mailing', 'by', 'sent_by'),
    _acted('members.writeoff', 'by'),
    _acted('admin.logentry', 'user'),
    Holding(
        'admin.logentry',
        'What staff noted of your row',
        (),
        why='Who changed what of it: kept for the staff.',
        rows=forgetting.noted_of,
        erasure=deleted('It would say what stood there.'),
    ),
    Holding(
        'ukis.society',
        'What you did here',
        ('commissioning_editor',),
        why=ACTED,
        erasure=anonymised('Somebody else is named by the staff.', {'commissioning_editor': None}),
    ),
    Holding(
        'members.erasure',
        'Requests to be forgotten',
        ('person',),
        columns=('arrived_on', 'asked_at', 'bylines', 'due_at', 'taken_back_at'),
        erasure=kept('The receipt: that it was done, when, and how much. It names nobody.'),
    ),
    _acted('members.erasure', 'asked_by'),
)  # fmt: skip


def _rows(model: str) -> Any:
    return apps.get_model('members', model)._base_manager


def _of_own(model: str, person: Any, membership: str = 'membership') -> Any:
    """Rows that hang on a membership of this person's own."""
    return _rows(model).filter(**{f'{membership}__person': person}).order_by('pk')
