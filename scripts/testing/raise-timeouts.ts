// SPDX-License-Identifier: Apache-2.0
// Loaded before test files: a time-out ends a test that hangs. It never judges how fast a machine is, so a shorter one of a
// file is raised to this.
import Mocha from 'mocha';

export const TIMEOUT_MS = 600_000;

const { prototype } = Mocha.Runnable;
prototype.timeout = new Proxy(prototype.timeout, {
  apply: (set, runnable, [ms]) =>
    Reflect.apply(set, runnable, ms === undefined ? [] : [Math.max(Number(ms), TIMEOUT_MS)]),
});
