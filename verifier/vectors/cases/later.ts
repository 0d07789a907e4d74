// Cases that came after version 1 was released: a set of their own, since a released set is never added to.
import type { Case } from '../support/case.ts';
import { makeAbsence, makeTrust, makeWorld, NOW } from '../support/world.ts';

const NOW_SECONDS = Date.parse(NOW) / 1000;
/** The last second that is not yet the future. */
const LATEST = NOW_SECONDS + 300;

export async function laterCases(): Promise<Case[]> {
  const statusAt = (time: number) => makeWorld({ status: { block: 1_500, time } });
  const anchoredAt = (time: number) =>
    makeWorld({ anchor: { block: 1_203, time, anchoredAt: time }, hasStatus: false, receivedAt: NOW });
  const [edge, future] = [await statusAt(LATEST), await statusAt(LATEST + 1)];
  const [anchorEdge, anchorFuture] = [await anchoredAt(LATEST), await anchoredAt(LATEST + 1)];
  const absence = (world: typeof edge) => makeAbsence(world, world.spec.nextNumber);
  const shared = { subject: 'absence' as const };
  return [
    {
      name: 'good/status-at-latest',
      about: 'A status as late as clocks may differ.',
      file: edge.bundle,
      trust: makeTrust(edge),
      verdict: 'verified',
    },
    {
      name: 'good/anchor-at-latest',
      about: 'A block as late as clocks may differ.',
      file: anchorEdge.bundle,
      trust: makeTrust(anchorEdge),
      verdict: 'verified',
    },
    {
      name: 'bad/status-in-future',
      about: 'A status that nobody can have seen yet.',
      file: future.bundle,
      trust: makeTrust(future),
      verdict: 'not-verified',
      failed: { status: 'status-in-future' },
    },
    {
      name: 'bad/status-in-future-and-asked-for',
      about: 'The same, where a greatest age was asked for.',
      file: future.bundle,
      trust: makeTrust(future),
      maxStatusAgeSeconds: 60,
      verdict: 'not-verified',
      failed: { status: 'status-in-future' },
    },
    {
      name: 'bad/header-in-future',
      about: 'A block that nobody can have seen yet.',
      file: anchorFuture.bundle,
      trust: makeTrust(anchorFuture),
      verdict: 'not-verified',
      failed: { header: 'header-in-future' },
    },
    {
      ...shared,
      name: 'absence/at-latest',
      about: 'An absence as late as clocks may differ.',
      file: absence(anchorEdge),
      trust: makeTrust(anchorEdge),
      verdict: 'verified',
    },
    {
      ...shared,
      name: 'absence/in-future',
      about: 'An absence at a block that nobody can have seen yet.',
      file: absence(anchorFuture),
      trust: makeTrust(anchorFuture),
      verdict: 'not-verified',
      failed: { header: 'header-in-future' },
    },
  ];
}
