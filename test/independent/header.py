"""Block headers, their hashes under either consensus, and the seals of QBFT validators (§3)."""
from collections import namedtuple
from functools import lru_cache

import rlp
from failure import Failure
from keccak import keccak256
from secp256k1 import recover_address
from trust import set_in_force

EXTRA_DATA = 12  # its place among a header's items
MAX_SEALS = 64

Header = namedtuple('Header', 'items state_root number timestamp')
Extra = namedtuple('Extra', 'vanity validators vote round seals')


@lru_cache(maxsize=4096)
def read_header(text):
    """Failure `header-malformed`."""
    try:
        items = rlp.decode(text)
        _require(isinstance(items, tuple) and 15 <= len(items) <= 32)
        _require(all(isinstance(item, bytes) for item in items[:15]))
        _require(len(items[0]) == 32 and len(items[3]) == 32)
        return Header(items, items[3], rlp.integer(items[8], 8), rlp.integer(items[11], 8))
    except rlp.RlpError:
        raise Failure('header-malformed') from None


def read_extra(header):
    """The extraData of a QBFT header; Failure `header-malformed`."""
    try:
        extra = rlp.decode(header.items[EXTRA_DATA])
        _require(isinstance(extra, tuple) and len(extra) == 5)
        extra = Extra(*extra)
        _require(isinstance(extra.vanity, bytes) and len(extra.vanity) == 32)
        _require(isinstance(extra.validators, tuple) and all(_is_bytes(each, 20) for each in extra.validators))
        _require(extra.vote == () or _is_vote(extra.vote))
        rlp.integer(extra.round, 4)
        _require(isinstance(extra.seals, tuple))
        return extra
    except rlp.RlpError:
        raise Failure('header-malformed') from None


def block_hash(header, consensus):
    if consensus == 'none':
        return keccak256(rlp.encode(header.items))
    return _hash_with(header, read_extra(header)._replace(round=b'', seals=()))


def verify_seals(header, network):
    """Failure with the code of the first rule that the seals of a QBFT header break."""
    extra = read_extra(header)
    validators = set_in_force(network, header.number)
    if validators is None:
        raise Failure('validator-set-unknown')
    if not extra.validators:
        raise Failure('validator-list-empty')
    if len(extra.validators) != len(validators) or set(extra.validators) != validators:
        raise Failure('validator-set-mismatch')
    if len(extra.seals) > MAX_SEALS:
        raise Failure('seal-invalid')
    sealed, signers = _hash_with(header, extra._replace(seals=())), set()
    for seal in extra.seals:
        signer = recover_address(sealed, seal) if isinstance(seal, bytes) else None
        if signer not in validators or signer in signers:
            raise Failure('seal-invalid')
        signers.add(signer)
    quorum = (2 * len(validators) + 2) // 3  # two thirds, rounded up
    if len(signers) < quorum:
        raise Failure('seals-insufficient', quorum, len(signers))


def _hash_with(header, extra):
    items = list(header.items)
    items[EXTRA_DATA] = rlp.encode(tuple(extra))
    return keccak256(rlp.encode(tuple(items)))


def _is_vote(vote):
    return isinstance(vote, tuple) and len(vote) == 2 and _is_bytes(vote[0], 20) and vote[1] in (b'\xff', b'\x00', b'')


def _is_bytes(item, size):
    return isinstance(item, bytes) and len(item) == size


def _require(condition):
    if not condition:
        raise rlp.RlpError('not a header')
