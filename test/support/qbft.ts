// SPDX-License-Identifier: Apache-2.0
// A real QBFT network on loopback, from the GoQuorum program named in QBFT_ENGINE: every validator is a process
// with its own key, data and JSON-RPC, to be stopped and killed alone. Gas is free, so no account needs a balance.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { computeAddress, encodeRlp, type HDNodeWallet, hexlify, randomBytes, Wallet } from 'ethers';
import { callRpc } from '../../scripts/embedded/anvil.ts';
import { type Child, launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

const ZERO_HASH = `0x${'0'.repeat(64)}`;
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;
/** Marks a header as Istanbul's, of which QBFT is a dialect. */
const ISTANBUL_MIX_HASH = '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365';
const FIRST_BLOCK_WITHIN_MS = 60_000;

export interface QbftOptions {
  validators?: number;
  chainId?: number;
  blockSeconds?: number;
  /** How long the validators wait for a proposer before they change to the next, s. */
  roundSeconds?: number;
}

interface Validator {
  wallet: HDNodeWallet;
  folder: string;
  rpcPort: number;
  peerPort: number;
  process?: Child;
}

/** `describe` for what needs a QBFT network: where there is no engine its tests are skipped, and say why. */
export function describeOnQbft(title: string, tests: (this: Mocha.Suite) => void): void {
  if (qbftEngine()) describe(title, tests);
  else describe.skip(`${title} (skipped: no QBFT engine)`, tests);
}

/** The engine's path, or undefined. */
export function qbftEngine(): string | undefined {
  return process.env.QBFT_ENGINE || undefined;
}

export class QbftNetwork {
  readonly chainId: number;
  readonly #validators: Validator[];

  private constructor(chainId: number, validators: Validator[]) {
    this.chainId = chainId;
    this.#validators = validators;
  }

  /** Writes keys and genesis; no node runs yet. */
  static async create(options: QbftOptions = {}): Promise<QbftNetwork> {
    const { validators: count = 4, chainId = 7788 } = options;
    const folder = temporaryFolder('inkseal-qbft-');
    const validators: Validator[] = [];
    for (let i = 0; i < count; i += 1) {
      const node = { folder: path.join(folder, `node-${i}`), rpcPort: await freePort(), peerPort: await freePort() };
      validators.push({ ...node, wallet: Wallet.createRandom() });
    }
    const genesisFile = path.join(folder, 'genesis.json');
    writeFileSync(genesisFile, JSON.stringify(genesisOf(validators, options)));
    for (const validator of validators) initialise(validator, validators, genesisFile);
    return new QbftNetwork(chainId, validators);
  }

  get urls(): string[] {
    return this.#validators.map(({ rpcPort }) => `http://127.0.0.1:${rpcPort}`);
  }

  /** Validator addresses, in the order of the nodes. */
  get validators(): string[] {
    return this.#validators.map(({ wallet }) => wallet.address);
  }

  /** Starts every node that does not run, and returns when all of them have a block and keep making more. */
  async start(): Promise<void> {
    for (let i = 0; i < this.#validators.length; i += 1) await this.startNode(i);
    await Promise.all(this.urls.map((url) => hasBlock(url, 2)));
  }

  /** Returns once its JSON-RPC answers; the network may still be short of a quorum. */
  async startNode(index: number): Promise<void> {
    const validator = this.#at(index);
    if (validator.process?.isRunning()) return;
    validator.process = untilExit(await launchNode(validator, this.chainId));
    await hasBlock(this.urls[index] ?? '', 0);
  }

  async stopNode(index: number): Promise<void> {
    await this.#at(index).process?.stop();
  }

  async killNode(index: number): Promise<void> {
    await this.#at(index).process?.kill();
  }

  /** Of a node that runs. */
  pidOf(index: number): number | undefined {
    const { process: node } = this.#at(index);
    return node?.isRunning() ? node.pid : undefined;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#validators.map((validator) => validator.process?.kill()));
  }

  #at(index: number): Validator {
    const validator = this.#validators[index];
    if (!validator) throw new RangeError(`no validator ${index}`);
    return validator;
  }
}

async function hasBlock(url: string, number: number): Promise<void> {
  await eventually(async () => Number(await callRpc(url, 'eth_blockNumber')) >= number, {
    withinMs: FIRST_BLOCK_WITHIN_MS,
    everyMs: 100,
  });
}

function genesisOf(validators: Validator[], { chainId = 7788, blockSeconds = 1, roundSeconds = 4 }: QbftOptions) {
  const addresses = validators.map(({ wallet }) => wallet.address.toLowerCase()).sort();
  const forks = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul'];
  const qbft = { blockPeriodSeconds: blockSeconds, requestTimeoutSeconds: roundSeconds, epochLength: 30_000 };
  return {
    config: {
      ...Object.fromEntries([...forks, 'berlin'].map((fork) => [`${fork}Block`, 0])),
      chainId,
      isQuorum: true,
      txnSizeLimit: 64,
      maxCodeSizeConfig: [{ block: 0, size: 64 }],
      qbft: { ...qbft, policy: 0, ceil2Nby3Block: 0, validatorContractAddress: ZERO_ADDRESS },
    },
    // [vanity, validators, no vote, round 0, no seals]
    extraData: encodeRlp([ZERO_HASH, addresses, [], '0x', []]),
    mixHash: ISTANBUL_MIX_HASH,
    difficulty: '0x1',
    gasLimit: '0x1c9c380',
    nonce: '0x0',
    timestamp: '0x0',
    coinbase: ZERO_ADDRESS,
    parentHash: ZERO_HASH,
    number: '0x0',
    gasUsed: '0x0',
    alloc: {},
  };
}

function initialise(validator: Validator, all: Validator[], genesisFile: string): void {
  const { folder, wallet } = validator;
  mkdirSync(path.join(folder, 'geth'), { recursive: true });
  writeFileSync(path.join(folder, 'geth', 'nodekey'), wallet.privateKey.slice(2), { mode: 0o600 });
  // An enode names the uncompressed public key without its 0x04 prefix.
  const peers = all.map(
    ({ wallet: { signingKey }, peerPort }) =>
      `enode://${signingKey.publicKey.slice(4)}@127.0.0.1:${peerPort}?discport=0`,
  );
  for (const file of ['static-nodes.json', 'permissioned-nodes.json']) {
    writeFileSync(path.join(folder, file), JSON.stringify(peers));
  }
  execFileSync(engine(), ['--datadir', folder, 'init', genesisFile], { stdio: 'pipe' });
}

function launchNode({ folder, rpcPort, peerPort }: Validator, chainId: number): Promise<Child> {
  const network = ['--networkid', String(chainId), '--port', String(peerPort), '--nat', 'none', '--nodiscover'];
  const peers = ['--permissioned', '--netrestrict', '127.0.0.0/8', '--ipcdisable'];
  const mining = [
    '--mine',
    '--miner.threads',
    '1',
    '--miner.gasprice',
    '0',
    '--syncmode',
    'full',
    '--gcmode',
    'archive',
  ];
  const rpc = ['--http', '--http.addr', '127.0.0.1', '--http.port', String(rpcPort), '--http.api', 'eth,net,istanbul'];
  return launch({
    name: 'validator',
    command: engine(),
    args: ['--datadir', folder, ...network, ...peers, ...mining, ...rpc, '--verbosity', '2'],
    cwd: folder,
    logFile: path.join(folder, 'node.log'),
    // Private transactions, a GoQuorum feature that nothing here uses, are switched off.
    env: { ...process.env, PRIVATE_CONFIG: 'ignore' },
  });
}

function engine(): string {
  const found = qbftEngine();
  if (!found) throw new Error('QBFT_ENGINE is not set');
  return found;
}

/** The settings for one's own network: keys in files, and an administrator who is somebody else. */
export function permissionedSettings(rpcUrls: string[]): Record<string, string> {
  const folder = temporaryFolder();
  const keyFile = (name: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, `${hexlify(randomBytes(32))}\n`, { mode: 0o600 });
    return file;
  };
  return {
    CHAIN_PROFILE: 'permissioned',
    CHAIN_RPC_URL: rpcUrls.join(','),
    ANCHOR_KEY_FILE: keyFile('anchor.key'),
    REVOKER_KEY_FILE: keyFile('revoker.key'),
    ADMIN_ADDRESS: computeAddress(hexlify(randomBytes(32))),
  };
}
