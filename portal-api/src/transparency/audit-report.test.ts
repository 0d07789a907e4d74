// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { auditOf } from '../../../verifier/vectors/support/audits.ts';
import { makeRegistryChain } from '../../../verifier/vectors/support/registry-chain.ts';
import { DomainError } from '../errors.ts';
import { parseFields } from '../http/validation.ts';
import { auditReportSchema } from './audit-report.schema.ts';
import { isOfRegistry } from './audit-reports.ts';

/** What is wrong with it, as `field code`. */
function faultsOf(report: unknown): string[] {
  try {
    parseFields(auditReportSchema, report);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.map(({ field, code }) => `${field} ${code}`);
  }
}

describe('auditReportSchema', () => {
  const chain = makeRegistryChain({ counts: [2, 1] });
  const unreadable = { 'a.proof.json': Buffer.from('no proof'), 'b.proof.json': Buffer.from('no proof') };

  it('when the verifier wrote it › takes it: sound, faulty, in full and of a sample', async () => {
    for (const report of [
      await auditOf(chain),
      await auditOf(chain, unreadable),
      await auditOf(chain, unreadable, { sample: { size: 1, seed: '' } }),
    ])
      expect(faultsOf(JSON.parse(JSON.stringify(report)))).to.deep.equal([]);
  });

  it('when its parts do not agree, or it is of tomorrow › names the field', async () => {
    const sound = await auditOf(chain);
    const faulty = await auditOf(chain, unreadable);
    const [listed] = faulty.listed;
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    for (const [report, fault] of [
      [{ ...sound, verdict: 'faulty', exitCode: 1 }, 'verdict malformed'],
      [{ ...faulty, verdict: 'sound', exitCode: 0 }, 'verdict malformed'],
      [{ ...faulty, exitCode: 0 }, 'exitCode malformed'],
      [{ ...faulty, listed: [listed] }, 'listed malformed'],
      [{ ...faulty, listed: [listed, { ...listed, code: 'entry-missing' }] }, 'listed malformed'],
      [{ ...faulty, listed: [listed, listed, listed] }, 'listed malformed'],
      [{ ...faulty, counts: { 'item-unreadable': 1, 'entry-missing': 1 } }, 'listed malformed'],
      [{ ...sound, run: { ...sound.run, endedAt: tomorrow } }, 'run.endedAt out-of-range'],
      [{ ...sound, run: { ...sound.run, startedAt: tomorrow } }, 'run.startedAt out-of-range'],
      [{ ...sound, sample: { size: 1, seed: 'a\u202eb' } }, 'sample.seed malformed'],
      [{ ...sound, signature: 'x' }, 'signature unknown'],
      [{ ...sound, tally: { works: 1 } }, 'tally.works unknown'],
      [{ ...sound, mediaType: 'application/vnd.inkseal.audit+json;v=2' }, 'mediaType not-an-option'],
    ] as const)
      expect(faultsOf(report), JSON.stringify(fault)).to.include(fault);
  });

  it('when more faults were found than are listed › takes the thousand that are', async () => {
    const faulty = await auditOf(chain, unreadable);
    const many = { ...faulty, counts: { 'item-unreadable': 5_000 } };
    const listed = Array.from({ length: 1_000 }, () => faulty.listed[0]);
    expect(faultsOf({ ...many, listed })).to.deep.equal([]);
    expect(faultsOf({ ...many, listed: listed.slice(1) })).to.deep.equal(['listed malformed']);
  });
});

describe('isOfRegistry', () => {
  it('when the trust file names it for its chain, and has not retired it › is ours', () => {
    const { trust } = makeRegistryChain({ counts: [1] });
    const [network] = trust.networks;
    const [registry] = network?.registries ?? [];
    if (!network || !registry) throw new RangeError('no registry');
    const named = { chainId: network.chainId, contract: registry.address };
    const retired = { ...network, registries: [{ ...registry, throughNumber: '1' }] };
    expect(isOfRegistry(trust, named)).to.equal(true);
    expect(isOfRegistry(trust, { ...named, chainId: `${named.chainId}1` })).to.equal(false);
    expect(isOfRegistry(trust, { ...named, contract: `0x${'1'.repeat(40)}` })).to.equal(false);
    expect(isOfRegistry({ ...trust, networks: [retired] }, named)).to.equal(false);
  });
});
