// SPDX-License-Identifier: Apache-2.0
// The fonts that certificates are set in, in the order in which a character is looked for: those we ship, the
// operator's, and a few of the machine's that are known to draw rare Chinese characters right.
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../errors.ts';
import { type Font, openFont, readCoverage } from './coverage.ts';
import { graphemesOf } from './graphemes.ts';

export interface Fonts {
  /** The first font that shows the grapheme, if there is one. */
  fontOf(grapheme: string): Font | undefined;
  /** Each grapheme of the text that no font shows, once. Spaces count as shown. */
  unprintable(text: string): string[];
  files: readonly string[];
}

/** Certificates are set in the first one, which Chinese text seldom leaves. */
const SHIPPED = [
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-serif-tibetan/400Regular/NotoSerifTibetan_400Regular.ttf',
];

/** Looked at one by one. Any other font of a machine may draw boxes, or nothing, for what it claims to have. */
const KNOWN = ['HanaMinA.ttf', 'HanaMinB.ttf', 'TW-Sung-Ext-B-98_1.ttf'];

/** A user without an entry in the machine's list, as in a container, has no home. */
export function machineFontFolders(home: () => string = homedir): string[] {
  const shared = ['/usr/share/fonts', '/usr/local/share/fonts', '/Library/Fonts'];
  try {
    return [...shared, ...['.local/share/fonts', '.fonts', 'Library/Fonts'].map((folder) => path.join(home(), folder))];
  } catch {
    return shared;
  }
}

/** Graphemes whose font is remembered. */
const MOST_KNOWN = 50_000;
const FONT_FILE = /\.(ttf|otf)$/i;

/**
 * `folder` is the operator's. Throws `font-folder-unusable` when it, or a font in it, cannot be read. Fonts are read
 * when a text first needs them.
 */
export function openFonts({
  folder,
  machineFolders = machineFontFolders(),
}: {
  folder?: string | undefined;
  machineFolders?: readonly string[];
} = {}): Fonts {
  const fonts = [
    ...SHIPPED.map((file) => openFont(fileURLToPath(import.meta.resolve(file)))),
    ...(folder === undefined ? [] : operatorFonts(folder)),
    ...knownFonts(machineFolders).map(openFont),
  ];
  const known = new Map<string, Font | undefined>();
  const fontOf = (grapheme: string) => {
    if (known.size > MOST_KNOWN) known.clear();
    if (!known.has(grapheme))
      known.set(
        grapheme,
        fonts.find((font) => font.shows(grapheme)),
      );
    return known.get(grapheme);
  };
  return {
    fontOf,
    unprintable(text) {
      const signs = graphemesOf(text.normalize('NFC')).filter((sign) => !/^\s+$/u.test(sign));
      return [...new Set(signs.filter((sign) => !fontOf(sign)))];
    },
    files: fonts.map(({ file }) => file),
  };
}

function operatorFonts(folder: string): Font[] {
  try {
    const files = readdirSync(folder).filter((name) => FONT_FILE.test(name));
    return files.toSorted().map((name) => {
      const file = path.join(folder, name);
      readCoverage(file);
      return openFont(file);
    });
  } catch (cause) {
    throw new StartError(
      'font-folder-unusable',
      `FONT_DIR ${folder} cannot be read, or holds a file that is not a font`,
      cause,
    );
  }
}

/** In the order of the list, each file once. */
function knownFonts(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => filesIn(folder));
  return KNOWN.flatMap((name) => files.find((file) => path.basename(file) === name) ?? []);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  } catch {
    // A folder that is not there, or not ours to read, has no fonts for us.
    return [];
  }
}
