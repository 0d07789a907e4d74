"""The checks of §5 and §6, in the document's order, and the verdict over them."""
import hashlib

import merkle
from anchored import U64, Anchored, Attempt
from bundle import ABSENCE_TYPE, BUNDLE_TYPE_V2, disclosed_files, read_document
from failure import Failure, NotRun
from header import block_hash, verify_seals
from inputs import now_ms_of
from keccak import keccak256
from sm3 import sm3
from tokens import judge_token
from witnesses import Trusted, judge_chain
from trie import prove_account, prove_slot

CLOCK_SKEW_MS = 5_000
REASONS = {1: 'holder-request', 2: 'facts-untrue', 3: 'unlawful-content', 4: 'duplicate', 5: 'court-order',
           6: 'issued-in-error', 7: 'key-compromise'}


def verify(data, trust=None, files=(), now_ms=None, max_status_age=None, kind=None):
    """The report on a bundle or absence proof: {verdict, error, checks, …}. `trust` is what read_trust returned.

    files: {size, sha256, sm3 or None}, the digests as bytes; now_ms: the clock's without one; max_status_age: seconds, or None for any age;
    kind: `bundle` or `absence` to take only that one, or None to take what the media type says.
    """
    now_ms = now_ms_of(None) if now_ms is None else now_ms
    try:
        document = read_document(data, kind)
    except Failure as failure:
        return unreadable(failure.code, kind)
    if document['mediaType'] == ABSENCE_TYPE:
        checked = _Absence(document, trust, now_ms)
    else:
        checked = _Bundle(document, trust, files, now_ms, max_status_age)
    checks = [outcome_of(name, getattr(checked, name.replace('-', '_'))) for name in checked.NAMES]
    verdict = verdict_of(checks)
    facts = checked.proven() if verdict == 'verified' else {}
    return {'verdict': verdict, 'error': None, 'checks': checks, **facts}


def unreadable(code, kind):
    """The report when the trust file or the other file could not be read: no check ran."""
    names = (_Absence if kind == 'absence' else _Bundle).NAMES
    checks = [{'name': name, 'outcome': 'not-run', 'reason': 'earlier-failed'} for name in names]
    return {'verdict': 'not-verified', 'error': code, 'checks': checks}


def verdict_of(checks):
    """Without a node only seals can back a header, so `verified` takes every needed check, `seals` among them."""
    outcomes = {check['name']: check['outcome'] for check in checks}
    if 'failed' in outcomes.values():
        return 'not-verified'
    never_block = {'file', 'sections', 'manifest', 'status', 'witnesses'}
    needed = [outcome for name, outcome in outcomes.items() if name not in never_block]
    return 'verified' if all(outcome == 'passed' for outcome in needed) else 'consistent'


def outcome_of(name, check):
    try:
        check()
    except Failure as failure:
        detail = {'expected': failure.expected, 'found': failure.found}
        return {'name': name, 'outcome': 'failed', 'code': failure.code,
                **{key: str(value) for key, value in detail.items() if value is not None}}
    except NotRun as not_run:
        return {'name': name, 'outcome': 'not-run', 'reason': not_run.reason}
    return {'name': name, 'outcome': 'passed'}


class _Absence(Anchored):
    NAMES = ['statement', 'next-number', 'account', 'header', 'seals']

    def __init__(self, document, trust, now_ms):
        super().__init__(document['registry'], document['number'], document, trust, now_ms)

    def proven(self):
        return {}

    def next_number(self):
        following = self.prove_anchor_slot(self.layout['nextNumberSlot']) & U64
        if following == 0:
            raise Failure('registry-uninitialised')
        if following > self.number:
            raise Failure('number-issued', f'at most {self.number}', following)


class _Bundle(Anchored):
    NAMES = ['file', 'sections', 'manifest', 'statement', 'inclusion', 'batch-slot', 'account', 'header', 'seals',
             'not-before', 'time-order', 'status', 'witnesses']

    def __init__(self, bundle, trust, files, now_ms, max_status_age):
        self.bundle, self.stated, self.batch = bundle, bundle['statement'], bundle['anchor']['batch']
        self.files, self.max_status_age = files, max_status_age
        super().__init__(self.stated['registry'], self.stated['number'], bundle['anchor'], trust, now_ms)
        self.before_header = Attempt(lambda: self.read_header(bundle['notBefore']['headerRlp']))

    def proven(self):
        """The interval of a verified bundle, in seconds since 1970."""
        return {'interval': {'after': str(self.before_header.value.timestamp), 'by': str(self.batch['anchoredAt'])}}

    def file(self):
        if not self.files:
            raise NotRun('no-file')
        listed = disclosed_files(self.bundle)
        if listed is None:
            raise Failure('files-not-disclosed')
        for file in self.files:
            if not any(_same_file(file, each) for each in listed):
                raise Failure('file-mismatch', 'a listed file', file['sha256'].hex())

    def sections(self):
        sections = self.bundle.get('sections')
        if sections is None:
            raise NotRun('no-sections')
        listed = {each['name']: each['sha256'] for each in self.bundle['manifest']['sections']}
        for section in sections:
            if section['name'] not in listed:
                raise Failure('section-unlisted', 'a name of the manifest', section['name'])
        for section, digest in zip(sections, self.bundle['digests']['sections']):
            _require_equal('section-mismatch', listed[section['name']], digest)

    def manifest(self):
        text = self.bundle['digests']['manifest']
        if text is None:
            raise NotRun('no-manifest')
        _require_equal('manifest-mismatch', self.stated['sha256'], hashlib.sha256(text).digest())
        if 'sm3' in self.stated:
            _require_equal('manifest-sm3-mismatch', self.stated['sm3'], sm3(text))

    def inclusion(self):
        inclusion, batch = self.bundle['inclusion'], self.batch
        index, count, path = inclusion['index'], inclusion['count'], inclusion['path']
        _require_equal('count-mismatch', batch['count'], count)
        if index >= count:
            raise Failure('index-out-of-range', f'below {count}', index)
        _require_equal('number-mismatch', batch['firstNumber'] + index, self.number)
        _require_equal('path-length', merkle.path_length(index, count), len(path))
        root = merkle.root_of(self.bundle['digests']['leaf'], index, count, path)
        _require_equal('root-mismatch', batch['root'], root)

    def batch_slot(self):
        batch = self.batch
        value = self.prove_anchor_slot(keccak256(batch['root'] + self.layout['batchesSlot']))
        if value == 0:
            raise Failure('batch-absent')
        stated = batch['id'] | batch['firstNumber'] << 64 | batch['count'] << 128 | batch['anchoredAt'] << 160
        _require_equal('batch-mismatch', stated, value)

    def not_before(self):
        header, stated = self.before_header.get(), self.stated['notBefore']
        _require_equal('not-before-block-mismatch', stated['block'], header.number)
        if stated['hash'] not in self._possible_hashes(header):
            raise Failure('not-before-hash-mismatch', stated['hash'].hex())
        if self.is_qbft:
            verify_seals(header, self.network)

    def time_order(self):
        before, anchor = self.needed(self.before_header), self.needed(self.anchor_header)
        anchored_at = self.batch['anchoredAt']
        if before.number >= anchor.number:
            raise Failure('blocks-out-of-order', f'below {anchor.number}', before.number)
        if not before.timestamp <= anchored_at <= anchor.timestamp:
            raise Failure('times-out-of-order', f'{before.timestamp} to {anchor.timestamp}', anchored_at)
        if self.stated['receivedAt'] > anchored_at * 1000 + CLOCK_SKEW_MS:
            raise Failure('received-after-anchor')

    def status(self):
        status = self.bundle.get('status')
        if status is None:
            raise NotRun('no-status') if self.max_status_age is None else Failure('status-missing')
        header = self.read_header(status['headerRlp'])
        anchor = self.needed(self.anchor_header)
        if header.number < anchor.number:
            raise Failure('status-before-anchor', f'at least {anchor.number}', header.number)
        if self.is_qbft:
            verify_seals(header, self.network)
        storage_root, code_hash = prove_account(header.state_root, self.contract, status['accountProof'])
        self.require_code(code_hash)
        slot = keccak256(self.number.to_bytes(32, 'big') + self.layout['revocationsSlot'])
        revocation = prove_slot(storage_root, slot, status['storageProof'])
        if revocation != 0:
            raise Failure('revoked', 'no revocation', _revocation(revocation))
        self.require_past('status-in-future', header)
        if self.max_status_age is not None and header.timestamp * 1000 < self.now_ms - self.max_status_age * 1000:
            raise Failure('status-stale')

    def witnesses(self):
        is_judged, trust = self.bundle['mediaType'] == BUNDLE_TYPE_V2, self.trust or {}
        trusted = self._trusted_witnesses(trust.get('authorities', [])) if is_judged else []
        found = len({each.party for each in trusted if each.kind != 'renewal'})
        if found < trust.get('requiredWitnesses', 0):
            raise Failure('witnesses-missing', f"at least {trust['requiredWitnesses']}", found)
        if 'witnesses' not in self.bundle:
            raise NotRun('no-witnesses')
        if not is_judged:
            raise NotRun('witness-unsupported')
        if self.trust is None:
            raise NotRun('no-trust-file')
        if not trusted:
            own = self.stated['registry']['chainId']
            is_own = all(each['kind'] == 'chain' and each['chainId'] == own for each in self.bundle['witnesses'])
            raise NotRun('witness-not-independent' if is_own else 'witness-untrusted')
        self.needed(self.before_header)

    def _trusted_witnesses(self, authorities):
        """Trusted of each witness that the trust file names; Failure with the first fault."""
        trusted = []
        for witness, message in zip(self.bundle.get('witnesses', []), self.bundle['messages']):
            one = self._judge(witness, message, authorities)
            if one is None:
                continue
            earliest = [each.time_ms for each in trusted] if one.kind == 'renewal' else []
            if self.before_header.value is not None:
                earliest.append(self.before_header.value.timestamp * 1000)
            if any(one.time_ms < each for each in earliest):
                raise Failure('witness-time-order')
            if one.time_ms > self.now_ms + 300_000:
                raise Failure('witness-in-future')
            trusted.append(one)
        return trusted

    def _judge(self, witness, message, authorities):
        if witness['kind'] == 'chain':
            is_own = witness['chainId'] == self.stated['registry']['chainId']
            return None if is_own else judge_chain(witness, self.batch, self.trust)
        time_ms, authority = judge_token(witness['token'], message, authorities)
        return authority and Trusted(witness['kind'], time_ms, authority.raw)

    def _possible_hashes(self, header):
        """The header's hash under the network's rule; without one, under each rule that the header has the form for."""
        if self.network:
            return [block_hash(header, self.network['consensus'])]
        hashes = [block_hash(header, 'none')]
        try:
            return hashes + [block_hash(header, 'qbft')]
        except Failure:
            return hashes


def _revocation(value):
    reason = value >> 64 & 0xFF
    return f'{REASONS.get(reason, f"reason {reason}")}, at second {value & U64}'


def _same_file(handed_in, listed):
    both_sm3 = handed_in.get('sm3') and listed.get('sm3')
    return (handed_in['sha256'] == listed['sha256'] and handed_in['size'] == listed['size']
            and (not both_sm3 or handed_in['sm3'] == listed['sm3']))


def _require_equal(code, expected, found):
    if expected != found:
        raise Failure(code, *(value.hex() if isinstance(value, bytes) else value for value in (expected, found)))
