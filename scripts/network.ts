// SPDX-License-Identifier: Apache-2.0
// `npm run network`: the files of a new QBFT network for Hyperledger Besu, and with --pilot every key of a pilot as well.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isAddress } from 'ethers';
import { parseOrganisation } from './network/organisation.ts';
import { writeNetwork } from './network/write-network.ts';
import { Failure, runJob } from './processes/failure.ts';

const USAGE = `usage: npm run network -- --out <folder> --organisation "<name>=<enode>" … [--chain-id 7788] [--block-seconds 1] [--pilot]
  [--account <address> …]
  <enode>    enode://<public key>@<address>:<port>: each organisation makes its key and gives this of it
  --account  may send transactions: the ledger's anchoring and revoking accounts, and the administrator
  --pilot    takes <address>:<port> instead, and makes the keys of the validators, the ledger and the administrator`;

const WHOLE = /^[1-9]\d{0,14}$/;

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      organisation: { type: 'string', multiple: true, default: [] },
      account: { type: 'string', multiple: true, default: [] },
      'chain-id': { type: 'string', default: '7788' },
      'block-seconds': { type: 'string', default: '1' },
      pilot: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const {
    out,
    organisation,
    account: accounts,
    pilot: isPilot,
    'chain-id': chainId,
    'block-seconds': blockSeconds,
  } = values;
  if (values.help || !out || organisation.length === 0) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  if (!WHOLE.test(chainId) || !WHOLE.test(blockSeconds))
    throw new Failure('--chain-id and --block-seconds are numbers');
  const unknown = accounts.find((account) => !isAddress(account));
  if (unknown !== undefined) throw new Failure(`${unknown} is no address of an account`);
  const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), out);
  const organisations = organisation.map((text) => parseOrganisation(text, { isPilot }));
  writeNetwork({
    folder,
    organisations,
    accounts,
    chainId: Number(chainId),
    blockSeconds: Number(blockSeconds),
    isPilot,
  });
  console.log(`inkseal: the network of ${organisations.length} validators is in ${folder}`);
  return 0;
});
