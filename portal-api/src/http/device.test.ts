// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import type { Request } from 'express';
import { coarseAddress, deviceOf } from './device.ts';

const deviceWith = (agent: string) => {
  // Only what deviceOf reads.
  const { browser, system } = deviceOf({ get: () => agent, ip: '203.0.113.7' } as unknown as Request);
  return `${browser} ${system}`;
};

describe('deviceOf', () => {
  const agents: [agent: string, device: string][] = [
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36', 'CHROME WINDOWS'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0', 'EDGE WINDOWS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'SAFARI IOS'],
    ['Mozilla/5.0 (Linux; Android 15) Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0', 'WECHAT ANDROID'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'FIREFOX LINUX'],
    ['curl/8', 'OTHER OTHER'],
  ];
  for (const [agent, device] of agents) {
    it(`when the browser calls itself ${agent.slice(0, 40)}… › is ${device}`, () => {
      expect(deviceWith(agent)).to.equal(device);
    });
  }
});

describe('coarseAddress', () => {
  it('when the address is whole › keeps its first half and no more', () => {
    expect(coarseAddress('203.0.113.7')).to.equal('203.0.*.*');
    expect(coarseAddress('::ffff:203.0.113.7')).to.equal('203.0.*.*');
    expect(coarseAddress('2001:db8:85a3::8a2e:370:7334')).to.equal('2001:db8::*');
    expect(coarseAddress('::1')).to.equal('0:0::*');
    expect(coarseAddress('unknown')).to.equal('');
  });
});
