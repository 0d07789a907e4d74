// SPDX-License-Identifier: Apache-2.0
// Suites that run on each kind of chain: the embedded one, and four QBFT validators where there is an engine.
import { besuLike } from './besu-stub.ts';
import { embeddedNetwork, type LedgerFixture, ledgerFixture, qbftNetwork, type TestNetwork } from './pipeline.ts';
import { qbftEngine } from './qbft.ts';

/** A network of four is slow to start, and slower while one of them is unreachable. */
const TIMEOUT_MS = 300_000;

export function onEachNetwork(
  title: string,
  define: (name: TestNetwork['name'], makeNetwork: () => Promise<TestNetwork>) => void,
): void {
  describe(`${title} on embedded`, function () {
    this.timeout(TIMEOUT_MS);
    define('embedded', embeddedNetwork);
  });
  describe(`${title} on qbft`, function () {
    this.timeout(TIMEOUT_MS);
    if (qbftEngine()) define('qbft', qbftNetwork);
    else it('skipped: no QBFT engine');
  });
}

/** The same suites on these chains behind a node that answers as Hyperledger Besu does. */
export function onEachNetworkAndBesu(title: string, define: Parameters<typeof onEachNetwork>[1]): void {
  onEachNetwork(title, define);
  onEachNetwork(`${title} through Besu`, (name, makeNetwork) =>
    define(name, async () => besuLike(await makeNetwork())),
  );
}

export interface FreshFixture {
  network: TestNetwork;
  /** Of the test that runs. */
  fixture: LedgerFixture;
}

/** One network for the suite; new keys and a new database for each test. */
export function freshFixtures(makeNetwork: () => Promise<TestNetwork>): FreshFixture {
  const at = {} as FreshFixture; // filled before the first test
  before(async () => {
    at.network = await makeNetwork();
  });
  after(() => at.network?.stop());
  beforeEach(async () => {
    at.fixture = await ledgerFixture(at.network);
  });
  afterEach(() => at.fixture.close());
  return at;
}
