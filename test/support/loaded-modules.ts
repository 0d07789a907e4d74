// SPDX-License-Identifier: Apache-2.0
// Imported before a program: counts the modules of OpenTelemetry's SDK that it loads, for `globalThis.openTelemetryModules`.
// prom-client loads its API in any case.
import { registerHooks } from 'node:module';

const loaded = new Set<string>();

Object.defineProperty(globalThis, 'openTelemetryModules', { get: () => loaded.size });

registerHooks({
  load(url, context, next) {
    if (/\/@opentelemetry\/(?!api\/)/.test(url)) loaded.add(url);
    return next(url, context);
  },
});
