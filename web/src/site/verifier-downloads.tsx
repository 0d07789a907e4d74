// SPDX-License-Identifier: Apache-2.0
// Where to get a verifier that needs nothing of ours, with the digests to compare. The command names the downloaded
// file: the bare name of the package belongs to nobody, and a registry could give anyone's program for it.
import { useText } from '../i18n/language.ts';
import { siteTexts } from './frame.tsx';

const FILES = [
  { name: 'verify.html', text: 'onePage' },
  { name: __VERIFIER_PACKAGE__, text: 'commandLine' },
] as const;
const GUIDES = { zh: '/court-guide.html', en: '/court-guide.en.html' };
const COMMANDS = [`npm install --offline ./${__VERIFIER_PACKAGE__}`, 'npx --no inkseal-verify --help'];

export function VerifierDownloads() {
  const text = useText(siteTexts).downloads;
  const guide = useText(GUIDES);
  return (
    <section className="downloads" aria-labelledby="downloads">
      <h2 id="downloads">{text.title}</h2>
      <ul>
        {FILES.map((file) => (
          <li key={file.name}>
            {text[file.text]}{' '}
            <a href={`/${file.name}`} download={file.name}>
              {file.name}
            </a>{' '}
            (<a href={`/${file.name}.sha256`}>SHA-256</a>)
          </li>
        ))}
      </ul>
      <p>{text.install}</p>
      <pre>{COMMANDS.join('\n')}</pre>
      <p>
        <a href={guide}>{text.guide}</a>
      </p>
    </section>
  );
}
