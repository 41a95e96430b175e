"""Every address × role × method there is: read from the URL list, so that a new one without a row fails."""

import copy
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from blog import previews, subscribing, workflow
from blog.desk import saving
from blog.messages import attachments
from blog.models import Absence, Edition, Often, PostsFile, Series, Subscriber
from blog.subscribing import Wish
from members import erasing, exchange
from members.letters import mailings
from members.models import (
    Category,
    DataRequest,
    GiftAidClaim,
    GiftAidDeclaration,
    Introduction,
    Organisation,
    Person,
)
from members.money import bank, billing, crediting, payments, renewing
from members.organisations import offices
from members.places import inviting, seats
from members.roles import COMMISSIONING_EDITOR, EDITOR, GUEST_EDITOR
from tests.addresses import ADMIN, ADMIN_MODELS, GUEST, ROLES, TABLE
from tests.commissions import brought_to, make_commission, reminded
from tests.conftest import make_application, make_membership, make_person, make_post, make_submission
from tests.readings import ask as ask_reader
from ukis import days, letters, pictures
from ukis.addresses.models import OldAddress
from ukis.demonstration.pictures import draw
from ukis.letters.models import Letter, PrivateLink
from ukis.letters.texts import editing, house
from ukis.letters.texts.filling import Texts
from ukis.site.middleware import ReadableRequest
from ukis.society.models import Page
from ukis.tags.models import Tag

# With a line that is nobody's and one that names a membership.
BANK_FILE = b'Date,Text,Amount\n12/05/2026,SALE,5.00\n12/05/2026,MEMBER 1001,450.00\n'


def every_address(patterns=None, space: str = '') -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_address(
                pattern.url_patterns, space + (f'{pattern.namespace}:' if pattern.namespace else '')
            )
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def admin_models() -> set[str]:
    return {
        name.removeprefix('admin:').removesuffix('_changelist')
        for name in every_address()
        if name.endswith('_changelist')
    }


STAFF_ROLES = ('editor', 'chief', 'secretary', 'administrator')
MODEL_ACTIONS = ('changelist', 'add', 'history', 'delete', 'change')


def test_every_address_has_its_row():
    of_models = {f'admin:{model}_{action}' for model in admin_models() for action in MODEL_ACTIONS}
    written = set(TABLE) | of_models

    assert set(every_address()) - written == set()
    assert written - set(every_address()) == set()


def test_every_model_of_the_admin_has_its_row():
    assert admin_models() == set(ADMIN_MODELS)


@pytest.fixture
def scene(
    monkeypatch, db, society, author, coauthor, stranger, editor, chief, secretary, administrator, signed_in
):
    """One of each thing that an address can name, and somebody of each role signed in."""
    # As `ukis.wsgi` has it: what cannot be read is refused before any view.
    monkeypatch.setattr('django.test.client.WSGIRequest', ReadableRequest)
    submission = make_submission(
        author, 'in_review', editor=editor, coauthors=(coauthor, ('Guest Writer', 'guest@people.example'))
    )
    organisation = author.affiliations.get().organisation
    post = make_post('In print', people=(author,), organisation=organisation)
    series = Series.objects.create(title='Ten years on')
    for one in (submission, post.submission):
        workflow.set_series(one, by=editor, series=series)
    one_factor = make_person('One Factor', group=EDITOR, second_factor=False)
    picture = pictures.accept(SimpleUploadedFile('drawing.jpg', draw('a seed', 40, 30)), author)
    Page.objects.create(title='About', address='about', body='<p>Us.</p>', published=True)
    page = Page.objects.create(title='Privacy', address='privacy', body='<p>Yours.</p>', published=True)
    letter = letters.queue(
        kind='trial',
        key='trial',
        about=society,
        to_address='somebody@people.example',
        subject='Hello',
        body='…',
    )
    peer = make_person('Petra Peer')
    make_membership(peer)
    asking = make_person('Anna Asking')
    make_membership(asking)
    Category.objects.filter(holders='people').update(gift_aid=True, gift_aid_why='No more than membership')
    claim, declaration = _gift_aid(author)
    commission = brought_to('sent', editor, invitee=author, email=author.email, name=author.name)
    drafted = make_commission(editor)
    promised = brought_to('accepted', editor, email='promised@people.example')
    Letter.objects.filter(kind__startswith='commission_').update(state=Letter.State.RECALLED)
    reading = ask_reader(submission, editor, name=stranger.name, email=stranger.email)
    Letter.objects.filter(kind__startswith='reading_').update(state=Letter.State.RECALLED)
    introduction = Introduction.objects.create(asker=asking, asked=author, topic='Change', note='Why so?')
    looks_after = make_person('Gwen Guest', group=GUEST_EDITOR)
    series.guests.create(person=looks_after)
    people = {
        'guest': looks_after,
        'stranger': stranger,
        'author': author,
        'coauthor': coauthor,
        'editor': editor,
        'chief': chief,
        'secretary': secretary,
        'administrator': administrator,
    }
    clients = {'visitor': Client(raise_request_exception=False)}
    for role, person in people.items():
        clients[role] = signed_in(person)
    clients['one_factor'] = Client()
    clients['one_factor'].force_login(one_factor)
    for client in clients.values():
        client.raise_request_exception = False
    guest = submission.authorships.get(person=None)
    silent = submission.authorships.create(name='Silent Writer', email='silent@people.example', order=9)
    waiting, recorded = (
        bank.take(BANK_FILE, by=secretary, file_name=f'{which}.csv') for which in ('waiting', 'recorded')
    )
    bank.confirm(recorded, by=secretary, choices=[])
    mailing = mailings.begin('organisation', [organisation.pk], by=secretary)
    looked = exchange.take(b'Name\r\nOne new\r\n', by=secretary, register='organisations', file_name='o.csv')
    posts_file = PostsFile.objects.create(
        name='export.xml', content=b'', by=administrator, stage='looked', new=1, report='Dry run.'
    )
    place = organisation.memberships.get()
    place.terms.update(seats=99)
    Category.objects.filter(pk=place.category_id).update(extra_seat_fee=100)
    seats.give(place, by=None, person=make_person('Cal Abel'))
    office = offices.appoint(organisation, by=None, person=author, role='main')
    claimed = organisation.domains.create(name='icc.example', claimed_by=author)
    proposal = organisation.proposals.create(
        field='website', was='', wanted='https://icc.example/', by=author
    )
    asked = DataRequest.objects.create(
        kind='complaint', name='Dora', email='dora@people.example', words='Why?', due_on=days.today()
    )
    invited = inviting.invite(place, by=author, address='invited@people.example')
    Letter.objects.filter(kind__in=['seat_invitation', 'office_given']).update(state=Letter.State.RECALLED)
    invoice, payment = _billed(organisation.memberships.get())
    kept = submission.buffers.create(writer=author, form='Text', page='/', tab='a tab', typed_at=1)
    file = submission.word_files.create(
        by=author, name='A text.docx', content=b'PK', answered_at=timezone.now()
    )
    previewed = previews.share(
        submission, by=author, version=submission.current.number, for_whom='A colleague', runs=7
    )
    came_in = submission.incoming.create(
        state='held',
        why='…',
        mail_id='<a@b>',
        person=author,
        audience='authors',
        whole='Hello',
        words='Hello',
    )
    said = workflow.say(submission, by=author, text='Here it is.')
    attached = attachments.keep(submission, author, 'A table.pdf', b'%PDF-')
    submission.attachments.update(message=said)
    Letter.objects.filter(kind='message').update(state=Letter.State.RECALLED)
    erased = erasing.ask(peer, by=peer, bylines='keep')
    Letter.objects.filter(kind='erasure_asked').update(state=Letter.State.RECALLED)
    applied = make_application(author, 'asked', by=secretary)
    of_house = house.of('taken')
    texts = Texts('Read: {title}', of_house.body)
    editing.save('taken', texts, by=administrator, number=0)
    follower = _follower()
    edition = Edition.objects.create(often='at once', post=post)
    return {
        'clients': clients,
        'rows': {
            'members_application': applied,
            'members_person': author, 'members_organisation': organisation,
            'members_membership': organisation.memberships.get(), 'members_seat': author.seats.get(),
            'members_changeproposal': proposal, 'members_domain': claimed, 'members_datarequest': asked, 'members_category': organisation.memberships.get().category, 'blog_submission': submission, 'blog_post': post, 'blog_series': series,
            'blog_subscriber': follower, 'members_giftaiddeclaration': declaration,
            'members_invoice': invoice, 'members_creditnote': invoice.credit_notes.get(), 'members_payment': payment,
            'ukis_letter': letter, 'ukis_page': page, 'ukis_picture': picture, 'ukis_society': society,
            'ukis_tag': Tag.objects.first(), 'auth_group': author.groups.model.objects.first(), 'mfa_authenticator': Authenticator.objects.get(user=chief),
            'ukis_privatelink': PrivateLink.objects.create(
                token_hash='x', purpose='named', about=guest, expires_at='2099-01-01T00:00Z'
            ),
        },
        'given': {
            'printed': post.submission_id,
            'pk': submission.pk, 'slug': post.slug, 'year': 2026, 'month': 1, 'path': picture.file.name, 'address': 'privacy',
            'token': PrivateLink.make(purpose='named', about=guest, days=3), 'move': 'accept', 'mark': 'x',
            'author_slug': author.slug, 'organisation_slug': organisation.slug, 'tag_slug': 'leadership', 'series_slug': series.slug,
            'invoice': invoice.number, 'invoice_copy': invoice.copies.get().pk, 'credit_note': invoice.credit_notes.get().number, 'payment': payment.pk,
            'invoice_pk': invoice.pk, 'of': 'invoice', 'money_move': 'record',
            'saved_queue': saving.save(by=editor, name='Late', asked='late=yes', shared=True).pk,
            'came_in': came_in.pk, 'preview': submission.previews.get().pk, 'preview_token': previewed,
            'away': Absence.objects.create(person=editor, first=days.today(), last=days.today()).pk,
            'not_now_token': PrivateLink.make(purpose='not now', about=reminded(commission), days=3),
            'message': said.pk, 'attachment': attached.pk, 'silent': silent.pk, 'word_file': file.pk, 'kept': kept.pk, 'affiliation': author.affiliations.get().pk, 'key': 999,
            'staff_page': page.pk, 'post_key': post.pk, 'tag': Tag.objects.first().pk, 'table': 'months', 'bank_waiting': waiting.pk, 'bank_recorded': recorded.pk,
            'register': 'people', 'report': 'category', 'looked': looked.pk, 'posts_file': posts_file.pk, 'mailing': mailing.pk,
            'application': applied.pk, 'application_token': PrivateLink.make(purpose='application', about=applied, days=3),
            'answer': applied.said.get().pk, 'decision': 'approve', 'category': applied.category_id,
            'organisation': organisation.pk, 'seat': author.seats.get().pk, 'verb': 'withdraw', 'office': office.pk, 'domain': claimed.pk,
            'invited': invited.pk, 'choices_token': PrivateLink.make(purpose='choices', about=letter, days=3), 'seat_token': PrivateLink.make(purpose='seat', about=invited, days=3),
            'map_kind': 'published', 'figure': 'published', 'same_kind': 'person', 'same_kept': peer.pk, 'same_gone': asking.pk,
            'commission': commission.pk, 'drafted': drafted.pk, 'commission_token': PrivateLink.make(purpose='commission', about=commission, days=3), 'commission_move': 'take_back', 'promised_token': PrivateLink.make(purpose='commission', about=promised, days=3),
            'reading': reading.pk, 'reading_token': PrivateLink.make(purpose='reading', about=reading, days=3), 'reading_move': 'take_back',
            'introduction': introduction.pk, 'peer_slug': peer.slug, 'peer': peer.pk, 'claim': claim.number, 'gifts': 'gifts',
            'erasure_token': PrivateLink.make(purpose='erasure', about=erased, days=3), 'asking': asking.pk,
            'calendar_token': PrivateLink.make(purpose='desk_calendar', about=editor, days=3),
            'introduction_token': PrivateLink.make(purpose='introduction', about=introduction, days=3),
            'edition': edition.pk, 'follower': follower.pk, 'often': 'weekly', 'confirm_token': PrivateLink.make(purpose='subscribe', about=follower, days=3),
            'mine_token': PrivateLink.make(purpose='subscriptions', about=follower, days=3),
            'letter_kind': 'taken', 'section': 'posts', 'year_of_post': post.published_at.year, 'month_of_post': post.published_at.month,
        },
    }  # fmt: skip


def _follower():
    """Somebody who gets one thing, and has not confirmed another."""
    for of_all in (True, False):
        wish = Wish() if of_all else Wish('tag', tag=Tag.objects.first())
        subscribing.ask('follower@people.example', wish=wish, often=Often.WEEKLY, wording='Send me these.')
        follower = Subscriber.objects.get()
        if of_all:
            subscribing.confirm(follower, keys=[follower.subscriptions.get().pk])
    return follower


def _gift_aid(person):
    """Something that somebody declared, and a claim."""
    declaration = GiftAidDeclaration.objects.create(
        person=person,
        given_names='Ada',
        family_name='Author',
        house='1',
        address='High Street',
        postcode='G1 1QE',
        covers_from=days.today(),
        wording='I pay tax.',
        form='online',
        made_at=timezone.now(),
    )
    return GiftAidClaim.objects.create(number=1, made_at=timezone.now()), declaration


def _billed(membership):
    """An invoice that is paid and credited in part."""
    Organisation.objects.filter(pk=membership.organisation_id).update(billing_address='1 High Street')
    last = membership.terms.order_by('-end').first().end
    term = renewing.add_term(
        membership, by=None, fee=Decimal(450), start=last + timedelta(days=1), end=last + timedelta(days=365)
    )
    invoice = billing.bill(term, by=None)
    payment = payments.record(
        membership, by=None, received_on=days.today(), amount=Decimal(100), to=[(invoice, Decimal(50))]
    )
    crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal(100))
    return invoice, payment


def path_of(name: str, scene: dict) -> str:
    given = scene['given']
    special = {
        'tag': ('tag_slug',), 'tag_feed': ('tag_slug',), 'tag_feed_about': ('tag_slug',), 'tag_feed_rss': ('tag_slug',), 'tag_feed_json': ('tag_slug',),
        **dict.fromkeys(('series', 'series_feed', 'series_feed_about', 'series_feed_rss', 'series_feed_json'), ('series_slug',)),
        **dict.fromkeys(('organisation_feed', 'organisation_feed_about', 'organisation_feed_rss', 'organisation_feed_json'), ('organisation_slug',)),
        'api_post': ('slug',), 'api_tag': ('tag_slug',), 'api_organisation': ('organisation_slug',), 'api_person': ('author_slug',),
        'author': ('author_slug',), 'author_feed': ('author_slug',), 'author_feed_about': ('author_slug',), 'author_feed_rss': ('author_slug',),
        'author_feed_json': ('author_slug',), 'organisation': ('organisation_slug',), 'person': ('author_slug',),
        'archive_year': ('year_of_post',), 'archive_month': ('year_of_post', 'month_of_post'), 'page': ('address',),
        'sitemap_section': ('section',), 'post': ('slug',), 'post_card': ('slug', 'mark'), 'post_bibtex': ('slug',), 'post_ris': ('slug',), 'named': ('token',), 'renewal': ('token',), 'my_renewal': ('key',), 'named_object': ('token',), 'affiliation': ('affiliation',),
        'unsaved_kept': ('kept',), **dict.fromkeys(('word_file', 'word_file_original'), ('pk', 'word_file')), 'submission_message_back': ('pk', 'message'), 'submission_attachment': ('pk', 'attachment'), 'admin:bank_undo': ('bank_recorded',), 'admin:books_table': ('table',),
        **dict.fromkeys(('admin:bank_import', 'admin:bank_columns', 'admin:bank_let_go'), ('bank_waiting',)),
        **dict.fromkeys(('admin:edition', 'admin:edition_pause', 'admin:edition_resume', 'admin:edition_test'), ('edition',)),
        'admin:edition_next': ('often',), 'admin:subscriber_forget': ('follower',), 'subscribe_confirm': ('confirm_token',), **dict.fromkeys(('subscriptions', 'unsubscribe'), ('mine_token',)),
        'admin:register_file': ('register',), 'admin:report': ('report',), 'admin:report_file': ('report',),
        **dict.fromkeys(('admin:mailing', 'admin:mailing_send', 'admin:mailing_test'), ('mailing',)),
        **dict.fromkeys(('admin:letter_text', 'admin:letter_text_house'), ('letter_kind',)),
        **dict.fromkeys(('admin:register_import', 'admin:register_let_go'), ('looked',)),
        **dict.fromkeys(('admin:posts_file', 'admin:posts_file_let_go'), ('posts_file',)),
        'join_category': ('category',),
        'application': ('application_token',), 'application_edit': ('application_token',), 'application_file': ('application_token', 'answer'),
        'my_application': ('application',), 'my_application_edit': ('application',), 'my_application_file': ('application', 'answer'),
        'admin:application_move': ('application', 'decision'), 'admin:application_file': ('application', 'answer'),
        'contacts': ('organisation',), 'seat_invite': ('organisation',), 'seats_more': ('organisation',), 'seats_staying': ('organisation',), 'seat_end': ('organisation', 'seat'), 'seat_leave': ('organisation',),
        'seat_act': ('organisation', 'seat', 'verb'), 'office_appoint': ('organisation',),
        'office_step_down': ('organisation', 'office'), 'invitation': ('seat_token',), 'place_answer': ('invited',), 'listing': ('organisation',), 'domain_claim': ('organisation',),
        'domain_change': ('organisation', 'domain'), 'place_ask': ('domain',),
        'commission': ('commission_token',), 'commission_write': ('promised_token',), 'my_commission': ('commission',), 'commission_begin': ('commission',),
        **dict.fromkeys(('admin:page_versions', 'admin:page_preview', 'admin:page_publish', 'admin:page_go_back', 'admin:page_unpublish'), ('staff_page',)),
        'admin:home_post': ('post_key',), 'admin:ukis_tag_split': ('tag',), 'admin:desk_map': (), 'admin:desk_figures': (), 'admin:desk_reads': (), **dict.fromkeys(('submission_reads', 'admin:desk_reads_of'), ('printed',)), 'organisation_reads': ('organisation',), 'admin:desk_figure_rows': ('figure',), 'admin:desk_away': (), 'admin:desk_map_rows': ('map_kind', 'tag_slug'), 'would_write_take_back': ('pk',),
        'admin:commission': ('commission',), 'admin:commission_move': ('commission', 'commission_move'),
        **dict.fromkeys(('admin:commission_change', 'admin:commission_discard'), ('drafted',)),
        'desk_calendar_file': ('calendar_token',),
        'admin:saved_queue': ('saved_queue',),
        **dict.fromkeys(('admin:desk_incoming_take_in', 'admin:desk_incoming_put_aside'), ('came_in',)), 'admin:desk_incoming': (),
        'preview': ('preview_token',), **dict.fromkeys(('submission_preview_withdraw', 'admin:desk_preview_withdraw'), ('pk', 'preview')), 'not_now': ('not_now_token',), 'admin:desk_away_back': ('away',), **dict.fromkeys(('submission_vouch', 'admin:desk_vouch'), ('pk', 'silent')),
        'reading': ('reading_token',), 'my_reading': ('reading',), 'admin:desk_reading': ('pk', 'reading'), 'admin:desk_reading_move': ('pk', 'reading', 'reading_move'),
        **dict.fromkeys(('admin:desk_board', 'admin:desk_calendar', 'admin:desk_calendar_address', 'admin:desk_meeting'), ()),
        'topic_people': ('tag_slug',), 'introduction_ask': ('peer_slug',),
        'introduction': ('introduction',), 'introduction_end': ('introduction',),
        'introduction_answer': ('introduction_token',), 'mail_choices_by_link': ('choices_token',),
        'resign': ('key',), 'renewal_begin': ('key',), 'erasure_back': ('erasure_token',), 'admin:erasure_of': ('asking',),
        'invoice': ('invoice',), 'invoice_copy': ('invoice', 'invoice_copy'), 'credit_note': ('credit_note',), 'receipt': ('payment',),
        'admin:followed': ('organisation',), 'admin:same_as': ('same_kind', 'same_kept'), 'admin:merge': ('same_kind', 'same_kept', 'same_gone'),
        'admin:gift_aid_table': ('claim', 'gifts'), 'admin:gift_aid_paper': ('peer',),
        'admin:money_move': ('of', 'invoice_pk', 'money_move'),
        'affiliation_remove': ('affiliation',), 'media': ('path',), 'admin:desk_move': ('pk', 'move'),
        'mfa_remove_webauthn': ('key',), 'mfa_edit_webauthn': ('key',),
    }  # fmt: skip
    if name == 'account_reset_password_from_key':
        return reverse(name, kwargs={'uidb36': '1', 'key': 'set-password'})
    if name == 'admin:view_on_site':
        return reverse(name, args=[1, 1])
    if name == 'admin:app_list':
        return reverse(name, kwargs={'app_label': 'members'})
    if name in special:
        return reverse(name, args=[given[key] for key in special[name]])
    if name.startswith(('submission', 'admin:desk_')):
        return reverse(name, args=[given['pk']])
    return reverse(name)


def answers(scene: dict, path: str, method: str, roles: tuple[str, ...] = ROLES) -> tuple[int, ...]:
    """What each role is answered; nothing that an answer wrote outlives it."""
    codes = []
    for role in roles:
        client = scene['clients'][role]
        point, jar = transaction.savepoint_create(), copy.deepcopy(client.cookies)
        cache.clear()
        codes.append(getattr(client, method.lower())(path).status_code)
        transaction.savepoint_rollback(point)
        client.cookies = jar
    return tuple(codes)


METHODS = ('GET', 'HEAD', 'POST', 'PUT', 'DELETE')


@pytest.fixture
def _looked_at_from_outside(monkeypatch):
    """Without the copies of every context that tests may look at."""
    monkeypatch.setattr(Template, '_render', lambda self, context: self.nodelist.render(context))


@pytest.mark.usefixtures('_looked_at_from_outside')
@pytest.mark.parametrize('method', METHODS)
def test_each_role_is_answered_as_its_row_says(method, scene):
    expected, found = {}, {}
    for name, row in TABLE.items():
        expected[name] = row.get('GET' if method == 'HEAD' else method, row['OTHER'])
        found[name] = answers(scene, path_of(name, scene), method)

    assert {name: codes for name, codes in found.items() if codes != expected[name]} == {}, method


@pytest.mark.usefixtures('_looked_at_from_outside')
def test_a_guest_editor_is_answered_as_the_desk_of_their_series_has_it(scene):
    """The submission is of their series: elsewhere they are a stranger (tests/blog/test_series.py)."""
    expected, found = {}, {}
    for name, method in product(TABLE, METHODS):
        row, asked = TABLE[name], 'GET' if method == 'HEAD' else method
        codes = dict(zip(ROLES, row.get(asked, row['OTHER']), strict=True))
        refused = 405 in [codes[role] for role in STAFF_ROLES]
        of_guest = GUEST.get(name, {})
        other = of_guest.get('OTHER') if asked in ('PUT', 'DELETE') else None
        expected[name, method] = of_guest.get(asked) or other or (405 if refused else codes['stranger'])
        [found[name, method]] = answers(scene, path_of(name, scene), method, ('guest',))

    assert {key: code for key, code in found.items() if code != expected[key]} == {}


def test_each_staff_role_sees_its_models_and_no_others(scene):
    wrong = {}
    for model, row in ADMIN_MODELS.items():
        thing = scene['rows'].get(model)
        for action in MODEL_ACTIONS:
            name = f'admin:{model}_{action}'
            if action in ('changelist', 'add'):
                path = reverse(name)
            elif thing is None:
                continue
            else:
                path = reverse(name, args=[thing.pk])
            right = {'changelist': 'view', 'history': 'view', 'change': 'view'}.get(action, action)
            for role in ('visitor', 'author', 'editor', 'chief', 'secretary', 'administrator'):
                code = scene['clients'][role].get(path).status_code
                wanted = ADMIN(role, row, right)
                # Of what is one row the list leads to it.
                one_row = model in ('ukis_society', 'ukis_accessibilitystatement')
                if wanted == 200 and one_row and action == 'changelist':
                    wanted = 302
                # A history that one may not see is not there.
                if code != wanted and not (wanted == 403 and action == 'history' and code == 302):
                    wrong[name, role] = (code, wanted)

    assert wrong == {}


HOSTILE = [
    {
        'data': b'a=%ff%fe&title=x',
        'content_type': 'application/x-www-form-urlencoded; charset=utf-7-invented',
    },
    {'data': b'title=\x00\xff&body=%00', 'content_type': 'application/x-www-form-urlencoded'},
    {
        'data': b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf',
        'content_type': 'multipart/form-data; boundary=x',
    },
    {'data': b'no boundary', 'content_type': 'multipart/form-data'},
    {'data': b'{"a": ', 'content_type': 'application/json'},
    {'data': b'["not", "an object", null, 1e999]', 'content_type': 'application/json'},
    {
        'data': b'x=' + b'%F0%9F%92%A9' * 500,
        'content_type': 'application/x-www-form-urlencoded; charset=ascii',
    },
]
QUERIES = [
    'page=0', 'page=99999999999999999999', 'page=%00', 'tag=%00&tag=a', 'q=%ff%00', 'version=x', 'from=1&to=99999999999999999999',
    'from=%00', 'next=//evil.example', 'page[]=1&page=-1', 'e=1', 'o=999', 'p=x', 'queue=%00', 'marks=%00',
]  # fmt: skip


@pytest.mark.usefixtures('_looked_at_from_outside')
# Each role where its doors are open: elsewhere it gets no further than a visitor.
@pytest.mark.parametrize(
    ('role', 'doors'),
    [
        ('visitor', ''),
        ('author', ('write', 'submission', 'profile', 'affiliation', 'upload')),
        ('chief', 'admin:'),
    ],
)
def test_nothing_a_client_sends_is_answered_500(role, doors, scene):
    client = scene['clients'][role]
    broken = set()
    models = [f'admin:{model}_changelist' for model in ADMIN_MODELS]
    for name in [*TABLE, *models]:
        if not name.startswith(doors):
            continue
        path = path_of(name, scene)
        for query in QUERIES:
            if client.get(f'{path}?{query}').status_code >= 500:
                broken.add((name, query))
        for hostile in HOSTILE:
            point, jar = transaction.savepoint_create(), copy.deepcopy(client.cookies)
            if client.generic('POST', path, **hostile).status_code >= 500:
                broken.add((name, hostile['content_type'], hostile['data'][:20]))
            transaction.savepoint_rollback(point)
            client.cookies = jar

    assert broken == set()


def test_a_stranger_gets_404_for_every_address_of_somebody_elses_submission(scene):
    pages = [name for name in TABLE if name.startswith('submission')]
    client = scene['clients']['stranger']

    found = {
        (name, method): getattr(client, method)(path_of(name, scene)).status_code
        for name in pages
        for method in ('get', 'post')
    }

    assert {key: code for key, code in found.items() if code not in (404, 405)} == {}
    assert len(pages) >= 13


WORDS_OF_IT = ('Careful change takes time', 'The second year is for doing')


def readers(scene: dict, person: Person) -> list[tuple[str, str]]:
    """At which addresses somebody meets the words of the submission, or its title."""
    client = Client()
    client.force_login(person)
    found = []
    lists = (f'admin:{model}_changelist' for model in ADMIN_MODELS)
    for name in [*TABLE, *lists]:
        if name in ('named', 'named_object', 'preview', 'reading', 'desk_calendar_file'):
            continue  # whoever has the link opens it
        page = b''.join(client.get(path_of(name, scene), {'q': 'careful'})).decode(errors='replace')
        found += [(name, words) for words in WORDS_OF_IT if words in page]
    return found


def test_no_address_shows_unpublished_work_of_others_to_staff_who_lack_a_second_factor(scene):
    one_factor = make_person(group=COMMISSIONING_EDITOR, second_factor=False)
    # In the editors' group, with a second factor, and no staff any more.
    former = make_person(group=EDITOR)
    Person.objects.filter(pk=former.pk).update(is_staff=False)

    assert readers(scene, one_factor) == []
    assert readers(scene, former) == []
    assert len(readers(scene, make_person(group=EDITOR))) >= 6


def test_an_author_is_refused_every_move_of_the_editors(scene):
    from blog.workflow import MOVES, Role

    pk = scene['given']['pk']
    moves = [
        name
        for name, move in MOVES.items()
        if move.who & {Role.EDITOR, Role.CHIEF, Role.DESK, Role.ADMINISTRATOR}
    ]
    answers = {
        (role, name): scene['clients'][role].post(reverse('admin:desk_move', args=[pk, name])).status_code
        for role in ('author', 'stranger')
        for name in moves
    }

    assert {code for (role, _), code in answers.items() if role == 'author'} == {403}
    assert {code for (role, _), code in answers.items() if role == 'stranger'} == {404}
    assert len(moves) == 30


def test_a_private_link_reaches_nothing_else(scene):
    client = Client()
    token = scene['given']['token']
    assert client.get(reverse('named', args=[token])).status_code == 200

    others = {
        name: client.get(path_of(name, scene)).status_code for name in TABLE if name.startswith('submission')
    }

    assert set(others.values()) <= {302, 401, 405}
    assert client.get(reverse('named', args=[token[::-1]])).status_code == 404


def test_an_old_address_redirects(scene):
    from django.contrib.contenttypes.models import ContentType

    person = scene['rows']['members_person']
    OldAddress.objects.create(
        path='/people/old-name/', content_type=ContentType.objects.get_for_model(person), object_id=person.pk
    )

    answer = Client().get('/people/old-name/')

    assert (answer.status_code, answer.url) == (301, person.get_absolute_url())
