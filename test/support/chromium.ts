// SPDX-License-Identifier: Apache-2.0
// A real browser, where this machine has one: named by CHROMIUM_BIN, or found on PATH. Debian's shell without a window comes first:
// the whole browser draws a toolbar of its own beside each page, for nobody.
import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './programs.ts';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const findChromium = (): string | undefined => findProgram('CHROMIUM_BIN', ...NAMES);

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium: set CHROMIUM_BIN');
  return chromium.launch({
    executablePath,
    // Root, as in a container, has no sandbox to give.
    chromiumSandbox: process.getuid?.() !== 0,
    // Where no locale is set, Chromium finds no file whose name is not ASCII.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
}
