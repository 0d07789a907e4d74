// SPDX-License-Identifier: Apache-2.0
// Builds the service out of its parts. The only place that lets a domain know another one.
import type { Server } from 'node:http';
import path from 'node:path';
import type { Logger } from 'pino';
import { openAccounts } from './accounts/index.ts';
import { openAttestations, paidOrders, storedManifests } from './attestations/index.ts';
import { type Audit, openAudit } from './audit/index.ts';
import { startBackground } from './background.ts';
import { openCertificates } from './certificates/index.ts';
import type { Config } from './config.ts';
import type { Domain, Sweeps } from './domain.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { openIdentity } from './identity/index.ts';
import { openLookup } from './lookup/index.ts';
import { openNotifications } from './notifications/index.ts';
import { type Operations, openOperations, queueBoard } from './operations/index.ts';
import { openOrganisations } from './organisations/index.ts';
import { openPayments } from './payments/index.ts';
import { openPersonalData } from './personal-data/index.ts';
import { makeDataFolder, openPlatform, type Platform } from './platform.ts';
import { openPublication, withdrawDeleted } from './publication/index.ts';
import { readiness } from './readiness.ts';
import { openReviews } from './reviews/index.ts';
import { openRightHolders } from './right-holders/index.ts';
import { openSite } from './site/index.ts';
import { openStaff } from './staff/index.ts';
import { lockFolder } from './storage/folder-lock.ts';
import { openUploads, originalsOf, storedUploads, tusRoutes } from './uploads/index.ts';
import { canHaveThumbnail, fileProblems, openWorks, PUBLISH_CATEGORIES } from './works/index.ts';

/** A predecessor that has answered its last request still stops its workers. */
const LOCK_GRACE_MS = 5_000;

export interface Portal extends Pick<Platform, 'db' | 'vault'> {
  server: Server;
  /** What the passing of time does to orders and payments; also done by itself, all the time. */
  sweep(now: Date): Promise<void>;
  /** Refuses new requests, and settles when those that are under way have been answered or their time is up. */
  stopServer(): Promise<void>;
  /** Ends the workers first, so that nothing uses what is closed after. The server is stopped before. */
  close(): Promise<void>;
}

/** Holds the data folder for as long as the portal is open. */
export async function composePortal(config: Config, logger: Logger): Promise<Portal> {
  makeDataFolder(config);
  const lock = await lockFolder(config.dataFolder, config.http.stopWithinMs + LOCK_GRACE_MS);
  try {
    const portal = await composeParts(await openPlatform(config, logger));
    return { ...portal, close: () => portal.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function composeParts(opened: Platform): Promise<Portal> {
  const operations = openOperations(opened);
  const platform = { ...opened, vault: operations.watch(opened.vault) };
  const { config, db, vault, http } = platform;
  const uploads = await composeUploads(platform);
  const audit = openAudit(platform);
  const { domains, loadMember, stored } = await openDomains(platform, { uploads, operations, audit });
  const sweeps: Sweeps = Object.assign({}, ...domains.map((domain) => domain.sweeps));
  const scrub = operations.scrub(stored);
  const background = startBackground(platform, {
    topics: Object.assign({}, ...domains.map(({ topics }) => topics)),
    heavyTopics: domains.flatMap(({ heavyTopics = [] }) => heavyTopics),
    sweeps,
    schedules: Object.assign({ scrub }, ...domains.map(({ schedules }) => schedules)),
  });
  http.serve(
    createApp({
      ...platform,
      loadMember,
      openEndpoints: domains.flatMap(({ openEndpoints = [] }) => openEndpoints),
      endpoints: domains.flatMap(({ endpoints = [] }) => endpoints),
      bodyRouters: [uploads.router],
      bodyRoutes: tusRoutes,
      sessionPages: [queueBoard({ ...platform, ...background, ...config })],
      pages: domains.flatMap(({ pages = [] }) => pages),
      site: openSite(config.webFolder),
      readiness: () => readiness({ ...platform, uploads, operations, background, audit }),
      isStopping: http.isStopping,
      metrics: createMetrics(db.pool, config.databaseConnections, {
        ...operations,
        isAuditBroken: audit.isBroken,
        itemFailures: platform.itemFailures,
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
      for (const work of Object.values(sweeps)) await work(now);
    },
    async close() {
      scrub.stop();
      await background.stop();
      await Promise.all(domains.map((domain) => domain.close?.()));
      await platform.close();
    },
  };
}

/** In an order in which each knows those it needs. */
async function openDomains(
  platform: Platform,
  { uploads, operations, audit }: { uploads: Domain; operations: Operations; audit: Audit },
) {
  const { db } = platform;
  const { onDamage } = operations;
  const originals = originalsOf(db, { ...platform, onDamage }, canHaveThumbnail);
  const organisations = openOrganisations(platform);
  const opened = await openAccounts(platform, organisations.memberships);
  const { loadMember, stored: storedAccounts, ...accounts } = opened;
  const identity = openIdentity(platform, { phoneOf: accounts.phoneOf });
  const rightHolders = openRightHolders(platform, { identity, organisations });
  const works = openWorks(platform, originals, withdrawDeleted);
  const publication = openPublication(platform, {
    works: works.store,
    originals,
    categories: () => PUBLISH_CATEGORIES,
  });
  const certificates = openCertificates(platform, onDamage);
  const personalData = openPersonalData(
    platform,
    { ...platform, onDamage },
    {
      provePassword: accounts.provePassword,
      endSessions: accounts.endSessions,
      removeWorks: works.removeAll,
    },
  );
  const domains: Domain[] = [
    uploads,
    accounts,
    organisations,
    identity,
    openNotifications(platform, {
      phoneOf: accounts.phoneOf,
      emailOf: identity.emailOf,
      organisationNameOf: organisations.currentNameOf,
    }),
    rightHolders,
    works,
    openPayments(platform, paidOrders),
    openAttestations(platform, {
      identity,
      rightHolders: rightHolders.chosen,
      organisations,
      works: works.store,
      originals,
      certificateOf: certificates.viewOf,
    }),
    openReviews(platform, { originals, rightHolders: rightHolders.chosen, certificateOf: certificates.viewOf }),
    certificates,
    personalData,
    openLookup(platform, certificates),
    audit,
    publication,
    operations,
  ];
  const staff = openStaff(platform, { queues: domains.flatMap(({ queues = [] }) => queues) });
  domains.push(staff);
  const stored = [
    storedUploads(db, platform),
    storedManifests(db, platform.vault),
    ...certificates.stored,
    ...identity.stored,
    ...rightHolders.stored,
    ...organisations.stored,
    ...storedAccounts,
    ...publication.stored,
    ...personalData.stored,
    ...staff.stored,
  ];
  return { domains, loadMember, stored };
}

function composeUploads(platform: Platform) {
  const { dataFolder, uploadLimits, kuboRpcUrl } = platform.config;
  return openUploads({
    ...platform,
    folder: path.join(dataFolder, 'uploads'),
    limits: uploadLimits,
    // Blocks on disk are a second copy beside the container; Kubo keeps its own elsewhere.
    copies: kuboRpcUrl ? 1 : 2,
    rateLimit: platform.limits.handler('upload'),
    problemsOf: fileProblems(platform.fonts),
  });
}
