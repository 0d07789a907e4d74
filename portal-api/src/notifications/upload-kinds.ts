// SPDX-License-Identifier: Apache-2.0
// Messages about files that a member sent.
import { z } from 'zod';
import { kind } from './kind.ts';

export const uploadKinds = {
  'file-quarantined': kind({
    group: 'decisions',
    channels: ['mail'],
    data: z.object({ name: z.string(), finding: z.string() }),
    isOfParty: false,
    pathOf: () => '/member/works',
    texts: {
      zh: ({ name, finding }) => ({
        title: `文件“${name}”未通过查毒`,
        body: `在文件中发现恶意程序（${finding}）。文件已隔离，不能使用，也不能下载。请检查您的设备，换一份干净的文件重新上传；如认为是误报，请联系客服。`,
      }),
      en: ({ name, finding }) => ({
        title: `Malware was found in the file “${name}”`,
        body: `The scanner found ${finding}. The file is in quarantine: it cannot be used or downloaded. Check your device and upload a clean copy. If you believe this is a false alarm, contact support.`,
      }),
    },
  }),
};
