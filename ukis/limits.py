"""How often somebody may do something. Counted in the cache, so for all processes together."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many times in so long a time, counted from the first: `UPLOADS = Limit('upload_picture', 120, HOUR)`."""

    name: str
    most: int
    every: timedelta

    def take(self, who: object) -> bool:
        """Counts one more for `who` (a key, an address, …); False where it was one too many."""
        key = self._key(who)
        seconds = int(self.every.total_seconds())
        if cache.add(key, 1, seconds):
            return self.most >= 1
        try:
            count = cache.incr(key)
        except ValueError:  # its time was over between the two
            cache.add(key, 1, seconds)
            return self.most >= 1
        if count == 1:  # made anew by the counting itself, and so without an end
            cache.touch(key, seconds)
        return count <= self.most

    def give_back(self, who: object) -> None:
        """Takes back what was counted once, as for a password that turned out right."""
        try:
            cache.decr(self._key(who))
        except ValueError:
            pass  # its time is over

    def forget(self, who: object) -> None:
        cache.delete(self._key(who))

    def _key(self, who: object) -> str:
        # Nobody who can read the cache learns addresses from it, and no text is too long for a key.
        return f'limit:{self.name}:{hashlib.sha256(str(who).encode()).hexdigest()}'


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as one household or office can be told from another."""
    address = get_adapter(request).get_client_ip(request)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address
