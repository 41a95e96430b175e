from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = 'members'
    verbose_name = 'Members'

    def ready(self) -> None:
        from members import roles

        post_migrate.connect(roles.bring_up_to_date, dispatch_uid='members: roles')
