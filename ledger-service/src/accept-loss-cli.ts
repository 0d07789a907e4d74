// SPDX-License-Identifier: Apache-2.0
// Goes on after a restore that lost what the chain has: names the batches, and with the right number of numbers burns them.
// Exit code 0: nothing is lost (any more); 1: something is, and nothing was changed.
import { parseArgs } from 'node:util';
import { createChain } from './chain/index.ts';
import { loadLossSettings } from './config.ts';
import { createDb, type Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { DomainError, StartError } from './errors.ts';
import { acceptLoss, findLoss, type Loss } from './losses/index.ts';
import { readRegistry, requireChain } from './registry/index.ts';

const USAGE = `usage, with LEDGER_DATABASE_URL and the chain of the settings:
  accept-loss-cli.ts                      lists what the chain has and the database does not, and changes nothing
  accept-loss-cli.ts --numbers <count>    burns so many numbers: what is listed, and no more`;

const OPTIONS = { numbers: { type: 'string' }, help: { type: 'boolean' } } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) {
      console.log(USAGE);
      return 0;
    }
    return await withLoss((database, loss) => decide(database, loss, values.numbers));
  } catch (error) {
    if (!(error instanceof DomainError) && !(error instanceof StartError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function withLoss(work: (database: Database, loss: Loss) => Promise<number>): Promise<number> {
  const { databaseUrl, chain: settings } = loadLossSettings();
  await migrate(databaseUrl);
  const database = createDb(databaseUrl);
  const { rpcUrls: urls, consensus, finality, chainId } = settings;
  const chain = createChain({ urls, consensus, finality });
  try {
    await requireChain({ database, chain, chainId });
    const registry = await readRegistry(database.prisma);
    if (!registry) throw new StartError('registry-mismatch', 'this database has no registry: nothing can be compared');
    return await work(database, await findLoss({ database, chain, registry }));
  } finally {
    await database.close();
  }
}

async function decide(database: Database, loss: Loss, confirmed: string | undefined): Promise<number> {
  const { batches, numbers, revocations } = loss;
  if (batches.length + revocations.length === 0) {
    console.log('nothing is lost: the database knows every batch and every revocation of the chain');
    return 0;
  }
  for (const line of linesOf(loss)) console.log(line);
  if (confirmed !== String(numbers)) {
    console.log('if no backup was restored, somebody else has the anchoring key: then accept nothing');
    console.log(`nothing was changed. Look for a newer backup first; to go on without: --numbers ${numbers}`);
    return 1;
  }
  await acceptLoss(database, loss);
  console.log(
    `accepted: ${numbers} numbers are burned, ${revocations.length} revocations are taken over from the chain`,
  );
  return 0;
}

function linesOf({ batches, revocations, numbers }: Loss): string[] {
  return [
    `the chain has ${batches.length} batches with ${numbers} numbers that the database does not know:`,
    ...batches.map(({ id, firstNumber, count, root, anchoredAt }) => {
      const [last, at] = [firstNumber + BigInt(count) - 1n, new Date(Number(anchoredAt) * 1_000).toISOString()];
      return `  batch ${id}: ${firstNumber} to ${last}, anchored ${at}, root ${Buffer.from(root).toString('hex')}`;
    }),
    ...(revocations.length > 0 ? ['and revocations of numbers that the database has:'] : []),
    ...revocations.map(({ number, reason }) => `  ${number}, reason ${reason}: revoke it in the console as well`),
  ];
}
