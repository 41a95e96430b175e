"""Visits the demonstration as a stranger would; any page that is not what it should be ends in a failure."""

import re
import sys
import time
import urllib.request
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin


def get(address):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=20) as answer:
            return answer.status, answer.read().decode(errors='replace')
    except HTTPError as error:
        return error.code, error.read().decode(errors='replace')


def main(site):
    for _ in range(100):
        try:
            status, home = get(site + '/')
            break
        except URLError:
            time.sleep(0.2)
    else:
        sys.exit(f'{site}/ does not answer')
    seen = {'/': status}
    found = re.findall(r'(?:href|src)="(/[^"#?]*)', home)
    for path in dict.fromkeys(found):
        seen[path], _ = get(urljoin(site, path))
    wrong = {path: code for path, code in seen.items() if code != 200}
    print(f'{len(seen)} addresses visited from the home page')
    if wrong or len(seen) < 10:
        sys.exit(f'Not as it should be: {wrong or sorted(seen)}')
    code, _ = get(urljoin(site, '/no-such-page/'))
    if code != 404:
        sys.exit(f'A page that does not exist is answered {code}')


main(sys.argv[1])
