from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = 'blog'
    verbose_name = 'Blog'

    def ready(self) -> None:
        from datetime import timedelta

        from blog import announcing, letters, notes
        from members import roles
        from ukis import clock
        from ukis import letters as outbox

        seen_on_the_desk = dict.fromkeys(roles.DESK, roles.VIEW)
        roles.register({'blog.submission': seen_on_the_desk, 'blog.post': seen_on_the_desk})

        clock.register('blog: announce what went live', timedelta(minutes=1), announcing.announce_due)
        outbox.register_subject(
            'blog.submission',
            outbox.Subject(
                letters.kept_from,
                letters.page_of,
                kinds=letters.KINDS,
                lock=notes.lock,
                changed=notes.changed,
                left=notes.left,
                recalled=notes.recalled,
            ),
        )
