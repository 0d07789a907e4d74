import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { english } from '../cli/messages.en.ts';
import type { ContainerCode } from '../src/containers/index.ts';
import type { CheckResult, PackageEntryFact } from '../src/index.ts';
import { run } from './support/command.ts';

const path = (name: string): string => fileURLToPath(new URL(`./containers/${name}`, import.meta.url));

/** A certificate or package, and what the program must say of it. */
interface ContainerCase {
  readonly name: string;
  readonly about: string;
  readonly file: string;
  readonly trust: string;
  /** Null where the file cannot be opened. */
  readonly verdict: string | null;
  /** Why it cannot be opened. */
  readonly error?: ContainerCode;
  readonly exitCode: number;
  readonly failed: Readonly<Record<string, string>>;
  /** Of a package: role and outcome of every entry beside the proof. */
  readonly entries?: Readonly<Record<string, string>>;
}

const { cases }: { cases: ContainerCase[] } = JSON.parse(readFileSync(path('index.json'), 'utf8'));

describe('certificates and packages that misled the verifier once', () => {
  for (const { name, about, file, trust, verdict, exitCode, error, failed, entries } of cases) {
    it(`${name}: ${about} › ${error ?? verdict}`, async () => {
      const { code, out } = await run([path(file), '--trust', path(trust), '--json']);
      const report = JSON.parse(out);
      if (error) {
        expect(code).to.equal(exitCode);
        expect(report.error.detail).to.include(english.containers[error]);
        return;
      }
      expect({ code, verdict: report.verdict }).to.deep.equal({ code: exitCode, verdict });
      const found = report.checks.flatMap((check: CheckResult) =>
        check.outcome === 'failed' ? [[check.name, check.code]] : [],
      );
      expect(Object.fromEntries(found)).to.deep.equal(failed);
      const parts: PackageEntryFact[] | undefined = report.facts.package;
      const roles = parts?.map((entry) => [entry.name, `${entry.role} ${entry.outcome}`]);
      expect(roles && Object.fromEntries(roles)).to.deep.equal(entries);
    });
  }
}).timeout(60_000);
