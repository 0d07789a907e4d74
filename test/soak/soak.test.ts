// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../support/temporary.ts';
import { growthOf } from './growth.ts';
import { SoakRecord } from './record.ts';

const CLOCK = path.join(import.meta.dirname, '../support/shifted-clock.ts');

describe('a soak', () => {
  describe('growth of a process', () => {
    const samples = (count: number, rssMb: (index: number) => number, ageMs = 100_000) =>
      Array.from({ length: count }, (_, index) => ({ atMs: index * 5_000, ageMs, rssMb: rssMb(index), openFiles: 20 }));

    it('when it holds ever more › is found', () => {
      expect(
        growthOf(
          samples(200, (index) => 200 + index),
          1,
        ),
      ).to.include({ grows: true, firstMb: 225, lastMb: 375 });
    });

    it('when it breathes, or is only starting, or was seen for a moment › is none', () => {
      expect(
        growthOf(
          samples(200, (index) => 200 + 30 * (index % 2)),
          1,
        ).grows,
      ).to.equal(false);
      expect(
        growthOf(
          samples(200, (index) => 100 + 3 * index, 10_000),
          5,
        ).grows,
      ).to.equal(false);
      expect(
        growthOf(
          samples(100, (index) => 100 + 30 * index),
          1,
        ).grows,
      ).to.equal(false);
    });

    it('when Node keeps what it no longer needs › is none; when a collection leaves more each time, is one', () => {
      const held = (heldMb: (index: number) => number) =>
        growthOf(
          samples(200, (index) => 200 + index).map((sample, index) => ({ ...sample, heldMb: heldMb(index) })),
          1,
        );
      // Full before each collection, and the same after it.
      expect(held((index) => 90 + (index % 20) * 10)).to.deep.include({
        grows: false,
        heldMb: { first: 90, last: 90 },
      });
      expect(held((index) => 90 + index + (index % 20) * 10)).to.deep.include({
        grows: true,
        heldMb: { first: 90, last: 250 },
      });
    });

    it('when it was started again › its first minute does not count', () => {
      const young = samples(50, () => 20, 1_000);
      const { firstMb, lastMb, mostMb } = growthOf([...young, ...samples(50, () => 200)], 2);
      expect({ firstMb, lastMb, mostMb }).to.deep.equal({ firstMb: 200, lastMb: 200, mostMb: 200 });
    });
  });

  it('clock of a service › is as far ahead as the file says, in each way of asking', () => {
    const file = path.join(temporaryFolder(), 'clock');
    writeFileSync(file, '3600000');
    const script =
      'const d = new Date(); console.log(JSON.stringify([Date.now(), +d, Date.parse(Date()), +new Date(5), d instanceof Date, Date.UTC(1970)]))';
    const flags = ['--disable-warning=ExperimentalWarning', '--import', CLOCK];
    const output = execFileSync(process.execPath, [...flags, '-e', script], {
      env: { ...process.env, CLOCK_FILE: file },
    });
    const [asked, made, written, given, isDate, fixed] = JSON.parse(output.toString());
    for (const instant of [asked, made, written]) expect(instant - Date.now()).to.be.within(3_500_000, 3_601_000);
    expect([given, isDate, fixed]).to.deep.equal([5, true, 0]);
  });

  it('record › counts each fault, and says how long people waited', () => {
    const record = new SoakRecord(() => {});
    for (let count = 0; count < 300; count += 1) record.fault('numbers are contiguous', `gap ${count}`);
    for (const ms of [5, 1, 100, 2]) record.took('pay', ms, ms === 100 ? 7 : 0);
    expect([record.faultCount, record.faults.length]).to.deep.equal([300, 200]);
    expect(record.latencies()).to.deep.equal({ pay: { acts: 4, retries: 7, p50: 5, p99: 100, longest: 100 } });
  });
});
