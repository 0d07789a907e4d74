"""What a bundle and an absence proof share: a registry's state under a block header, and the checks of it (§5)."""
from failure import Failure, NotRun
from header import read_extra, read_header, verify_seals
from trie import prove_account, prove_slot
from trust import find

# §7: where version 1 of the contract keeps its storage, for when no trust file says so
LAYOUT = {name: number.to_bytes(32, 'big') for name, number in
          {'batchesSlot': 3, 'revocationsSlot': 4, 'nextNumberSlot': 5}.items()}
U64 = 2**64 - 1
FUTURE_SECONDS = 300


class Anchored:
    """What a bundle and an absence proof share: a registry's number, and its state under a block header."""

    def __init__(self, named, number, proof, trust, now_ms):
        self.trust, self.number, self.proof, self.now_ms = trust, number, proof, now_ms
        self.contract = named['contract']
        network, registry = find(trust, named['chainId'], self.contract) if trust else (None, None)
        self.unknown = 'chain-unknown' if network is None else 'registry-unknown' if registry is None else None
        # not knowing the registry leaves the chain's checks as without a trust file
        self.network, self.registry = (None, None) if self.unknown else (network, registry)
        self.layout = self.registry or LAYOUT
        self.is_qbft = self.network is not None and self.network['consensus'] == 'qbft'
        self.anchor_header = Attempt(lambda: self.read_header(proof['headerRlp']))
        self.anchor_account = Attempt(self._prove_anchor_account)

    def statement(self):
        if self.trust is None:
            raise NotRun('no-trust-file')
        if self.unknown:
            raise Failure(self.unknown)
        last = self.registry.get('throughNumber', U64)
        if self.number > last:
            raise Failure('number-retired', f'at most {last}', self.number)

    def account(self):
        _, code_hash = self.anchor_account.get()
        self.require_code(code_hash)
        if self.registry is None:
            raise NotRun('no-trust-file')

    def header(self):
        header = self.anchor_header.get()
        if self.registry and header.number < self.registry['fromBlock']:
            raise Failure('header-before-registry', f"at least {self.registry['fromBlock']}", header.number)
        self.require_past('header-in-future', header)

    def seals(self):
        if self.network is None:
            raise NotRun('no-trust-file')
        if not self.is_qbft:
            raise NotRun('consensus-none')
        verify_seals(self.needed(self.anchor_header), self.network)

    def read_header(self, text):
        header = read_header(text)
        if self.is_qbft:
            read_extra(header)  # under qbft an extraData of another form is a malformed header
        return header

    def prove_anchor_slot(self, slot):
        storage_root, _ = self.needed(self.anchor_account)
        return prove_slot(storage_root, slot, self.proof['storageProof'])

    def require_code(self, code_hash):
        if self.registry and code_hash != self.registry['codeHash']:
            raise Failure('code-mismatch', self.registry['codeHash'].hex(), code_hash.hex())

    def require_past(self, code, header):
        if header.timestamp > self.now_ms // 1000 + FUTURE_SECONDS:
            raise Failure(code, f'at most 300 s after {self.now_ms // 1000}', header.timestamp)

    def needed(self, attempt):
        if attempt.value is None:
            raise NotRun('earlier-failed')
        return attempt.value

    def _prove_anchor_account(self):
        header = self.needed(self.anchor_header)
        return prove_account(header.state_root, self.contract, self.proof['accountProof'])


class Attempt:
    """A result that several checks need: its value, or None with the failure that get() raises."""

    def __init__(self, attempt):
        self.value = self._failure = None
        try:
            self.value = attempt()
        except (Failure, NotRun) as failure:
            self._failure = failure

    def get(self):
        if self._failure:
            raise self._failure
        return self.value
