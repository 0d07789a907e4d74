// SPDX-License-Identifier: Apache-2.0
// Loads both services and runs one span, with the collector of COLLECTOR_URL if there is one. Prints what that loaded.
import { createTracer } from '@inkseal/service-kit';
import { pino } from 'pino';
import '../../ledger-service/src/compose.ts';
import '../../portal-api/src/compose.ts';

const url = process.env.COLLECTOR_URL;
const tracing = url ? { url, headers: {}, sampledShare: 1 } : undefined;
const tracer = createTracer({ service: 'test', tracing, logger: pino({ level: 'silent' }) });
await tracer.run({ name: 'test', kind: 'internal' }, async () => undefined);
await tracer.stop();
console.log(`SDK modules: ${Reflect.get(globalThis, 'openTelemetryModules')}`);
process.exit(0);
