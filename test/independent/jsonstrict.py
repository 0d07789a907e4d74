"""The strict reading of JSON of §1, up to and including canonical form, and the writer of canonical form (RFC 8785)."""
import re

from failure import Failure

MAX_BYTES = 1_048_576
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1

_SPACE = '[ \\t\\n\\r]*'
_TOKEN = re.compile(
    _SPACE + r'(?:([\[\]{},:])'
    r'|"([^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*)"'
    r'|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)'
    r'|(true|false|null))'
)
_PUNCTUATION, _STRING, _NUMBER, _LITERAL = 1, 2, 3, 4  # the groups of _TOKEN
_END = re.compile(_SPACE)
_INTEGER = re.compile('0|-?[1-9][0-9]{0,15}')
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|(.))')
_SURROGATE = re.compile('[\ud800-\udfff]')
_PAIR = re.compile('[\ud800-\udbff][\udc00-\udfff]')
_SHORT = {'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\', '/': '/'}
_LITERALS = {'true': True, 'false': False, 'null': None}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
_ESCAPED = {value: '\\' + key for key, value in _SHORT.items() if key != '/'}


def read(data, canonical=True):
    """The value of `data`; Failure `too-large`, `not-json`, `too-deep` or `not-canonical`, in that order."""
    if len(data) > MAX_BYTES:
        raise Failure('too-large')
    try:
        reader = _Reader(data.decode('utf-8'))
    except UnicodeDecodeError:
        raise Failure('not-json') from None
    value = reader.document()
    if reader.too_deep:
        raise Failure('too-deep')
    if reader.not_canonical or (canonical and write(value) != data):
        raise Failure('not-canonical')
    return value


def write(value):
    """The JCS of a value made of objects, arrays, strings, integers, true, false and null."""
    return _text(value).encode('utf-8')


class _Reader:
    """Reads without recursion: a megabyte of brackets must end in a code. What lies too deep is read but not kept."""

    def __init__(self, text):
        self.text, self.at = text, 0
        self.too_deep = self.not_canonical = False
        self.open = []  # the containers not yet closed: dict or list, or beyond MAX_DEPTH the bracket that opened it
        self.names = []  # for each open object, the name of the member being read

    def document(self):
        value = self._value(*self._token())
        while self.open:
            value = self._continue(value)
        if _END.match(self.text, self.at).end() != len(self.text):
            raise Failure('not-json')
        return value

    def _continue(self, value):
        """Puts a complete value (or _NOTHING) where it belongs, and reads the next one, or the end of its container."""
        container = self.open[-1]
        is_object = type(container) is dict or container == '{'
        if value is not _NOTHING:
            self._keep(container, value)
        kind, token = self._token()
        if kind == _PUNCTUATION and token == ('}' if is_object else ']'):
            self.open.pop()
            if is_object:
                self.names.pop()
            return container
        if value is not _NOTHING:
            if (kind, token) != (_PUNCTUATION, ','):
                raise Failure('not-json')
            kind, token = self._token()
        if is_object:
            self._name(container, kind, token)
            kind, token = self._token()
        return self._value(kind, token)

    def _keep(self, container, value):
        if type(container) is dict:
            container[self.names[-1]] = value
        elif type(container) is list:
            container.append(value)

    def _name(self, container, kind, token):
        if kind != _STRING or self._token() != (_PUNCTUATION, ':'):
            raise Failure('not-json')
        name = self.names[-1] = _unescape(token)
        if type(container) is dict and name in container:
            self.not_canonical = True

    def _value(self, kind, token):
        """A complete scalar; or _NOTHING after opening a container, whose first value is still to come."""
        if kind == _STRING:
            return _unescape(token)
        if kind == _LITERAL:
            return _LITERALS[token]
        if kind == _NUMBER:
            return self._integer(token)
        if token not in '[{':
            raise Failure('not-json')
        if len(self.open) >= MAX_DEPTH:
            self.too_deep = True
            self.open.append(token)
        else:
            self.open.append({} if token == '{' else [])
        if token == '{':
            self.names.append(None)
        return _NOTHING

    def _integer(self, token):
        if not _INTEGER.fullmatch(token) or abs(int(token)) > MAX_INTEGER:
            self.not_canonical = True
            return 0
        return int(token)

    def _token(self):
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            raise Failure('not-json')
        self.at = match.end()
        return match.lastindex, match.group(match.lastindex)


_NOTHING = object()


def _unescape(token):
    if '\\' not in token:
        return token  # UTF-8 cannot have carried a surrogate
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _SHORT[match[2]], token)
    text = _PAIR.sub(lambda match: match[0].encode('utf-16', 'surrogatepass').decode('utf-16'), text)
    if _SURROGATE.search(text):
        raise Failure('not-json')
    return text


def _text(value):
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        names = sorted(value, key=_utf16)
        return '{' + ','.join([_quoted(name) + ':' + _text(value[name]) for name in names]) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(_text, value)) + ']'
    if value is None or isinstance(value, bool):
        return {None: 'null', True: 'true', False: 'false'}[value]
    return str(value)


def _utf16(name):
    return name.encode('utf-16-be')


def _quoted(text):
    return '"' + _TO_ESCAPE.sub(_escape, text) + '"'


def _escape(match):
    return _ESCAPED.get(match[0]) or '\\u%04x' % ord(match[0])
