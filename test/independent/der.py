"""Strict DER (§9): one element as (tag, raw, content, children)."""
from collections import namedtuple

Der = namedtuple('Der', 'tag raw content children')
SEQUENCE, SET, OID, INTEGER, OCTETS, BITS, BOOLEAN, NULL = 0x30, 0x31, 0x06, 0x02, 0x04, 0x03, 0x01, 0x05
MAX_LEVELS = 32


class NotDer(Exception):
    """The bytes are not DER."""


def read(data):
    """The one element that the bytes are."""
    elements = _elements(data, 1)
    _require(len(elements) == 1)
    return elements[0]


def _elements(data, level):
    _require(level <= MAX_LEVELS)
    elements, at = [], 0
    while at < len(data):
        element = _element(data[at:], level)
        elements.append(element)
        at += len(element.raw)
    return elements


def _element(data, level):
    _require(len(data) >= 2)
    tag = data[0]
    _require(tag & 0x1F != 0x1F)
    start, length = _length(data)
    _require(start + length <= len(data))
    content = data[start:start + length]
    if tag & 0xC0 == 0:
        _require_universal(tag, content)
    children = _elements(content, level + 1) if tag & 0x20 else []
    return Der(tag, data[:start + length], content, children)


def _length(data):
    first = data[1]
    if first < 0x80:
        return 2, first
    size = first & 0x7F
    _require(1 <= size <= 3 and len(data) >= 2 + size and data[2] != 0)
    length = int.from_bytes(data[2:2 + size], 'big')
    _require(length >= 0x80)
    return 2 + size, length


def _require_universal(tag, content):
    constructed = bool(tag & 0x20)
    _require(tag != 0 and constructed == (tag in (SEQUENCE, SET)) and tag not in (0x10, 0x11))
    if tag == BOOLEAN:
        _require(content in (b'\0', b'\xff'))
    elif tag == INTEGER:
        _require(content and not (len(content) > 1 and content[0] in (0, 0xFF) and content[0] >> 7 == content[1] >> 7))
    elif tag == BITS:
        _require(content and content[0] <= 7)
        _require(content[-1] & (1 << content[0]) - 1 == 0 if len(content) > 1 else content[0] == 0)
    elif tag == NULL:
        _require(not content)
    elif tag == OID:
        _require(content and content[-1] < 0x80)
        _require(all(byte != 0x80 or (at and content[at - 1] >= 0x80) for at, byte in enumerate(content)))


def _require(holds):
    if not holds:
        raise NotDer
