"""Who is told what of a membership: each letter a template of its own, queued in the transaction of what it tells."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.urls import reverse

from members.letters.recipients import Addressee
from members.models import Person
from ukis import letters as outbox
from ukis.letters import naming
from ukis.letters.models import Letter
from ukis.society.models import Society

# What letters are about, and where staff look at it.
PAGES = {
    'members.application': 'admin:members_application_change',
    'members.datarequest': 'admin:members_datarequest_change',
    'members.mailing': 'admin:mailing',
    'members.membership': 'admin:members_membership_change',
    'members.invoice': 'admin:members_invoice_change',
    'members.payment': 'admin:members_payment_change',
    'members.creditnote': 'admin:members_creditnote_change',
    'ukis.society': 'admin:ukis_society_change',
    'members.organisation': 'admin:members_organisation_change',
}
# Each kind of letter in words, by what it is about.
KINDS: dict[str, dict[str, str]] = {
    'members.application': {
        'application_approved': 'Welcome to a new member',
        'application_arrived': 'Application arrived (to staff)',
        'application_asked': 'Application: asked for more',
        'application_declined': 'Application declined',
        'application_goes': 'Application: a draft will be deleted',
        'application_link': 'Application: come back and confirm',
        'application_received': 'Application received',
        'application_reopened': 'Application reopened',
    },
    'members.datarequest': {
        'data_request_received': 'Request about data received',
        'data_request_answered': 'Request about data answered',
    },
    'members.mailing': {
        'mailing': 'Letter to many',
        'mailing_service': 'Service letter to many',
        'mailing_test': 'Letter to many, a test',
    },
    'members.membership': {
        'renewal_offered': 'Renewal offered',
        'renewal_in_30_days': 'Renewal, 30 days before',
        'renewal_in_7_days': 'Renewal, a week before',
        'renewal_ends_today': 'Renewal, on the last day',
        'renewal_after_14_days': 'Renewal, 14 days after',
        'renewal_after_30_days': 'Renewal, 30 days after',
        'renewal_last': 'Renewal, the last letter',
        'renewed': 'Renewed',
        'not_renewed': 'Will not renew',
        'reconsidered': 'Renewal reconsidered',
        'renewal_wish': 'Wish before a renewal',
        'invoice_reminder': 'Unpaid invoice, reminder',
        'invoice_unpaid_for_long': 'Invoice unpaid for long (to staff)',
        'seat_asked': 'Somebody asks for a place',
        'unreachable': 'Nobody can be reached',
        'seat_invitation': 'Invitation to a place',
        'seat_taken': 'An invitation was accepted',
        'seat_refused': 'An invitation was refused',
        'seat_joined': 'A place was taken by domain',
        'seat_wanted': 'A place is asked for by domain',
        'seat_approved': 'A place was given',
        'seat_given': 'A place was given by staff',
        'seat_declined': 'A place was not given',
        'seat_unanswered': 'A question for a place ended with the membership',
        'seat_ended': 'A place has ended',
        'seats_too_many': 'Fewer places than people',
        'seat_left_over': 'A place has ended, and none followed',
        'seat_goes': 'A place will end',
        'seat_stays': 'A place goes on after all',
        'resigned': 'Resigned',
    },
    'members.invoice': {
        'invoice_issued': 'Invoice',
        'payment_in_full': 'Thanks for a payment',
        'payment_in_part': 'Thanks for a part payment',
    },
    'members.creditnote': {'credit_note_issued': 'Credit note'},
    'members.payment': {
        'payment_taken_back': 'A payment taken back',
        'payment_taken_back_staff': 'A payment taken back (to staff)',
    },
    'members.organisation': {
        'office_given': 'An office was given',
        'office_ended': 'An office was ended',
        'office_vacant': 'An organisation has no main contact',
        'domain_confirmed': 'A domain was confirmed',
        'domain_refused': 'A domain was not confirmed',
        'listing_accepted': 'A change of an organisation was accepted',
        'listing_declined': 'A change of an organisation was declined',
    },
    'ukis.society': {
        'accessibility_review': 'Review of the accessibility statement (to Administrators)',
        'weekly': 'What waits, of the week (to the secretary)',
    },
}


def tell(
    kind: str,
    recipients: Iterable[Addressee],
    about: Model,
    *,
    key: str,
    by: Person | None = None,
    hold: timedelta = timedelta(0),
    link: dict[str, Any] | None = None,
    note: str = '',
    judged_by: dict[str, Any] | None = None,
    **facts: Any,
) -> list[Letter]:
    """One letter of this kind to each; `key` says which occasion, so that none goes twice. The template is
    `members/letters/<kind>.txt`: the subject, an empty line, the words. `facts` are what it names.

    `link`: a private link, as the outbox has it; it goes in where the template has {{ link }}. `note`: somebody's own
    words, where it has {{ note }}. `judged_by`: by what it is asked as it leaves whether it is still true."""
    society, sent = Society.get(), []
    for recipient in recipients:
        words = outbox.written(
            kind,
            {
                **facts,
                'recipient': recipient,
                'about': about,
                'society': society,
                'site': settings.LETTERS_URL,
                'by': by,
                'link': outbox.LINK,
                'note': outbox.NOTE if note else '',
            },
            society=society,
        )
        letter = outbox.queue(
            kind=kind,
            key=f'{key} {kind} {recipient.key}',
            about=about,
            to=recipient.person,
            to_name=recipient.name,
            to_address=recipient.address,
            words=words,
            reply_to=society.office_address,
            hold=hold,
            by=by,
            link=link,
            note=note if outbox.NOTE in words.body else '',
            note_key=key,
            judged_by=judged_by,
        )
        if letter is not None:
            sent.append(letter)
    return sent


def way(letter: Letter | None) -> str:
    """By which letter something was done, for the end of what the history says; nothing where it was by none. Staff
    who may read it are led to it by its number (`ukis.letters.naming`)."""
    return f', by {naming.named(letter)}' if letter else ''


def address_of(view: str, *args: Any) -> str:
    """Of a page of the site, as a letter gives it."""
    return settings.LETTERS_URL + reverse(view, args=args)


def page_of(view: str) -> Callable[[Model], str]:
    return lambda row: reverse(view, args=[row.pk])


def kept_from(staff: Person) -> Q:
    """Letters about memberships are for those who look after them; anybody may read those to themselves."""
    if staff.has_perm('members.change_membership'):
        return Q(pk__in=[])
    models = [model for model in apps.get_app_config('members').get_models() if model is not Person]
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    return (Q(content_type__in=kinds) | Q(kind__in=KINDS['ukis.society'])) & ~Q(to=staff.pk)
