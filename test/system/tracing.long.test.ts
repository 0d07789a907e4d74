// SPDX-License-Identifier: Apache-2.0
// One order through a real portal and a real ledger, with a collector that keeps what both export, and their logs.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type Collector, type ExportedSpan, startCollector } from '../support/collector.ts';
import { eventually } from '../support/eventually.ts';
import { approve, type Order, type OrdersPortal, orderIn, paidOrder, startOrdersPortal } from '../support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../support/portal.ts';
import { runNode } from '../support/processes.ts';
import { startWholeLedger, type WholeLedger } from '../support/whole-ledger.ts';

const DECISION = 'POST /api/v1/staff/attestations/{id}/decision';
const STRANGER = '4bf92f3577b34da6a3ce929d0e0e4736';
const TOKEN = 'token-of-the-collector';
/** A method with a pattern, what is done with a topic, or a step or sweep. */
const NAME = /^((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)( \/[a-z0-9/{}*.-]*)?|process [a-z-]+|[a-z]+([ -][a-z]+)*)$/i;
const SERVER = 2;

// biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape
type Line = any;

describe('the trace of an order', function () {
  this.timeout(180_000);
  const lines: Record<'portal' | 'ledger', Line[]> = { portal: [], ledger: [] };
  let collector: Collector;
  let ledger: WholeLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  let order: Order;
  let decision: ExportedSpan;
  /** As exported by the time the order was certified. */
  let spans: readonly ExportedSpan[];

  before(async () => {
    collector = await startCollector();
    const tracing = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${TOKEN}`,
    };
    const keep = (service: 'portal' | 'ledger') => (line: string) => void lines[service].push(JSON.parse(line));
    ledger = await startWholeLedger(undefined, tracing, keep('ledger'));
    const address = { LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile, LOG_LEVEL: 'info' };
    portal = await startOrdersPortal({ ...address, ...tracing }, keep('portal'));
    member = await portal.member({ verified: true });
    reviewer = await portal.reviewer();
    const { id } = await paidOrder(member);
    await orderIn('UNDER_REVIEW', member, id);
    await eventually(async () => (await portal.db.query(`SELECT 1 FROM manifest WHERE state = 'FINAL'`)).length > 0);
    // So that the worker has something to say: it fails once.
    await ledger.stopService();
    await approve(reviewer, id);
    await eventually(() => lines.portal.some(({ topic, msg }) => topic === 'attestation-entry' && /failed/.test(msg)));
    await ledger.startService();
    order = await orderIn('CERTIFIED', member, id);
    decision = await eventually(() => collector.spans.find(({ name }) => name === DECISION));
    await eventually(() => collector.spans.some((span) => isEntry(span) && span.traceId === decision.traceId));
    await eventually(() => collector.spans.some(({ name }) => name === 'prove batches'));
    // A parent ends after its children, and is exported after them.
    spans = await eventually(() => {
      const seen = [...collector.spans];
      return seen.every((span) => !span.parentSpanId || parentOf(span)) && seen;
    });
  });
  after(async () => {
    await portal?.stop();
    await ledger?.stop();
    await collector?.stop();
  });

  const isEntry = ({ service, kind, name }: ExportedSpan) =>
    service === 'inkseal-ledger' && kind === SERVER && name === 'POST /v1/entries';
  const parentOf = ({ traceId, parentSpanId }: ExportedSpan) =>
    collector.spans.find((span) => span.traceId === traceId && span.spanId === parentSpanId);
  /** From the span up to the root of its trace. */
  const wayOf = (span: ExportedSpan): string[] => {
    const parent = parentOf(span);
    return [`${span.service}: ${span.name}`, ...(parent ? wayOf(parent) : [])];
  };

  it('leads from the request over the outbox to the ledger, each span under the one that set it off', () => {
    const entry = spans.find((span) => isEntry(span) && span.traceId === decision.traceId);
    expect(entry && wayOf(entry)).to.deep.equal([
      'inkseal-ledger: POST /v1/entries',
      'inkseal-portal: POST /v1/entries',
      'inkseal-portal: process attestation-entry',
      `inkseal-portal: ${DECISION}`,
    ]);
    expect(decision.facts).to.deep.equal({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'http.route': DECISION.slice('POST '.length),
    });
    const failed = spans.filter(({ traceId, hasFailed }) => traceId === decision.traceId && hasFailed);
    expect(failed.map(({ facts }) => facts['error.type'])).to.include('ledger-unavailable');
  });

  it('is one id in the log lines of portal, worker and ledger, and in the answer', async () => {
    const { traceId } = decision;
    const ofTrace = (service: 'portal' | 'ledger') => lines[service].filter((line) => line.traceId === traceId);
    expect(ofTrace('portal').map(({ msg }) => msg)).to.include.members(['request completed', 'outbox handler failed']);
    expect(ofTrace('portal').find(({ requestId }) => requestId)?.requestId).to.equal(traceId);
    expect(ofTrace('ledger').map(({ req }) => req?.path)).to.include('/v1/entries');
  });

  it('has spans of what the ledger does to batches', () => {
    const steps = ['close batch', 'sign batches', 'send batches', 'prove batches'];
    expect(spans.map(({ name }) => name)).to.include.members(steps);
  });

  it('is named by patterns, and says nothing personal and nothing that was sent', async () => {
    expect([...new Set(spans.map(({ name }) => name))].filter((name) => !NAME.test(name))).to.deep.equal([]);
    const [manifest] = await portal.db.query(`SELECT encode(sha256, 'hex') AS sha256 FROM manifest LIMIT 1`);
    const [{ phone, password }, { id, orderNumber, title }] = [member, order];
    const secrets = [
      phone,
      password,
      id,
      orderNumber,
      title,
      manifest?.sha256,
      order.certificate?.number,
      '鹤华',
      '测试员',
    ];
    const said = collector.bodies.join();
    expect(secrets.filter((secret) => secret && said.includes(secret))).to.deep.equal([]);
    expect(said).to.not.match(/@|127\.0\.0\.1|inkseal_|[0-9a-f]{8}-[0-9a-f]{4}-|\?/);
    expect(collector.headers[0]?.authorization).to.equal(`Bearer ${TOKEN}`);
    expect(JSON.stringify(lines)).to.not.include(TOKEN);
  });

  it('when a stranger names one › is ours all the same, at the portal and at the ledger', async () => {
    const headers = { traceparent: `00-${STRANGER}-00f067aa0ba902b7-01` };
    const answer = await portal.visitor().get('/csrf', headers);
    const refused = await fetch(`${ledger.url}/v1/batches`, { headers });
    expect([answer.status, refused.status]).to.deep.equal([200, 401]);
    const ids = [answer.headers, refused.headers].map((each) => each.get('x-request-id'));
    await eventually(() => ids.every((id) => collector.spans.some(({ traceId }) => traceId === id)));
    expect(JSON.stringify([collector.spans, lines])).to.not.include(STRANGER);
  });

  it('when the collector is down › slows no request, and is missed once in each log', async () => {
    await collector.stop();
    const missed = (service: 'portal' | 'ledger') => lines[service].filter(({ msg }) => /takes no spans/.test(msg));
    const startedMs = performance.now();
    for (let turn = 0; turn < 50; turn += 1) await expectStatus(200, member.get('/csrf'));
    expect(performance.now() - startedMs).to.be.below(5_000);
    await eventually(() => missed('portal').length > 0 && missed('ledger').length > 0, { withinMs: 40_000 });
    // Then it refuses each export.
    await collector.startAgain();
    collector.answerWith(400);
    const refused = (service: string) =>
      collector.bodies.filter((body) => body.includes(`"inkseal-${service}"`)).length;
    await eventually(() => refused('portal') > 2 && refused('ledger') > 2, { withinMs: 40_000 });
    expect([missed('portal').length, missed('ledger').length]).to.deep.equal([1, 1]);
    collector.answerWith(200);
    await eventually(() => lines.portal.some(({ msg }) => /takes spans again/.test(msg)), { withinMs: 30_000 });
    expect(JSON.stringify(lines)).to.not.include(TOKEN);
  });
});

describe('a service', function () {
  this.timeout(60_000);
  const support = (file: string) => path.join(import.meta.dirname, '..', 'support', file);
  const loadedWith = async (url: string) => {
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(support('loaded-modules.ts')).href}`, COLLECTOR_URL: url };
    const [, count] = await runNode(support('traced-program.ts'), [], { env }).prints(/SDK modules: (\d+)/);
    return Number(count);
  };

  it('when no collector is set › loads nothing of OpenTelemetry’s SDK, and with one it does', async () => {
    expect(await loadedWith('')).to.equal(0);
    expect(await loadedWith('http://127.0.0.1:1')).to.be.above(0);
  });
});
