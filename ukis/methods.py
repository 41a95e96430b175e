"""By which methods a page may be asked, beside Django's own `require_safe` and `require_POST`."""

from django.views.decorators.http import require_http_methods

read_or_post = require_http_methods(['GET', 'HEAD', 'POST'])
