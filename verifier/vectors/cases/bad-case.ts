// One case that fails: an honest world, and what was changed in its bundle.
import type { Bundle, CheckCode, CheckName, TrustedNetwork } from '../../src/index.ts';
import type { Case } from '../support/case.ts';
import type { World, WorldSpec } from '../support/world.ts';
import { verified } from './good.ts';

export type Failures = Partial<Record<CheckName, CheckCode>>;

export function bad(
  name: string,
  about: string,
  [world, file]: [World, Bundle],
  failed: Failures,
  more: Partial<Case> = {},
): Case {
  return verified(`bad/${name}`, about, world, { file, verdict: 'not-verified', failed, ...more });
}

export const noChange = (world: World): [World, Bundle] => [world, world.bundle];

export const items = (...seals: (Uint8Array | undefined)[]): Uint8Array[] => seals.flatMap((seal) => seal ?? []);

export function set(fromBlock: string, validators: WorldSpec['validators']): TrustedNetwork['validatorSets'][number] {
  return { fromBlock, validators: validators.map(({ address }) => ({ address })) };
}
