"""Pictures in an S3-compatible store: a real one, in a process of its own, that works, hangs, and dies."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from socket import create_server
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_person, make_submission
from tests.processes import CSRF, cookie_of, wait_until
from tests.ukis.test_pictures import drawn
from ukis.pictures import turns
from ukis.pictures.models import Picture
from ukis.society.models import Society
from ukis.unsaved.models import Buffer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]

BUCKET = 'pictures'
KEYS = {'MEDIA_KEY': 'key', 'MEDIA_SECRET': 'secret'}
OPEN_TO_READERS = {
    'Version': '2012-10-17',
    'Statement': [
        {
            'Effect': 'Allow',
            'Principal': '*',
            'Action': 's3:GetObject',
            'Resource': f'arn:aws:s3:::{BUCKET}/*',
        }
    ],
}
# Two tries of a few seconds each, the pause between them, and a machine that is busy with other tests.
A_FEW_SECONDS = 20


@pytest.fixture(scope='module')
def server():
    """The store's process and port."""
    with create_server(('127.0.0.1', 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, '-m', 'moto.server', '-H', '127.0.0.1', '-p', str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    client = boto3.client(
        's3', endpoint_url=f'http://127.0.0.1:{port}', region_name='us-east-1',
        aws_access_key_id='key', aws_secret_access_key='secret', config=Config(connect_timeout=2, read_timeout=5),
    )  # fmt: skip

    def made() -> bool:
        with suppress(BotoCoreError):
            client.create_bucket(Bucket=BUCKET)
            client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(OPEN_TO_READERS))
            return True
        return False

    wait_until(made)
    yield process, port
    process.send_signal(signal.SIGCONT)
    process.kill()
    process.wait()


@pytest.fixture
def line(server, line_to):
    """The way to the store, which can be cut and kept silent."""
    return line_to('127.0.0.1', server[1])


@pytest.fixture
def site(site, line):
    Society.objects.get_or_create(pk=1)
    address = f'http://127.0.0.1:{line.port}'
    site.environ |= {
        'MEDIA_BUCKET': BUCKET,
        'MEDIA_ENDPOINT': address,
        'MEDIA_URL': f'{address}/{BUCKET}/',
        **KEYS,
    }
    return site


def multipart(fields: dict[str, str], **files: bytes) -> bytes:
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{said}'.encode()
        for name, said in fields.items()
    ]
    parts += [
        f'Content-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'.encode()
        + content
        for name, content in files.items()
    ]
    return b''.join(b'--boundary\r\n' + part + b'\r\n' for part in parts) + b'--boundary--\r\n'


def post(web, path: str, cookie: str, fields: dict[str, str], **files: bytes) -> tuple[int, str, float]:
    """Status, text, and how many seconds it took."""
    began = time.monotonic()
    connection = http.client.HTTPConnection('127.0.0.1', web.port, timeout=90)
    body = multipart({**fields, 'csrfmiddlewaretoken': CSRF}, **files)
    headers = {
        'Cookie': f'csrftoken={CSRF}; {cookie}',
        'Origin': f'http://127.0.0.1:{web.port}',
        'Content-Type': 'multipart/form-data; boundary=boundary',
    }
    try:
        connection.request('POST', path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), time.monotonic() - began
    finally:
        connection.close()


def signed_in_as(person) -> str:
    client = Client()
    client.force_login(person)
    return cookie_of(client)


def send(web, cookie: str, side: int = 400) -> tuple[int, dict, float]:
    status, text, seconds = post(
        web, reverse('upload_picture'), cookie, {}, picture=drawn('PNG', size=(side, side))
    )
    return status, json.loads(text), seconds


def went_to(web, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection('127.0.0.1', web.port, timeout=30)
    try:
        connection.request('GET', path)
        answer = connection.getresponse()
        return answer.status, answer.headers['Location']
    finally:
        connection.close()


def test_a_picture_is_kept_shown_and_sized_in_the_store(site):
    web = site.web()

    status, said, _ = send(web, signed_in_as(make_person()), 700)
    site.worker()
    wait_until(lambda: Picture.objects.exclude(sized_at=None).exists())

    assert status == 200
    picture = Picture.objects.get()
    names = [picture.file.name, *(size['name'] for size in picture.sizes)]
    assert said['url'] == f'/media/{picture.file.name}'
    assert len(names) >= 4
    for name in names:
        status, address = went_to(web, f'/media/{name}')
        assert (status, address) == (302, f'{site.environ["MEDIA_URL"]}{name}')
        with urllib.request.urlopen(address) as answer:
            assert answer.headers['Content-Type'].startswith('image/')
            assert answer.headers['Cache-Control'] == 'public, max-age=31536000, immutable'
            assert (
                len(answer.read())
                == dict(
                    [
                        (picture.file.name, picture.size),
                        *((size['name'], size['bytes']) for size in picture.sizes),
                    ]
                )[name]
            )


@pytest.fixture(params=['silent', 'cut', 'stopped'])
def away(request, server, line):
    """`away()` lets the store be so; it is mended in the end. Silent: it takes what is sent and says nothing.
    Cut: connections are refused. Stopped: its process stands still."""
    process, _ = server

    def go() -> str:
        match request.param:
            case 'silent':
                line.silence()
            case 'cut':
                line.cut()
            case 'stopped':
                process.send_signal(signal.SIGSTOP)
        return request.param

    yield go
    process.send_signal(signal.SIGCONT)


def mend(server, line) -> None:
    server[0].send_signal(signal.SIGCONT)
    line.mend()


def test_while_the_store_is_away_words_come_back_with_a_sentence(site, server, line, away, author):
    submission = make_submission(author)
    web, cookie = site.web(), signed_in_as(author)
    assert send(web, cookie)[0] == 200  # connections stand
    away()

    # At once: each waits for the store by itself, and need not wait for the others too.
    with ThreadPoolExecutor() as pool:
        uploaded = pool.submit(send, web, cookie, 500)
        written = pool.submit(
            post, web, reverse('submission_edit', args=[submission.pk]), cookie,
            {'base': str(submission.current.number), 'title': 'A new title', 'body': '<p>Typed just now.</p>', 'tags': 'a, b',
             'language': 'en-GB', 'me-name': 'Ada Author', 'me-role': '', 'me-affiliation': '', 'me-biography': ''},
            lead_file=drawn('PNG', size=(510, 500)),
        )  # fmt: skip
        described = pool.submit(
            post, web, reverse('profile'), cookie,
            {'name': 'Ada Author', 'biography': 'Also typed.', 'page_for': 'public', 'biography_for': 'public', 'photo_for': 'public'},
            photo_file=drawn('PNG', size=(520, 500)),
        )  # fmt: skip
    sent, said, in_upload = uploaded.result()
    saved, sheet, in_saving = written.result()
    profile, page, in_profile = described.result()

    sentence = 'The place where pictures are kept does not answer just now. Nothing you typed is lost'
    assert (sent, sentence in said['error']) == (503, True)
    assert (saved, sentence in sheet, 'Typed just now.' in sheet) == (422, True, True)
    assert 'Typed just now.' in Buffer.objects.get().data['body']
    # Sent without what its page began from, it may be shown beside what stands as well.
    assert (profile in (409, 422), sentence in page, 'Also typed.' in page) == (True, True, True)
    assert max(in_upload, in_saving, in_profile) < A_FEW_SECONDS
    assert Picture.objects.count() == 1

    mend(server, line)
    assert send(web, cookie, 500)[0] == 200


def test_forty_uploads_into_a_store_that_hangs_leave_the_pages_up(site, server, line):
    web, cookie = site.web(), signed_in_as(make_person())
    line.silence()
    answers: list[tuple[int, dict, float]] = []
    threads = [
        threading.Thread(target=lambda side=300 + number: answers.append(send(web, cookie, side)))
        for number in range(40)
    ]
    for thread in threads:
        thread.start()

    slowest = 0.0
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert web.answers('/robots.txt')
        assert web.answers('/')
        slowest = max(slowest, time.monotonic() - began)
    for thread in threads:
        thread.join()

    assert slowest < A_FEW_SECONDS
    assert {status for status, _, _ in answers} == {503}
    told = [said['error'] for _, said, _ in answers]
    assert any('does not answer just now' in sentence for sentence in told)
    assert sum('yours had no turn' in sentence for sentence in told) >= 40 - 3 * turns.AT_ONCE
    assert all('Nothing you typed is lost' in sentence for sentence in told)
    mend(server, line)
    assert send(web, cookie)[0] == 200


def test_sizes_wait_for_the_store_and_are_made_when_it_is_back(site, server, line, away):
    web = site.web()
    assert send(web, signed_in_as(make_person()))[0] == 200
    away()
    worker = site.worker()
    wait_until(lambda: Picture.objects.exclude(last_error__in=['', 'The worker ended at it.']).exists())

    picture = Picture.objects.get()
    assert (picture.tries, picture.sized_at) == (1, None)
    assert picture.try_again_at > timezone.now()
    mend(server, line)
    Picture.objects.update(try_again_at=timezone.now() - timedelta(seconds=1))
    wait_until(lambda: Picture.objects.exclude(sized_at=None).exists())
    assert worker.poll() is None


def test_what_the_store_s_settings_allow_is_seconds(site, line):
    """Whatever is asked of it, by whatever call."""
    line.silence()
    code = (
        'import django, time; django.setup()\n'
        'from django.core.files.storage import default_storage\n'
        'from ukis.pictures import store, StoreAway\n'
        'for ask in (lambda: store.read("a.png"), lambda: store.forget("a.png")):\n'
        '    began = time.monotonic()\n'
        '    try:\n'
        '        ask()\n'
        '    except StoreAway:\n'
        '        print(time.monotonic() - began)\n'
    )
    ran = subprocess.run(
        [sys.executable, '-c', code], env=site.environ, capture_output=True, text=True, check=True
    )

    seconds = [float(line) for line in ran.stdout.split()]
    assert len(seconds) == 2
    assert max(seconds) < A_FEW_SECONDS
    assert urlsplit(site.environ['MEDIA_ENDPOINT']).port == line.port
