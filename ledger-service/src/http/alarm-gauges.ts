// SPDX-License-Identifier: Apache-2.0
// The gauges that alerts watch.
import { Gauge, type Registry } from 'prom-client';

/** What somebody should be woken for; each is also a code of /readyz. */
export function alarmGauges(registers: Registry[]) {
  return {
    unproven: new Gauge({
      name: 'inkseal_ledger_unproven_batches',
      help: 'Mined batches in final blocks that could not be proven yet',
      registers,
    }),
    unprovenAge: new Gauge({
      name: 'inkseal_ledger_oldest_unproven_age_seconds',
      help: 'Time since proving the oldest of them failed first',
      registers,
    }),
    refused: new Gauge({
      name: 'inkseal_ledger_refused_keys',
      help: 'Keys whose oldest transaction every node refuses',
      registers,
    }),
    blockAge: new Gauge({
      name: 'inkseal_ledger_final_block_age_seconds',
      help: 'Time since the newest final block was first seen',
      registers,
    }),
    witnessAge: new Gauge({
      name: 'inkseal_ledger_oldest_missing_witness_age_seconds',
      help: 'Time since the oldest missing token of a time-stamping authority is wanted',
      registers,
    }),
    witnessExpiry: new Gauge({
      name: 'inkseal_ledger_witness_expiry_seconds',
      help: 'Time until the first certificate ends of a token that was not renewed',
      registers,
    }),
    burned: new Gauge({
      name: 'inkseal_ledger_burned_numbers',
      help: 'Numbers on the chain whose entries were lost in a restore, as the operator accepted',
      registers,
    }),
    stalled: new Gauge({
      name: 'inkseal_ledger_chain_stalled',
      help: '1 while the chain makes no final block although it should',
      registers,
    }),
  };
}
