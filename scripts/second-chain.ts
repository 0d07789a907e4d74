// SPDX-License-Identifier: Apache-2.0
// `npm run second-chain`: our registry on another chain, once, for the roots of our batches; writes the trust file of that network
// and prints the setting. A run that was cut short, or refused by the network, is run again.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isAddress } from 'ethers';
import { loadKey } from '../ledger-service/src/registry/index.ts';
import { Failure, runJob } from './processes/failure.ts';
import { writeDurably } from './processes/files.ts';
import { deployRegistry } from './second-chain/deploy-registry.ts';
import { keyAt } from './supervisor/keys.ts';

const USAGE = `usage: npm run second-chain -- --rpc <url> … --key <file> --admin <address> --trust <file> [--name <network>] [--consensus qbft|none]
  --key    the ledger's key for that chain; made where there is none
  --admin  may give the right to record to another key; its own key stays off this machine
  --trust  is written: the trust file of that network, to be compared with what its organisations publish`;

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      rpc: { type: 'string', multiple: true, default: [] },
      key: { type: 'string' },
      admin: { type: 'string' },
      trust: { type: 'string' },
      name: { type: 'string', default: 'second' },
      consensus: { type: 'string', default: 'qbft' },
      help: { type: 'boolean' },
    },
  });
  const { rpc: urls, key, admin, trust, name, consensus } = values;
  if (values.help || urls.length === 0 || !key || !admin || !trust) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  if (consensus !== 'qbft' && consensus !== 'none') throw new Failure(`--consensus ${consensus} is not qbft or none`);
  if (!isAddress(admin)) throw new Failure(`--admin ${admin} is not the address of an account`);
  const [keyFile, trustFile] = [absolute(key), absolute(trust)];
  const wallet = loadKey((await keyAt(keyFile)).file);
  const file = await deployRegistry({ urls, consensus, wallet, admin, name });
  await writeDurably(trustFile, `${JSON.stringify(file, null, 2)}\n`);
  const [network] = file.networks;
  console.log(`inkseal: ${wallet.address} records on ${network?.registries[0]?.address} of chain ${network?.chainId}`);
  if (consensus === 'none') console.log('inkseal: that chain has no seals, so it is only a hint for readers');
  console.log(`inkseal: compare ${trustFile} with what that network publishes, then set`);
  console.log(`WITNESS_CHAINS=${JSON.stringify({ [name]: { rpcUrls: urls, keyFile, trustFile } })}`);
  return 0;
});

function absolute(file: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
