// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, requestLog } from '@inkseal/service-kit';
import { expect } from 'chai';
import express from 'express';
import { z } from 'zod';
import { endpoint, mountEndpoints } from './endpoint.ts';
import { type Access, identifyMember, type LoadedMember } from './members.ts';
import { operation } from './operation.ts';
import { problems } from './problems.ts';
import { createRateLimits } from './rate-limits.ts';

const logger = createLogger({ service: 'portal', level: 'silent' });

describe('access', () => {
  const accesses: Record<string, Access> = {
    anyone: 'anyone',
    member: 'member',
    verified: 'verified',
    review: { staff: ['reviewer', 'senior-reviewer'] },
    admin: { staff: ['admin'] },
  };
  const members: Record<string, LoadedMember> = {
    new: { id: 'new', sessionEpoch: 0, isVerified: false, roles: [], hasSecondStep: false },
    verified: { id: 'verified', sessionEpoch: 0, isVerified: true, roles: [], hasSecondStep: false },
    reviewer: { id: 'reviewer', sessionEpoch: 0, isVerified: false, roles: ['reviewer'], hasSecondStep: false },
    enrolled: { id: 'enrolled', sessionEpoch: 0, isVerified: true, roles: ['reviewer'], hasSecondStep: true },
  };
  let server: Server;
  let url: string;

  before(async () => {
    const app = express();
    app.use(requestLog(logger));
    app.use((req, _res, next) => {
      const accountId = req.get('X-Test-Account');
      const session = accountId
        ? { accountId, epoch: Number(req.get('X-Test-Epoch') ?? 0), loggedInAt: Date.now() }
        : {};
      Object.assign(req, { session });
      next();
    });
    app.use(identifyMember(async (id) => members[id], { isStrict: false }));
    const endpoints = Object.entries(accesses).map(([name, access]) =>
      endpoint(
        operation({ method: 'get', path: `/${name}`, summary: name, access, answer: z.object({ ok: z.boolean() }) }),
        async () => ({ ok: true }),
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

  async function codeFor(account: string | undefined, path: string, epoch = 0): Promise<string> {
    const headers = account ? { 'X-Test-Account': account, 'X-Test-Epoch': String(epoch) } : undefined;
    const answer = await fetch(`${url}/${path}`, headers ? { headers } : {});
    const { code = 'ok' } = z.object({ code: z.string().optional() }).parse(await answer.json());
    return code;
  }

  const table: [account: string | undefined, expected: Record<string, string>][] = [
    [undefined, { anyone: 'ok', member: 'unauthenticated', verified: 'unauthenticated', review: 'unauthenticated' }],
    ['unknown', { anyone: 'ok', member: 'unauthenticated', admin: 'unauthenticated' }],
    ['new', { anyone: 'ok', member: 'ok', verified: 'identity-required', review: 'forbidden', admin: 'forbidden' }],
    ['verified', { member: 'ok', verified: 'ok', review: 'forbidden', admin: 'forbidden' }],
    ['enrolled', { member: 'ok', verified: 'ok', review: 'second-step-required', admin: 'second-step-required' }],
    ['reviewer', { member: 'ok', verified: 'identity-required', review: 'ok', admin: 'forbidden' }],
  ];
  for (const [account, expected] of table) {
    it(`${account ?? 'nobody'} › ${Object.entries(expected).flat().join(' ')}`, async () => {
      for (const [path, code] of Object.entries(expected)) expect(await codeFor(account, path), path).to.equal(code);
    });
  }

  it('when the sessions of the account were ended › has no session', async () => {
    expect(await codeFor('reviewer', 'review', 1)).to.equal('unauthenticated');
  });
});
