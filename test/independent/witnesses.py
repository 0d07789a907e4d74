"""A second chain as witness (§9): its registry has a batch of the root, in a block that its validators sealed."""
from collections import namedtuple

from failure import Failure
from header import read_extra, read_header, verify_seals
from keccak import keccak256
from trie import prove_account, prove_slot
from trust import find

Trusted = namedtuple('Trusted', 'kind time_ms party')


def judge_chain(witness, batch, trust):
    """Trusted, or None for a chain that the trust file does not name with seals; Failure with the first fault."""
    network, registry = find(trust, witness['chainId'], witness['contract']) if trust else (None, None)
    if registry is None or network['consensus'] != 'qbft':
        return None
    header = read_header(witness['headerRlp'])
    read_extra(header)
    if header.number < registry['fromBlock']:
        raise Failure('header-before-registry', f"at least {registry['fromBlock']}", header.number)
    verify_seals(header, network)
    storage_root, code_hash = prove_account(header.state_root, witness['contract'], witness['accountProof'])
    if code_hash != registry['codeHash']:
        raise Failure('code-mismatch', registry['codeHash'].hex(), code_hash.hex())
    value = prove_slot(storage_root, keccak256(batch['root'] + registry['batchesSlot']), witness['storageProof'])
    if value >> 224 or value >> 128 & 0xFFFFFFFF != batch['count']:
        raise Failure('witness-mismatch')
    return Trusted('chain', header.timestamp * 1000, witness['chainId'])
