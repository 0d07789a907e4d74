"""The field notations of §1, as rules: a rule turns a JSON value into a Python one, or raises Malformed."""
import base64
import binascii
import re
from datetime import datetime, timezone

MAX_U64 = 2**64 - 1
_DECIMAL = re.compile('0|[1-9][0-9]{0,19}')
_TIME = re.compile(r'([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z')
_BYTES = re.compile('0x((?:[0-9a-f]{2})+)')


class Malformed(Exception):
    """A member is unknown, missing, or outside its rule."""


def obj(required, optional=None):
    """An object of these members and no others."""
    optional = optional or {}
    rules = {**required, **optional}

    def rule(value):
        _require(isinstance(value, dict))
        _require(value.keys() <= rules.keys() and required.keys() <= value.keys())
        return {name: rules[name](member) for name, member in value.items()}

    return rule


def by_kind(rules):
    """An object whose `kind` chooses its rule."""

    def rule(value):
        _require(isinstance(value, dict) and isinstance(value.get('kind'), str) and value['kind'] in rules)
        return rules[value['kind']](value)

    return rule


def array(item, least, most):
    def rule(value):
        _require(isinstance(value, list) and least <= len(value) <= most)
        return [item(member) for member in value]

    return rule


def one_of(*allowed):
    def rule(value):
        _require(any(type(value) is type(each) and value == each for each in allowed))
        return value

    return rule


def integer(least, most):
    def rule(value):
        _require(type(value) is int and least <= value <= most)  # type(): True is no integer here
        return value

    return rule


def decimal(least=0):
    def rule(value):
        _require(isinstance(value, str) and _DECIMAL.fullmatch(value) is not None)
        _require(least <= int(value) <= MAX_U64)
        return int(value)

    return rule


def string(least, most):
    """A string of so many UTF-16 units."""

    def rule(value):
        _require(isinstance(value, str) and least <= len(value.encode('utf-16-le')) // 2 <= most)
        return value

    return rule


def matching(pattern):
    compiled = re.compile(pattern)

    def rule(value):
        _require(isinstance(value, str) and compiled.fullmatch(value) is not None)
        return value

    return rule


def hex_bytes(most):
    """`bytes`, of 1 to `most` bytes."""

    def rule(value):
        match = _BYTES.fullmatch(value) if isinstance(value, str) and len(value) <= 2 + 2 * most else None
        _require(match is not None)
        return bytes.fromhex(match[1])

    return rule


def base64_bytes(most):
    """Canonical padded base64 of 1 to `most` bytes."""

    def rule(value):
        _require(isinstance(value, str) and value.isascii())
        try:
            decoded = base64.b64decode(value, validate=True)
        except binascii.Error:
            raise Malformed from None
        _require(1 <= len(decoded) <= most and base64.b64encode(decoded).decode() == value)
        return decoded

    return rule


def time(value):
    """Milliseconds since 1970."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    _require(match is not None)
    *instant, milliseconds = map(int, match.groups())
    try:
        seconds = datetime(*instant, tzinfo=timezone.utc).timestamp()
    except ValueError:
        raise Malformed from None
    _require(seconds >= 0)
    return int(seconds) * 1000 + milliseconds


def anything(value):
    return value


def all_different(items, name):
    _require(len({item[name] for item in items}) == len(items))


def _require(condition):
    if not condition:
        raise Malformed


def _fixed(prefix, size):
    hexadecimal = matching(prefix + '[0-9a-f]{%d}' % (2 * size))
    return lambda value: bytes.fromhex(hexadecimal(value)[len(prefix):])


digest = _fixed('', 32)
word = _fixed('0x', 32)
address = _fixed('0x', 20)
header = hex_bytes(16_384)
nodes = array(hex_bytes(1_024), 1, 64)
