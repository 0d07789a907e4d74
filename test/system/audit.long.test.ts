// SPDX-License-Identifier: Apache-2.0
// The operator's audit over everything that a real order leaves behind: it finds each fault that is planted, and no other.
import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Contract, JsonRpcProvider } from 'ethers';
import { openRecords } from '../../scripts/audit/open-records.ts';
import type { RecordPlaces } from '../../scripts/audit/open-sources.ts';
import { performAudit } from '../../verifier/cli/audit/perform-audit.ts';
import type { AuditReport, StageName } from '../../verifier/src/audit/index.ts';
import { approvedOrder } from '../support/certificates.ts';
import { type OrdersPortal, orderIn, startOrdersPortal } from '../support/orders.ts';
import { runNode } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { writePackagePages } from '../support/web-folder.ts';
import { startWholeLedger, type WholeLedger } from '../support/whole-ledger.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/audit.ts');
const REGISTRY = [
  'function anchor(bytes32 root, uint64 first, uint32 count)',
  'function nextNumber() view returns (uint64)',
];

describe('npm run audit (in order)', function () {
  this.timeout(300_000);
  let ledger: WholeLedger;
  let portal: OrdersPortal;
  let records: Awaited<ReturnType<typeof openRecords>>;
  let inThreads: Awaited<ReturnType<typeof openRecords>>;
  let places: RecordPlaces;
  let trust: Uint8Array;
  let number: string;
  before(async () => {
    ledger = await startWholeLedger(undefined, { RECEIPT_KEY_FILE: path.join(temporaryFolder(), 'receipt.key') });
    const webFolder = path.join(temporaryFolder(), 'web');
    writePackagePages(webFolder, '<!doctype html><title>verifier</title>');
    portal = await startOrdersPortal({
      LEDGER_URL: ledger.url,
      LEDGER_API_KEY_FILE: ledger.keyFile,
      WEB_DIST: webFolder,
    });
    const member = await portal.member({ verified: true });
    const { id } = await approvedOrder(portal, member);
    await orderIn('CERTIFIED', member, id, 180_000);
    trust = new Uint8Array(await (await fetch(`${ledger.url}/v1/trust`)).arrayBuffer());
    const { dataFolder, db } = portal;
    places = {
      ledgerUrl: ledger.fixture.config.databaseUrl,
      portalUrl: db.url,
      keyFile: path.join(dataFolder, 'keys', 'portal-master-key.json'),
      contentPlace: { kind: 'disk' },
      blocksFolder: path.join(dataFolder, 'blocks'),
    };
    records = await openRecords(places, ledger.rpcUrl);
    inThreads = await openRecords(places, ledger.rpcUrl, { worthThreadsFrom: 1 });
    const [row] = await db.query<{ number: string }>('SELECT number FROM certificate');
    number = String(row?.number);
  });
  after(async () => {
    await inThreads.close();
    await records.close();
    await portal.stop();
    await ledger.stop();
  });

  const auditOf = ({ stages }: typeof records, only: readonly StageName[], rpc = ledger.rpcUrl): Promise<AuditReport> =>
    performAudit({
      trust,
      rpc,
      isQuiet: true,
      language: 'en',
      program: 'a test',
      stages: stages.filter(({ name }) => only.includes(name)),
      about: [],
    });
  const audit = (...only: StageName[]) => auditOf(records, only);
  const inLedger = (sql: string) => ledger.fixture.database.pool.query(sql);
  const inPortal = (sql: string) => portal.db.query(sql);
  const found = ({ listed }: AuditReport) => listed.map(({ code, subject }) => `${code} ${subject}`);

  /** Changes rows, audits, and puts them back. */
  async function withChanged(
    run: (sql: string) => Promise<unknown>,
    { table, change }: { table: string; change: string },
    ...stages: StageName[]
  ): Promise<string[]> {
    await run(`CREATE TABLE kept AS SELECT * FROM ${table}`);
    await run(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    try {
      await run(change);
      return found(await audit(...stages));
    } finally {
      await run(`DELETE FROM ${table}`);
      await run(`INSERT INTO ${table} SELECT * FROM kept`);
      await run(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      await run('DROP TABLE kept');
    }
  }

  it('when nothing is wrong › exits with 0, having judged all that the operator holds', async () => {
    const page = path.join(temporaryFolder(), 'audit.html');
    const program = runNode(SCRIPT, ['--json', '--quiet', '--rpc', ledger.rpcUrl, '--page', page], {
      env: {
        ...process.env,
        LEDGER_URL: ledger.url,
        LEDGER_DATABASE_URL: ledger.fixture.config.databaseUrl,
        PORTAL_DATABASE_URL: portal.db.url,
        INKSEAL_DATA: portal.dataFolder,
      },
    });
    expect(await program.exited, program.output()).to.equal(0);
    const report: AuditReport = JSON.parse(program.output());
    expect([report.verdict, report.backing, found(report)]).to.deep.equal(['sound', 'node', []]);
    expect(report.tally).to.include({ 'certificate-pdfs': 1, 'package-digests': 1, manifests: 2, entries: 2 });
    expect(report.tally['receipts-kept']).to.equal(report.tally.receipts);
    expect(report.tally.receipts).to.be.greaterThan(0);
    expect(report.tally.originals).to.be.greaterThan(0);
    expect(report.tally['audit-rows']).to.be.greaterThan(0);
  });

  it('when rows of the ledger were dropped or changed › names each', async () => {
    const faults: [table: string, change: string, expected: RegExp][] = [
      ['entry', `DELETE FROM entry WHERE number = ${number}`, new RegExp(`^entry-missing number ${number}$`)],
      [
        'entry',
        `UPDATE entry SET sha256 = decode('${'ab'.repeat(32)}', 'hex') WHERE number = ${number}`,
        /^entry-differs number/,
      ],
      [
        'entry',
        `UPDATE entry SET statement = replace(statement, '2', '3') WHERE number = ${number}`,
        /^(entry-differs number|stored-proof-differs batch)/,
      ],
      ['batch', 'UPDATE batch SET root = sha256(root) WHERE id = 1', /^batch-differs batch 1$/],
      ['batch', 'DELETE FROM batch WHERE id = 1', /^batch-from-outside batch 1$/],
      ['batch_tree', 'UPDATE batch_tree SET nodes = nodes || nodes WHERE batch_id = 1', /^tree-differs batch 1$/],
      [
        'batch_proof',
        'UPDATE batch_proof SET storage_proof = account_proof WHERE batch_id = 1',
        /^stored-proof-differs batch 1$/,
      ],
    ];
    for (const [table, change, expected] of faults) {
      const findings = await withChanged(inLedger, { table, change }, 'ledger');
      expect(findings, change).to.have.length.greaterThan(0);
      for (const finding of findings) expect(finding, change).to.match(expected);
    }
    const forged =
      "UPDATE receipt SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'attestation', 'submission'), 'UTF8')";
    expect((await withChanged(inLedger, { table: 'receipt', change: forged }, 'receipts')).join()).to.match(
      /^receipt-not-verified/,
    );
    const other = `UPDATE entry SET sha256 = sha256(sha256) WHERE number = ${number}`;
    expect(await withChanged(inLedger, { table: 'entry', change: other }, 'receipts')).to.deep.equal([
      `receipt-broken receipt of number ${number}`,
    ]);
    expect(found(await audit('ledger', 'receipts'))).to.deep.equal([]);
  });

  it('when what the portal holds was changed, swapped or lost › names each', async () => {
    const pdf = 'UPDATE certificate SET pdf_sha256 = sha256(pdf_sha256)';
    expect(await withChanged(inPortal, { table: 'certificate', change: pdf }, 'certificates')).to.include(
      `certificate-changed certificate ${number}`,
    );
    const cipher = 'UPDATE certificate SET bundle_cipher = bundle_cipher || bundle_cipher';
    expect(await withChanged(inPortal, { table: 'certificate', change: cipher }, 'certificates')).to.include(
      `stored-proof-differs certificate ${number}`,
    );
    const digest = 'UPDATE certificate SET package_sha256 = sha256(package_sha256)';
    expect(await withChanged(inPortal, { table: 'certificate', change: digest }, 'certificates')).to.deep.equal([
      `package-changed certificate ${number}`,
    ]);
    const swapped = `UPDATE manifest SET manifest = (SELECT manifest FROM kept WHERE number <> ${number}) WHERE number = ${number}`;
    expect(await withChanged(inPortal, { table: 'manifest', change: swapped }, 'manifests')).to.deep.equal([
      `manifest-differs manifest of number ${number}`,
    ]);
    const head = `INSERT INTO audit_head (day, seq, digest) SELECT now(), seq, sha256(digest) FROM audit WHERE seq = 1`;
    expect(await withChanged(inPortal, { table: 'audit_head', change: head }, 'audit-log')).to.deep.equal([
      'audit-log-changed row 1',
    ]);
    expect(found(await audit('certificates', 'manifests', 'audit-log'))).to.deep.equal([]);
  });

  it('when an original or a PDF is gone from the content store, or damaged › names it', async () => {
    const content = path.join(portal.dataFolder, 'blocks', 'content');
    const [upload] = await portal.db.query<{ id: string; cid: string }>(
      'SELECT id, cid FROM upload WHERE cid IS NOT NULL',
    );
    const [certificate] = await portal.db.query<{ cid: string }>('SELECT pdf_cid AS cid FROM certificate');
    for (const [cid, stage, expected] of [
      [upload?.cid, 'originals', [`original-missing original ${upload?.id}`]],
      [
        certificate?.cid,
        'certificates',
        [`certificate-missing certificate ${number}`, `package-changed certificate ${number}`],
      ],
    ] as const) {
      const folder = path.join(content, cid ?? '');
      renameSync(folder, `${folder}.gone`);
      expect(found(await audit(stage)), stage).to.have.members(expected);
      renameSync(`${folder}.gone`, folder);
    }
    expect(found(await audit('originals', 'certificates'))).to.deep.equal([]);
  });

  it('when threads judge › finds and counts the same, also what is wrong', async () => {
    const stages = ['certificates', 'manifests', 'originals'] as const;
    const sound = await audit(...stages);
    const threaded = await auditOf(inThreads, stages);
    expect([threaded.verdict, threaded.tally]).to.deep.equal(['sound', sound.tally]);
    const [upload] = await portal.db.query<{ id: string; cid: string }>(
      'SELECT id, cid FROM upload WHERE cid IS NOT NULL',
    );
    const folder = path.join(portal.dataFolder, 'blocks', 'content', upload?.cid ?? '');
    renameSync(folder, `${folder}.gone`);
    try {
      expect(found(await auditOf(inThreads, stages))).to.deep.equal([
        `package-changed certificate ${number}`,
        `original-missing original ${upload?.id}`,
      ]);
    } finally {
      renameSync(`${folder}.gone`, folder);
    }
  });

  it('when a thread cannot go on › ends without a verdict, and says why', async () => {
    const reason = (records: typeof inThreads) =>
      auditOf(records, ['certificates']).then(
        ({ verdict }) => verdict,
        (error: Error) => [error.name, error.message],
      );
    await inPortal('ALTER TABLE certificate RENAME COLUMN parts_cipher TO away');
    const [, message] = await reason(inThreads);
    await inPortal('ALTER TABLE certificate RENAME COLUMN away TO parts_cipher');
    expect(message).to.include('parts_cipher');
    const withoutNode = await openRecords(places, 'http://127.0.0.1:1', { worthThreadsFrom: 1 });
    const [name] = await reason(withoutNode);
    await withoutNode.close();
    expect(name).to.equal('NodeFailure');
  });

  it('when somebody else anchors with our key › names the batch that the ledger does not have', async () => {
    const { registries } = JSON.parse(new TextDecoder().decode(trust)).networks[0];
    const provider = new JsonRpcProvider(ledger.rpcUrl, undefined, { staticNetwork: true });
    const registry = new Contract(registries[0].address, REGISTRY, ledger.fixture.anchorer.connect(provider));
    const next = await registry.getFunction('nextNumber')();
    const sent = await registry.getFunction('anchor')(`0x${'5a'.repeat(32)}`, next, 2);
    await sent.wait();
    provider.destroy();
    const report = await audit('ledger');
    const id = report.chain.batches;
    expect(found(report)).to.deep.equal([`batch-from-outside batch ${id}`]);
  });
});
