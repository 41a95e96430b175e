from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.db.models import Q
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = 'members'
    verbose_name = 'Members'

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from members import (
            erasing,
            exchange,
            found,
            held_of_people,
            kept,
            mail_choices,
            merging,
            roles,
            signing_in,
            statement_review,
            weekly,
        )
        from members import letters as of_members
        from members.applying import welcoming
        from members.erasing import replaying
        from members.letters import letter_occasions, mailings
        from members.meeting import introducing
        from members.models import Sought
        from members.money import documents, extra_seats, up_front
        from members.organisations import counting, offices
        from members.places import asking, staying
        from members.renewals import overtaken, reminders, unheard
        from ukis import clock, keeping, letters, personal, search, society, tags
        from ukis.erasing import register_step
        from ukis.pictures import forgetting, used

        search.register(found.PEOPLE)
        search.register(found.ORGANISATIONS)
        register_step(found.forget)

        letters.stand_in(
            ('members/letters/{}.txt',),
            ('account/email/{}_subject.txt', 'account/email/{}_message.txt'),
            ('mfa/email/{}_subject.txt', 'mfa/email/{}_message.txt'),
        )
        letters.register_occasions(letter_occasions.OCCASIONS)
        letters.register_subject(
            'members.person',
            letters.Subject(signing_in.letters_kept_from, signing_in.page_of, kinds=signing_in.KINDS),
        )
        of_money = {
            'members.invoice': (overtaken.lock_of_invoice, overtaken.why_of_invoice),
            'members.creditnote': (overtaken.lock_of_credit_note, overtaken.why_of_credit_note),
            'members.payment': (overtaken.lock_of_payment, overtaken.why_of_payment),
        }
        for model, view in of_members.PAGES.items():
            subject = letters.Subject(
                of_members.kept_from,
                of_members.page_of(view),
                kinds=of_members.KINDS.get(model, {}),
                refusable=mail_choices.REFUSABLE.get(model, {}),
                given_up=reminders.given_up,
                enclosed=documents.enclosed,
            )
            if model == 'members.membership':
                subject = replace(
                    subject,
                    lock=overtaken.lock,
                    overtaken=overtaken.why,
                    put_off=overtaken.put_off,
                    recalled=overtaken.recalled,
                )
            if model == 'members.application':
                subject = replace(
                    subject,
                    lock=welcoming.lock,
                    overtaken=welcoming.why,
                    recalled=welcoming.recalled,
                    beside=welcoming.beside,
                )
            if model == 'ukis.society':
                subject = replace(subject, overtaken=statement_review.overtaken)
            if model in of_money:
                lock, why = of_money[model]
                subject = replace(subject, lock=lock, overtaken=why, recalled=overtaken.recalled_of_money)
            if model == 'members.invoice':
                subject = replace(subject, beside=welcoming.beside)
            letters.register_subject(model, subject)
        letters.register_subject(
            'members.introduction',
            letters.Subject(
                introducing.letters_kept_from,
                introducing.page_of,
                lock=overtaken.lock_of_introduction,
                overtaken=overtaken.why_of_introduction,
                kinds=introducing.KINDS,
                refusable=mail_choices.OF_INTRODUCTIONS,
            ),
        )
        letters.register_choices('mail_choices_by_link', *mail_choices.CHOICES)
        clock.register('members: let notes expire', timedelta(hours=1), introducing.expire)
        clock.register('members: count by nation', timedelta(minutes=10), counting.count_by_nation)
        clock.register('members: renewals and reminders', timedelta(hours=1), reminders.remind)
        clock.register('members: invoices nobody agreed to', timedelta(hours=1), up_front.credit_lapsed)
        extra_seats.instead_of_drawn.append(up_front.draw_anew)
        clock.register('members: promises of more places', timedelta(hours=1), extra_seats.follow_promises)
        clock.register('members: places asked for', timedelta(hours=1), asking.end_unanswered)
        clock.register('members: who stays', timedelta(hours=6), staying.see_to)
        clock.register('members: hold whom no letter reached', timedelta(hours=6), unheard.hold)
        clock.register('members: letters to many', timedelta(seconds=5), mailings.go_on)
        clock.register(
            'members: review of the accessibility statement', timedelta(hours=6), statement_review.remind
        )
        clock.register('members: letter of the week', timedelta(hours=1), weekly.write)
        personal.register(*held_of_people.HOLDINGS, *exchange.HOLDINGS)
        keeping.register(*kept.PERIODS)
        erasing.register()
        clock.register('members: receipts outside', timedelta(minutes=10), replaying.write_down)
        clock.register(
            'members: registers from files',
            timedelta(seconds=10),
            exchange.carry_out_confirmed,
            lane='registers',
        )
        clock.register('members: main contacts', timedelta(minutes=10), offices.look_for_silent)
        forgetting.named.extend(('members.changeproposal', column) for column in ('was', 'wanted'))
        used.uses.append(('Photo', 'members.person', 'photo', 'name'))
        used.uses.append(('Logo', 'members.organisation', 'logo', 'name'))
        tags.carried_by(Sought, 'person')
        merging.register()
        clock.register('members: follow who was merged', timedelta(minutes=10), merging.swept)
        clock.register('members: people of what was merged', timedelta(hours=6), merging.look_after_people)
        _say_what_pages_show()
        society.who_commissions.append(Q(groups__name=roles.COMMISSIONING_EDITOR))
        email_confirmed.connect(_was_confirmed, dispatch_uid='members: confirmed anew')
        post_migrate.connect(roles.bring_up_to_date, dispatch_uid='members: roles')


def _was_confirmed(email_address: Any, **signal: Any) -> None:
    from ukis import letters

    letters.proved(email_address.email, email_address.user)


def _say_what_pages_show() -> None:
    from members import models
    from ukis.changes import shows

    shows(
        models.Person,
        # Pages come to people by what they wrote and where they work.
        reached=True,
        unseen=[
            'password',
            'last_login',
            'is_superuser',
            'is_staff',
            'email',
            'joined_at',
            'postal_address',
            'found_by',
            'may_be_asked',
            'merged_into_id',
            'erased_at',
        ],
    )
    # By its membership, or a post that names it.
    found_by = ['folded_name', 'folded_short_name', 'web_host']
    shows(models.Organisation, reached=True, unseen=['billing_address', 'merged_into_id', *found_by])
    shows(models.EarlierName, of='organisation_id', unseen=['folded_name'])
    shows(models.Succession, of='organisation_id')
    shows(models.Sought, of='person_id')
    shows(models.Membership, unseen=['beside'])
    for model in (
        models.Affiliation,
        models.Category,
        models.CategoryPart,
        models.NationCount,
        models.Override,
        models.Term,
    ):
        shows(model)
    # How a seat came about is no page's.
    invited = ['address', 'came', 'invited_by_id', 'invited_on', 'holds_until', 'letters']
    shows(models.Seat, unseen=invited)
