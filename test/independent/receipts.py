"""Acceptance receipts (§10): reading one, its checks, and its verdict beside a bundle or an absence proof."""
import jsonstrict
from bundle import ABSENCE_TYPE, KIND, REGISTRY, read_document
from checks import outcome_of, verdict_of, verify
from ed25519 import is_signed
from failure import Failure, NotRun
from fields import Malformed, decimal, digest, matching, obj, one_of, time
from header import read_header
from trust import find

RECEIPT_TYPE = 'application/vnd.inkseal.receipt+json;v=1'
NAMES = ['statement', 'receipt-key', 'receipt-signature', 'receipt-time', 'promise']
EXIT = {'kept': 0, 'broken': 1, 'not-verified': 1, 'pending': 2, 'due': 2, 'consistent': 2, 'undecided': 2}
TOLERANCE_MS = 300_000

RECEIPT = obj({
    'mediaType': one_of(RECEIPT_TYPE), 'registry': REGISTRY, 'number': decimal(1), 'kind': KIND,
    'sha256': digest, 'receivedAt': time, 'anchorBy': time, 'key': digest, 'signature': matching('[0-9a-f]{128}'),
})


def verify_receipt(data, trust, proof, now_ms):
    """The report on a receipt: {verdict, error, checks}. `trust` is what read_trust returned, `proof` bytes or None."""
    try:
        receipt = _read(data)
    except Failure as failure:
        return unreadable_receipt(failure.code)
    judged = _Receipt(receipt, trust, proof, now_ms)
    checks = [outcome_of(name, getattr(judged, name.replace('-', '_'))) for name in NAMES]
    return {'verdict': _verdict(checks, now_ms > receipt['anchorBy']), 'error': None, 'checks': checks}


def is_receipt(data):
    """Whether the file names itself a receipt, canonical or not."""
    try:
        raw = jsonstrict.read(data, canonical=False)
    except Failure:
        return False
    return isinstance(raw, dict) and raw.get('mediaType') == RECEIPT_TYPE


def unreadable_receipt(code):
    checks = [{'name': name, 'outcome': 'not-run', 'reason': 'earlier-failed'} for name in NAMES]
    return {'verdict': 'undecided' if code.startswith('trust-') else 'not-verified', 'error': code, 'checks': checks}


def _read(data):
    raw = jsonstrict.read(data)
    if not isinstance(raw, dict) or raw.get('mediaType') != RECEIPT_TYPE:
        raise Failure('unknown-media-type')
    try:
        receipt = RECEIPT(raw)
    except Malformed:
        raise Failure('malformed') from None
    if receipt['anchorBy'] <= receipt['receivedAt']:
        raise Failure('malformed')
    receipt['message'] = jsonstrict.write({name: raw[name] for name in raw if name != 'signature'})
    return receipt


def _verdict(checks, is_due):
    *own, promise = [check['outcome'] for check in checks]
    if 'failed' in own:
        return 'not-verified'
    if 'not-run' in own:
        return 'consistent'
    return {'passed': 'kept', 'failed': 'broken'}.get(promise) or ('due' if is_due else 'pending')


class _Receipt:
    def __init__(self, receipt, trust, proof, now_ms):
        self.receipt, self.trust, self.proof, self.now_ms = receipt, trust, proof, now_ms

    def statement(self):
        if self.trust is None:
            raise NotRun('no-trust-file')
        registry = self.receipt['registry']
        network, known = find(self.trust, registry['chainId'], registry['contract'])
        if network is None:
            raise Failure('chain-unknown')
        if known is None:
            raise Failure('registry-unknown')
        if self.receipt['number'] > known.get('throughNumber', self.receipt['number']):
            raise Failure('number-retired')

    def receipt_key(self):
        if self.trust is None:
            raise NotRun('no-trust-file')
        known = [each for each in self.trust.get('receiptKeys', []) if each['key'] == self.receipt['key']]
        if not known:
            raise Failure('receipt-key-unknown')
        received = self.receipt['receivedAt']
        if received < known[0]['from'] or received >= known[0].get('until', received + 1):
            raise Failure('receipt-key-not-valid')

    def receipt_signature(self):
        signature = bytes.fromhex(self.receipt['signature'])
        if not is_signed(self.receipt['key'], self.receipt['message'], signature):
            raise Failure('receipt-signature-invalid')

    def receipt_time(self):
        if self.receipt['receivedAt'] > self.now_ms + TOLERANCE_MS:
            raise Failure('receipt-in-future')

    def promise(self):
        if self.proof is None:
            raise NotRun('promise-without-proof' if self.now_ms > self.receipt['anchorBy'] else 'promise-not-due')
        report = verify(self.proof, self.trust, now_ms=self.now_ms)
        counted = [check for check in report['checks'] if check['name'] != 'status']
        if report['error'] or verdict_of(counted) != 'verified':
            raise NotRun('proof-not-verified')
        document = read_document(self.proof)
        is_absence = document['mediaType'] == ABSENCE_TYPE
        subject = document if is_absence else document['statement']
        if any(subject[name] != self.receipt[name] for name in ('registry', 'number')):
            raise NotRun('proof-unrelated')
        if is_absence:
            self._judge_absence(document)
        elif any(subject[name] != self.receipt[name] for name in ('kind', 'sha256')):
            raise Failure('promise-content-differs')

    def _judge_absence(self, document):
        if read_header(document['headerRlp']).timestamp * 1000 <= self.receipt['anchorBy']:
            raise NotRun('absence-too-early')
        raise Failure('promise-number-absent')
