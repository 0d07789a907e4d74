"""Batch mode: cases as JSON lines on standard input, one JSON answer a line on standard output, in their order."""
import base64
import json
import multiprocessing
import os
import sys
from itertools import islice

from checks import unreadable, verify
from failure import Failure
from inputs import Unusable, now_ms_of, read_file
from receipts import unreadable_receipt, verify_receipt
from trust import read_trust

SLAB = 256  # cases held in memory at once


def run_batch(jobs):
    lines = iter(sys.stdin.buffer.readline, b'')
    if jobs == 1:
        for line in lines:
            print(run_case(line), flush=True)
        return 0
    with multiprocessing.Pool(jobs) as pool:
        while slab := list(islice(lines, SLAB)):
            for answer in pool.imap(run_case, slab, chunksize=16):
                print(answer)
            sys.stdout.flush()
    return 0


def run_case(line):
    """One line of batch input to one line of output; never raises, whatever the line holds."""
    try:
        answer = _answer(json.loads(line))
    except (Unusable, ValueError, RecursionError) as error:
        answer = {'verdict': None, 'error': 'input-unusable', 'detail': str(error), 'checks': []}
    except Exception as error:  # a defect of this program: shown as such, and the other cases still run
        answer = {'verdict': None, 'error': 'internal', 'detail': repr(error), 'checks': []}
    return json.dumps(answer, separators=(',', ':'))


def _answer(case):
    if not isinstance(case, dict) or case.get('kind') not in (None, 'bundle', 'absence', 'receipt'):
        raise Unusable('a case is an object; its kind, if any, is bundle, absence or receipt')
    trust_text = None if case.get('trust') is None else _case_bytes(case['trust'])
    options = {'files': _case_files(case.get('files')), 'now_ms': now_ms_of(case.get('now')),
               'max_status_age': _case_age(case.get('maxStatusAgeSeconds')), 'kind': case.get('kind')}
    data = _case_bytes(case.get('bundle'))
    is_receipt = options['kind'] == 'receipt'
    try:
        trust = None if trust_text is None else read_trust(trust_text)
        if is_receipt:
            proof = None if case.get('proof') is None else _case_bytes(case['proof'])
            report = verify_receipt(data, trust, proof, options['now_ms'])
        else:
            report = verify(data, trust, **options)
    except Failure as failure:  # the trust file's: a bundle's is in its report
        report = unreadable_receipt(failure.code) if is_receipt else unreadable(failure.code, options['kind'])
    checks = [{key: check[key] for key in ('name', 'outcome', 'code', 'reason') if key in check}
              for check in report['checks']]
    return {'verdict': report['verdict'], 'error': report['error'], 'checks': checks}


def _case_bytes(given):
    """A path or base64; {"path": …} or {"base64": …} where a string could be read as either."""
    if isinstance(given, dict) and len(given) == 1:
        if isinstance(given.get('path'), str):
            return read_file(given['path'])
        given = given.get('base64')
        return _from_base64(given)
    if isinstance(given, str) and os.path.isfile(given):
        return read_file(given)
    return _from_base64(given)


def _from_base64(given):
    try:
        return base64.b64decode(given, validate=True)
    except (TypeError, ValueError):
        raise Unusable('neither the path of a file nor base64') from None


def _case_files(given):
    try:
        return [{'size': int(file['size']), 'sha256': bytes.fromhex(file['sha256']),
                 'sm3': bytes.fromhex(file['sm3']) if file.get('sm3') else None} for file in given or []]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unusable('a file has size, sha256 and perhaps sm3') from None


def _case_age(age):
    if age is not None and (type(age) is not int or age < 0):
        raise Unusable('maxStatusAgeSeconds is an integer of at least 0')
    return age
