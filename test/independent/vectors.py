#!/usr/bin/env python3
"""Runs the released test vectors (§8): python3 vectors.py INDEX. Exits with 1 if any case comes out differently.

Cases with a node are counted and left out, since this checker works offline.
"""
import json
import os
import sys

from check import describe_file, exit_code
from checks import unreadable, verify
from failure import Failure
from inputs import now_ms_of
from receipts import unreadable_receipt, verify_receipt
from trust import read_trust


def main(index):
    folder = os.path.dirname(os.path.abspath(index))
    with open(index, encoding='utf-8') as file:
        cases = json.load(file)['cases']
    offline = [case for case in cases if case.get('node') is None]
    differing = 0
    for case in offline:
        for line in differences(case, folder):
            differing += 1
            print(f"{case['name']}: {line}")
    print(f'{len(offline)} cases, {differing} differences, {len(cases) - len(offline)} cases with a node left out')
    return 1 if differing or not offline else 0


def differences(case, folder):
    """What comes out otherwise than the case expects, one line each."""
    report = _report(case, folder)
    found = {'verdict': report['verdict'], 'exitCode': exit_code([report]), 'error': report['error']}
    lines = [f'{name} is {found[name]}, expected {case.get(name)}' for name in found if found[name] != case.get(name)]
    checks = {check['name']: ' '.join([check['outcome'], check.get('code') or check.get('reason') or '']).strip()
              for check in report['checks']}
    expected = case.get('checks') or {}
    return lines + [f'{name} is {checks.get(name)}, expected {expected.get(name)}'
                    for name in {**checks, **expected} if checks.get(name) != expected.get(name)]


def _report(case, folder):
    trust, kind = case.get('trust'), case['subject']
    try:
        trust = None if trust is None else read_trust(_padded(folder, trust, case.get('trustPadTo')))
    except Failure as failure:
        return unreadable_receipt(failure.code) if kind == 'receipt' else unreadable(failure.code, kind)
    if kind == 'receipt':
        proof = None if case.get('proof') is None else _padded(folder, case['proof'], None)
        return verify_receipt(_padded(folder, case['file'], None), trust, proof, now_ms_of(case['now']))
    files = [describe_file(os.path.join(folder, path)) for path in case.get('files') or []]
    return verify(_padded(folder, case['file'], case.get('padTo')), trust, files, now_ms_of(case.get('now')),
                  case.get('maxStatusAgeSeconds'), kind)


def _padded(folder, path, size):
    with open(os.path.join(folder, path), 'rb') as file:
        return file.read().ljust(size or 0)


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
