// SPDX-License-Identifier: Apache-2.0
// What /readyz says. Only what stops everybody makes the portal unready; the rest is reported beside it.
import type { Audit } from './audit/index.ts';
import type { Background } from './background.ts';
import type { ClockWatch } from './clock/index.ts';
import type { Database } from './db/database.ts';
import type { ErrorCode } from './errors.ts';
import type { Readiness } from './http/app.ts';
import type { LedgerClient } from './ledger/ledger-client.ts';
import type { Operations } from './operations/index.ts';
import type { Uploads } from './uploads/index.ts';

type Part = Readiness['parts'][string];

interface ReadinessParts {
  db: Database;
  ledger: LedgerClient;
  uploads: Pick<Uploads, 'freeBytes'>;
  operations: Pick<Operations, 'parked' | 'damaged'>;
  background: Pick<Background, 'isQueueUp'>;
  audit: Pick<Audit, 'isBroken'>;
  clock: Pick<ClockWatch, 'isWrong'>;
}

export async function readiness(parts: ReadinessParts): Promise<Readiness> {
  const { db, ledger, uploads, operations, background, audit, clock } = parts;
  const isDatabaseUp = await db.ping().then(
    () => true,
    () => false,
  );
  const hasRoom = (await uploads.freeBytes().catch(() => -1)) >= 0;
  return {
    ready: isDatabaseUp,
    parts: {
      database: part(isDatabaseUp, 'database-unavailable'),
      // Work that needs the ledger is saved and waits: the portal still serves without it.
      ledger: part(await ledger.isReady(), 'ledger-unavailable'),
      // Work waits in its rows until the queue is back.
      queue: part(background.isQueueUp(), 'queue-unavailable'),
      // With no room for uploads, everything else goes on.
      disk: part(hasRoom, 'store-unavailable'),
      // Proven times are the chain's; what is wrong are the times that we state.
      clock: part(!clock.isWrong(), 'clock-wrong'),
      ...(isDatabaseUp
        ? {
            work: counted(await operations.parked().catch(() => 0), 'work-parked'),
            // Serving goes on: whoever changed the log must not be able to stop the site as well.
            audit: part(!(await audit.isBroken().catch(() => false)), 'audit-chain-broken'),
            storage: counted(await operations.damaged().catch(() => 0), 'stored-object-damaged'),
          }
        : {}),
    },
  };
}

function part(ok: boolean, code: ErrorCode): Part {
  return ok ? { ok } : { ok, code };
}

function counted(count: number, code: ErrorCode): Part {
  return count === 0 ? { ok: true } : { ok: false, code, count };
}
