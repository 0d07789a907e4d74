"""Whatever comes in, an answer goes out: changed values, changed bytes, made-up trie nodes, odd batch lines."""
import json
import random
import unittest

import jsonstrict
import rlp
from batch import run_case
from checks import verify
from fixture import make_absence, make_bundle, make_header, make_trust, replaced
from keccak import keccak256
from trust import read_trust

GOOD, TRUST = make_bundle(), read_trust(jsonstrict.write(make_trust()))


class HostileInput(unittest.TestCase):
    def test_changed_values_end_in_a_verdict(self):
        source = random.Random(2)
        values = [None, True, 0, -1, 2**53 - 1, '', '0', '0x', '0x80', '0xc0', '00' * 32, '0x' + 'ff' * 32,
                  [], {}, [[]], '18446744073709551615', '9999-12-31T23:59:59.999Z', '0x' + 'f8' * 500]
        for good in (GOOD, make_absence(505)):
            for path, _ in paths(good):
                changed = replaced(good, path, source.choice(values))
                self.assertIn(verify(jsonstrict.write(changed), TRUST)['verdict'], ('verified', 'not-verified'), path)

    def test_no_member_can_change_unnoticed(self):
        for good in (GOOD, make_absence(505)):
            for path, value in paths(good):
                if isinstance(value, str) and path[0] not in ('hints', 'witnesses'):
                    last = '1' if value[-1] == '0' else '0'
                    changed = replaced(good, path, value[:-1] + last)
                    self.assertEqual(verify(jsonstrict.write(changed), TRUST)['verdict'], 'not-verified', path)

    def test_changed_bytes_end_in_a_verdict(self):
        source, good = random.Random(3), jsonstrict.write(GOOD)
        for _ in range(300):
            changed = bytearray(good)
            for _ in range(source.randrange(1, 4)):
                changed[source.randrange(len(changed))] = source.choice(b'0123456789abcdef"{}[],:\\\xff\x00')
            self.assertIn(verify(bytes(changed), None)['verdict'], ('consistent', 'not-verified'))

    def test_random_trie_nodes_end_in_a_code(self):
        source = random.Random(4)
        for _ in range(500):
            node = rlp.encode(random_item(source, 0))
            header = make_header(100, 1_700_000_101, keccak256(node), [])
            anchor = {**GOOD['anchor'], 'headerRlp': '0x' + header.hex(), 'accountProof': ['0x' + node.hex()]}
            report = verify(jsonstrict.write(replaced(GOOD, ('anchor',), anchor)), TRUST)
            account = next(check for check in report['checks'] if check['name'] == 'account')
            answer = report['error'] or account['code']
            self.assertIn(answer, ('state-proof-invalid', 'account-absent', 'malformed'), node.hex())

    def test_batch_lines_get_an_answer(self):
        for line in ('', '[]', '{}', 'x', '{"bundle":5}', '{"bundle":"?"}', '{"bundle":"e30=","files":[1]}', '[' * 9999,
                     '{"bundle":"e30=","now":"x"}', '{"bundle":"e30=","maxStatusAgeSeconds":-1}'):
            self.assertEqual(json.loads(run_case(line))['error'], 'input-unusable', line[:40])
        self.assertEqual(json.loads(run_case('{"bundle":"e30=","trust":"e30="}'))['error'], 'trust-malformed')
        self.assertEqual(json.loads(run_case('{"bundle":"e30="}'))['error'], 'unknown-media-type')


def paths(value, path=()):
    """The path and value of every member, at any depth."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key), member
        yield from paths(member, (*path, key))


def random_item(source, depth):
    if depth == 3 or source.random() < 0.4:
        return bytes(source.choice((0, 0x20, 0x30, 0x3F, 0x16, 0xFF)) for _ in range(source.choice((0, 0, 1, 2, 32))))
    return tuple(random_item(source, depth + 1) for _ in range(source.choice((0, 1, 2, 2, 2, 17, 17))))
