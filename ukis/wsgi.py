import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')

django = get_wsgi_application()

from django.conf import settings  # noqa: E402

from ukis.pagecache.serving import PageCache  # noqa: E402
from ukis.site.middleware import ReadableRequest  # noqa: E402  # its pages of errors need the models loaded

django.request_class = ReadableRequest
application = PageCache(django, most=settings.PAGE_CACHE_BYTES) if settings.PAGE_CACHE_BYTES else django
