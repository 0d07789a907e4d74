// SPDX-License-Identifier: Apache-2.0
// Kubo does not hash the blocks that it reads: a flipped one goes out as it is. So the portal compares what it reads.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { base32upper } from 'multiformats/bases/base32';
import { CID } from 'multiformats/cid';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { findKubo, type KuboNode, startKubo } from '../../../test/support/kubo.ts';
import type { Order } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { partsOfCertificate } from '../certificates/certificates.store.ts';

const program = findKubo();

describe(`damage inside Kubo${program ? '' : ' (skipped: no Kubo; set KUBO_BIN)'}`, function () {
  this.timeout(90_000);
  const repository = temporaryFolder();
  let kubo: KuboNode;
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  before(async function () {
    if (!program) return this.skip();
    kubo = await startKubo(program, repository);
    // Without a pass under way, the first to meet the damage is a reader.
    portal = await startCertificatesPortal({ KUBO_RPC_URL: kubo.rpcUrl });
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
    await eventually(async () => (await portal.db.query('SELECT 1 FROM scrub WHERE finished_at IS NULL')).length === 0);
  });
  after(async () => {
    await portal?.stop();
    await kubo?.stop();
  });

  afterEach(() => portal?.db.query('DELETE FROM damaged_object'));

  const one = async (sql: string) => (await portal.db.query(sql))[0] ?? {};
  const storagePart = async () => (await expectStatus(200, portal.visitor().get('/readyz'))).body.parts.storage;
  const blockOf = (cid: string) => {
    const key = base32upper.baseEncode(CID.parse(cid).multihash.bytes);
    return path.join(repository, 'blocks', key.slice(-3, -1), `${key}.data`);
  };
  const damages = {
    flipped: {
      damage(file: string, block: Buffer) {
        const flipped = Buffer.from(block);
        flipped.writeUInt8(block.readUInt8(block.length >> 1) ^ 1, block.length >> 1);
        writeFileSync(file, flipped);
      },
      heal: async (file: string, block: Buffer) => writeFileSync(file, block),
    },
    missing: {
      damage: (file: string) => rmSync(file),
      // Kubo remembers that the block is gone: its file alone would not bring it back.
      async heal(_file: string, block: Buffer) {
        const body = new FormData();
        body.append('data', new Blob([Uint8Array.from(block)]));
        const url = `${kubo.rpcUrl}/api/v0/block/put?cid-codec=raw`;
        expect((await fetch(url, { method: 'POST', body })).status).to.equal(200);
      },
    },
  };
  const parts = {
    original: {
      kind: 'upload',
      row: () => one('SELECT u.id, cid FROM upload u JOIN attestation_file f ON f.upload_id = u.id'),
      read: async (id: string) => member.get(`/attestations/${order.id}/files/${id}/content`),
    },
    certificate: {
      kind: 'certificate',
      row: () => one('SELECT id, pdf_cid AS cid FROM certificate'),
      read: async () => member.get(`/attestations/${order.id}/certificate`),
    },
    'verifier in a package': {
      kind: 'package',
      row: async () => {
        const { id } = await one('SELECT id FROM certificate');
        const stored = await partsOfCertificate(portal.db.prisma, portal.vault, String(id));
        return { id, cid: stored?.verifyPage.cid };
      },
      read: async () => member.get(`/attestations/${order.id}/package`),
    },
  };

  for (const [name, { kind, row, read }] of Object.entries(parts))
    for (const [what, { damage, heal }] of Object.entries(damages))
      it(`when a block of the ${name} is ${what} › gives out none of it, reports it at once, and heals`, async () => {
        const { id, cid } = await row();
        const file = blockOf(String(cid));
        const whole = readFileSync(file);
        damage(file, whole);
        const answer = await read(String(id));
        expect([answer.status, answer.code]).to.deep.equal([500, 'stored-object-damaged']);
        await eventually(async () => (await storagePart()).ok === false);
        const rows = await portal.db.query('SELECT kind, object_id AS id FROM damaged_object');
        expect(rows).to.deep.equal([{ kind, id }]);
        await heal(file, whole);
        expect((await read(String(id))).status).to.equal(200);
      });
});
