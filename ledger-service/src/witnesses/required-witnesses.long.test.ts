// SPDX-License-Identifier: Apache-2.0
// A whole ledger with a time-stamping authority: what entries, proofs and trust file say while it is down, lies, and answers.
import { type Report, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { testChain } from '../../../test/support/chain.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { onEachNetwork } from '../../../test/support/networks.ts';
import { type LedgerFixture, ledgerFixture, silentObserver, testLog } from '../../../test/support/pipeline.ts';
import { QbftNetwork, qbftEngine } from '../../../test/support/qbft.ts';
import { deploySecondChain, type SecondChainFiles } from '../../../test/support/second-chain.ts';
import { findSigstoreAuthority, startSigstoreAuthority } from '../../../test/support/sigstore-authority.ts';
import { opensslAccepts, startAuthority, type TestAuthority } from '../../../test/support/timestamp-authority.ts';
import { composePipeline } from '../compose.ts';
import { DomainError, StartError } from '../errors.ts';
import { entryById, listEntries } from '../intake/index.ts';
import type { Pipeline } from '../pipeline/index.ts';

const WITHIN = { withinMs: 90_000 };
const sigstore = findSigstoreAuthority();

onEachNetwork('a ledger with a time-stamping authority', (name, makeNetwork) => {
  const backed = name === 'qbft' ? 'verified' : 'consistent';
  let network: Awaited<ReturnType<typeof makeNetwork>>;
  let authority: TestAuthority;
  let fixture: LedgerFixture;
  let pipeline: Pipeline | undefined;

  before(async () => {
    network = await makeNetwork();
  });
  after(() => network?.stop());
  beforeEach(async () => {
    authority = await startAuthority();
  });
  afterEach(async () => {
    await pipeline?.stop();
    pipeline = undefined;
    await fixture?.close();
    await authority?.stop();
  });

  it('when a witness is required and the authority lies › anchors at once, and is final when a good token stands', async () => {
    authority.behaviour = 'other-imprint';
    const running = await start({ WITNESSES_REQUIRED: '1', TRUST_REQUIRED_WITNESSES: '1' });
    const [id = ''] = await fixture.submit(1);
    running.nudge();
    await untilFinalOnChain(id);
    const { number = '' } = await entry(id);
    expect((await entry(id)).state).to.equal('anchored');
    expect(await listed('final')).to.deep.equal([]);
    expect(await listed('anchored')).to.deep.equal([id]);
    expect(await codeOf(running.proof(BigInt(number), { withStatus: false }))).to.equal('not-yet-final');
    authority.behaviour = 'good';
    await eventually(async () => (await entry(id)).state === 'final', WITHIN);
    expect(await listed('final')).to.deep.equal([id]);
    expect(await listed('anchored')).to.deep.equal([]);
    const { bundle, report } = await prove(running, number);
    expect(bundle.mediaType).to.equal('application/vnd.inkseal.proof+json;v=2');
    expect(report.verdict, JSON.stringify(report.checks)).to.equal(backed);
    expect(outcome(report)).to.equal('passed');
    const token = Buffer.from(bundle.witnesses[0].token, 'base64');
    const root = Buffer.from(bundle.anchor.batch.root, 'hex');
    expect(await opensslAccepts(token, root, authority.certificateFile)).to.equal(true);
  });

  it(`when sigstore's server is the authority › its token verifies, by plain OpenSSL too${sigstore ? '' : ' (skipped: no time-stamping server)'}`, async function () {
    if (!sigstore) return this.skip();
    const server = await startSigstoreAuthority(sigstore);
    try {
      const running = await start({ WITNESSES_REQUIRED: '1', TRUST_REQUIRED_WITNESSES: '1' }, server);
      const [id = ''] = await fixture.submit(1);
      running.nudge();
      await eventually(async () => (await entry(id)).state === 'final', WITHIN);
      const { bundle, report } = await prove(running, (await entry(id)).number ?? '');
      expect([outcome(report), report.verdict]).to.deep.equal(['passed', backed]);
      const token = Buffer.from(bundle.witnesses[0].token, 'base64');
      const root = Buffer.from(bundle.anchor.batch.root, 'hex');
      expect(await opensslAccepts(token, root, server.certificateFile)).to.equal(true);
      expect(await opensslAccepts(token, root.reverse(), server.certificateFile)).to.equal(false);
    } finally {
      await server.stop();
    }
  });

  it('when no witness is required and the authority is slow › gives the proof out without, and with the token later', async () => {
    authority.behaviour = 'slow';
    const running = await start({});
    const [id = ''] = await fixture.submit(1);
    running.nudge();
    await eventually(async () => (await entry(id)).state === 'final', WITHIN);
    const { number = '' } = await entry(id);
    const early = await prove(running, number);
    expect(early.bundle).not.to.have.property('witnesses');
    expect(early.bundle.mediaType).to.equal('application/vnd.inkseal.proof+json;v=1');
    expect(early.report.verdict).to.equal(backed);
    authority.behaviour = 'good';
    const later = await eventually(async () => {
      const found = await prove(running, number);
      return found.bundle.witnesses !== undefined && found;
    }, WITHIN);
    expect(outcome(later.report)).to.equal('passed');
    expect(later.report.verdict).to.equal(backed);
  });

  it('when the requirement is lowered › gives out what waited', async () => {
    authority.behaviour = 'failing';
    const waiting = await start({ WITNESSES_REQUIRED: '1' });
    const [id = ''] = await fixture.submit(1);
    waiting.nudge();
    await untilFinalOnChain(id);
    expect((await entry(id)).state).to.equal('anchored');
    await waiting.stop();
    pipeline = pipelineOf({ ...fixture.config, witnesses: { ...fixture.config.witnesses, required: 0 } });
    await pipeline.start();
    await eventually(async () => (await entry(id)).state === 'final', WITHIN);
  });

  it('when the certificate of a token ends soon › gives the proof out with its renewal, which a verifier follows', async () => {
    authority.behaviour = 'ageing';
    const running = await start({ WITNESSES_REQUIRED: '1', TRUST_REQUIRED_WITNESSES: '1', RENEWAL_BEFORE_DAYS: '60' });
    const [id = ''] = await fixture.submit(1);
    running.nudge();
    await eventually(async () => (await entry(id)).state === 'final', WITHIN);
    authority.behaviour = 'good';
    const { number = '' } = await entry(id);
    const { report } = await eventually(async () => {
      const found = await prove(running, number);
      return found.bundle.witnesses.length === 2 && found;
    }, WITHIN);
    expect(report.facts?.witnesses?.map(({ kind }) => kind)).to.deep.equal(['rfc3161', 'renewal']);
    expect([outcome(report), report.verdict]).to.deep.equal(['passed', backed]);
  });

  it('when a second chain without validators is configured › gives the proof out with what it showed, as a hint', async () => {
    const second = await testChain({ chainId: 9_900 });
    try {
      const running = await startWith(secondSettings(second.url, await deploySecondChain(second.url, 'none')));
      const [id = ''] = await fixture.submit(1);
      running.nudge();
      await eventually(async () => (await entry(id)).state === 'final', WITHIN);
      const { number = '' } = await entry(id);
      const { report } = await eventually(async () => {
        const found = await prove(running, number);
        return found.bundle.witnesses !== undefined && found;
      }, WITHIN);
      expect(report.facts?.witnesses?.[0]).to.include({ kind: 'chain', chainId: '9900', standing: 'unnamed' });
      expect([outcome(report), report.verdict]).to.deep.equal(['not-run', backed]);
    } finally {
      await second.stop();
    }
  });

  if (name === 'embedded')
    (qbftEngine() ? it : it.skip)(
      `when a witness is required and a second QBFT network is one › is final once it stands there, and a reader counts it${qbftEngine() ? '' : ' (skipped: no QBFT engine)'}`,
      async () => {
        const second = await QbftNetwork.create({ chainId: 9_901, validators: 4 });
        try {
          await second.start();
          const [url = ''] = second.urls;
          const named = secondSettings(url, await deploySecondChain(url, 'qbft'));
          const running = await startWith({ ...named, WITNESSES_REQUIRED: '1', TRUST_REQUIRED_WITNESSES: '1' });
          const [id = ''] = await fixture.submit(1);
          running.nudge();
          await eventually(async () => (await entry(id)).state === 'final', WITHIN);
          const { report } = await prove(running, (await entry(id)).number ?? '');
          expect(report.facts?.witnesses?.[0]).to.include({ kind: 'chain', chainId: '9901' });
          expect([outcome(report), report.verdict]).to.deep.equal(['passed', backed]);
        } finally {
          await second.stop();
        }
      },
    );

  it('when the second chain is the one of the registry › refuses to start, with the setting', async () => {
    const [url = ''] = network.urls;
    const settings = secondSettings(url, await deploySecondChain(url, name === 'qbft' ? 'qbft' : 'none'));
    const refusal = await startWith(settings).catch((error: unknown) => error);
    expect(String(refusal)).to.match(/config-invalid: WITNESS_CHAINS: second: is the chain/);
  });

  it('when the certificate of an authority cannot be read › refuses to start, with the setting', async () => {
    fixture = await ledgerFixture(network, settingsOf({ ...authority, certificateFile: '/none.pem' }));
    expect(() => pipelineOf(fixture.config)).to.throw(StartError, /^config-invalid: TIMESTAMP_AUTHORITIES: test: /);
  });

  async function start(
    settings: Record<string, string>,
    by: Pick<TestAuthority, 'url' | 'certificateFile'> = authority,
  ): Promise<Pipeline> {
    return startWith({ ...settingsOf(by), ...settings });
  }

  async function startWith(settings: Record<string, string>): Promise<Pipeline> {
    fixture = await ledgerFixture(network, settings);
    pipeline = pipelineOf(fixture.config);
    await pipeline.start();
    return pipeline;
  }

  const entry = (id: string) => entryById(fixture.database.prisma, fixture.clientId, id);

  async function listed(state: 'anchored' | 'final'): Promise<string[]> {
    const query = { by: 'state', state, limit: 100 } as const;
    return (await listEntries(fixture.database.prisma, fixture.clientId, query)).items.map(({ id }) => id);
  }

  const untilFinalOnChain = (id: string) =>
    eventually(async () => {
      const { rows } = await fixture.database.pool.query(
        `SELECT FROM entry JOIN batch ON batch.id = batch_id WHERE entry.id = $1 AND batch.state = 'final'`,
        [id],
      );
      return rows.length === 1;
    }, WITHIN);
});

const settingsOf = ({ url, certificateFile }: Pick<TestAuthority, 'url' | 'certificateFile'>) => ({
  TIMESTAMP_AUTHORITIES: JSON.stringify({ test: { url, certificateFile } }),
});

const secondSettings = (url: string, files: SecondChainFiles) => ({
  WITNESS_CHAINS: JSON.stringify({ second: { rpcUrls: [url], ...files } }),
});

function pipelineOf(config: LedgerFixture['config']): Pipeline {
  const hooks = {
    onStage: () => {},
    onFatal: (error: Error) => {
      throw error;
    },
  };
  return composePipeline(config, hooks)({ metrics: silentObserver, logger: testLog, onDiskFull: () => undefined });
}

async function prove(pipeline: Pipeline, number: string) {
  const bytes = await pipeline.proof(BigInt(number), { withStatus: false });
  const report = await verifyBundle(bytes, { trust: await pipeline.trustFile() });
  return { bundle: JSON.parse(Buffer.from(bytes).toString()), report };
}

const outcome = (report: Report): string | undefined =>
  report.checks.find((check) => check.name === 'witnesses')?.outcome;

const codeOf = (answer: Promise<unknown>): Promise<string | undefined> =>
  answer.then(
    () => undefined,
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
