// SPDX-License-Identifier: Apache-2.0
// Builds what turns a work into a certificate: orders, payments, reviews and the way to the ledger.
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Logger } from 'pino';
import {
  ATTESTATION_LIMITS,
  applyFinal,
  attestationEndpoints,
  createAttestations,
  entryTopics,
  paidOrders,
  sweepOrders,
  waitingManifests,
} from './attestations/index.ts';
import { composeCertificates } from './compose-certificates.ts';
import type { Config } from './config.ts';
import { crashPoints } from './crash-points.ts';
import type { Vault } from './crypto/vault.ts';
import type { Database } from './db/database.ts';
import type { Fonts } from './fonts/index.ts';
import type { RateLimits } from './http/rate-limits.ts';
import { createIdentityFormStore, createIdentityStore } from './identity/index.ts';
import type { LedgerClient } from './ledger/ledger-client.ts';
import { pullFinals } from './ledger/pull-finals.ts';
import { sweepRetention } from './operations/index.ts';
import {
  createPayments,
  createSandbox,
  notificationEndpoints,
  paymentEndpoints,
  priceEndpoint,
} from './payments/index.ts';
import { startPeriodic } from './queue/periodic.ts';
import { createReviews, reviewEndpoints } from './reviews/index.ts';
import type { ContentStore } from './storage/content-store.ts';
import type { OnDamage } from './storage/stored-kind.ts';
import { createWorkStore, type Originals } from './works/index.ts';

const PULL_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 30_000;
/** An entry that is not seen as final by then is asked for by its id: a cursor can be lost or wrong. */
const OVERDUE_MS = 60_000;

export interface OrderParts {
  config: Config;
  db: Database;
  vault: Vault;
  ledger: LedgerClient;
  store: ContentStore;
  fonts: Fonts;
  limits: RateLimits;
  originals: Originals;
  logger: Logger;
  /** What other domains do from time to time. */
  sweeps: Sweeps;
  onDamage: OnDamage;
  /** Where the server listens; asked when it does. */
  address: () => AddressInfo | undefined;
}

export function composeOrders(parts: OrderParts) {
  const { config, db, vault, ledger, originals, logger } = parts;
  const crash = crashPoints(config.crashAt);
  const certificates = composeCertificates({ ...parts, publicUrl: () => publicUrlOf(parts), onStep: crash });
  const { certificateOf } = certificates;
  const identity = createIdentityStore(db, vault);
  const attestations = createAttestations({
    db,
    works: createWorkStore(db),
    fonts: parts.fonts,
    person: (accountId) => identity.verifiedPerson(accountId),
  });
  const sandbox = createSandbox({
    folder: path.join(config.dataFolder, 'sandbox-payments'),
    key: vault.derive('sandbox payments'),
    publicUrl: () => publicUrlOf(parts),
    notifyUrl: () => `${ownUrlOf(parts)}/api/v1/payments/notifications/sandbox`,
  });
  const payments = createPayments({
    db,
    channels: { sandbox: sandbox.channel },
    orders: paidOrders,
    amountFen: config.paymentAmountFen,
    logger,
    onPaid: () => crash('payment'),
  });
  const reviews = createReviews({ db, ledger, onApproved: () => crash('approval') });
  const sweeps = {
    'expire-payments': (now: Date) => payments.expire(now),
    'sweep-orders': (now: Date) => sweepOrders({ db, limits: ATTESTATION_LIMITS }, now),
    'drop-identity-drafts': (now: Date) => createIdentityFormStore(db, vault).sweep(now),
    'catch-up': (now: Date) => catchUp(parts, now),
    ...parts.sweeps,
  };
  return {
    openEndpoints: [
      priceEndpoint({ amountFen: config.paymentAmountFen }),
      ...notificationEndpoints({ payments }),
      ...sandbox.endpoints,
      ...certificates.openEndpoints,
    ],
    endpoints: [
      ...paymentEndpoints({ db, payments }),
      ...attestationEndpoints({ db, attestations, originals, certificateOf }),
      ...reviewEndpoints({ db, reviews, originals, certificateOf }),
      ...certificates.endpoints,
    ],
    pages: [sandbox.pages],
    topics: {
      ...payments.topics,
      ...reviews.topics,
      ...certificates.topics,
      ...entryTopics({
        db,
        vault,
        ledger,
        fullNameOf: (identityId) => identity.fullName(identityId),
        onEntered: (purpose) => crash(`${purpose}-entry`),
      }),
    },
    async sweep(now: Date) {
      for (const work of Object.values(sweeps)) await work(now);
    },
    // Not part of `sweep`: a test that moves the clock of its orders by days would lose every session to it.
    start: () => startPeriodics(parts, { ...sweeps, 'sweep-retention': (now: Date) => sweepRetention(db, now) }),
  };
}

type Sweeps = Readonly<Record<string, (now: Date) => Promise<unknown>>>;

/** Apart from each other: while a provider or the ledger is away, the rest goes on. */
function startPeriodics({ db, ledger, logger }: OrderParts, sweeps: Sweeps) {
  const options = (name: string, everyMs: number) => ({
    everyMs,
    onFailure: (err: unknown) => logger.warn({ err, name }, 'will be tried again'),
  });
  const periodics = Object.entries(sweeps).map(([name, work]) =>
    startPeriodic(() => work(new Date()), options(name, SWEEP_EVERY_MS)),
  );
  const pull = () => pullFinals({ db, ledger, onFinal: applyFinal });
  periodics.push(startPeriodic(pull, options('pull-finals', PULL_EVERY_MS)));
  return { stop: async () => void (await Promise.all(periodics.map((each) => each.stop()))) };
}

async function catchUp({ db, ledger }: OrderParts, now: Date): Promise<void> {
  for (const { entryId } of await waitingManifests(db, new Date(now.getTime() - OVERDUE_MS))) {
    const entry = await ledger.entry(entryId);
    const isFinal = entry?.state === 'final' || entry?.state === 'revoked';
    if (entry && isFinal) await db.transaction((tx) => applyFinal(tx, entry));
  }
}

/** With PORT=0 the address is known when the server listens. */
function publicUrlOf(parts: Pick<OrderParts, 'config' | 'address'>): string {
  return parts.config.port === 0 ? ownUrlOf(parts) : parts.config.publicUrl;
}

function ownUrlOf({ config, address }: Pick<OrderParts, 'config' | 'address'>): string {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${address()?.port ?? config.port}`;
}
