// SPDX-License-Identifier: Apache-2.0
// The newest final header that may be relied on: of the bound chain, and sealed by the validators we have followed.
import { VerificationError } from '@inkseal/verifier';
import type { Logger } from 'pino';
import type { Chain, Header } from '../chain/index.ts';
import { DomainError } from '../errors.ts';
import { createNews } from '../news.ts';
import type { ValidatorSets } from '../registry/index.ts';

const FRESH_MS = 300;

export interface FinalHeaders {
  /** Asks the chain. While its newest header cannot be relied on, the last one that could. */
  newest(): Promise<Header>;
  /** For sealing, which waits for no node: the last one known if it is fresh, or if the chain does not answer. */
  newestKnown(): Promise<Header>;
}

export interface FinalHeadersOptions {
  readonly chain: Chain;
  readonly validators: ValidatorSets;
  readonly log: Logger;
}

export function createFinalHeaders({ chain, validators, log }: FinalHeadersOptions): FinalHeaders {
  let known: Header | undefined;
  let knownAt = 0;
  const news = createNews();
  let asking: Promise<Header> | undefined;

  async function ask(): Promise<Header> {
    const header = await chain.newestFinalHeader();
    knownAt = Date.now();
    if (header.hash === known?.hash) return header;
    // A chain that restarts says for a moment that less is final; what was final still is, if it is the same chain.
    if (known && header.number < known.number && (await chain.header(known.number))?.hash === known.hash) return known;
    try {
      await validators.follow(header);
      validators.verify(header);
      known = header;
      news.isOver('seals');
      return header;
    } catch (error) {
      if (!(error instanceof VerificationError) || !known) throw error;
      if (news.isNew('seals', error.code))
        log.error({ err: error, block: String(header.number) }, 'final header is not sealed by the known validators');
      return known;
    }
  }

  function newest(): Promise<Header> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function newestKnown(): Promise<Header> {
    if (known && Date.now() - knownAt < FRESH_MS) return known;
    try {
      return await newest();
    } catch (error) {
      if (known && error instanceof DomainError && error.code === 'chain-unavailable') return known;
      throw error;
    }
  }

  return { newest, newestKnown };
}
