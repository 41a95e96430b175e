import ctypes
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')

# glibc gives each thread a heap of its own, that none may wait for another. Python lets one run at a time, and eight
# heaps with holes in them took some megabytes each: one is enough.
_M_ARENA_MAX = -8
if hasattr(_libc := ctypes.CDLL(None), 'mallopt'):
    _libc.mallopt(_M_ARENA_MAX, 1)

django = get_wsgi_application()

from django.conf import settings  # noqa: E402

from blog.reads.counting import counted  # noqa: E402
from ukis.pagecache.serving import PageCache  # noqa: E402
from ukis.site.middleware import ReadableRequest  # noqa: E402  # its pages of errors need the models loaded

django.request_class = ReadableRequest
site = PageCache(django, most=settings.PAGE_CACHE_BYTES) if settings.PAGE_CACHE_BYTES else django
application = counted(site)
