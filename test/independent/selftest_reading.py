"""Reading (§1): JSON, field rules, and the tables of bundle and trust file."""
import json
import random
import unittest

import jsonstrict
from checks import verify
from failure import Failure
from fields import Malformed, base64_bytes, decimal, hex_bytes, string, time
from fixture import make_absence, make_bundle, make_trust, replaced
from trust import read_trust

GOOD, TRUST = make_bundle(), make_trust()
NETWORK, REGISTRY = ('networks', 0), ('networks', 0, 'registries', 0)


class Json(unittest.TestCase):
    CASES = [
        ('not-json', [b'', b' ', b'[1,]', b'{"a":1,}', b'[01]', b'[-]', b'[1.]', b'[.5]', b'[+1]', b'NaN',
                      b'[Infinity]', b'tru', b'truefalse', b'[]x', b'[}', b'{]', b'[,]', b'{,}', b'{"a"}', b'{"a":}',
                      b'{1:2}', b"['a']", b'["\t"]', b'["\\x41"]', b'["\\u12"]', b'"', b'["\\ud800"]',
                      b'{"\\udc00":1}', b'["\\ud83dx\\ude00"]',
                      b'\xef\xbb\xbf[]', b'["\xed\xa0\x80"]', b'["\xc0\xaf"]', b'["\xff"]', b'\xff\xfe[\0]\0',
                      b'[' * 100_000, b'{"a":' * 100_000, b'[' * 40 + b']' * 39, b'[1.5', b'{"a":1,"a":2', b'\x0b[]']),
        ('too-deep', [b'[' * 33 + b']' * 33, b'[' * 400_000 + b']' * 400_000, b'[' * 40 + b'1.5' + b']' * 40,
                      b'{"a":1,"a":' + b'[' * 32 + b']' * 32 + b'}', b' ' + b'{"a":' * 33 + b'1' + b'}' * 33]),
        ('not-canonical', [b'{"a":1,"a":1}', b'{"a":1,"\\u0061":1}', b'[1.0]', b'[1e2]', b'[-0]', b'[9007199254740992]',
                           b'[-9007199254740992]', b'[' + b'9' * 5000 + b']', b' []', b'[] ', b'[1, 2]',
                           b'{"b":1,"a":1}', b'["\\u0041"]', b'["\\/"]', b'["\\u001F"]', b'["\\u000a"]',
                           b'["\\u007f"]', b'["\\ud83d\\ude00"]',
                           '{"\ufb33":1,"😀":1}'.encode()]),
        ('too-large', [b' ' * 1_048_577, b'[' * 1_048_577]),
    ]

    def test_codes(self):
        for code, texts in self.CASES:
            for text in texts:
                with self.assertRaises(Failure, msg=text[:60]) as raised:
                    jsonstrict.read(text)
                self.assertEqual(raised.exception.code, code, text[:60])

    def test_canonical_texts(self):
        for text in ('1', '"a"', 'null', '[]', '{}', '[true,false,null,0,-1,9007199254740991,-9007199254740991]',
                     '{"":{"a":[],"b":{}},"a":1}', '["\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u001f\x7f/\u2028印😀"]',
                     '{"\\r":1,"1":1,"10":1,"2":1}', '[' * 32 + ']' * 32, '"' + 'a' * 1_000_000 + '"'):
            self.assertEqual(jsonstrict.write(jsonstrict.read(text.encode())).decode(), text)

    def test_members_are_sorted_by_utf16_units(self):
        names = ['\r', '1', '\x80', 'ö', '€', '😀', '\ufb33']  # the example of RFC 8785 §3.2.3
        value = {name: i for i, name in enumerate(reversed(names))}
        self.assertEqual(list(json.loads(jsonstrict.write(value))), names)

    def test_any_layout_of_a_trust_file(self):
        text = b'\r\n{ "b" : [ 1 ] ,\t"a":"\\u0041" } '
        self.assertEqual(jsonstrict.read(text, canonical=False), {'a': 'A', 'b': [1]})

    def test_agrees_with_pythons_reader(self):
        source = random.Random(1)
        for _ in range(2000):
            text = ''.join(source.choice('[]{},:"a1-0.e \\utrue') for _ in range(source.randrange(1, 12)))
            try:
                json.loads(text, parse_constant=lambda _: 1 / 0)
                is_json = True
            except (ValueError, ZeroDivisionError):
                is_json = False
            try:
                jsonstrict.read(text.encode())
                code = None
            except Failure as failure:
                code = failure.code
            self.assertEqual(code != 'not-json', is_json, text)


class Fields(unittest.TestCase):
    def test_accepted(self):
        self.assertEqual(decimal()('18446744073709551615'), 2**64 - 1)
        self.assertEqual(time('1970-01-01T00:00:00.001Z'), 1)
        self.assertEqual(time('2024-02-29T23:59:59.999Z'), 1_709_251_199_999)
        self.assertEqual(time('9999-12-31T23:59:59.000Z') // 1000, 253_402_300_799)
        self.assertEqual(string(1, 2)('😀'), '😀')
        self.assertEqual(base64_bytes(3)('AA=='), b'\0')

    def test_refused(self):
        refused = [(decimal(), ['', '00', '01', '-1', '1.0', '18446744073709551616', '1\n', '١', 1, None]),
                   (decimal(1), ['0']),
                   (time, ['1969-12-31T23:59:59.999Z', '2023-02-29T00:00:00.000Z', '2024-01-01T24:00:00.000Z',
                           '2024-01-01T00:00:60.000Z', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z\n',
                           '0000-01-01T00:00:00.000Z', '2024-13-01T00:00:00.000Z', '2024-01-01T00:60:00.000Z', 5]),
                   (string(1, 1), ['', '😀', None]),
                   (base64_bytes(3), ['', 'AA', 'AB==', 'AA==\n', 'AAAAAA==', 'A A=', '=', 'é', None]),
                   (hex_bytes(2), ['0x', '0x0', '0X00', '0xAA', '00', '0x000000', '0x00\n'])]
        for rule, values in refused:
            for value in values:
                with self.assertRaises(Malformed, msg=repr(value)):
                    rule(value)


class Tables(unittest.TestCase):
    def test_malformed_bundles(self):
        member = GOOD['sections'][1]
        cases = [(('extra',), 1), (('statement', 'v'), True), (('statement', 'v'), 2), (('statement', 'sm3'), None),
                 (('statement', 'number'), '0'), (('statement', 'kind'), 'other'), (('statement', 'sha256'), 'A' * 64),
                 (('inclusion', 'index'), -1), (('inclusion', 'index'), 2**20), (('inclusion', 'count'), 0),
                 (('inclusion', 'count'), 2**20 + 1), (('inclusion', 'path'), ['00' * 32] * 33),
                 (('inclusion', 'path'), {}),
                 (('anchor', 'accountProof'), []), (('anchor', 'accountProof'), ['0x00'] * 65),
                 (('anchor', 'accountProof'), ['0x' + '00' * 1025]), (('anchor', 'headerRlp'), '0x' + '00' * 16_385),
                 (('witnesses',), []), (('witnesses', 0, 'kind'), 'other'), (('witnesses', 0, 'token'), 'AB=='),
                 (('manifest', 'sections'), []), (('manifest', 'sections', 1), GOOD['manifest']['sections'][0]),
                 (('manifest',), None), (('sections',), []), (('sections',), [member, member]),
                 (('sections',), GOOD['sections'][::-1]), (('sections', 1, 'name'), 'work:0'),
                 (('sections', 1, 'name'), 'W'),
                 (('sections', 0, 'content'), []), (('sections', 0, 'content', 0, 'size'), 9), (('hints',), []),
                 (('sections', 0, 'content', 0, 'name'), '😀' * 513), (('hints', 'transaction'), '0x')]
        for path, value in cases:
            self.assertEqual(error(jsonstrict.write(replaced(GOOD, path, value))), 'malformed', path)
        for missing in ('statement', 'inclusion', 'notBefore', 'anchor', 'manifest'):
            without = {key: value for key, value in GOOD.items() if key != missing}
            self.assertEqual(error(jsonstrict.write(without)), 'malformed', missing)

    def test_media_types(self):
        for value in ([], 1, None, {}, {'mediaType': 1}, {'mediaType': []}, {'mediaType': 'text/plain'}, TRUST):
            self.assertEqual(error(jsonstrict.write(value)), 'unknown-media-type')
        self.assertEqual(verify(jsonstrict.write(GOOD), kind='absence')['error'], 'unknown-media-type')
        self.assertEqual(verify(jsonstrict.write(make_absence(505)), kind='bundle')['error'], 'unknown-media-type')

    def test_limits_are_inclusive(self):
        for path, value in ((('sections', 0, 'content', 0, 'name'), '😀' * 512), (('hints',), {}),
                            (('inclusion', 'path'), ['00' * 32] * 32),
                            (('anchor', 'accountProof'), ['0x' + '00' * 1024] * 64)):
            self.assertIsNone(error(jsonstrict.write(replaced(GOOD, path, value))), path)

    def test_trust_files(self):
        registry = TRUST['networks'][0]['registries'][0]
        each_set = TRUST['networks'][0]['validatorSets'][0]
        cases = [(('mediaType',), 'text/plain'), (('name',), ''), (('networks',), []),
                 ((*NETWORK, 'consensus'), 'none'),
                 (('networks',), TRUST['networks'] * 2),
                 (('networks',), TRUST['networks'] + [{**TRUST['networks'][0], 'chainId': '1'}]), ((*NETWORK, 'registries'), [registry, registry]),
                 ((*NETWORK, 'validatorSets'), []), ((*NETWORK, 'validatorSets'), [each_set, each_set]),
                 ((*NETWORK, 'validatorSets', 0, 'validators'), []), ((*NETWORK, 'chainId'), 7788),
                 ((*NETWORK, 'validatorSets', 0, 'validators'), each_set['validators'][:1] * 2),
                 ((*REGISTRY, 'extra'), 1),
                 (('timestampAuthorities',), ['no certificate'])]
        texts = [(json.dumps(replaced(TRUST, path, value)).encode(), 'trust-malformed') for path, value in cases]
        texts += [(b'{"a":1,"a":1}', 'trust-malformed'), (b'[1.5]', 'trust-malformed'), (b'', 'trust-not-json'),
                  (b'[' * 33 + b']' * 33, 'trust-too-deep'), (b' ' * 1_048_577, 'trust-too-large')]
        for text, code in texts:
            with self.assertRaises(Failure) as raised:
                read_trust(text)
            self.assertEqual(raised.exception.code, code, text[:80])


def error(data):
    return verify(data)['error']
