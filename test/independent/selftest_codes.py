"""Every code of the checks that needs no node, reached by changing one thing in a good bundle."""
import unittest

import fixture
import jsonstrict
import rlp
from anchored import LAYOUT
from checks import verify
from fixture import (
    COUNT, FILE, FIRST, INDEX, KEYS, NUMBER, make_absence, make_bundle, make_header, make_trust, replaced,
)
from header import Extra
from keccak import keccak256
from trust import read_trust

GOOD, TRUST = make_bundle(), make_trust()
NETWORK, REGISTRY = ('networks', 0), ('networks', 0, 'registries', 0)
BATCH = ('anchor', 'batch')
USUAL = {'file': 'no-file', 'witnesses': 'witness-unsupported'}  # what does not pass in the good bundle
UNKNOWN = {'account': 'no-trust-file', 'seals': 'no-trust-file'}
HEADERLESS = {name: 'earlier-failed' for name in ('batch-slot', 'account', 'seals', 'time-order', 'status')}


class Verdicts(unittest.TestCase):
    def test_verified(self):
        self.expect({}, 'verified')

    def test_consistent_without_trust_file(self):
        self.expect({'statement': 'no-trust-file', **UNKNOWN}, 'consistent', trust=None)

    def test_consistent_without_seals(self):
        # the statement names the block by its QBFT hash, so under `none` it must be restated
        before = bytes.fromhex(GOOD['notBefore']['headerRlp'][2:])
        bundle = make_bundle(notBefore={'block': '90', 'hash': '0x' + keccak256(before).hex()})
        self.expect({'seals': 'consensus-none'}, 'consistent', bundle, make_trust('none'))
        self.expect({'not-before': 'not-before-hash-mismatch', 'seals': 'consensus-none'}, trust=make_trust('none'))
        self.expect({'statement': 'no-trust-file', **UNKNOWN}, 'consistent', bundle, None)
        self.expect({'not-before': 'not-before-hash-mismatch'}, bundle=bundle)

    def test_without_optional_members(self):
        bundle = {key: GOOD[key] for key in ('mediaType', 'statement', 'inclusion', 'notBefore', 'anchor')}
        absent = {'sections': 'no-sections', 'manifest': 'no-manifest', 'status': 'no-status',
                  'witnesses': 'no-witnesses'}
        self.expect(absent, 'verified', bundle)
        self.expect({**absent, 'status': 'status-missing'}, bundle=bundle, max_status_age=60)

    def expect(self, differing, verdict='not-verified', bundle=GOOD, trust=TRUST, **options):
        self.assertEqual(outcome(bundle, trust, **options), (verdict, {**USUAL, **differing}))


class Checks(unittest.TestCase):
    expect = Verdicts.expect

    def test_file(self):
        handed_in = {'size': len(FILE), 'sha256': fixture.hashlib.sha256(FILE).digest(), 'sm3': fixture.sm3(FILE)}
        self.assertEqual(outcome(GOOD, TRUST, files=[handed_in, {**handed_in, 'sm3': None}])[1],
                         {'witnesses': 'witness-unsupported'})
        for wrong in ({'size': 1}, {'sha256': bytes(32)}, {'sm3': bytes(32)}):
            self.expect({'file': 'file-mismatch'}, files=[handed_in, {**handed_in, **wrong}])
        self.expect({'file': 'files-not-disclosed'}, files=[handed_in],
                    bundle={**GOOD, 'sections': GOOD['sections'][1:]})

    def test_sections_and_manifest(self):
        self.expect({'sections': 'section-mismatch'}, bundle=replaced(GOOD, ('sections', 1, 'salt'), '00' * 32))
        self.expect({'sections': 'section-mismatch'}, bundle=replaced(GOOD, ('sections', 1, 'content'), []))
        self.expect({'sections': 'section-unlisted'}, bundle=replaced(GOOD, ('sections', 1, 'name'), 'work:2'))
        both = replaced(replaced(GOOD, ('sections', 0, 'salt'), '00' * 32), ('sections', 1, 'name'), 'other')
        self.expect({'sections': 'section-unlisted'}, bundle=both)
        self.expect({'manifest': 'manifest-mismatch'}, bundle=make_bundle(sha256='00' * 32))
        self.expect({'manifest': 'manifest-sm3-mismatch'}, bundle=make_bundle(sm3='00' * 32))

    def test_statement(self):
        lost = {'statement': 'chain-unknown', **UNKNOWN}
        self.expect(lost, trust=replaced(TRUST, (*NETWORK, 'chainId'), '1'))
        lost = {'statement': 'registry-unknown', **UNKNOWN}
        self.expect(lost, trust=replaced(TRUST, (*REGISTRY, 'address'), '0x' + '00' * 20))
        self.expect({}, 'verified', trust=replaced(TRUST, (*REGISTRY, 'throughNumber'), str(NUMBER)))
        retired = replaced(TRUST, (*REGISTRY, 'throughNumber'), str(NUMBER - 1))
        self.expect({'statement': 'number-retired'}, trust=retired)

    def test_inclusion(self):
        cases = [(('inclusion', 'count'), COUNT + 1, 'count-mismatch'),
                 (('inclusion', 'index'), COUNT, 'index-out-of-range'),
                 (('inclusion', 'index'), INDEX + 1, 'number-mismatch'),
                 (('inclusion', 'path'), [], 'path-length'),
                 (('inclusion', 'path', 0), '00' * 32, 'root-mismatch'),
                 (('statement', 'kind'), 'submission', 'root-mismatch')]
        for path, member, code in cases:
            self.expect({'inclusion': code}, bundle=replaced(GOOD, path, member))

    def test_batch_slot(self):
        gone = replaced(GOOD, (*BATCH, 'root'), '00' * 32)
        self.expect({'inclusion': 'root-mismatch', 'batch-slot': 'state-proof-invalid'}, bundle=gone)
        self.expect({'batch-slot': 'batch-mismatch'}, bundle=replaced(GOOD, (*BATCH, 'id'), '8'))
        self.expect({'inclusion': 'number-mismatch', 'batch-slot': 'batch-mismatch'},
                    bundle=replaced(GOOD, (*BATCH, 'firstNumber'), str(FIRST + 1)))
        root = bytes.fromhex(GOOD['anchor']['batch']['root'])
        slot = keccak256(root + LAYOUT['batchesSlot'])
        packed = 7 | FIRST << 64 | COUNT << 128 | 1_700_000_100 << 160
        high_bits = {**GOOD['anchor'], **fixture.make_proof({slot: packed | 1 << 224}, slot, 100, 1_700_000_101)}
        self.expect({'batch-slot': 'batch-mismatch'}, bundle=replaced(GOOD, ('anchor',), high_bits))
        for storage in ({b'other': 1}, {b'other': 1, b'another': 2, b'third': 3}, {}):
            absent = {**GOOD['anchor'], **fixture.make_proof(storage, slot, 100, 1_700_000_101)}
            self.expect({'batch-slot': 'batch-absent'}, bundle=replaced(GOOD, ('anchor',), absent))

    def test_account(self):
        self.expect({'account': 'code-mismatch', 'status': 'code-mismatch'},
                    trust=replaced(TRUST, (*REGISTRY, 'codeHash'), '0x' + '00' * 32))
        other = replaced(GOOD, ('statement', 'registry', 'contract'), '0x' + 'dd' * 20)
        trust = replaced(TRUST, (*REGISTRY, 'address'), '0x' + 'dd' * 20)
        verdict, differing = outcome(other, trust)
        self.assertIn(differing['account'], ('account-absent', 'state-proof-invalid'))
        self.assertEqual(differing['batch-slot'], 'earlier-failed')
        header = make_header(100, 1_700_000_101, keccak256(b'\x80'))
        empty = {**GOOD['anchor'], 'headerRlp': '0x' + header.hex(), 'accountProof': ['0x80']}
        self.expect({'batch-slot': 'earlier-failed', 'account': 'account-absent'},
                    bundle=replaced(GOOD, ('anchor',), empty))
        for nodes in (GOOD['anchor']['accountProof'][:1], GOOD['anchor']['accountProof'] + ['0x80']):
            self.expect({'batch-slot': 'earlier-failed', 'account': 'state-proof-invalid'},
                        bundle=replaced(GOOD, ('anchor', 'accountProof'), nodes))

    def test_header(self):
        malformed = {**HEADERLESS, 'header': 'header-malformed'}
        self.expect(malformed, bundle=replaced(GOOD, ('anchor', 'headerRlp'), '0xc0'))
        items = list(rlp.decode(bytes.fromhex(GOOD['anchor']['headerRlp'][2:])))
        six_items = rlp.encode(rlp.decode(items[12]) + (b'',))
        for place, item in ((0, bytes(31)), (3, b''), (8, b'\0'), (8, bytes([1] * 9)), (11, b'\0\1'), (5, ()),
                            (12, b''), (12, six_items)):
            changed = rlp.encode(tuple(items[:place] + [item] + items[place + 1:]))
            self.expect(malformed, bundle=replaced(GOOD, ('anchor', 'headerRlp'), '0x' + changed.hex()))
        short = rlp.encode(tuple(items[:14])), rlp.encode(tuple(items + [b''] * 18))
        for changed in short:
            self.expect(malformed, bundle=replaced(GOOD, ('anchor', 'headerRlp'), '0x' + changed.hex()))
        self.expect({'header': 'header-before-registry'}, trust=replaced(TRUST, (*REGISTRY, 'fromBlock'), '101'))

    def test_seals(self):
        sets = (*NETWORK, 'validatorSets')
        late = replaced(TRUST, (*sets, 0, 'fromBlock'), '95')
        self.expect({'not-before': 'validator-set-unknown'}, trust=late)
        members = TRUST['networks'][0]['validatorSets'][0]['validators']
        every = {name: 'validator-set-mismatch' for name in ('seals', 'not-before', 'status')}
        self.expect(every, trust=replaced(TRUST, (*sets, 0, 'validators'), members[:3]))
        self.expect({}, 'verified', trust=replaced(TRUST, (*sets, 0, 'validators'), members[::-1]))
        changed = TRUST['networks'][0]['validatorSets'] + [{'fromBlock': '120', 'validators': members[1:]}]
        self.expect({'status': 'validator-set-mismatch'}, trust=replaced(TRUST, sets, changed))
        cases = [(KEYS, None), (KEYS[1:], None), (KEYS[:2], 'seals-insufficient'), ([], 'seals-insufficient'),
                 ([KEYS[0]] * 3, 'seal-invalid'), (KEYS[:3] + [5], 'seal-invalid'), ([KEYS[0]] * 65, 'seal-invalid')]
        for keys, code in cases:
            anchor = {**GOOD['anchor'], 'headerRlp': resealed(GOOD['anchor']['headerRlp'], keys)}
            self.expect({'seals': code} if code else {}, 'not-verified' if code else 'verified',
                        replaced(GOOD, ('anchor',), anchor))

    def test_not_before(self):
        stated = GOOD['statement']['notBefore']
        other_block = make_bundle(notBefore={**stated, 'block': '91'})
        self.expect({'not-before': 'not-before-block-mismatch'}, bundle=other_block)
        wrong = make_bundle(notBefore={**stated, 'hash': '0x' + '00' * 32})
        self.expect({'not-before': 'not-before-hash-mismatch'}, bundle=wrong)
        self.expect({'statement': 'no-trust-file', 'not-before': 'not-before-hash-mismatch', **UNKNOWN}, bundle=wrong,
                    trust=None)
        self.expect({'not-before': 'header-malformed', 'time-order': 'earlier-failed'},
                    bundle=replaced(GOOD, ('notBefore', 'headerRlp'), '0xc0'))

    def test_time_order(self):
        late = replaced(GOOD, ('notBefore', 'headerRlp'), GOOD['anchor']['headerRlp'])
        self.expect({'not-before': 'not-before-block-mismatch', 'time-order': 'blocks-out-of-order'}, bundle=late)
        for anchored_at in ('1699999999', '1700000102'):
            self.expect({'batch-slot': 'batch-mismatch', 'time-order': 'times-out-of-order'},
                        bundle=replaced(GOOD, (*BATCH, 'anchoredAt'), anchored_at))
        self.expect({}, 'verified', bundle=make_bundle(receivedAt='2023-11-14T22:15:05.000Z'))
        self.expect({'time-order': 'received-after-anchor'}, bundle=make_bundle(receivedAt='2023-11-14T22:15:05.001Z'))

    def test_status(self):
        revocation = keccak256(fixture.word(NUMBER) + LAYOUT['revocationsSlot'])
        for block, timestamp, value, code in ((99, 1_700_001_000, 0, 'status-before-anchor'), (100, 1, 0, None),
                                              (120, 1_700_001_000, 1, 'revoked'), (120, 1, 1 << 64, 'revoked')):
            storage = {b'other': 1, **({revocation: value} if value else {})}
            proof = fixture.make_proof(storage, revocation, block, timestamp)
            verdict = 'not-verified' if code else 'verified'
            self.expect({'status': code} if code else {}, verdict, {**GOOD, 'status': proof})
        for member, value, code in (('headerRlp', '0xc0', 'header-malformed'),
                                    ('accountProof', ['0x80'], 'state-proof-invalid'),
                                    ('storageProof', ['0x80'], 'state-proof-invalid')):
            self.expect({'status': code}, bundle=replaced(GOOD, ('status', member), value))
        both = replaced(replaced(GOOD, ('status', 'headerRlp'), '0xc0'), ('anchor', 'headerRlp'), '0xc0')
        self.expect({**HEADERLESS, 'header': 'header-malformed', 'status': 'header-malformed'}, bundle=both)
        self.expect({}, 'verified', max_status_age=60, now_ms=1_700_001_060_000)
        self.expect({'status': 'status-stale'}, max_status_age=60, now_ms=1_700_001_060_001)


class Absence(unittest.TestCase):
    def test_outcomes(self):
        for number, following, verdict, differing in (
                (505, 505, 'verified', {}), (504, 505, 'not-verified', {'next-number': 'number-issued'}),
                (505, 0, 'not-verified', {'next-number': 'registry-uninitialised'})):
            self.assertEqual(outcome(make_absence(number, following), TRUST), (verdict, differing))
        self.assertEqual(outcome(make_absence(505), None), ('consistent', {'statement': 'no-trust-file', **UNKNOWN}))
        self.assertEqual(outcome(replaced(make_absence(505), ('headerRlp',), '0xc0'), TRUST)[1],
                         {'next-number': 'earlier-failed', 'account': 'earlier-failed', 'header': 'header-malformed',
                          'seals': 'earlier-failed'})


def outcome(bundle, trust, **options):
    """(verdict, code or reason of each check that did not pass)."""
    trust = trust and read_trust(jsonstrict.write(trust))
    report = verify(jsonstrict.write(bundle), trust, **options)
    differing = {check['name']: check.get('code') or check['reason']
                 for check in report['checks'] if check['outcome'] != 'passed'}
    return report['verdict'], differing


def resealed(header, keys):
    items = list(rlp.decode(bytes.fromhex(header[2:])))
    extra = Extra(*rlp.decode(items[12]))
    sealed = fixture.hash_of(rlp.encode(tuple(items)))
    items[12] = rlp.encode(tuple(extra._replace(seals=tuple(fixture.sign(key, sealed) for key in keys))))
    return '0x' + rlp.encode(tuple(items)).hex()
