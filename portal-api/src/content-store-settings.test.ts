// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSettings } from '@inkseal/service-kit';
import { expect } from 'chai';
import { z } from 'zod';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { contentPlaceOf, contentStoreSettings } from './content-store-settings.ts';

const placeOf = (environment: Record<string, string>) =>
  contentPlaceOf(readSettings(z.object(contentStoreSettings), environment));

describe('contentPlaceOf', () => {
  const file = path.join(temporaryFolder(), 's3.json');
  writeFileSync(file, JSON.stringify({ accessKeyId: 'id', secretAccessKey: 'secret-value' }));
  const s3 = { S3_BUCKET: 'b', S3_CREDENTIALS_FILE: file };

  it('when nothing is named › is the disk', () => {
    expect(placeOf({})).to.deep.equal({ kind: 'disk' });
  });

  it('when Kubo nodes are named › pins on two of them, or on all that there are', () => {
    const [a, b, c] = ['http://a:5001', 'http://b:5001', 'https://c'];
    expect(placeOf({ KUBO_RPC_URL: a })).to.deep.equal({ kind: 'kubo', rpcUrls: [a], copies: 1 });
    const all = `${a}, ${b},${c}`;
    expect(placeOf({ KUBO_RPC_URL: all })).to.deep.equal({ kind: 'kubo', rpcUrls: [a, b, c], copies: 2 });
    expect(placeOf({ KUBO_RPC_URL: all, KUBO_COPIES: '3' })).to.include({ copies: 3 });
  });

  it('when a bucket is named › is that one, with the key of the file', () => {
    expect(placeOf({ ...s3, S3_ENDPOINT: 'https://s3.example' })).to.deep.equal({
      kind: 's3',
      bucket: 'b',
      region: 'us-east-1',
      endpoint: 'https://s3.example',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret-value' },
    });
  });

  for (const [what, environment, words] of [
    ['both are named', { ...s3, KUBO_RPC_URL: 'http://a:5001' }, 'one of them'],
    ['a node has no address', { KUBO_RPC_URL: 'http://a:5001,' }, 'KUBO_RPC_URL'],
    ['a node is named twice', { KUBO_RPC_URL: 'http://a,http://a' }, 'twice'],
    ['the bucket has no key', { S3_BUCKET: 'b' }, 'S3_CREDENTIALS_FILE'],
    ['content would leave in clear over http', { ...s3, S3_ENDPOINT: 'http://s3.example' }, 'https'],
  ] as const)
    it(`when ${what} › refuses the start`, () => {
      expect(() => placeOf(environment)).to.throw(words);
    });

  it('when the file holds something else › names what is wrong, and no value', () => {
    const other = path.join(temporaryFolder(), 's3.json');
    writeFileSync(other, JSON.stringify({ accessKeyId: 'id', secret: 'secret-value' }));
    const read = () => placeOf({ ...s3, S3_CREDENTIALS_FILE: other });
    expect(read).to.throw('secretAccessKey');
    expect(read).to.not.throw(/secret-value/);
  });
});
