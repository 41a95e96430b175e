"""Static files are pressed once for what they are: that takes ten seconds, and nothing else of a start takes one."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Collects static files, unless those that lie there were made of just these. Whether it did."""
    done = Path(settings.DATA_DIR) / 'static.collected'
    found = fingerprint()
    if done.exists() and done.read_text() == found and Path(settings.STATIC_ROOT).is_dir():
        return False
    done.unlink(missing_ok=True)  # whoever is killed meanwhile begins again
    call_command('collectstatic', interactive=False, verbosity=0)
    done.write_text(found)
    return True


def fingerprint() -> str:
    """Of the files as they lie there, and of what makes others of them."""
    facts = [str(settings.STORAGES['staticfiles']), str(settings.STATIC_ROOT)]
    facts += [version(name) for name in ('django', 'whitenoise')]
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            facts.append(f'{path} {file.st_size} {file.st_mtime_ns}')
    return sha256('\n'.join(sorted(facts)).encode()).hexdigest()
