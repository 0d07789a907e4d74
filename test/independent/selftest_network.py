"""The headers and states captured on a real QBFT network: vectors/qbft.json."""
import json
import os
import unittest

import jsonstrict
from failure import Failure
from fixture import make_trust, replaced
from header import block_hash, read_header, verify_seals
from keccak import keccak256
from trie import prove_account, prove_slot
from trust import read_trust

BESIDE_THIS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'vectors', 'qbft.json')


class RealNetwork(unittest.TestCase):
    path = BESIDE_THIS

    @classmethod
    def setUpClass(cls):
        with open(cls.path, encoding='utf-8') as file:
            cls.vectors = json.load(file)

    def test_headers(self):
        for case in self.vectors['headers']:
            self.assertEqual(self._seals_outcome(_bytes(case['headerRlp']), case), case['expect'], case['name'])
            if 'blockHash' in case:
                header = read_header(_bytes(case['headerRlp']))
                self.assertEqual(block_hash(header, 'qbft'), _bytes(case['blockHash']))
                self.assertEqual(header.number, case['number'])

    def _seals_outcome(self, text, case):
        members = [{'address': each.lower()} for each in case['trusted']]
        trust = replaced(make_trust(), ('networks', 0, 'validatorSets', 0, 'validators'), members)
        try:
            verify_seals(read_header(text), read_trust(jsonstrict.write(trust))['networks'][0])
            return 'passed'
        except Failure:
            return 'failed'

    def test_state(self):
        for case in self.vectors['state']:
            root, slot = read_header(_bytes(case['headerRlp'])).state_root, _bytes(case['key'])
            account, storage = ([_bytes(node) for node in case[name]] for name in ('accountProof', 'storageProof'))
            if not case['exists']:
                with self.assertRaises(Failure) as raised:
                    prove_account(root, _bytes(case['address']), account)
                self.assertEqual(raised.exception.code, 'account-absent')
                continue
            storage_root, _ = prove_account(root, _bytes(case['address']), account)
            self.assertEqual(prove_slot(storage_root, slot, storage), int(case['value'], 16), case['name'])
            for wrong in (storage[:-1], storage + storage[-1:], storage[::-1] if len(storage) > 1 else []):
                with self.assertRaises(Failure, msg=case['name']):
                    prove_slot(storage_root, slot, wrong)

    def test_slot_of_a_batch(self):
        roots = {keccak256(_bytes(batch['root']) + bytes(32)): batch for batch in self.vectors['batches']}
        found = [(roots[_bytes(case['key'])], int(case['value'], 16)) for case in self.vectors['state']
                 if _bytes(case['key']) in roots and case['exists']]
        self.assertGreaterEqual(len(found), 3)
        for batch, value in found:
            stated = batch['id'] | int(batch['firstNumber']) << 64 | batch['count'] << 128
            self.assertEqual(value & (1 << 160) - 1, stated)


def _bytes(text):
    return bytes.fromhex(text[2:])
