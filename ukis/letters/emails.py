"""The email that a letter becomes when it is sent."""

from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.template.defaultfilters import urlize
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from ukis.letters.answering import answers_to, takes_answers, who_reads
from ukis.letters.choosing import DAYS, PAGES, PURPOSE, choice_of
from ukis.letters.models import INSET, Letter, PrivateLink
from ukis.letters.return_path import return_path
from ukis.letters.subjects import Inset, enclosed_with, foot_of, inset_of, why_of
from ukis.markup import clean, to_text
from ukis.markup.languages import with_languages
from ukis.society.models import Society

# So that nobody's holiday answers. Reports of what did not arrive are wanted.
BY_ITSELF = {'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply, RN, NRN'}


def compose(letter: Letter) -> mail.EmailMultiAlternatives:
    """With private links that work. Their tokens are in nobody's hands but the recipient's."""
    can_refuse, foot = choice_of(letter.kind) is not None, foot_of(letter)
    if (letter.link or can_refuse or foot or takes_answers(letter)) and not letter.in_doubt:
        PrivateLink.objects.filter(letter=letter).delete()  # of an attempt that surely did not arrive
    refuse_at = _refuse_at(letter) if can_refuse else ''
    foot_token = (
        PrivateLink.make(purpose=foot.purpose, about=letter, days=foot.days, letter=letter) if foot else ''
    )
    one_click = _page(foot.one_click, foot_token) if foot and foot.one_click else refuse_at
    message = framed(
        subject=letter.subject,
        body=letter.text(_private_link(letter, letter.link)) if letter.link else letter.text(),
        to=_mailbox(letter.to_name, letter.to_address),
        reply_to=answers_to(letter) or letter.reply_to,
        answered=who_reads(letter),
        why=why_of(letter),
        languages=letter.languages,
        headers={'Message-ID': letter.message_id, **_refused_by(one_click)},
        refuse_at=refuse_at,
        foot=(foot.words, _page(foot.view, foot_token)) if foot else None,
        inset=inset_of(letter) if INSET in letter.body else None,
    )
    if returned_to := return_path(letter):
        # Django sends it from there; the reader goes on seeing the Society.
        message.extra_headers['From'] = settings.DEFAULT_FROM_EMAIL
        message.from_email = returned_to
    for name, content, kind in enclosed_with(letter):
        message.attach(name, content, kind)
    return message


def framed(
    *,
    subject: str,
    body: str,
    to: str,
    reply_to: str = '',
    headers: dict[str, str] | None = None,
    languages: Mapping[str, Sequence[str]] = MappingProxyType({}),
    refuse_at: str = '',
    answered: str = '',
    why: str = '',
    foot: tuple[str, str] | None = None,
    inset: Inset | None = None,
) -> mail.EmailMultiAlternatives:
    """The words with what stands under every letter of the Society, as plain text and as HTML."""
    context = {
        'subject': subject,
        'body': body.replace(INSET, inset.text) if inset else body,
        'style': inset.style if inset else '',
        'society': Society.get(),
        'site': settings.LETTERS_URL,
        'refuse_at': refuse_at,
        'answered': answered,
        'why': why,
        'foot': foot,
    }
    marked = with_languages(body, languages, plain=urlize)
    framed_in_html = linebreaks(marked).replace(f'<p>{INSET}</p>', INSET)
    context['html'] = mark_safe(framed_in_html.replace(INSET, inset.html) if inset else framed_in_html)
    message = mail.EmailMultiAlternatives(
        subject=subject,
        body=render_to_string('letters/frame.txt', context),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={**BY_ITSELF, **(headers or {})},
    )
    message.attach_alternative(render_to_string('letters/frame.html', context), 'text/html')
    return message


def all_that_it_said(letter: Letter) -> str:
    """In both of its kinds, as somebody has it who quotes it; without links that work."""
    foot = foot_of(letter)
    message = framed(
        subject=letter.subject,
        body=letter.text(),
        to=_mailbox('', 'somebody@example.org'),
        answered=who_reads(letter),
        why=why_of(letter),
        refuse_at='…' if choice_of(letter.kind) is not None else '',
        foot=(foot.words, '') if foot else None,
    )
    shown = str(message.alternatives[0][0]).partition('<body>')[2]
    return f'{letter.subject}\n{message.body}\n{to_text(clean(shown))}'


def _mailbox(name: str, address: str) -> str:
    local, _, host = address.rpartition('@')
    return str(Address(display_name=name, username=local, domain=host))


def _refuse_at(letter: Letter) -> str:
    token = PrivateLink.make(purpose=PURPOSE, about=letter, days=DAYS, letter=letter)
    return _page(PAGES[0], token)


def _page(view: str, token: str) -> str:
    return settings.LETTERS_URL + reverse(view, args=[token])


def _refused_by(address: str) -> dict[str, str]:
    """So that a mail program can do it with one click (RFC 8058)."""
    if not address:
        return {}
    return {'List-Unsubscribe': f'<{address}>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'}


def _private_link(letter: Letter, leads_to: dict[str, Any]) -> str:
    kind, pk = leads_to['about']
    about = ContentType.objects.get_for_id(kind).get_object_for_this_type(pk=pk)
    token = PrivateLink.make(purpose=leads_to['purpose'], about=about, days=leads_to['days'], letter=letter)
    return _page(leads_to['view'], token)
