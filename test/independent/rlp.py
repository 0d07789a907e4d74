"""RLP, canonical texts only (§3): byte strings become bytes, lists become tuples."""
MAX_LEVELS = 8  # lists within lists, the outermost being the first


class RlpError(Exception):
    """Not a canonical RLP text."""


def decode(text):
    """The one item that `text` is; RlpError if it is anything else."""
    item, end = _item(text, 0, len(text), 1)
    if end != len(text):
        raise RlpError('bytes left over')
    return item


def encode(item):
    if isinstance(item, bytes):
        return item if len(item) == 1 and item[0] < 0x80 else _prefix(0x80, len(item)) + item
    payload = b''.join(map(encode, item))
    return _prefix(0xC0, len(payload)) + payload


def integer(item, max_bytes):
    """A minimal big-endian integer; RlpError for a list, a leading zero byte or too many bytes."""
    if not isinstance(item, bytes) or len(item) > max_bytes or item[:1] == b'\0':
        raise RlpError('not a minimal integer')
    return int.from_bytes(item, 'big')


def _item(text, at, end, level):
    """The item that starts at `at`, and where it ends, which is not beyond `end`."""
    if at >= end:
        raise RlpError('item missing')
    first = text[at]
    if first < 0x80:
        return text[at:at + 1], at + 1
    start, stop = _payload(text, at, end, 0xC0 if first >= 0xC0 else 0x80)
    if first < 0xC0:
        if stop - start == 1 and text[start] < 0x80:
            raise RlpError('a single byte below 0x80 stands for itself')
        return text[start:stop], stop
    if level > MAX_LEVELS:
        raise RlpError('too many levels')
    items = []
    while start < stop:
        item, start = _item(text, start, stop, level + 1)
        items.append(item)
    return tuple(items), stop


def _payload(text, at, end, base):
    """Where the payload of the item at `at` starts and stops; the length must be in its shortest form."""
    size, start = text[at] - base, at + 1
    if size > 55:
        length = text[start:start + size - 55]
        start += size - 55
        size = int.from_bytes(length, 'big')
        if start > end or length[0] == 0 or size <= 55:
            raise RlpError('length not in its shortest form')
    if start + size > end:
        raise RlpError('cut short')
    return start, start + size


def _prefix(base, size):
    if size <= 55:
        return bytes([base + size])
    length = size.to_bytes((size.bit_length() + 7) // 8, 'big')
    return bytes([base + 55 + len(length)]) + length
