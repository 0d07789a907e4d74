// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type Counts, createItemFailures, createMetrics, createScanCounts, createSmsTries } from './metrics.ts';

const POOL = { totalCount: 3, waitingCount: 0 };
const KNOWN: Counts = {
  freeBytes: async () => -5,
  damaged: async () => 2,
  queueConnections: () => undefined,
  parkedByTopic: async () => [],
  waitingByTopic: async () => [],
  isAuditBroken: async () => true,
  unkeptReceipts: async () => 1,
  itemFailures: createItemFailures(),
  smsTries: createSmsTries(),
  scans: createScanCounts(),
  clockOffsetMs: () => -1_500,
  copiesMissing: () => 4,
};
/** As while the database is away. */
const fails = async (): Promise<never> => {
  throw new Error('no answer');
};

describe('figures of the portal', () => {
  let counts: Counts;
  const gauges = async () => {
    const text = await createMetrics(POOL, 20, counts).metrics();
    return [
      'disk_free_for_uploads_bytes',
      'stored_objects_damaged',
      'audit_chain_broken',
      'receipts_unkept',
      'clock_offset_seconds',
      'content_copies_missing',
    ].map((name) => new RegExp(`^inkseal_portal_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  beforeEach(() => {
    counts = { ...KNOWN, itemFailures: createItemFailures(), smsTries: createSmsTries() };
  });

  it('when they are known › are what is the case', async () => {
    expect(await gauges()).to.deep.equal(['-5', '2', '1', '1', '-1.5', '4']);
  });

  it('when they are not known › are left out, for 0 would say that all is well', async () => {
    Object.assign(counts, { freeBytes: fails, damaged: fails, isAuditBroken: fails, unkeptReceipts: fails });
    counts.clockOffsetMs = () => undefined;
    counts.copiesMissing = () => undefined;
    expect(await gauges()).to.deep.equal(Array(6).fill(undefined));
  });
});
