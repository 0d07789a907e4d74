#!/usr/bin/env python3
"""An independent checker of Inkseal proof bundles, written from docs/proof-format.md alone: the command line."""
import argparse
import hashlib
import json
import sys
from datetime import datetime, timezone

from batch import run_batch
from checks import unreadable, verify
from failure import Failure
from inputs import Unusable, now_ms_of, read_file
from receipts import EXIT as RECEIPT_EXIT, is_receipt, unreadable_receipt, verify_receipt
from sm3 import sm3
from trust import read_trust

EXIT = {'verified': 0, 'not-verified': 1, 'consistent': 2, **RECEIPT_EXIT}
NOTES = {
    ('file', 'no-file'): 'the file was not compared',
    ('sections', 'no-sections'): 'number and time; content not shown',
    ('statement', 'no-trust-file'): 'the registry was named by the bundle alone',
    ('status', 'no-status'): 'nothing is said about revocation',
    ('witnesses', 'witness-unsupported'): 'the witnesses were not judged',
    ('witnesses', 'witness-untrusted'): 'the trust file names none of the witnesses',
}


def main():
    arguments = _arguments()
    sys.stdout.reconfigure(errors='backslashreplace')  # a path may hold what the terminal cannot show
    if arguments.batch:
        return run_batch(arguments.jobs)
    try:
        trust_text = read_file(arguments.trust) if arguments.trust else None
        files = [describe_file(path) for path in arguments.file]
        now_ms = now_ms_of(arguments.now)
        bundles = [read_file(path) for path in arguments.bundles]
        proof = read_file(arguments.proof) if arguments.proof else None
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    try:
        trust = None if trust_text is None else read_trust(trust_text)
        reports = [verify_receipt(data, trust, proof, now_ms) if is_receipt(data) else
                   verify(data, trust, files, now_ms, arguments.max_status_age, arguments.kind) for data in bundles]
    except Failure as failure:  # the trust file's
        reports = [unreadable_receipt(failure.code) if is_receipt(data) else unreadable(failure.code, arguments.kind)
                   for data in bundles]
    for path, report in zip(arguments.bundles, reports):
        report['notes'] = _notes(report)
        print(json.dumps({'bundle': path, **report}) if arguments.json else _prose(path, report))
    return exit_code(reports)


def describe_file(path):
    try:
        with open(path, 'rb') as file:
            content = file.read()
    except OSError as error:
        raise Unusable(f'{path}: {error.strerror}') from None
    return {'size': len(content), 'sha256': hashlib.sha256(content).digest(), 'sm3': sm3(content)}


def _notes(report):
    return [NOTES[check['name'], check['reason']] for check in report['checks']
            if (check['name'], check.get('reason')) in NOTES]


def _prose(path, report):
    lines = [f"{path}: {report['verdict']}" + (f" ({report['error']})" if report['error'] else '')]
    for number, check in enumerate(report['checks'], 1):
        detail = check.get('code') or check.get('reason') or ''
        if 'expected' in check:
            detail += f": expected {check['expected']}, found {check.get('found', 'another')}"
        lines.append(f"  {number:2} {check['name']:<12} {check['outcome']:<8} {detail}".rstrip())
    lines += [f'     note: {note}' for note in report['notes']]
    if report['verdict'] == 'verified' and 'interval' in report:
        after, by = (_utc(report['interval'][end]) for end in ('after', 'by'))
        lines.append(f'     made after {after}, on record by {by}')
    return '\n'.join(lines)


def _utc(seconds):
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat()
    except (ValueError, OverflowError, OSError):
        return f'second {seconds}'


def exit_code(reports):
    """2 for an unusable trust file; else of several bundles the worst: one not verified is 1, one undecided 2."""
    if any((report['error'] or '').startswith('trust-') for report in reports):
        return 2
    codes = {EXIT[report['verdict']] for report in reports}
    return 1 if 1 in codes else max(codes)


def _arguments():
    parser = argparse.ArgumentParser(description='Checks Inkseal proof bundles, absence proofs and receipts, offline.')
    parser.add_argument('bundles', metavar='BUNDLE', nargs='*')
    parser.add_argument('--json', action='store_true', help='one JSON report a line')
    parser.add_argument('--trust', metavar='FILE')
    parser.add_argument('--file', metavar='F', action='append', default=[], help='a file to compare; may be repeated')
    parser.add_argument('--proof', metavar='FILE', help='the bundle or absence proof that a receipt is compared with')
    parser.add_argument('--now', metavar='RFC3339', help='the time taken as now')
    parser.add_argument('--max-status-age', metavar='SECONDS', type=int)
    parser.add_argument('--kind', choices=['bundle', 'absence'], help='take only this kind of file')
    parser.add_argument('--batch', action='store_true', help='read cases as JSON lines on standard input')
    parser.add_argument('--jobs', type=int, default=2, help='processes in batch mode; 1 answers line by line')
    arguments = parser.parse_args()
    if arguments.batch == bool(arguments.bundles) or arguments.jobs < 1 or (arguments.max_status_age or 0) < 0:
        parser.error('give bundles, or --batch alone; --jobs from 1, --max-status-age from 0')
    return arguments


if __name__ == '__main__':
    sys.exit(main())
