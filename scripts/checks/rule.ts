// SPDX-License-Identifier: Apache-2.0
// A rule of the house, as a program: it answers with what breaks it, and with nothing when nothing does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Rule {
  name: string;
  run(root: string): Promise<string[]>;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

const NOT_OURS = /(^|\/)(node_modules|\.git|generated|data|cache|build|dist|artifact|coverage)(\/|$)|\.gen\.ts$/;

/** Our own files that match, generated ones left out. */
export function filesOf(root: string, pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: root, exclude: (name) => NOT_OURS.test(name) })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !NOT_OURS.test(name))
    .sort()
    .map((name) => ({ path: name, text: readFileSync(path.join(root, name), 'utf8') }));
}

/** Lines that match, as `file:line: text`. */
export function linesMatching(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    file.text
      .split('\n')
      .map((line, index) => ({ line, at: `${file.path}:${index + 1}` }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, at }) => `${at}: ${line.trim().slice(0, 120)}`),
  );
}

/** A rule that another program knows: what it prints is the problem when it fails. */
export function programRule(name: string, script: string, args: string[], lastLines = 60): Rule {
  return {
    name,
    run: async (root) => {
      const child = spawn(process.execPath, [path.join(root, script), ...args], {
        cwd: root,
        env: { ...process.env, NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text) => (output += text));
      const [code] = await once(child, 'close');
      return code === 0 ? [] : [`exit code ${code}`, ...output.trim().split('\n').slice(-lastLines)];
    },
  };
}
