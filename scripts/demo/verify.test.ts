// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { vector } from '../../verifier/vectors/support/command.ts';
import { FILE_CONTENT } from '../../verifier/vectors/support/world.ts';
import { verify } from './verify.ts';

describe('how the demo verifies', () => {
  const { proof, trustArgs } = vector('good/file');
  const trust = trustArgs.at(-1) ?? '';
  const file = path.join(temporaryFolder(), 'work.txt');

  it('when its file is the one on record › finds the proof and the file right', async () => {
    writeFileSync(file, FILE_CONTENT);
    expect((await verify(proof, { file, trust })).verdict).to.equal('verified');
  });

  it('when its file is another one › finds that it does not match', async () => {
    writeFileSync(file, 'another work');
    expect((await verify(proof, { file, trust })).verdict).to.equal('not-verified');
  });
});
