// SPDX-License-Identifier: Apache-2.0
// Verifies what the demo got, as a stranger would: with the command-line verifier, in its own process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { callRpc } from '../embedded/anvil.ts';
import { Failure } from '../processes/failure.ts';

const CLI = path.resolve(import.meta.dirname, '..', '..', 'verifier', 'cli', 'main.ts');

const reportSchema = z.looseObject({ verdict: z.enum(['verified', 'consistent', 'not-verified']) });

export type Report = z.output<typeof reportSchema>;

export async function verify(bundle: string, options: { file?: string; trust: string; rpc?: string }): Promise<Report> {
  const { file, trust, rpc } = options;
  const given = [...(file === undefined ? [] : ['--file', file]), ...(rpc === undefined ? [] : ['--rpc', rpc])];
  const args = ['--json', '--trust', trust, ...given];
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, CLI, bundle, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  const parsed = reportSchema.safeParse(output === '' ? undefined : JSON.parse(output));
  if (!parsed.success) throw new Failure('the verifier printed no report');
  return parsed.data;
}

/** The address of the chain's node, if one answers where the settings say. */
export async function nodeOf(environment: Readonly<Record<string, string | undefined>>, chainPort: number) {
  const [url = `http://127.0.0.1:${chainPort}`] = (environment.CHAIN_RPC_URL ?? '').split(',').filter(Boolean);
  return callRpc(url, 'eth_chainId', []).then(
    () => url,
    () => undefined,
  );
}
