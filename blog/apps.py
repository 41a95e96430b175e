from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = 'blog'
    verbose_name = 'Blog'

    def ready(self) -> None:
        from datetime import timedelta

        from blog import announcing
        from ukis import clock

        clock.register('blog: announce what went live', timedelta(minutes=1), announcing.announce_due)
