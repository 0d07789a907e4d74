// SPDX-License-Identifier: Apache-2.0
// Runs one span as a service does, with the collector of COLLECTOR_URL if there is one, and prints what that loaded.
import { createTracer } from '@inkseal/service-kit';
import { pino } from 'pino';

const url = process.env.COLLECTOR_URL;
const tracing = url ? { url, headers: {}, sampledShare: 1 } : undefined;
const tracer = createTracer({ service: 'test', tracing, logger: pino({ level: 'silent' }) });
await tracer.run({ name: 'test', kind: 'internal' }, async () => undefined);
await tracer.stop();
console.log(`OpenTelemetry modules: ${Reflect.get(globalThis, 'openTelemetryModules')}`);
process.exit(0);
