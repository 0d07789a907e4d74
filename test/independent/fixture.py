"""Makes whole bundles for the self-test: a trie, a batch, headers and seals, all of our own and all consistent."""
import base64
import copy
import hashlib

import jsonstrict
import merkle
import rlp
import secp256k1
from anchored import LAYOUT
from bundle import ABSENCE_TYPE, BUNDLE_TYPE
from header import Extra
from keccak import keccak256
from sm3 import sm3
from trust import MEDIA_TYPE as TRUST_TYPE

KEYS = list(range(1001, 1005))  # the validators' private keys
CONTRACT = bytes.fromhex('c0' * 20)
CODE_HASH = keccak256(b'code')
FIRST, INDEX, COUNT = 500, 2, 5
NUMBER = FIRST + INDEX
FILE = b'a picture'


class Trie:
    """A Merkle-Patricia trie over the Keccak-256 of its keys."""

    def __init__(self, values):
        self.texts = {}
        node = self._node([(_nibbles(keccak256(key)), value) for key, value in values.items()])
        self.root = keccak256(rlp.encode(node))
        self.texts[self.root] = rlp.encode(node)

    def proof(self, key):
        """The listed nodes on the path of `key`, as far as the trie goes."""
        path, nodes, link = _nibbles(keccak256(key)), [], self.root
        while link:
            if isinstance(link, bytes):
                nodes.append(self.texts[link])
                link = rlp.decode(self.texts[link])
            if not link:
                break  # the root of the empty trie
            if len(link) == 17:
                link, path = link[path[0]], path[1:]
                continue
            prefix = _nibbles(link[0])
            tail = prefix[1:] if prefix[0] & 1 else prefix[2:]
            if prefix[0] >= 2 or path[:len(tail)] != tail:
                break
            link, path = link[1], path[len(tail):]
        return nodes

    def _node(self, pairs):
        if not pairs:
            return b''
        if len(pairs) == 1:
            return (hex_prefix(pairs[0][0], True), pairs[0][1])
        shared = 0
        while len({path[shared] for path, _ in pairs}) == 1:
            shared += 1
        if shared:
            tails = [(path[shared:], value) for path, value in pairs]
            return (hex_prefix(pairs[0][0][:shared], False), self._link(self._node(tails)))
        groups = [[(path[1:], value) for path, value in pairs if path[0] == nibble] for nibble in range(16)]
        return tuple(self._link(self._node(group)) for group in groups) + (b'',)

    def _link(self, node):
        text = rlp.encode(node)
        if len(text) < 32:
            return node
        self.texts[keccak256(text)] = text
        return keccak256(text)


def make_bundle(**statement):
    """A bundle as a JSON value; the arguments replace members of its statement."""
    files = {'name': 'files', 'salt': '11' * 32, 'content': [
        {'name': '画.png', 'size': str(len(FILE)), 'mediaType': 'image/png', 'sha256': hashlib.sha256(FILE).hexdigest(),
         'sm3': sm3(FILE).hex(), 'uploadedAt': '2024-01-01T00:00:00.000Z'}]}
    work = {'name': 'work:1', 'salt': '22' * 32, 'content': {'title': '印信', 'note': None}}
    manifest = {'v': 1, 'sections': [
        {'name': each['name'], 'sha256': hashlib.sha256(jsonstrict.write(each)).hexdigest()} for each in (files, work)]}
    text = jsonstrict.write(manifest)
    before = make_header(90, 1_700_000_000, bytes(32))
    stated = {
        'v': 1, 'registry': {'chainId': '7788', 'contract': '0x' + CONTRACT.hex()}, 'number': str(NUMBER),
        'kind': 'registration', 'sha256': hashlib.sha256(text).hexdigest(), 'sm3': sm3(text).hex(),
        'receivedAt': '2023-11-14T22:14:00.500Z',
        'notBefore': {'block': '90', 'hash': '0x' + hash_of(before).hex()}, **statement}
    leaf = hashlib.sha256(b'\0' + jsonstrict.write(stated)).digest()
    leaves = [hashlib.sha256(b'\0%d' % i).digest() for i in range(COUNT)]
    leaves[INDEX] = leaf
    path, root = path_and_root(leaves, INDEX)
    batch = {'root': root.hex(), 'id': '7', 'firstNumber': str(FIRST), 'count': COUNT, 'anchoredAt': '1700000100'}
    packed = 7 | FIRST << 64 | COUNT << 128 | 1_700_000_100 << 160
    slot = keccak256(root + LAYOUT['batchesSlot'])
    storage = {slot: packed, LAYOUT['nextNumberSlot']: FIRST + COUNT, word(9): 1, word(10): 5}
    revocation = keccak256(word(NUMBER) + LAYOUT['revocationsSlot'])
    return {
        'mediaType': BUNDLE_TYPE, 'statement': stated, 'manifest': manifest, 'sections': [files, work],
        'inclusion': {'index': INDEX, 'count': COUNT, 'path': [each.hex() for each in path]},
        'notBefore': {'headerRlp': '0x' + before.hex()},
        'anchor': {'batch': batch, **make_proof(storage, slot, 100, 1_700_000_101)},
        'status': make_proof(storage, revocation, 120, 1_700_001_000),
        'witnesses': [{'kind': 'rfc3161', 'token': base64.b64encode(b'token').decode()}],
        'hints': {'transaction': '0x' + '33' * 32},
    }


def make_absence(number, next_number=FIRST + COUNT):
    slot = LAYOUT['nextNumberSlot']
    storage = {slot: next_number} if next_number else {word(9): 1}
    return {'mediaType': ABSENCE_TYPE, 'registry': {'chainId': '7788', 'contract': '0x' + CONTRACT.hex()},
            'number': str(number), **make_proof(storage, slot, 100, 1_700_000_101)}


def make_trust(consensus='qbft'):
    slots = {name: '0x' + slot.hex() for name, slot in LAYOUT.items()}
    registry = {'address': '0x' + CONTRACT.hex(), 'codeHash': '0x' + CODE_HASH.hex(), 'fromBlock': '50', **slots}
    members = [{'address': '0x' + address(key).hex()} for key in KEYS]
    network = {'chainId': '7788', 'consensus': consensus, 'registries': [registry],
               'validatorSets': [{'fromBlock': '0', 'validators': members}] if consensus == 'qbft' else []}
    return {'mediaType': TRUST_TYPE, 'name': 'self-test', 'networks': [network], 'timestampAuthorities': []}


def make_proof(storage, slot, block, timestamp, keys=KEYS[:3]):
    storage_trie = Trie({key: rlp.encode(minimal(value)) for key, value in storage.items()})
    account = rlp.encode((b'\1', b'', storage_trie.root, CODE_HASH))
    state = Trie({CONTRACT: account, **{bytes([i]) * 20: account for i in range(20)}})
    header = make_header(block, timestamp, state.root, keys)
    return {'headerRlp': '0x' + header.hex(),
            'accountProof': ['0x' + node.hex() for node in state.proof(CONTRACT)],
            'storageProof': ['0x' + node.hex() for node in storage_trie.proof(slot)]}


def make_header(block, timestamp, state_root, keys=KEYS[:3]):
    items = [bytes(32)] * 15
    items[2], items[3], items[8], items[11] = bytes(20), state_root, minimal(block), minimal(timestamp)
    extra = Extra(bytes(32), tuple(address(key) for key in KEYS), (), b'', ())
    items[12] = rlp.encode(tuple(extra))
    sealed = keccak256(rlp.encode(tuple(items)))
    items[12] = rlp.encode(tuple(extra._replace(seals=tuple(sign(key, sealed) for key in keys))))
    return rlp.encode(tuple(items))


def hash_of(header):
    """The QBFT hash of a header of round 0, for which it is also what is sealed."""
    items = list(rlp.decode(header))
    items[12] = rlp.encode(tuple(Extra(*rlp.decode(items[12]))._replace(seals=())))
    return keccak256(rlp.encode(tuple(items)))


def sign(key, digest):
    k = int.from_bytes(hashlib.sha256(b'%d' % key + digest).digest(), 'big') % secp256k1.N
    x, y = secp256k1.affine(secp256k1.multiply_add(k, 0, secp256k1.G))
    r, parity = x % secp256k1.N, y & 1
    s = pow(k, -1, secp256k1.N) * (int.from_bytes(digest, 'big') + r * key) % secp256k1.N
    if s > secp256k1.N // 2:
        s, parity = secp256k1.N - s, parity ^ 1
    return r.to_bytes(32, 'big') + s.to_bytes(32, 'big') + bytes([parity])


def address(key):
    return secp256k1.address_of(secp256k1.affine(secp256k1.multiply_add(key, 0, secp256k1.G)))


def path_and_root(leaves, index):
    """The path of a leaf from itself upwards, and the root: the definition of RFC 9162 §2.1, split by split."""
    if len(leaves) == 1:
        return [], leaves[0]
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    halves = leaves[:left], leaves[left:]
    own, other = halves if index < left else halves[::-1]
    path, root = path_and_root(own, index if index < left else index - left)
    sibling = path_and_root(other, 0)[1]
    return path + [sibling], merkle.node(root, sibling) if index < left else merkle.node(sibling, root)


def replaced(value, path, member):
    """A copy of a JSON value with the member at `path` replaced."""
    value = copy.deepcopy(value)
    *parents, last = path
    target = value
    for parent in parents:
        target = target[parent]
    target[last] = member
    return value


def hex_prefix(path, is_leaf):
    odd = len(path) & 1
    nibbles = [2 * is_leaf + odd] + ([] if odd else [0]) + path
    return bytes(16 * high + low for high, low in zip(nibbles[::2], nibbles[1::2]))


def minimal(value):
    return value.to_bytes((value.bit_length() + 7) // 8, 'big')


def word(number):
    return number.to_bytes(32, 'big')


def _nibbles(data):
    return [nibble for byte in data for nibble in (byte >> 4, byte & 15)]
