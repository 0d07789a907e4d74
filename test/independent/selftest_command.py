"""The command line and batch mode, each run as a process."""
import base64
import json
import os
import subprocess
import sys
import tempfile
import unittest

import jsonstrict
import vectors
from fixture import FILE, make_absence, make_bundle, make_trust, replaced

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'check.py')


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        bundle = make_bundle()
        texts = {'good': jsonstrict.write(bundle), 'trust': json.dumps(make_trust(), indent=1).encode(), 'file': FILE,
                 'bad': jsonstrict.write(replaced(bundle, ('inclusion', 'path'), [])), 'broken': b'{',
                 'absence': jsonstrict.write(make_absence(505))}
        for name, text in texts.items():
            with open(self.path(name), 'wb') as file:
                file.write(text)

    def test_exit_codes(self):
        trust = ['--trust', self.path('trust')]
        cases = [(0, [*trust, 'good']), (0, [*trust, 'absence']), (1, [*trust, 'bad']), (2, ['good']), (1, ['broken']),
                 (0, [*trust, 'good', 'absence']), (1, ['good', 'bad']), (2, ['missing']), (2, []),
                 (2, ['--trust', self.path('broken'), 'good']), (2, ['--trust', self.path('missing'), 'good']),
                 (1, [*trust, '--max-status-age', '60', 'good']), (1, [*trust, '--kind', 'bundle', 'absence']),
                 (0, [*trust, '--max-status-age', '60', '--now', '2023-11-15T00:31:00.000+02:00', 'good']),
                 (1, [*trust, '--max-status-age', '60', '--now', '2023-11-14T22:31:00.001Z', 'good']),
                 (2, ['--now', 'yesterday', 'good']), (0, [*trust, '--file', self.path('file'), 'good']),
                 (1, [*trust, '--file', self.path('trust'), 'good']), (2, [*trust, '--file', self.path('gone'), 'good'])]
        for code, arguments in cases:
            self.assertEqual(self.run_check(*arguments).returncode, code, arguments)

    def test_report(self):
        report = json.loads(self.run_check('--json', '--trust', self.path('trust'), 'good').stdout)
        self.assertEqual((report['verdict'], report['error'], len(report['checks'])), ('verified', None, 13))
        self.assertEqual(report['interval'], {'after': '1700000000', 'by': '1700000100'})
        self.assertIn('the file was not compared', report['notes'])
        prose = self.run_check('--trust', self.path('trust'), 'good').stdout
        self.assertIn('made after 2023-11-14T22:13:20+00:00, on record by 2023-11-14T22:15:00+00:00', prose)

    def test_batch_answers_in_order(self):
        with open(self.path('good'), 'rb') as file:
            encoded = base64.b64encode(file.read()).decode()
        cases = [{'bundle': self.path(name), 'trust': {'path': self.path('trust')}}
                 for name in ['good', 'bad', 'broken', 'good'] * 80]
        cases += [{'bundle': encoded, 'kind': 'absence'}, {'bundle': {'base64': encoded}}]
        lines = '\n'.join(map(json.dumps, cases))
        expected = [('verified', None), ('not-verified', None), ('not-verified', 'not-json'), ('verified', None)] * 80
        expected += [('not-verified', 'unknown-media-type'), ('consistent', None)]
        for jobs in ('1', '2'):
            answers = map(json.loads, self.run_check('--batch', '--jobs', jobs, stdin=lines).stdout.splitlines())
            self.assertEqual([(answer['verdict'], answer['error']) for answer in answers], expected)

    def test_vectors(self):
        passed = {check: 'passed' for check in ('statement', 'next-number', 'account', 'header', 'seals')}
        case = {'name': 'absence', 'subject': 'absence', 'file': 'absence', 'trust': 'trust', 'trustPadTo': 9_000,
                'verdict': 'verified', 'exitCode': 0, 'checks': passed}
        self.assertEqual(vectors.differences(case, self.folder.name), [])
        padded = vectors.differences({**case, 'padTo': 1_048_577, 'error': 'too-large'}, self.folder.name)
        self.assertEqual(len(padded), 2 + len(passed))
        wrong = {**case, 'checks': {**passed, 'seals': 'failed seal-invalid'}}
        self.assertEqual(vectors.differences(wrong, self.folder.name), ['seals is passed, expected failed seal-invalid'])

    def run_check(self, *arguments, stdin=''):
        names = {'good', 'bad', 'broken', 'absence', 'missing'}
        arguments = [self.path(each) if each in names else each for each in arguments]
        command = [sys.executable, CHECK, *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)

    def path(self, name):
        return os.path.join(self.folder.name, name)
