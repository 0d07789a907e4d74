// SPDX-License-Identifier: Apache-2.0
// What every step of the pipeline works with. Made once, by pipeline.ts, when the registry is bound.
import type { Tracer } from '@inkseal/service-kit';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Chain } from './chain/index.ts';
import type { Config, Stage } from './config.ts';
import type { Database } from './db/database.ts';
import type { News } from './news.ts';
import type { Registry, Signers, ValidatorSets } from './registry/index.ts';

export interface Ledger {
  readonly database: Database;
  readonly chain: Chain;
  readonly registry: Registry;
  readonly validators: ValidatorSets;
  readonly signers: Signers;
  readonly observer: Observer;
  readonly log: Logger;
  /** What a step does to batches is a trace: close, sign, send, prove. */
  readonly tracer: Tracer;
  /** So that what every tick finds again is logged once. */
  readonly news: News;
  /** Told at each point where a crash would leave something half done; tests crash there. */
  readonly onStage: (stage: Stage) => void;
  /** Where rows have to be before they go to the chain. */
  readonly finalAfter: Config['finalAfter'];
  /** How many tokens a batch must have before its entries are given out as final. */
  readonly witnessesRequired: number;
  /** Names of those that do not count for it: second chains without validators. */
  readonly hintWitnesses: readonly string[];
}

/** What the pipeline tells its metrics. */
export interface Observer {
  batchClosed(size: number): void;
  /** From closing the batch to its block being final. */
  anchorTook(seconds: number): void;
  gasUsed(purpose: 'deploy' | 'anchor' | 'revoke', gas: bigint): void;
  /** A part of the work behind intake failed, or one row of it; it is tried again. */
  workFailed(work: string): void;
  /** Newest block's time against this machine's clock; positive when the chain is ahead. */
  clockOffset(seconds: number): void;
  /** A time-stamping authority was asked, gave a token that was stored, or gave none that we take. */
  witnessAsked(authority: string): void;
  witnessStored(authority: string): void;
  witnessRefused(authority: string, reason: string): void;
  /** A batch's tokens were renewed. */
  renewalStored(authority: string): void;
  /** A pool of database connections, read when metrics are requested. */
  watchPool(name: string, pool: pg.Pool): void;
}
