// SPDX-License-Identifier: Apache-2.0
// What a number alone shows to anybody, taken from its proof bundle: no section, no name, no file.
import {
  type Bundle,
  decodeRevocation,
  fromHex,
  LAYOUT_V1,
  parseHeader,
  revocationSlot,
  verifyAccountProof,
  verifyStorageProof,
} from '@inkseal/verifier';
import { z } from 'zod';

export const publicRecordSchema = z.object({
  kind: z.enum(['attestation', 'registration', 'submission', 'audit-head']),
  receivedAt: z.string(),
  manifestSha256: z.string(),
  registry: z.object({ chainId: z.string(), contract: z.string() }),
  anchor: z.object({
    transaction: z.string().nullable(),
    block: z.string().nullable(),
    blockHash: z.string().nullable(),
    time: z.string(),
    root: z.string(),
    batch: z.string(),
    index: z.int(),
    count: z.int(),
  }),
});

export type PublicRecord = z.output<typeof publicRecordSchema>;

export function publicRecordOf({ statement, inclusion, anchor, hints = {} }: Bundle): PublicRecord {
  const header = parseHeader(fromHex(anchor.headerRlp));
  const { root, id, anchoredAt } = anchor.batch;
  // The proof may stand on a later block, when the node no longer had the state of the anchor's own.
  const isAnchorBlock = String(header.timestamp) === anchoredAt;
  return {
    kind: statement.kind,
    receivedAt: statement.receivedAt,
    manifestSha256: statement.sha256,
    registry: { chainId: statement.registry.chainId, contract: statement.registry.contract },
    anchor: {
      transaction: hints.transaction ?? null,
      block: isAnchorBlock ? String(header.number) : null,
      blockHash: hints.anchorBlockHash ?? null,
      time: new Date(Number(anchoredAt) * 1_000).toISOString(),
      root,
      batch: id,
      index: inclusion.index,
      count: inclusion.count,
    },
  };
}

/** What the status part of a bundle holds; throws when its proof does not hold, null when the number is not revoked. */
export function revocationIn({ status, statement }: Bundle): { at: string; reason: string } | null {
  if (!status) return null;
  const { stateRoot } = parseHeader(fromHex(status.headerRlp));
  const address = fromHex(statement.registry.contract);
  const { storageRoot } = verifyAccountProof({ stateRoot, address, nodes: status.accountProof.map(fromHex) });
  const slot = revocationSlot(BigInt(statement.number), fromHex(LAYOUT_V1.revocationsSlot));
  const found = decodeRevocation(verifyStorageProof({ storageRoot, slot, nodes: status.storageProof.map(fromHex) }));
  if (!found) return null;
  return { at: new Date(Number(found.revokedAt) * 1_000).toISOString(), reason: found.name ?? String(found.reason) };
}
