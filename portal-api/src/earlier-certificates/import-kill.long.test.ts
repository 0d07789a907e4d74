// SPDX-License-Identifier: Apache-2.0
// The program of operators is killed in the middle of certificates: the next run ends where an undisturbed one would have.
import path from 'node:path';
import { expect } from 'chai';
import { earlierFolder, earlierRow, OLD_PDF } from '../../../test/support/earlier-certificates.ts';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { runNode } from '../../../test/support/processes.ts';

const PROGRAM = path.resolve(import.meta.dirname, '..', 'import-cli.ts');
const ROWS = 80;

describe('an import that is killed', function () {
  this.timeout(180_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('when it is run again › every certificate is there once, whole, with one line in the audit log', async () => {
    const pdf = Buffer.concat([OLD_PDF, Buffer.alloc(1_000_000, ' ')]);
    const rows = Array.from({ length: ROWS }, (_, index) => earlierRow({ pdf: `${index}.pdf` }));
    const files = Object.fromEntries(
      rows.map(({ pdf: name = '' }, index) => [name, Buffer.concat([pdf, Buffer.from(`${index}`)])]),
    );
    const folder = earlierFolder(rows, files);
    const start = () =>
      runNode(PROGRAM, ['--from', folder], {
        env: { PORTAL_DATABASE_URL: portal.db.url, INKSEAL_DATA: portal.dataFolder },
      });
    const killed = start();
    await killed.prints(/certificates: [1-4]0 of 80/);
    await killed.kill();
    const before = await portal.db.prisma.earlierCertificate.count();
    expect(before).to.be.within(10, ROWS - 1);
    expect(before % 10).to.equal(0);
    const again = start();
    expect(await again.exited, again.output()).to.equal(0);
    expect(again.output()).to.include(`certificates: ${ROWS} read, ${ROWS - before} imported, ${before} unchanged`);
    const found = await portal.db.prisma.earlierCertificate.findMany({ orderBy: { number: 'asc' } });
    expect(found.map(({ number }) => number)).to.deep.equal(rows.map(({ number }) => number));
    for (const [index, { id, pdfCipher }] of found.entries())
      expect(
        portal.vault
          .decrypt(pdfCipher ?? Buffer.alloc(0), `earlier_certificate:${id}:pdf`)
          .equals(files[`${index}.pdf`] ?? pdf),
      ).to.equal(true);
    const trail = await portal.db.prisma.audit.count({ where: { action: 'earlier-certificate.import' } });
    expect(trail).to.equal(ROWS);
    const third = start();
    expect(await third.exited).to.equal(0);
    expect(third.output()).to.include(`certificates: ${ROWS} read, 0 imported, ${ROWS} unchanged`);
  });
});
