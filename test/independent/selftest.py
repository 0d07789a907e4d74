#!/usr/bin/env python3
"""Self-test of the independent checker: python3 selftest.py [path of qbft.json] [unittest options]."""
import sys
import unittest

import selftest_network

MODULES = ['selftest_primitives', 'selftest_reading', 'selftest_network', 'selftest_codes', 'selftest_hostile',
           'selftest_command']


def load_tests(loader, _tests, _pattern):
    return loader.loadTestsFromNames(MODULES)


if __name__ == '__main__':
    if sys.argv[1:] and sys.argv[1].endswith('.json'):
        selftest_network.RealNetwork.path = sys.argv.pop(1)
    unittest.main()
