"""What comes from outside a bundle: files, and the time taken as now."""
import re
import time
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from jsonstrict import MAX_BYTES

RFC3339 = re.compile(r'(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d))', re.ASCII)


class Unusable(Exception):
    """The input itself cannot be used: arguments, file system, a case of another shape."""


def read_file(path):
    """At most one byte beyond the limit: enough to know that a file is too large."""
    try:
        with open(path, 'rb') as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unusable(f'{path}: {error}') from None


def now_ms_of(text):
    """Milliseconds since 1970 of an RFC 3339 time; of the clock, when there is none."""
    if text is None:
        return time.time_ns() // 1_000_000
    if not isinstance(text, str):
        raise Unusable('now is not an RFC 3339 time')
    return _parse_now(text)


@lru_cache(maxsize=64)
def _parse_now(text):
    match = RFC3339.fullmatch(text)
    if match is None:
        raise Unusable('now is not an RFC 3339 time')
    date, clock, fraction, _, sign, hours, minutes = match.groups()
    try:
        instant = datetime.fromisoformat(f'{date}T{clock}').replace(tzinfo=timezone.utc)
        if sign:
            instant -= timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == '-' else 1)
    except (ValueError, OverflowError):
        raise Unusable('now is not a real instant') from None
    return int(instant.timestamp()) * 1000 + int(((fraction or '') + '000')[:3])
