// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { bigNumber, databaseUrl, readSettings, serverSettings, tracingOf, urlOf, wholeNumber } from './settings.ts';

const schema = z.object({
  PORT: wholeNumber(1, 65_535).prefault('80'),
  FIRST: bigNumber(1n, 2n ** 62n).prefault('1'),
  URL: urlOf('https:').optional(),
  DATABASE: databaseUrl.optional(),
});

describe('readSettings', () => {
  it('when a variable is empty › counts it as not set', () => {
    expect(readSettings(schema, { PORT: '', URL: '' })).to.deep.equal({ PORT: 80, FIRST: 1n });
  });

  it('when several are wrong › names all of them, and no value', () => {
    const wrong = { PORT: '65536', FIRST: '0', URL: 'http://secret.example', DATABASE: 'mysql://u:hunter2@h/d' };
    const read = () => readSettings(schema, wrong);
    expect(read).to.throw(StartError, 'PORT, FIRST, URL, DATABASE');
    expect(read).to.not.throw(/secret|hunter2|65536/);
  });

  for (const [text, isRight] of [
    ['1', true],
    ['65535', true],
    ['0', false],
    ['65536', false],
    ['1.5', false],
    ['-1', false],
    ['1e3', false],
    [' 1', false],
  ] as const)
    it(`when a whole number is ${JSON.stringify(text)} › ${isRight ? 'takes' : 'refuses'} it`, () => {
      const read = () => readSettings(schema, { PORT: text });
      if (isRight) expect(read().PORT).to.equal(Number(text));
      else expect(read).to.throw(StartError);
    });
});

describe('tracingOf', () => {
  const read = (given: Record<string, string>) => tracingOf(readSettings(z.object(serverSettings), given));
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'https://collector.example';

  it('when a collector is set › takes its headers, percent-encoded, and all traces unless a share is given', () => {
    const headers = 'authorization=Bearer%20a%2Cb=, x-team=one';
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: headers })).to.deep.equal({
      url: OTEL_EXPORTER_OTLP_ENDPOINT,
      headers: { authorization: 'Bearer a,b=', 'x-team': 'one' },
      sampledShare: 1,
    });
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '0.25' })?.sampledShare).to.equal(0.25);
    expect(read({ OTEL_EXPORTER_OTLP_HEADERS: headers }), 'no collector').to.equal(undefined);
  });

  for (const [name, text] of [
    ['OTEL_EXPORTER_OTLP_HEADERS', 'hunter2'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'token=hunter2,'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'token=hunter2%'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'token=hunter2%0d%0ax-other: 1'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a token=hunter2'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.1'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://hunter2'],
  ] as const)
    it(`when ${name} is ${JSON.stringify(text)} › refuses it, and does not repeat it`, () => {
      expect(() => read({ [name]: text }))
        .to.throw(StartError, name)
        .with.property('message')
        .not.include('hunter2');
    });
});
