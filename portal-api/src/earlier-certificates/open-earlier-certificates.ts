// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { sendPaper } from '../papers.ts';
import type { Platform } from '../platform.ts';
import { attachment } from '../uploads/index.ts';
import { earlierCertificateApi } from './earlier-certificates.api.ts';
import { listEarlier, readEarlierPdf } from './earlier-certificates.store.ts';
import { storedEarlierCertificates } from './stored-earlier-certificates.ts';

export function openEarlierCertificates({ db, vault }: Pick<Platform, 'db' | 'vault'>): Domain {
  return {
    endpoints: [
      endpoint(earlierCertificateApi.list, ({ query, req }) =>
        listEarlier(db.prisma, vault, { owner: memberOf(req).owner, ...query }),
      ),
      endpoint(earlierCertificateApi.pdf, async ({ params: { id }, req, res }) => {
        const { number, bytes } = await readEarlierPdf(db.prisma, vault, { owner: memberOf(req).owner, id });
        sendPaper(res, {
          disposition: attachment(`${number.replaceAll(/[\\/]/g, '_')}.pdf`),
          mediaType: 'application/pdf',
          bytes,
        });
        return undefined;
      }),
    ],
    stored: [storedEarlierCertificates(db, vault)],
  };
}
