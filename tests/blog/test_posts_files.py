"""Posts from elsewhere by an Administrator: read, looked at, brought in by the worker."""

import gzip
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog.importing import by_staff, packed
from blog.models import Post, PostsFile
from tests import exports
from ukis import personal

pytestmark = pytest.mark.django_db
LIST = reverse('admin:posts_files')


def given(administrator, content: bytes = exports.AWKWARD.encode()) -> PostsFile:
    return by_staff.take([('export.xml', content)], by=administrator, zone='Europe/London')


def test_a_file_is_looked_at_and_then_brought_in(administrator, signed_in):
    client = signed_in(administrator)
    packed = SimpleUploadedFile('export.xml.gz', gzip.compress(exports.AWKWARD.encode()))

    sent = client.post(LIST, {'file': packed, 'zone': 'Europe/London'})
    assert 'Being read' in client.get(sent.url).content.decode()
    by_staff.go_on(timezone.now())
    looked = client.get(sent.url).content.decode()
    assert 'Dry run: nothing was written.' in looked
    assert not Post.objects.exists()
    client.post(sent.url)
    by_staff.go_on(timezone.now())

    done = client.get(sent.url).content.decode()
    file = PostsFile.objects.get()
    assert '9 brought in' in done
    assert (file.stage, file.content, file.confirmed_by, Post.objects.count()) == (
        'done',
        None,
        administrator,
        9,
    )
    assert {step.by for post in Post.objects.all() for step in post.submission.steps.all()} == {administrator}


def test_what_is_no_file_of_posts_says_so(administrator):
    file = given(administrator, b'Just words.')

    by_staff.go_on(timezone.now())

    file.refresh_from_db()
    assert (file.stage, file.new) == ('looked', 0)
    assert 'is not read beyond line 1' in file.report


def test_a_form_is_refused_in_words(administrator, signed_in):
    client = signed_in(administrator)

    answer = client.post(LIST, {'zone': 'Nowhere/Town'})

    assert 'Choose a file.' in answer.content.decode()
    assert 'No zone is called so.' in answer.content.decode()
    assert not PostsFile.objects.exists()


def test_a_file_is_let_go_until_it_is_confirmed(administrator, signed_in):
    client = signed_in(administrator)
    file = given(administrator)
    by_staff.go_on(timezone.now())
    by_staff.confirm(file, by=administrator)

    client.post(reverse('admin:posts_file_let_go', args=[file.pk]))
    assert PostsFile.objects.exists()
    PostsFile.objects.update(stage='looked')
    client.post(reverse('admin:posts_file_let_go', args=[file.pk]))

    assert not PostsFile.objects.exists()


def test_who_is_no_administrator_any_more_brings_in_nothing(administrator):
    file = given(administrator)
    by_staff.go_on(timezone.now())
    by_staff.confirm(file, by=administrator)
    administrator.groups.clear()

    by_staff.go_on(timezone.now())

    file.refresh_from_db()
    assert (file.stage, Post.objects.count()) == ('looked', 0)
    assert 'is no Administrator any more' in file.trouble


def test_files_are_forgotten_in_their_time_and_with_those_they_name(administrator):
    now = timezone.now()
    waiting, done = given(administrator), given(administrator)
    PostsFile.objects.filter(pk=done.pk).update(
        stage='done', content=None, done_at=now, report='Made: Huw Tegid\n'
    )
    leaving = personal.Leaving(administrator, '', now, ('Huw Tegid',), (), of_staff=False)

    assert not PostsFile.objects.long_over(now)
    assert set(PostsFile.objects.long_over(now + timedelta(days=8))) == {waiting}
    assert set(PostsFile.objects.long_over(now + timedelta(days=31))) == {waiting, done}
    by_staff.forget(leaving)

    assert list(PostsFile.objects.values_list('pk', flat=True)) == [done.pk]
    assert 'Huw Tegid' not in PostsFile.objects.get().report


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, 'w') as packed:
        for name, content in files.items():
            packed.writestr(name.replace('__', '/').replace('_', '.'), content)
    return out.getvalue()


def test_several_files_come_together_with_a_zip_of_pictures_and_a_table(administrator, signed_in):
    picture = BytesIO()
    Image.new('RGB', (40, 30), 'teal').save(picture, 'JPEG')
    pictures = zipped(uploads__2019__03__harbour_jpg=picture.getvalue(), notes_txt=b'Mine.')
    client = signed_in(administrator)
    files = [
        SimpleUploadedFile('export.xml', exports.AWKWARD.encode()),
        SimpleUploadedFile('pictures.zip', pictures),
        SimpleUploadedFile('table.csv', b'/very-old/,blocks\n'),
    ]

    sent = client.post(LIST, {'file': files, 'zone': 'Europe/London'})
    by_staff.go_on(timezone.now())
    looked = client.get(sent.url).content.decode()
    client.post(sent.url)
    by_staff.go_on(timezone.now())

    file = PostsFile.objects.get()
    assert (file.name, file.stage, Post.objects.count()) == ('export.xml and 2 more', 'done', 9)
    assert 'Pictures that are not in the folder' not in looked
    assert 'there is no post' not in looked
    assert 'Files of a kind that is not known, left aside (1):' in file.report
    assert '<img src="/media/pictures/' in Post.objects.get(slug='blocks').version.body
    assert client.get('/very-old/').url == '/blog/blocks/'


@pytest.mark.parametrize('name', ['../../out.xml', '/etc/out.xml', 'C:\\out.xml'])
def test_a_zip_leads_nowhere_out_of_its_room(name, tmp_path):
    out = BytesIO()
    with zipfile.ZipFile(out, 'w') as file:
        file.writestr(name, exports.AWKWARD)
        file.writestr('out.xml', exports.AWKWARD)

    laid = packed.laid_out('in.zip', out.getvalue(), tmp_path / 'room')

    assert len(laid.texts) == 2
    assert all(path.is_relative_to(tmp_path / 'room') for path in laid.texts)


def test_a_zip_that_is_broken_or_a_bomb_says_so(administrator, monkeypatch):
    monkeypatch.setattr(packed, 'MOST_UNPACKED', 1000)
    broken = by_staff.take([('in.zip', zipped(a_xml=b'x')[:-8])], by=administrator, zone='Europe/London')
    bomb = by_staff.take([('in.zip', zipped(a_xml=b'x' * 2000))], by=administrator, zone='Europe/London')

    by_staff.go_on(timezone.now())

    for file, said in ((broken, 'in.zip cannot be unpacked'), (bomb, 'Have it brought in by the command.')):
        file.refresh_from_db()
        assert (file.stage, said in file.report) == ('looked', True)


def test_whoever_is_forgotten_is_found_in_what_is_packed_too(administrator):
    words = exports.AWKWARD.encode()
    for content in (gzip.compress(words), zipped(a_xml=words)):
        by_staff.take([('export', content)], by=administrator, zone='Europe/London')

    by_staff.forget(personal.Leaving(administrator, '', timezone.now(), ('Huw Tegid',), (), of_staff=False))

    assert not PostsFile.objects.exists()
