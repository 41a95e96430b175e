"""How many member organisations work in each nation, kept so that no page has to count them all."""

from django.db import models

from members.models.people import Nation


class NationCount(models.Model):
    nation = models.CharField(max_length=20, choices=Nation, unique=True)
    organisations = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f'{self.organisations} in {self.get_nation_display()}'
