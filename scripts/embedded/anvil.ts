// SPDX-License-Identifier: Apache-2.0
// The anvil program that npm ships, and its JSON-RPC.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';

const RPC_WITHIN_MS = 60_000;

/** The program itself: npm's `anvil` command is a wrapper that a kill would separate from the real process. */
export function findAnvil(): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const name = `@foundry-rs/anvil-${platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  try {
    const manifest = fileURLToPath(import.meta.resolve(`${name}/package.json`));
    return path.join(path.dirname(manifest), 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
  } catch {
    throw new Failure(`there is no embedded chain for this platform (${name}): set CHAIN_RPC_URL`);
  }
}

const answerSchema = z.object({ result: z.unknown(), error: z.object({ message: z.string() }).optional() });

/** Calls one JSON-RPC method; the node's own error becomes the error's message. */
export async function callRpc(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(RPC_WITHIN_MS),
  });
  const answer = answerSchema.parse(await response.json());
  if (answer.error) throw new Failure(`${method}: ${answer.error.message}`);
  return answer.result;
}
