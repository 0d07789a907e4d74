// SPDX-License-Identifier: Apache-2.0
// Several trust files side by side, on the site and in the page on disk: the verdict under each, and where they differ.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { publishTrustFile } from '../../scripts/trust/sign.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Certified, certifiedWork } from './certified.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const CONSISTENT = '记录自洽，区块链未独立核验';
const REFUSED = '未通过验证';

describe('several trust files', function () {
  this.timeout(90_000);
  let good: Certified;
  let page: Page | undefined;

  before(async () => {
    good = await certifiedWork();
  });
  afterEach(async function () {
    if (!page) return;
    const opened = page;
    page = undefined;
    if (this.currentTest?.state === 'failed') await keepPicture(opened, this.currentTest.title);
    const found = [faultsOf(opened), await scrollsSideways(opened)];
    await opened.context().close();
    expect(found).to.deep.equal([[], false]);
  });

  const open = async (address: string, width: Width) => {
    page = await openPage(address, width);
    return page;
  };
  const verdict = (visitor: Page, title: string) =>
    visitor.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

  it('when several trust files are chosen › says the verdict under each and where they differ, also on paper', async () => {
    const { system } = await stand();
    const html = await (await fetch(`${system.url}/verify.html`)).text();
    const [ours, other] = await twoTrustFiles();
    const visitor = await open('/', 390);
    await visitor.goto('about:blank');
    await visitor.context().setOffline(true);
    await visitor.goto(`file://${fileOf('verify.html', html)}`);
    await visitor.getByLabel('信任文件', { exact: true }).first().setInputFiles([ours, other]);
    await visitor.getByRole('button', { name: '移除 other.json' }).waitFor();
    await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.bundle);
    await verdict(visitor, REFUSED);
    const trust = visitor.getByRole('region', { name: '信任文件' });
    await trust.getByRole('listitem').filter({ hasText: 'trust.json' }).getByText(CONSISTENT).waitFor();
    await trust.getByRole('listitem').filter({ hasText: 'other.json' }).getByText(REFUSED).waitFor();
    await trust.getByText(/codeHash/).waitFor();
    await keepPicture(visitor, 'trust-files-390');
    await visitor.emulateMedia({ media: 'print' });
    await trust.getByText('各信任文件不一致').waitFor();
    expect(await trust.getByRole('button', { name: '移除 other.json' }).isVisible()).to.equal(false);
    await keepPicture(visitor, 'trust-files-print');
    await visitor.emulateMedia({ media: 'screen' });
    await trust.getByRole('button', { name: '移除 other.json' }).press('Enter');
    await verdict(visitor, CONSISTENT);
    await trust.getByRole('button', { name: '移除' }).waitFor();
  });

  it('when trust files are added to a look-up by keyboard › the worst counts until it is removed', async () => {
    const [ours, other] = await twoTrustFiles();
    const visitor = await open(`/v/${good.number}`, 1440);
    await verdict(visitor, CONSISTENT);
    // Asked for only when the key is pressed, the window of files would sometimes open before it can be caught.
    visitor.on('filechooser', () => {});
    const choose = async (name: string, file: string) => {
      await visitor.getByLabel(name).focus();
      const chooser = visitor.waitForEvent('filechooser');
      await visitor.keyboard.press('Space');
      await (await chooser).setFiles(file);
    };
    await choose('换成我自己的', ours);
    await visitor.getByText('您自己的信任文件', { exact: true }).waitFor();
    await choose('再添加信任文件、签名或公钥', other);
    await verdict(visitor, REFUSED);
    await keepPicture(visitor, 'trust-files-1440');
    await visitor.getByRole('button', { name: '移除 other.json' }).click();
    await verdict(visitor, CONSISTENT);
    await visitor.getByRole('button', { name: '移除 trust.json' }).click();
    await visitor.getByText('本站提供的信任文件', { exact: true }).waitFor();
  });

  for (const width of [1440, 390] as const) {
    it(`when each organisation signed its own, ${width} px › shows who signed which, and refuses what the keys did not sign`, async () => {
      const { system } = await stand();
      const trust = readFileSync(await system.trustFile());
      const court = published(trust, '济南版权中心');
      const library = published(trust, '省图书馆');
      const html = await (await fetch(`${system.url}/verify.html`)).text();
      const visitor = await open('/', width);
      await visitor.goto('about:blank');
      await visitor.context().setOffline(true);
      await visitor.goto(`file://${fileOf('verify.html', html)}`);
      const box = visitor.getByLabel('信任文件', { exact: true }).first();
      await box.setInputFiles([court, library].flatMap(({ file, signature, key }) => [file, signature, key]));
      await visitor.getByText('文件自称：省图书馆').waitFor();
      await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.bundle);
      await verdict(visitor, CONSISTENT);
      const region = visitor.getByRole('region', { name: '信任文件' });
      const ofLibrary = region.getByRole('listitem').filter({ hasText: '文件自称：省图书馆' });
      await ofLibrary.getByText('签名有效，签署者公钥：trust-key.pem').waitFor();
      expect((await ofLibrary.innerText()).replaceAll(/\s/g, '')).to.include(library.fingerprint);
      await region.getByText('各信任文件对判断所依据的内容一致').waitFor();
      await keepPicture(visitor, `signed-trust-files-${width}`);
      // Another's words under a name that is known.
      await box.setInputFiles(fileOf('trust.json', readFileSync(court.file, 'utf8').replace('济南', '南京')));
      await verdict(visitor, UNDECIDED);
      await visitor.getByText('有信任文件不是由您给出的公钥签署的').waitFor();
      await visitor.getByRole('listitem').filter({ hasText: '文件自称：南京版权中心' }).getByText('没有签名').waitFor();
      await keepPicture(visitor, `unsigned-trust-file-${width}`);
      await visitor.getByRole('button', { name: 'English' }).click();
      await visitor.getByText('A trust file is not signed by any of the keys you provided').waitFor();
      await keepPicture(visitor, `unsigned-trust-file-en-${width}`);
      const forged = visitor.getByRole('listitem').filter({ hasText: 'Calls itself: 南京版权中心' });
      await forged.getByRole('button', { name: 'Remove trust.json' }).press('Enter');
      await visitor
        .getByRole('heading', { level: 1, name: 'Consistent record, blockchain not independently verified' })
        .waitFor();
    });
  }

  it('when a key is given to a look-up › requires its signature, by keyboard', async () => {
    const { system } = await stand();
    const court = published(readFileSync(await system.trustFile()), '济南版权中心');
    const visitor = await open(`/v/${good.number}`, 1440);
    await verdict(visitor, CONSISTENT);
    const box = visitor.getByLabel('文件或证书 PDF');
    await box.setInputFiles(court.key);
    await verdict(visitor, UNDECIDED);
    await visitor.getByText('只有公钥，没有信任文件').waitFor();
    await box.setInputFiles(court.file);
    await visitor.getByText('有信任文件不是由您给出的公钥签署的').waitFor();
    await box.setInputFiles(court.signature);
    await verdict(visitor, CONSISTENT);
    const region = visitor.getByRole('region', { name: '信任文件' });
    await region.getByText('签名有效，签署者公钥：trust-key.pem').waitFor();
    await keepPicture(visitor, 'signed-trust-lookup-1440');
    await region.getByRole('button', { name: '移除 trust-key.pem' }).press('Enter');
    await region.getByText('有签名，但没有给出公钥').waitFor();
    await verdict(visitor, CONSISTENT);
    await box.setInputFiles(fileOf('secret.pem', '-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n'));
    await visitor.getByText('这个文件不是 PEM 格式的 Ed25519 公钥').waitFor();
  });
});

const UNDECIDED = '无法判定';

/** What an organisation publishes with `npm run trust -- --sign`; all of them call the files alike. */
function published(trust: Buffer, name: string) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const folder = temporaryFolder();
  const keyFile = fileOf(`${name}-key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const own = Buffer.from(JSON.stringify({ ...JSON.parse(trust.toString()), name }, null, 2));
  const { files, fingerprint } = publishTrustFile(own, { keyFile, folder });
  const [file = '', signature = '', key = ''] = files;
  return { file, signature, key, fingerprint };
}

/** The ledger's, and one that says the contract has another code. */
async function twoTrustFiles(): Promise<[ours: string, other: string]> {
  const ours = await (await stand()).system.trustFile();
  const code = /"codeHash": ?"0x[0-9a-f]{64}"/g;
  const changed = readFileSync(ours, 'utf8').replaceAll(code, `"codeHash":"0x${'5'.repeat(64)}"`);
  return [ours, fileOf('other.json', changed)];
}
