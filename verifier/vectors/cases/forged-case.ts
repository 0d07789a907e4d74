// One forgery, tried under the honest world's trust file.
import type { Bundle, CheckCode, CheckName } from '../../src/index.ts';
import type { Case } from '../support/case.ts';
import { makeTrust, type World } from '../support/world.ts';

type Failures = Partial<Record<CheckName, CheckCode>>;

export function forged(name: string, about: string, honest: World, file: Bundle, failed: Failures): Case {
  return { name: `forged/${name}`, about, file, trust: makeTrust(honest), verdict: 'not-verified', failed };
}
