// SPDX-License-Identifier: Apache-2.0
// Builds the service out of its parts. The only place that lets a domain know another one.
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { openAccounts } from './accounts/index.ts';
import { openAssistance } from './assistance/index.ts';
import {
  certifiedOrders,
  openAttestations,
  paidOrders,
  recordedFiles,
  refundableOrders,
} from './attestations/index.ts';
import { type Audit, openAudit } from './audit/index.ts';
import { startBackground } from './background.ts';
import { openCertificates } from './certificates/index.ts';
import type { Config } from './config.ts';
import { openCounter } from './counter/index.ts';
import type { Db, Transaction } from './db/database.ts';
import { openDiscounts } from './discounts/index.ts';
import { type Domain, partsOf } from './domain.ts';
import { openEarlierCertificates } from './earlier-certificates/index.ts';
import { openFinance } from './finance/index.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { openIdentity } from './identity/index.ts';
import { openIdentityReviews } from './identity-reviews/index.ts';
import { openLegalHolds } from './legal-holds/index.ts';
import { openLikeness } from './likeness/index.ts';
import { openLookup } from './lookup/index.ts';
import { countUnkeptReceipts, openManifests } from './manifests/index.ts';
import { notify, openNotifications } from './notifications/index.ts';
import { objectionsTo, openObjections } from './objections/index.ts';
import { type Operations, openOperations, queueBoard } from './operations/index.ts';
import { openOrganisations } from './organisations/index.ts';
import { openPages } from './pages/index.ts';
import { openPayments } from './payments/index.ts';
import { openPersonalData } from './personal-data/index.ts';
import { blocksOf, makeDataFolder, openPlatform, type Platform } from './platform.ts';
import { openPublication, withdrawDeleted } from './publication/index.ts';
import { readiness } from './readiness.ts';
import { openRefundRequests } from './refund-requests/index.ts';
import { openRegistrationNotices } from './registration-notices/index.ts';
import { openRegistrationReviews } from './registration-reviews/index.ts';
import { openRegistrations, paidRegistrations, refundableRegistrations } from './registrations/index.ts';
import { openReports } from './reports/index.ts';
import { openReviews } from './reviews/index.ts';
import { openRightHolders } from './right-holders/index.ts';
import { openRightsEvents, rightsHistoryOf } from './rights-events/index.ts';
import { openSettings, type Settings } from './settings/index.ts';
import { openShareLinks } from './share-links/index.ts';
import { openSite } from './site/index.ts';
import { SMS_NOTICES } from './sms-notices.ts';
import { requireTemplates } from './sms-settings.ts';
import { openStaff } from './staff/index.ts';
import { clearIncoming } from './storage/disk-store.ts';
import { shareFolder } from './storage/folder-lock.ts';
import { openTransparency } from './transparency/index.ts';
import { type FoundUpload, originalsOf, tusRoutes, uploadsOf } from './uploads/index.ts';
import { openVersionRequests, versionedRegistrations, versionOnRecord } from './version-requests/index.ts';
import { canHaveThumbnail, fileProblems, openWorks, PUBLISH_CATEGORIES } from './works/index.ts';

/** A predecessor that has answered its last request still stops its workers. */
const STOP_GRACE_MS = 5_000;

/** What others need of orders, of each kind. */
const CERTIFIED = { attestation: certifiedOrders, registration: versionedRegistrations };
const PAID = { attestation: paidOrders, registration: paidRegistrations };
const REFUNDABLE = { attestation: refundableOrders, registration: refundableRegistrations };

/** To whoever sent the file. */
const tellFound = (tx: Transaction, { id, accountId, round, name, finding }: FoundUpload) =>
  notify(tx, { to: { accountId }, kind: 'file-quarantined', subject: `upload:${id}`, round, data: { name, finding } });

export interface Portal extends Pick<Platform, 'db' | 'vault'> {
  server: Server;
  /** How long the port may be taken: a predecessor that is just stopping still has it. */
  portWithinMs: number;
  /** What the passing of time does to orders and payments; also done by itself, all the time. */
  sweep(now: Date): Promise<void>;
  /** Refuses new requests, and settles when those that are under way have been answered or their time is up. */
  stopServer(): Promise<void>;
  /** Ends the workers first, so that nothing uses what is closed after. The server is stopped before. */
  close(): Promise<void>;
}

/** Shares the data folder with other portals for as long as this one is open. */
export async function composePortal(config: Config, logger: Logger): Promise<Portal> {
  requireTemplates(config.sms, SMS_NOTICES);
  makeDataFolder(config);
  const startWithinMs = config.http.stopWithinMs + STOP_GRACE_MS;
  const folder = await shareFolder(config.dataFolder, startWithinMs, () => clearIncoming(blocksOf(config)));
  try {
    const portal = await composeParts(await openPlatform(config, logger));
    const portWithinMs = folder.wasAlone ? 0 : startWithinMs;
    return { ...portal, portWithinMs, close: () => portal.close().finally(folder.release) };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function composeParts(opened: Platform): Promise<Omit<Portal, 'portWithinMs'>> {
  const settings = openSettings(opened);
  const operations = openOperations(opened, async (db) => (await settings.current(db)).retention);
  const platform = { ...opened, vault: operations.watch(opened.vault) };
  const { config, db, vault, http } = platform;
  const uploads = await uploadsOf(platform, { problemsOf: fileProblems(platform.fonts), tellFound });
  const audit = openAudit(platform);
  const { domains, loadMember } = await openDomains(platform, { uploads, operations, audit, settings });
  const parts = partsOf(domains);
  const scrub = operations.scrub(parts.stored);
  const background = startBackground(platform, { ...parts, schedules: { ...parts.schedules, scrub } });
  http.serve(
    createApp({
      ...platform,
      ...parts,
      loadMember,
      bodyRouters: [uploads.router],
      bodyRoutes: tusRoutes,
      sessionPages: [queueBoard({ ...platform, ...background, ...config })],
      site: openSite(config.webFolder, async () => (await settings.current(db.prisma)).name.zh),
      readiness: () => readiness({ ...platform, uploads, operations, background, audit }),
      isStopping: http.isStopping,
      metrics: createMetrics(db.pool, config.databaseConnections, {
        ...operations,
        isAuditBroken: audit.isBroken,
        unkeptReceipts: () => countUnkeptReceipts(db.prisma),
        itemFailures: platform.itemFailures,
        smsTries: platform.smsTries,
        scans: platform.scans,
        clockOffsetMs: () => platform.clock.offset()?.offsetMs,
        freeBytes: uploads.freeBytes,
        queueConnections: () => platform.carrier.pool?.totalCount,
      }),
    }),
  );
  return {
    server: http.server,
    db,
    vault,
    stopServer: http.stop,
    async sweep(now) {
      for (const work of Object.values(parts.sweeps)) await work(now);
    },
    async close() {
      scrub.stop();
      await background.stop();
      await parts.close();
      await platform.close();
    },
  };
}

interface OpenedBefore {
  uploads: Domain;
  operations: Operations;
  audit: Audit;
  settings: Settings;
}

/** In an order in which each knows those it needs. */
async function openDomains(platform: Platform, { uploads, operations, audit, settings }: OpenedBefore) {
  const { onDamage } = operations;
  const originals = originalsOf(platform.db, { ...platform, onDamage }, canHaveThumbnail);
  const organisations = openOrganisations(platform);
  const { fourEyesFen, siteName, ...money } = settingsOf(platform, settings);
  const { loadMember, ...accounts } = await openAccounts(platform, {
    parties: organisations.memberships,
    captchaAfter: async (at) => (await settings.current(at)).captchaAfterCodes,
  });
  const identity = openIdentity(platform, accounts);
  const rightHolders = openRightHolders(platform, { identity, organisations });
  const works = openWorks(platform, originals, withdrawDeleted);
  const discounts = openDiscounts(platform, money.prices);
  const certificates = openCertificates(platform, { orders: CERTIFIED, onDamage, operator: money.operator });
  const shared = {
    identity,
    rightHolders: rightHolders.chosen,
    organisations,
    works: works.store,
    originals,
    certificateOf: certificates.viewOf,
    previewPdf: certificates.preview,
    siteName,
    versionOf: versionOnRecord,
    quotes: discounts.quotes,
  };
  const attestations = openAttestations(platform, shared);
  const registrations = openRegistrations(platform, shared);
  const likeness = openLikeness(platform, { originals, sources: [recordedFiles] });
  const rightsEvents = openRightsEvents(platform, shared);
  const shareLinks = openShareLinks(platform, { ...shared, orders: CERTIFIED });
  const purposes = { ...attestations.purposes, registration: registrations.purpose, event: rightsEvents.purpose };
  const payments = openPayments(platform, { ...shared, orders: PAID, ...money });
  const domains: Domain[] = [
    uploads,
    accounts,
    organisations,
    identity,
    openIdentityReviews(platform),
    openNotifications(platform, { ...accounts, ...identity, organisationNameOf: organisations.currentNameOf }),
    rightHolders,
    works,
    ...ofMoney(platform, { payments, discounts, fourEyesFen }),
    attestations,
    registrations,
    rightsEvents,
    shareLinks,
    openManifests(platform, { purposes, orders: CERTIFIED }),
    likeness,
    openReviews(platform, { ...shared, ...likeness }),
    ...besideRegistrations(platform, { ...shared, certificates, attestations, registrations }),
    certificates,
    openEarlierCertificates(platform),
    openPersonalData(platform, { ...platform, onDamage }, { ...accounts, removeWorks: works.removeAll }),
    openTransparency(platform, { siteName }),
    openLookup(platform, { certificates, shareLinks, rightsHistoryOf, objectionsTo }),
    audit,
    openPublication(platform, { works: works.store, originals, categories: () => PUBLISH_CATEGORIES }),
    await openPages(platform),
    settings,
    operations,
  ];
  return { domains: withStaff(platform, domains), loadMember };
}

interface OfMoney extends Pick<Parameters<typeof openRefundRequests>[1], 'fourEyesFen'> {
  payments: ReturnType<typeof openPayments>;
  discounts: Domain;
}

const ofMoney = (platform: Platform, { payments, discounts, fourEyesFen }: OfMoney): Domain[] => [
  payments,
  discounts,
  openFinance(platform, payments),
  openReports(platform),
  openRefundRequests(platform, { orders: REFUNDABLE, fourEyesFen }),
];

type BesideRegistrations = Parameters<typeof openObjections>[1] &
  Parameters<typeof openCounter>[1] &
  Parameters<typeof openAssistance>[1] &
  Parameters<typeof openRegistrationNotices>[1] &
  Parameters<typeof openVersionRequests>[1] &
  Parameters<typeof openRegistrationReviews>[1];

const besideRegistrations = (platform: Platform, needs: BesideRegistrations): Domain[] => [
  openRegistrationNotices(platform, needs),
  openVersionRequests(platform, needs),
  openAssistance(platform, needs),
  openLegalHolds(platform),
  openCounter(platform, needs),
  openObjections(platform, needs),
  openRegistrationReviews(platform, needs),
];

/** The home page of the console shows what waits in all of them. */
const withStaff = (platform: Platform, domains: Domain[]): Domain[] => [
  ...domains,
  openStaff(platform, { queues: domains.flatMap(({ queues = [] }) => queues) }),
];

/** As administrators set them, asked for each time. */
function settingsOf({ db }: Pick<Platform, 'db'>, settings: Settings) {
  return {
    prices: async (at: Db) => {
      const { priceFen: attestationFen, registrationFen } = await settings.current(at);
      return { attestationFen, registrationFen };
    },
    bankAccount: async () => {
      const { holder, name: bank, number } = (await settings.current(db.prisma)).bank;
      return number === '' ? null : { holder, bank, number };
    },
    fourEyesFen: async (at: Db) => (await settings.current(at)).refundFourEyesFen,
    operator: () => settings.current(db.prisma),
    siteName: async () => (await settings.current(db.prisma)).name.zh,
  };
}
