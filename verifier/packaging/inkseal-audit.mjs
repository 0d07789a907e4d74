#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The audit command of the installed package. Ends as the audit ends: 0, 1 or 2. An error that nothing catches decides
// nothing, so it ends with 2; Node's own exit code for it, 1, would read as "faults found".
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(2);
});

const REQUIRED_MAJOR = 20;

if (Number(process.versions.node.split('.')[0]) < REQUIRED_MAJOR) {
  console.error(`inkseal-audit: this is Node ${process.versions.node}; Node ${REQUIRED_MAJOR} or later is needed`);
  process.exitCode = 2;
} else {
  await import('../lib/audit.js');
}
