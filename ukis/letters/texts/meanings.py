"""What the variables of letters are called, what they mean, and which of them a letter may not leave out.

By what the templates print. What is not listed has its own words for a name and a meaning: an editor reads them beside
an example, so that a new letter needs no line here before it can go out.
"""

import re
from typing import Any

# Without the filters: what it means, and its name where it is not its own. Those with '!' must stand in the letter.
_PRINTED: dict[str, str] = {
    'about.answer_by': '!the day by which the law has us answer',
    'about.at': '!the day on which they wrote to us',
    'about.category': 'the kind of membership',
    'about.due_at': '!the day on which it is done',
    'about.due_on': '!the day by which it is due',
    'about.ended_on': '!the last day of the membership',
    'about.holder': 'who holds the membership',
    'about.number': 'the number of the membership',
    'about.organisation.name': 'the organisation',
    'about.organisation.shown_name': 'the organisation, by the name it is shown under',
    'about.topic': 'what the introduction is about',
    'admin': '!the address of the front page of the admin',
    'amount': '!the amount',
    'balance': '!what was paid and is put to no invoice',
    'by.printed_name': 'who did or wrote this',
    'cap': '!how many places there are',
    'chosen_by': '!the day by which to choose',
    'commission.answer_by': '!the day by which an answer is hoped for',
    'commission.ask_after': '!the day before which they are not asked again',
    'commission.brief': '!the brief',
    'commission.deadline': '!the day by which the words are wanted',
    'commission.letter': '!the editor’s own words to whoever is asked',
    'commission.name': 'who is asked to write',
    'commission.proposed_on': '!the later date that was proposed',
    'commission.reason_display': 'the reason for a no',
    'commission.working_title': 'the working title of the commission',
    'conversation': '!the link that answers in the conversation',
    'credit_note.reason': '!why it was credited',
    'credited': '!what was credited',
    'desk': '!the address of the desk',
    'due': '!the day by which to pay',
    'editor.printed_name': 'the editor',
    'expected': '!the day by which news is expected',
    'final_copy': '!the whole text as it is published',
    'from_email': '!the address until now',
    'gives': '!what a place gives',
    'inset': '!the posts themselves; they are put in as the letter is sent',
    'in_grace_until': '!the day on which the membership lapses',
    'invoice.due_on': '!the day by which to pay',
    'invoice.number': '!the number of the invoice',
    'invoice.owed': '!what is owed, without the sign for pounds',
    'invoice.po_number': 'their own number of the order',
    'invoice.payer_name': 'who pays',
    'last_day': '!the last day that is covered',
    'link': '!the link to the page for this; a private one is made as the letter is sent',
    'message.by.printed_name': 'who wrote the message',
    'message.text': '!the message itself',
    'note': '!what somebody wrote to this person, in their own words',
    'owed': '!what is owed',
    'page': '!the address of the page for this',
    'paid': '!what was paid',
    'pay_to': '!how to pay',
    'post.get_absolute_url': '!the rest of the post’s address, after that of the site',
    'post.published_at': '!when it goes out',
    'post.version.authors_line': 'the authors as printed',
    'post.version.standfirst': 'the standfirst',
    'quote': '!the number to quote when paying',
    'reason': '!why',
    'received': '!the day on which it came',
    'recipient.name': 'the name of whoever gets this letter',
    'reset_url': '!the address at which to choose a new password',
    'seat.address': 'the address that was invited',
    'seat.holds_until': '!the day by which to answer',
    'seat.person': 'whose place it is',
    'seat.since': '!the day from which they have the place',
    'seat.until': '!the last day of the place',
    'sentence': '!how the membership stands',
    'site': 'the address of the site',
    'society.name': 'the name of the Society',
    'society.office_address': 'the address of the office',
    'society.short_name': 'the short name of the Society',
    'stands': '!where it stands',
    'submission.current.authors_line': 'who wrote it',
    'submission.current.word_count': 'how many words it has',
    'submission.due_on': '!the day by which it is due',
    'submission.handler.name': 'who handles it for its author',
    'submission.held_since': '!the day since when it waits',
    'submission.late_by': 'by how much it is late',
    'term.seats': 'how many places there are',
    'term.span': 'the term, from when to when',
    'term.start': '!the day on which the term begins',
    'title': 'the title of the blog',
    'to_email': '!the address from now on',
    'total': '!the sum of the invoice',
    'was_due': '!the day by which it was wanted before',
    'why': '!why',
    'words': '!the words in question',
}
# Of what stands in an `if`: where it holds, and where it does not.
_CONDITIONS: dict[str, tuple[str, str]] = {
    'about.by_the_clock': ('nobody asked and the time is up', 'somebody asked'),
    'about.complete': ('it is filled in', 'it is not filled in yet'),
    'about.ended_on': ('the membership has ended', 'the membership goes on'),
    'about.is_complaint': ('it is a complaint', 'it is a request'),
    'about.organisation': ('an organisation is the member', 'a person is the member'),
    'about.organisation_id': ('an organisation is the member', 'a person is the member'),
    'after_all': ('they had said no before', 'they had not said no'),
    'ahead': ('it begins on a later day', 'it has begun'),
    'anew': ('they were asked before', 'they are asked for the first time'),
    'asked_before': ('they were sent a final copy before', 'it is the first that they are sent'),
    'balance': ('something was paid that is put to no invoice', 'all that was paid is put to invoices'),
    'by': ('somebody did it', 'the site did it by itself'),
    'commission.is_promised': ('they have said yes', 'they have not said yes'),
    'commission.late': ('it is late', 'it is not late'),
    'domain.automatic': ('places are taken without asking', 'each place is asked about'),
    'editor': ('it has an editor', 'it has no editor yet'),
    'had_promised': ('they had said yes before', 'they had not said yes'),
    'in_part': ('a part is paid', 'nothing is paid yet'),
    'invoice': ('there is an invoice', 'there is no invoice'),
    'invoice.is_unagreed': ('the invoice was drawn up front', 'the invoice was agreed to'),
    'invoice.owed': ('something is owed', 'nothing is owed'),
    'invoice.paid': ('a part is paid', 'nothing is paid yet'),
    'is_late': ('it is late', 'it is not late'),
    'membership.organisation': ('an organisation is the member', 'a person is the member'),
    'message.is_among_editors': ('the message is for editors only', 'the author reads it too'),
    'mine': ('something waits for this editor', 'nothing waits for this editor'),
    'note': ('somebody wrote a note', 'nobody wrote a note'),
    'off_the_calendar': ('it had a date and has lost it', 'it had no date'),
    'post.is_scheduled': ('its day is still to come', 'it is out'),
    'proposal.is_of_listing': ('it is about the listing', 'it is about something else'),
    'recalled': ('an earlier letter had not gone yet', 'an earlier letter has gone'),
    'recipient.is_staff': ('it goes to staff', 'it goes to a member'),
    'renewed': ('they have renewed', 'they have not renewed yet'),
    'seat.is_over': ('the place has ended', 'the place has not ended yet'),
    'seat.until': ('the place has an end', 'the place has no end'),
    'submission.is_promised': ('the words are still to come', 'there are words'),
    'submission.late_by': ('it is late', 'it is not late'),
    'submission.source': ('it came from elsewhere', 'it was written here'),
    'themselves': ('they asked themselves', 'staff asked for them'),
    'to_author': ('it goes to an author', 'it goes to an editor'),
    'waiting': ('something waits', 'nothing waits'),
}
_CODES = {'link', 'conversation', 'note', 'inset'}


def _base(says: str) -> str:
    return says.partition('|')[0].strip().replace('get_', '' if says.endswith('_display') else 'get_')


def name_of(says: str) -> str:
    """Of what is printed, or of the tag in whose place it stands."""
    tag, _, rest = says.partition(' ')
    if tag == 'if':
        return f'when_{_slug(rest)}'
    if tag == 'for':
        return f'list_of_{_slug(rest.rpartition(" in ")[2])}'
    if tag == 'url':
        return f'way_to_{_slug(rest.split()[0])}'
    ends = {'date:"H:i"': '_time', 'pluralize': '_s'}
    base, *filters = says.split('|')
    end = next(
        (ends[one] for one in reversed(filters) if one in ends), '_number' if 'length' in filters else ''
    )
    return _slug(base.replace('get_absolute_url', 'address').replace('get_', '')) + end


def _slug(text: str) -> str:
    text = text.replace('>', ' more than ')
    name = re.sub(r'[^a-z0-9]+', '_', text.lower()).strip('_')
    return name if name[:1].isalpha() else f'what_{name}'


def meaning_of(says: str) -> str:
    tag, _, rest = says.partition(' ')
    if tag == 'if':
        return 'words that stand at times: they are below'
    if tag == 'for':
        return f'the list of {_plain(rest.rpartition(" in ")[2])}'
    if tag == 'url':
        return f'the rest of the address of the page “{_plain(rest.split()[0])}”, after that of the site'
    means = _PRINTED.get(_base(says), _plain(_base(says))).removeprefix('!')
    if says.endswith('|date:"H:i"'):
        return f'{means}: the hour'
    if says.endswith('|pluralize'):
        return f'an “s” where there are several of these: {means}'
    return means


def is_required(says: str) -> bool:
    return '|date' in says or _PRINTED.get(_base(says), '').startswith('!')


def is_code(says: str) -> bool:
    return _base(says) in _CODES


def _plain(text: str) -> str:
    return re.sub(r'[^a-z0-9]+', ' ', text.replace('get_', '').lower()).strip()


def said(condition: Any) -> str:
    """The condition of an `if` in words; '' of what stands otherwise."""
    if condition is None:
        return ''
    if hasattr(condition, 'text'):
        name = condition.text
        return _CONDITIONS[name][0] if name in _CONDITIONS else f'there is this: {_plain(name)}'
    if condition.second is None:
        of = getattr(condition.first, 'text', '')
        return _CONDITIONS[of][1] if of in _CONDITIONS else f'it is not so that {said(condition.first)}'
    if condition.id in ('and', 'or'):
        return f'{said(condition.first)} {condition.id} {said(condition.second)}'
    return f'there are several of these: {_plain(condition.first.text)}'


def when(holds: str, earlier: list[str]) -> str:
    if not holds:
        return 'Otherwise'
    return f'Otherwise, where {holds}' if earlier else f'Where {holds}'
