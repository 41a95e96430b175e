"""A file of a register whose worker is killed in the middle, and one that two secretaries carry out at once: real
processes, on both databases."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse

from members import exchange
from members.models import Organisation, RegisterImport
from members.roles import SECRETARY
from tests.conftest import make_person
from tests.members.test_exchange import taken, written
from tests.members.test_inviting_at_once import at_once
from tests.processes import cookie_of, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 30
FILE = written([{'Name': f'Body number {number}'} for number in range(ROWS)])

DIES = """
import os, signal, django
django.setup()
from django.utils import timezone
from members import exchange
from members.exchange import importing
write, done = importing._write, []

def dies(*its):
    write(*its)
    done.append(its)
    if len(done) == 20:
        os.kill(os.getpid(), signal.SIGKILL)

importing._write = dies
exchange.carry_out_confirmed(timezone.now())
"""


def histories() -> int:
    kind = ContentType.objects.get_for_model(Organisation)
    return LogEntry.objects.filter(content_type=kind).count()


def test_what_a_killed_worker_had_begun_is_not_there_and_the_next_one_does_it_once(site, society, secretary):
    row = exchange.confirm(taken(FILE, 'organisations', secretary), by=secretary)

    killed = subprocess.run([sys.executable, '-c', DIES], cwd=settings.BASE_DIR, env=site.environ)
    left = Organisation.objects.count(), histories(), RegisterImport.objects.get().state
    site.worker()
    wait_until(lambda: RegisterImport.objects.get().state == 'done')

    assert killed.returncode == -9
    assert left == (0, 0, 'confirmed')
    assert (Organisation.objects.count(), histories()) == (ROWS, ROWS)
    row.refresh_from_db()
    assert (row.content, row.trouble, row.new) == (None, '', ROWS)


def test_two_secretaries_carry_the_same_file_out_once(site, society, secretary, signed_in):
    other = make_person('Sid Second', group=SECRETARY)
    row = taken(FILE, 'organisations', secretary)
    path = reverse('admin:register_import', args=[row.pk])
    webs, cookies = [site.web(), site.web()], [cookie_of(signed_in(one)) for one in (secretary, other)]

    answers = at_once(
        [
            lambda web=web, cookie=cookie: web.ask('POST', path, cookie=cookie, form={})[0]
            for web, cookie in zip(webs, cookies, strict=True)
        ]
    )

    assert answers == [302, 302]
    assert (Organisation.objects.count(), histories()) == (ROWS, ROWS)
    assert RegisterImport.objects.get().state == 'done'


def test_of_two_files_of_one_content_one_is_carried_out_and_the_other_says_what_stands(
    society, secretary, database_url
):
    other = make_person('Sid Second', group=SECRETARY)
    for register, data in (
        ('organisations', FILE),
        ('people', written([{'Name as printed': 'Ann Onymous'}, {'Name as printed': 'Bo Nix'}])),
    ):
        rows = [exchange.confirm(taken(data, register, by), by=by) for by in (secretary, other)]

        def carried(row):
            try:
                return exchange.carry_out(row)
            finally:
                connection.close()

        at_once([lambda row=row: carried(row) for row in rows])

        found = sorted(
            RegisterImport.objects.filter(register=register).values_list('state', 'new', 'unchanged')
        )
        assert found == [('done', len(data.splitlines()) - 1, 0), ('looked', 0, len(data.splitlines()) - 1)]
    assert (Organisation.objects.count(), histories()) == (ROWS, ROWS)
