// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, requestLog } from '@inkseal/service-kit';
import { expect } from 'chai';
import express from 'express';
import { z } from 'zod';
import { endpoint, mountEndpoints } from './endpoint.ts';
import { type Access, identifyMember, type LoadedMember, type OrganisationRole } from './members.ts';
import { operation } from './operation.ts';
import { problems } from './problems.ts';
import { createRateLimits } from './rate-limits.ts';

const logger = createLogger({ service: 'portal', level: 'silent' });

describe('access', () => {
  const accesses: Record<string, Access> = {
    anyone: 'anyone',
    member: 'member',
    verified: 'verified',
    manager: 'manager',
    review: { staff: ['reviewer', 'senior-reviewer'] },
    admin: { staff: ['admin'] },
  };
  const account = (id: string, more: Partial<LoadedMember> = {}): LoadedMember => ({
    id,
    sessionEpoch: 0,
    owner: { accountId: id, organisationId: null },
    organisationRole: null,
    isVerified: false,
    roles: [],
    hasSecondStep: false,
    ...more,
  });
  const inOrganisation = (id: string, organisationRole: OrganisationRole, isVerified = true) =>
    account(id, { owner: { accountId: id, organisationId: 'kiln' }, organisationRole, isVerified });
  const members: Record<string, LoadedMember> = {
    new: account('new'),
    verified: account('verified', { isVerified: true }),
    reviewer: account('reviewer', { roles: ['reviewer'] }),
    enrolled: account('enrolled', { isVerified: true, roles: ['reviewer'], hasSecondStep: true }),
    clerk: inOrganisation('clerk', 'CLERK'),
    manager: inOrganisation('manager', 'MANAGER'),
    founder: inOrganisation('founder', 'MANAGER', false),
  };
  let server: Server;
  let url: string;

  before(async () => {
    const app = express();
    app.use(requestLog(logger));
    app.use((req, _res, next) => {
      const accountId = req.get('X-Test-Account');
      const session = accountId
        ? {
            accountId,
            epoch: Number(req.get('X-Test-Epoch') ?? 0),
            loggedInAt: Date.now(),
            organisationId: req.get('X-Test-Organisation') ?? members[accountId]?.owner.organisationId,
          }
        : {};
      Object.assign(req, { session });
      next();
    });
    app.use(identifyMember(async (id) => members[id], { isStrict: false }));
    const answer = z.object({ ok: z.boolean() });
    const endpoints = Object.entries(accesses).flatMap(([name, access]) =>
      (['get', 'post'] as const).map((method) =>
        endpoint(operation({ method, path: `/${name}`, summary: name, access, answer }), async () => ({ ok: true })),
      ),
    );
    mountEndpoints(app, endpoints, createRateLimits());
    app.use(problems.handler(logger));
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    url = `http://127.0.0.1:${port}`;
  });
  after(() => server.close());

  async function codeFor(
    account: string | undefined,
    path: string,
    { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<string> {
    const by = account ? { 'X-Test-Account': account } : {};
    const answer = await fetch(`${url}/${path}`, { method, headers: { ...by, ...headers } });
    const { code = 'ok' } = z.object({ code: z.string().optional() }).parse(await answer.json());
    return code;
  }

  const table: [account: string | undefined, expected: Record<string, string>][] = [
    [undefined, { anyone: 'ok', member: 'unauthenticated', verified: 'unauthenticated', review: 'unauthenticated' }],
    ['unknown', { anyone: 'ok', member: 'unauthenticated', admin: 'unauthenticated' }],
    ['new', { anyone: 'ok', member: 'ok', verified: 'identity-required', review: 'forbidden', admin: 'forbidden' }],
    ['verified', { member: 'ok', verified: 'ok', manager: 'forbidden', review: 'forbidden', admin: 'forbidden' }],
    ['enrolled', { member: 'ok', verified: 'ok', review: 'second-step-required', admin: 'second-step-required' }],
    ['reviewer', { member: 'ok', verified: 'identity-required', review: 'ok', admin: 'forbidden' }],
    ['manager', { member: 'ok', verified: 'ok', manager: 'ok', review: 'forbidden' }],
    ['clerk', { member: 'ok', verified: 'ok', manager: 'forbidden', review: 'forbidden' }],
    ['founder', { member: 'ok', verified: 'identity-required', manager: 'identity-required' }],
  ];
  for (const [account, expected] of table) {
    it(`${account ?? 'nobody'} › ${Object.entries(expected).flat().join(' ')}`, async () => {
      for (const [path, code] of Object.entries(expected)) expect(await codeFor(account, path), path).to.equal(code);
    });
  }

  it('when the sessions of the account were ended › has no session', async () => {
    expect(await codeFor('reviewer', 'review', { headers: { 'X-Test-Epoch': '1' } })).to.equal('unauthenticated');
  });

  for (const [account, stated, code] of [
    ['verified', 'self', 'ok'],
    ['verified', 'kiln', 'acting-changed'],
    ['manager', 'kiln', 'ok'],
    ['manager', 'self', 'acting-changed'],
    ['manager', '', 'acting-changed'],
  ] as const)
    it(`X-Acting-For › when the page of ${account} acts for ${stated || 'nobody'} › answers ${code}`, async () => {
      const request = { method: 'POST', headers: { 'X-Acting-For': stated } };
      expect(await codeFor(account, 'member', request)).to.equal(code);
    });

  it('when the membership behind the session has ended › shows what is their own, and changes nothing', async () => {
    const headers = { 'X-Test-Organisation': 'kiln' };
    expect(await codeFor('verified', 'member', { headers })).to.equal('ok');
    expect(await codeFor('verified', 'verified', { method: 'POST', headers })).to.equal('acting-changed');
    expect(await codeFor('verified', 'anyone', { method: 'POST', headers })).to.equal('ok');
  });
});
