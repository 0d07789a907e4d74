import { expect } from 'chai';
import { type Arguments, readArguments } from './arguments.ts';
import { InputError } from './input-error.ts';

function read(...args: string[]): Arguments {
  const asked = readArguments(args, 'en');
  if ('help' in asked) throw new RangeError('help was asked for');
  return asked;
}

describe('the arguments of inkseal-verify', () => {
  for (const [text, seconds] of [
    ['1s', 1],
    ['90s', 90],
    ['1m', 60],
    ['15m', 900],
    ['1h', 3_600],
    ['24h', 86_400],
    ['1d', 86_400],
    ['30d', 2_592_000],
    ['0s', 0],
    ['999999999s', 999_999_999],
  ] as const)
    it(`when --max-status-age is ${text} › is ${seconds} seconds`, () => {
      expect(read('a.json', '--max-status-age', text).maxStatusAgeSeconds).to.equal(seconds);
    });

  for (const text of ['1', 'h', '1 h', '1.5h', '-1h', '1H', '1w', '1h30m', '1000000000s', ''])
    it(`when --max-status-age is ${JSON.stringify(text)} › is refused`, () => {
      expect(() => read('a.json', `--max-status-age=${text}`))
        .to.throw(InputError)
        .with.property('code', 'no-duration');
    });

  it('when --file or --trust is given several times › keeps all, in the order given', () => {
    expect(read('a.json', '--trust', 'b', '--trust=c').trust).to.deep.equal(['b', 'c']);
    expect(read('a.json', '--trust-key', 'b', '--trust-key=c').trustKeys).to.deep.equal(['b', 'c']);
    expect(read('a.json', '--file', 'b', '--file=c', '--file', 'b').files).to.deep.equal(['b', 'c', 'b']);
  });

  it('when several proofs are given › keeps all, and refuses originals for them', () => {
    expect(read('a.json', 'b.zip').proofs).to.deep.equal(['a.json', 'b.zip']);
    expect(() => read('a.json', 'b.zip', '--file', 'c'))
      .to.throw(InputError)
      .with.property('code', 'files-of-several');
  });

  for (const name of ['rpc', 'max-status-age', 'lang'])
    it(`when --${name} is given twice › is refused by its name`, () => {
      expect(() => read('a.json', `--${name}=zh`, `--${name}=zh`))
        .to.throw(InputError)
        .which.includes({ code: 'option-repeated', subject: `--${name}` });
    });

  it('when nothing but a proof is given › asks for nothing else', () => {
    const nothing = { files: [], trust: [], trustKeys: [], isJson: false, language: 'en' };
    expect(read('a.json')).to.deep.equal({ proofs: ['a.json'], ...nothing });
  });
});
