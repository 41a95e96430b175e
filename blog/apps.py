from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_migrate

if TYPE_CHECKING:
    from datetime import datetime

    from ukis.letters.models import Letter
    from ukis.letters.subjects import Hears


class BlogConfig(AppConfig):
    name = 'blog'
    verbose_name = 'Blog'

    def ready(self) -> None:
        from dataclasses import replace
        from datetime import timedelta

        from django.conf import settings

        from blog import announcing, chasers, guests, held_of_people, kept, merged, models, subscribing
        from blog.cards import made_cards
        from blog.chasers import digest
        from blog.commissioning import forgetting as forgetting_commissions
        from blog.commissioning import unreached
        from blog.conversation import answers_told, incoming
        from blog.importing import by_staff
        from blog.letters import (
            answered,
            commission_letters,
            guest_letters,
            letter_kinds,
            letter_occasions,
            letters_read,
            list_letters,
            reading_letters,
            why_written,
        )
        from blog.messages import notes
        from blog.readings import forgetting as forgetting_readings
        from blog.readings import unreached as unreached_readers
        from blog.search import found, sought
        from blog.shelves import listing, relating, shelving
        from blog.subscribing import contents, hearing, shown
        from blog.subscribing import letters as subscribed
        from blog.workflow import beside, topics
        from blog.workflow import erasing as workflow_erasing
        from blog.writing import drafts
        from members import overview, roles
        from members.erasing import former
        from ukis import changes, clock, erasing, keeping, personal, search, tags, unsaved
        from ukis import letters as outbox
        from ukis.letters import mailbox
        from ukis.pictures import focus, forgetting, used

        seen_on_the_desk = dict.fromkeys(roles.DESK, roles.VIEW)
        roles.register({'blog.submission': seen_on_the_desk, 'blog.post': seen_on_the_desk})
        kept_by = (roles.COMMISSIONING_EDITOR, roles.ADMINISTRATOR)
        roles.register(
            {
                'blog.series': {roles.EDITOR: roles.VIEW, **dict.fromkeys(kept_by, roles.KEEP)},
                'blog.serieseditor': {roles.EDITOR: roles.VIEW, **dict.fromkeys(kept_by, roles.EVERYTHING)},
            }
        )

        roles.register(
            {
                'blog.subscriber': dict.fromkeys(kept_by, roles.VIEW),
                'blog.edition': {roles.EDITOR: roles.VIEW, **dict.fromkeys(kept_by, roles.CHANGE)},
            }
        )
        roles.register({'blog.postsfile': {roles.ADMINISTRATOR: roles.KEEP}})
        unsaved.TOLD |= dict.fromkeys((drafts.TEXT, drafts.COPY_EDIT), drafts.told)
        clock.register('blog: announce what went live', timedelta(minutes=1), announcing.announce_due)
        clock.register('blog: related posts', timedelta(minutes=1), relating.keep_up)
        clock.register('blog: cards', timedelta(minutes=1), made_cards.draw_missing, lane=clock.PICTURES)
        focus.heard.append(made_cards.redraw)
        clock.register('blog: reminders', timedelta(hours=1), chasers.remind)
        clock.register(
            'blog: commissions answered by silence, or in print', timedelta(minutes=15), _commissions
        )
        if settings.ANSWERS_URL:  # in a lane of its own: it waits for another machine
            clock.register(
                'blog: read answers by email', mailbox.EVERY, incoming.read_answers, lane=clock.ANSWERS
            )
        personal.register(*held_of_people.HOLDINGS)
        keeping.register(*kept.PERIODS)
        personal.register_documents(held_of_people.posts)
        personal.register_documents(held_of_people.attachments)
        merged.register()
        tags.carried_by(models.WouldWrite, 'person')
        tags.decided_by(models.Post, beside.retag)
        tags.carried_by(models.Subscription, 'subscriber', before=subscribing.tag_merges)
        tags.followed_by(subscribing.tag_splits)
        clock.register('blog: posts by email', timedelta(seconds=5), subscribing.go_on)
        clock.register('blog: digests by email', timedelta(minutes=10), subscribing.begin_digests)
        clock.register(by_staff.JOB, timedelta(seconds=10), by_staff.go_on, lane='registers')
        erasing.register_step(by_staff.forget)
        erasing.register_step(forgetting_commissions.forget)
        erasing.register_step(forgetting_readings.forget)
        erasing.register_step(workflow_erasing.forget)
        erasing.register_step(forgetting_readings.forget_words)
        erasing.register_print(workflow_erasing.in_print)
        overview.posts.append(listing.latest_naming)
        former.needed += [
            Exists(model.objects.filter(person=OuterRef('pk')))
            for model in (models.Byline, models.Authorship)
        ]
        forgetting.words.extend(
            (model, column)
            for model in ('blog.version', 'blog.wordfile')
            for column in ('body', 'references')
        )
        forgetting.words.append(('blog.commission', 'first_words'))
        forgetting.named.append(('blog.version', 'byline'))
        forgetting.written_once.add('blog.version')
        used.uses.append(('At the top of a blog', 'blog.version', 'lead_picture', 'lead_alt'))
        for kind in (found.POSTS, found.PEOPLE, found.ORGANISATIONS, sought.SUBMISSIONS):
            search.register(kind)
        erasing.register_step(found.forget)
        _say_what_pages_show()
        changes.turn_by_themselves(announcing.next_publication)
        changes.hear_of_tags(shelving.follow_tags)
        changes.hear_of_names(topics.renamed)
        changes.hear_of_names(found.tag_renamed)
        post_migrate.connect(shelving.put_right, sender=self, dispatch_uid='blog: shelves')
        clock.register('blog: guest editors whose series is over', timedelta(hours=1), guests.over)
        clock.register('blog: letter of the week to editors', timedelta(hours=1), digest.write)
        outbox.stand_in(('blog/letters/{}.txt',))
        outbox.register_occasions(letter_occasions.OCCASIONS)
        of_people = outbox.SUBJECTS['members.person']
        outbox.register_subject(
            'members.person',
            replace(
                of_people,
                kept_from=lambda staff: (
                    of_people.kept_from(staff) | digest.kept_from(staff) | list_letters.kept_from(staff)
                ),
                kinds={**of_people.kinds, **digest.KINDS, **list_letters.KINDS, **guest_letters.KINDS},
                overtaken=digest.overtaken,
                values=digest.values,
            ),
        )
        outbox.register_subject(
            'blog.commission',
            outbox.Subject(
                commission_letters.kept_from,
                commission_letters.page_of,
                kinds=commission_letters.KINDS | answers_told.OF_COMMISSIONS,
                answered=answered.ANSWERED,
                lock=chasers.lock_commission,
                overtaken=chasers.overtaken,
                put_off=chasers.put_off,
                values=chasers.values,
                foot=chasers.foot,
                recalled=chasers.recalled,
                given_up=_each(chasers.given_up, unreached.given_up),
            ),
        )
        outbox.register_subject(
            'blog.reading',
            outbox.Subject(
                reading_letters.kept_from,
                reading_letters.page_of,
                kinds=reading_letters.KINDS | answers_told.OF_READINGS,
                answered=answered.ANSWERED,
                lock=chasers.lock_reading,
                overtaken=chasers.reading_overtaken,
                put_off=chasers.put_off,
                values=chasers.values,
                foot=chasers.foot,
                recalled=chasers.recalled,
                given_up=_each(chasers.given_up, unreached_readers.given_up),
            ),
        )
        outbox.register_subject(
            'blog.subscriber',
            outbox.Subject(
                subscribed.kept_from,
                subscribed.page_of_subscriber,
                kinds=subscribed.KINDS,
                unwanted=hearing.unwanted,
                proving=subscribed.PROVING,
            ),
        )
        outbox.register_subject(
            'blog.edition',
            outbox.Subject(
                subscribed.kept_from,
                shown.page_of_edition,
                kinds=shown.TEST,
                inset=contents.inset_of_test,
                foot=subscribed.foot_of_test,
            ),
        )
        outbox.register_subject(
            'blog.delivery',
            outbox.Subject(
                subscribed.kept_from,
                subscribed.page_of_delivery,
                kinds=subscribed.OF_EDITIONS,
                lock=hearing.lock,
                left=hearing.left,
                recalled=hearing.recalled,
                given_up=hearing.given_up,
                doubted=hearing.doubted,
                unwanted=hearing.unwanted,
                overtaken=hearing.overtaken,
                put_off=hearing.put_off,
                foot=subscribed.foot,
                inset=contents.inset,
            ),
        )
        outbox.register_subject(
            'blog.submission',
            outbox.Subject(
                letters_read.kept_from,
                letters_read.page_of,
                kinds=letter_kinds.KINDS | chasers.KINDS | answers_told.KINDS,
                answered=answered.ANSWERED,
                lock=notes.lock,
                changed=notes.changed,
                left=notes.left,
                overtaken=chasers.overtaken,
                put_off=chasers.put_off,
                values=chasers.values,
                foot=chasers.foot,
                why=why_written.why,
                recalled=_each(notes.recalled, chasers.recalled),
                given_up=_each(notes.given_up, chasers.given_up),
            ),
        )


def _each(*hears: 'Hears') -> 'Hears':
    def hear(letter: 'Letter') -> None:
        for one in hears:
            one(letter)

    return hear


def _commissions(now: 'datetime') -> None:
    from blog import commissioning

    commissioning.expire_due(now)
    commissioning.fulfil_due(now)


def _say_what_pages_show() -> None:
    from blog import models
    from ukis.changes import shows

    shows(models.Post, unseen=['announced_at', 'related_at', 'carded_at'])
    shows(models.Card, reached=True, unseen=['printed', 'made_at'])
    shows(models.RelatedPosts, reached=True, of='post_id')
    shows(
        models.Version,
        reached=True,
        unseen=['number', 'made_by_id', 'made_at', 'why', 'note', 'hash', 'typo'],
    )
    shows(models.Byline, of='post_id')
    shows(models.Correction, of='post_id')
    shows(models.Shelved)
    shows(models.ShelfCount)
    # Since when it runs and until when is the editors' to know.
    shows(models.Series, unseen=['starts_on', 'ends_on'])
    shows(models.SeriesEditor, of='series_id')
