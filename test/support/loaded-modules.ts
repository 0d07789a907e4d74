// SPDX-License-Identifier: Apache-2.0
// Imported before a program: counts the modules of OpenTelemetry that it loads, for `globalThis.openTelemetryModules`.
import { registerHooks } from 'node:module';

const loaded = new Set<string>();

Object.defineProperty(globalThis, 'openTelemetryModules', { get: () => loaded.size });

registerHooks({
  load(url, context, next) {
    if (url.includes('/@opentelemetry/')) loaded.add(url);
    return next(url, context);
  },
});
