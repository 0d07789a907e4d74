"""Merkle-Patricia proofs (§3): a value under a trie root, or its proven absence."""
from functools import lru_cache

import rlp
from failure import Failure
from keccak import keccak256


def prove(root, key, nodes):
    """The value bytes of `key` under `root`, or None if proven absent; Failure `state-proof-invalid`."""
    try:
        walk = _Walk(root, _nibbles(keccak256(key)), nodes)
        value = walk.run()
        _require(walk.used == len(nodes))
        return value
    except rlp.RlpError:
        raise Failure('state-proof-invalid') from None


def prove_account(state_root, address, nodes):
    """(storageRoot, codeHash); Failure `state-proof-invalid` or `account-absent`."""
    value = prove(state_root, address, nodes)
    if value is None:
        raise Failure('account-absent')
    account = _decode_or_fail(value)
    _require(isinstance(account, tuple) and len(account) == 4 and all(isinstance(item, bytes) for item in account))
    _, _, storage_root, code_hash = account
    _require(len(storage_root) == 32 and len(code_hash) == 32)
    return storage_root, code_hash


def prove_slot(storage_root, slot, nodes):
    """The slot as an integer, absence being zero; Failure `state-proof-invalid`."""
    value = prove(storage_root, slot, nodes)
    if value is None:
        return 0
    content = _decode_or_fail(value)
    _require(isinstance(content, bytes) and 1 <= len(content) <= 32 and content[0] != 0)
    return int.from_bytes(content, 'big')


class _Walk:
    """Follows one path downwards, taking a listed node for each hash it meets."""

    def __init__(self, root, path, nodes):
        self.path, self.nodes, self.used = path, nodes, 0
        self.root = root

    def run(self):
        node = self._listed(self.root)
        if node == b'':
            return None  # the empty trie: only a root can be the hash of an empty string, see _child
        while True:
            node, done = self._branch(node) if len(node) == 17 else self._short(node)
            if done:
                return node

    def _listed(self, digest):
        _require(self.used < len(self.nodes))
        text = self.nodes[self.used]
        self.used += 1
        _require(keccak256(text) == digest)
        node = _decode(text)
        _require(isinstance(node, tuple) and len(node) in (2, 17) or node == b'' and self.used == 1)
        return node

    def _branch(self, node):
        _require(self.path)
        child, self.path = node[self.path[0]], self.path[1:]
        if child == b'':
            return None, True
        return self._child(child), False

    def _short(self, node):
        """A leaf or an extension."""
        path, is_leaf = _hex_prefixed(node[0])
        if is_leaf:
            value = _value(node[1])
            return (value if path == self.path else None), True
        _require(path)
        if self.path[:len(path)] != path:
            return None, True
        self.path = self.path[len(path):]
        return self._child(node[1]), False

    def _child(self, child):
        if isinstance(child, bytes):
            _require(len(child) == 32)
            return self._listed(child)
        _require(len(child) in (2, 17) and len(rlp.encode(child)) < 32)
        return child


@lru_cache(maxsize=4096)
def _decode(text):
    return rlp.decode(text)


def _decode_or_fail(text):
    try:
        return rlp.decode(text)
    except rlp.RlpError:
        raise Failure('state-proof-invalid') from None


def _hex_prefixed(item):
    """(nibbles, is it a leaf's) of a compact path."""
    _require(isinstance(item, bytes) and item)
    flag, *nibbles = _nibbles(item)
    _require(flag <= 3)
    if flag & 1 == 0:
        _require(nibbles[0] == 0)
        nibbles = nibbles[1:]
    return nibbles, flag >= 2


def _nibbles(data):
    return [nibble for byte in data for nibble in (byte >> 4, byte & 15)]


def _value(item):
    _require(isinstance(item, bytes))
    return item


def _require(condition):
    if not condition:
        raise Failure('state-proof-invalid')
