import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')

application = get_wsgi_application()

from ukis.site.middleware import ReadableRequest  # noqa: E402  # its pages of errors need the models loaded

application.request_class = ReadableRequest
