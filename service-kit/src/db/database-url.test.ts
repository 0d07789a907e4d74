// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { parseDatabaseUrl } from './database-url.ts';

describe('parseDatabaseUrl', () => {
  it('when one host is named › answers the URL as it is', () => {
    const url = 'postgresql://u:p%40ss@db:5433/ledger?sslmode=disable';
    expect(parseDatabaseUrl(url)).to.deep.equal({ hosts: [url], mustWrite: false });
  });

  it('when several hosts are named › answers one URL for each, and wants the one that writes', () => {
    expect(parseDatabaseUrl('postgres://u:p@a:5432,[::1]:5433,c/db?target_session_attrs=read-write')).to.deep.equal({
      hosts: [
        'postgres://u:p@a:5432/db?target_session_attrs=read-write',
        'postgres://u:p@[::1]:5433/db?target_session_attrs=read-write',
        'postgres://u:p@c/db?target_session_attrs=read-write',
      ],
      mustWrite: true,
    });
    expect(parseDatabaseUrl('postgres://u@a,b/db')?.mustWrite).to.equal(true);
  });

  it('when one host must write › says so', () => {
    expect(parseDatabaseUrl('postgres://a/db?target_session_attrs=primary')?.mustWrite).to.equal(true);
  });

  for (const url of [
    'mysql://a/db',
    'postgres://a:1,b:x/db',
    'postgres://a,,b/db',
    'postgres://a,b/db?target_session_attrs=read-only',
    'no url',
  ])
    it(`when it is ${url} › answers undefined`, () => {
      expect(parseDatabaseUrl(url)).to.equal(undefined);
    });
});
