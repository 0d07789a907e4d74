"""Hashes, curve, RLP and the batch tree: known answers, and rules at their edges."""
import hashlib
import unittest

import merkle
import rlp
import secp256k1
from failure import Failure
from fixture import Trie, address, hex_prefix, path_and_root, sign
from keccak import keccak256, sponge
from sm3 import sm3, sm3_plain
from trie import prove


class Hashes(unittest.TestCase):
    def test_known_answers(self):
        answers = {
            (keccak256, b''): 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
            (keccak256, b'abc'): '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
            (keccak256, b'\x80'): '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
            (sm3_plain, b'abc'): '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
            (sm3_plain, b'abcd' * 16): 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
            (_sha256, b'abc'): 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        }
        for (function, message), answer in answers.items():
            self.assertEqual(function(message).hex(), answer)

    def test_every_length_agrees_with_openssl(self):
        for length in range(300):
            message = bytes(i * 7 % 256 for i in range(length))
            self.assertEqual(sponge(message, 0x06), hashlib.sha3_256(message).digest())
            self.assertEqual(sm3_plain(message), sm3(message))


class Curve(unittest.TestCase):
    def test_address_of_key_one(self):
        self.assertEqual(address(1).hex(), '7e5f4552091a69125d5dfcb7b8c2659029395bdf')

    def test_signer_is_recovered(self):
        for key in (1, 2, 3, secp256k1.N - 1, 2**255 + 12345):
            digest = keccak256(b'%d' % key)
            self.assertEqual(secp256k1.recover_address(digest, sign(key, digest)), address(key))

    def test_sum_agrees_with_repeated_addition(self):
        point, total = secp256k1.G + (1,), secp256k1.INFINITY
        for n in range(1, 70):
            total = secp256k1._add(total, point)
            for a in (0, 1, n // 2, n):
                sum_ = secp256k1.multiply_add(a, n - a, secp256k1.G)
                self.assertEqual(secp256k1.affine(sum_), secp256k1.affine(total))
        self.assertIsNone(secp256k1.affine(secp256k1.multiply_add(secp256k1.N - 5, 5, secp256k1.G)))

    def test_refused_signatures(self):
        digest = keccak256(b'refused')
        good = sign(7, digest)
        r, s, v = good[:32], int.from_bytes(good[32:64], 'big'), good[64]
        other_form = r + (secp256k1.N - s).to_bytes(32, 'big') + bytes([v ^ 1])
        self.assertEqual(secp256k1.recover_address(digest, other_form), secp256k1.recover_address(digest, good))
        order = secp256k1.N.to_bytes(32, 'big')
        for bad in (b'', good[:64], good + b'\0', good[:64] + b'\2', good[:64] + b'\x1b', bytes(32) + good[32:],
                    order + good[32:], r + bytes(32) + good[64:], r + order + good[64:],
                    (5).to_bytes(32, 'big') + good[32:]):  # no point has x = 5
            self.assertIsNone(secp256k1.recover_address(digest, bad), bad.hex())

    def test_recovered_infinity_is_nobody(self):
        # with R = k·G and s = z / k, the key s·R − z·G is no point at all
        digest, k = keccak256(b'infinity'), 11
        x, y = secp256k1.affine(secp256k1.multiply_add(k, 0, secp256k1.G))
        s = int.from_bytes(digest, 'big') * pow(k, -1, secp256k1.N) % secp256k1.N
        signature = x.to_bytes(32, 'big') + s.to_bytes(32, 'big') + bytes([y & 1])
        self.assertIsNone(secp256k1.recover_address(digest, signature))


class Rlp(unittest.TestCase):
    def test_canonical_texts(self):
        texts = {'80': b'', '00': b'\0', '7f': b'\x7f', '8180': b'\x80', '83646f67': b'dog', 'c0': (),
                 'c88363617483646f67': (b'cat', b'dog'), 'c7c0c1c0c3c0c1c0': ((), ((),), ((), ((),))),
                 'b838' + '61' * 56: b'a' * 56, 'b90100' + '61' * 256: b'a' * 256, 'f838' + '01' * 56: (b'\1',) * 56}
        for text, item in texts.items():
            self.assertEqual(rlp.decode(bytes.fromhex(text)), item)
            self.assertEqual(rlp.encode(item).hex(), text)

    def test_other_texts(self):
        for text in ('', '8100', '817f', '8164', 'b80161', 'b837' + '61' * 55, 'b90038' + '61' * 56, '0000', 'c000',
                     '82ff', 'c2ff', 'c180ff', 'f80101', 'c28100', 'b8', 'b9', 'bf', 'ff', 'bfffffffffffffffff',
                     'f90038' + '01' * 56, 'c3820102'[:6]):
            with self.assertRaises(rlp.RlpError, msg=text):
                rlp.decode(bytes.fromhex(text))

    def test_levels(self):
        item = ()
        for _ in range(7):
            item = (item,)
        self.assertEqual(rlp.decode(rlp.encode(item)), item)
        with self.assertRaises(rlp.RlpError):
            rlp.decode(rlp.encode((item,)))

    def test_minimal_integers(self):
        self.assertEqual([rlp.integer(item, 2) for item in (b'', b'\1', b'\1\0')], [0, 1, 256])
        for item in (b'\0', b'\0\1', b'\1\0\0', ()):
            with self.assertRaises(rlp.RlpError):
                rlp.integer(item, 2)


class StateProofs(unittest.TestCase):
    KEY = b'key'
    PATH = [nibble for byte in keccak256(KEY) for nibble in (byte >> 4, byte & 15)]

    def test_tries_of_any_size(self):
        for size in (1, 2, 3, 17, 200):
            keys = [b'%d' % i for i in range(size)]
            made = Trie({key: rlp.encode(b'v' + key) for key in keys})
            for key in keys:
                self.assertEqual(prove(made.root, key, made.proof(key)), rlp.encode(b'v' + key))
            for key in (b'absent', b'gone', b'-1'):
                self.assertIsNone(prove(made.root, key, made.proof(key)))

    def test_inline_children(self):
        leaf = (hex_prefix(self.PATH[2:4], True), b'')  # an inline leaf is too short for all the rest of a path
        branch = tuple(leaf if nibble == self.PATH[1] else b'' for nibble in range(16)) + (b'',)
        extension = (hex_prefix(self.PATH[:1], False), branch)
        self.assertIsNone(self.walk(extension))
        self.assertEqual(self.refusal(extension, rlp.encode(branch)), 'state-proof-invalid')

    def test_ends_of_a_walk(self):
        path, absent, invalid = self.PATH, None, 'state-proof-invalid'
        other = [path[0] ^ 1] + path[1:]
        empty = (b'',) * 17
        cases = [((hex_prefix(path, True), b'value'), b'value'), ((hex_prefix(other, True), b'value'), absent),
                 ((hex_prefix(path[:9], True), b'value'), absent), ((hex_prefix(other, False), bytes(32)), absent),
                 (empty, absent), (empty[:16] + (b'x',), absent), (b'', absent),
                 ((hex_prefix(path, True), ()), invalid), ((hex_prefix(other, True), ()), invalid),
                 ((hex_prefix([], False), bytes(32)), invalid),
                 ((hex_prefix(path[:1], False), b''), invalid), ((hex_prefix(path[:1], False), bytes(31)), invalid),
                 ((hex_prefix(path[:1], False), bytes(33)), invalid), ((hex_prefix(path, False), empty), invalid),
                 ((b'\x40', b''), invalid), ((b'\x01', b''), invalid), ((b'', b''), invalid), (((), b''), invalid),
                 ((b'\x20',), invalid), (empty + (b'',), invalid), (b'x', invalid), ((), invalid)]
        for node, expected in cases:
            self.assertEqual(self.refusal(node) if expected == invalid else self.walk(node), expected, node)

    def test_an_inline_child_is_shorter_than_32_bytes(self):
        longest = (hex_prefix(self.PATH[1:3], True), b'v' * 26)  # its RLP is 31 bytes
        self.assertIsNone(self.walk((hex_prefix(self.PATH[:1], False), longest)))
        longer = (longest[0], b'v' * 27)
        self.assertEqual(self.refusal((hex_prefix(self.PATH[:1], False), longer)), 'state-proof-invalid')

    def test_every_node_is_used(self):
        leaf = rlp.encode((hex_prefix(self.PATH, True), b'value'))
        for nodes in ([], [leaf, leaf], [b'\x80'], [leaf + b'\0']):
            with self.assertRaises(Failure):
                prove(keccak256(leaf), self.KEY, nodes)

    def walk(self, node, *more):
        text = rlp.encode(node)
        return prove(keccak256(text), self.KEY, [text, *more])

    def refusal(self, node, *more):
        with self.assertRaises(Failure, msg=node) as raised:
            self.walk(node, *more)
        return raised.exception.code


class Merkle(unittest.TestCase):
    def test_known_roots(self):
        inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
        leaves = [_sha256(b'\0' + bytes.fromhex(each)) for each in inputs]
        roots = ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
                 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
                 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
                 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
                 '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
                 '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
                 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
                 '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328']
        for count, root in enumerate(roots, 1):
            self.assertEqual(path_and_root(leaves[:count], 0)[1].hex(), root)

    def test_every_path_leads_to_the_root(self):
        for count in range(1, 34):
            leaves = [_sha256(b'\0%d' % i) for i in range(count)]
            for index in range(count):
                path, root = path_and_root(leaves, index)
                self.assertEqual(merkle.path_length(index, count), len(path))
                self.assertEqual(merkle.root_of(leaves[index], index, count, path), root)
                self.assertEqual(_root_as_in_rfc(leaves[index], index, count, path), root)

    def test_largest_tree(self):
        self.assertEqual(merkle.path_length(2**20 - 1, 2**20), 20)
        self.assertEqual(merkle.path_length(2**19, 2**19 + 1), 1)


def _root_as_in_rfc(leaf, index, count, path):
    """The algorithm of RFC 9162 §2.1.3.2, step by step."""
    fn, sn, root = index, count - 1, leaf
    for sibling in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            root = merkle.node(sibling, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = merkle.node(root, sibling)
        fn, sn = fn >> 1, sn >> 1
    return root if sn == 0 else None


def _sha256(data):
    return hashlib.sha256(data).digest()
