// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { unlimitedInputs } from '../../test/support/openapi.ts';
import { startPortal } from '../../test/support/portal.ts';
import { describePortal } from './describe.ts';

describe('describePortal', () => {
  it('says without a database what a running portal says', async () => {
    const portal = await startPortal();
    try {
      const { body } = await portal.visitor().get('/openapi.json');
      expect(JSON.parse(JSON.stringify(describePortal()))).to.deep.equal(body);
    } finally {
      await portal.stop();
    }
  });

  const document = JSON.parse(JSON.stringify(describePortal()));

  it('when a caller may send something › says how much of it', () => {
    expect(unlimitedInputs(document)).to.deep.equal([]);
  });

  it('when a body is taken › says what becomes of one that is malformed, too large or of another type', () => {
    for (const method of ['post', 'put', 'patch'])
      for (const [path, item] of Object.entries<Record<string, Operation>>(document.paths)) {
        const { requestBody, responses = {} } = item[method] ?? {};
        if (!requestBody) continue;
        const isJson = 'application/json' in requestBody.content && !('text/*' in requestBody.content);
        const statuses = path.startsWith('/uploads') ? ['413'] : ['413', '415', ...(isJson ? ['400'] : [])];
        expect(responses, `${method} ${path}`).to.include.keys(statuses);
      }
  });

  it('when a file can be read in ranges › documents 206 and 416', () => {
    for (const path of ['/works/{id}/files/{uploadId}/content', '/staff/attestations/{id}/files/{uploadId}/content'])
      expect(document.paths[path].get.responses).to.include.keys(['206', '416']);
  });

  it('documents the upload protocol, HEAD beside each GET, and what stands beside the interface', () => {
    expect(document.paths['/uploads']).to.have.keys(['options', 'post']);
    expect(document.paths['/uploads/{id}']).to.have.keys(['options', 'head', 'patch', 'delete']);
    for (const [path, item] of Object.entries<object>(document.paths))
      if ('get' in item) expect(item, path).to.have.property('head');
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json'])
      expect(document.paths).to.have.property(path);
  });
});

interface Operation {
  requestBody?: { content: object };
  responses?: object;
}
