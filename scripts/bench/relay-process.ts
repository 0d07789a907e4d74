// SPDX-License-Identifier: Apache-2.0
// A separate process in front of each node of a network, so that the bench's own work does not delay the answers.
// Arguments: `besu` or `plain`, then the nodes. Sends the addresses it listens on, and ends with its parent.
import { startBesuStub, startPlainRelay } from '../../test/support/besu-stub.ts';

const [kind, ...nodes] = process.argv.slice(2);
const faults = { refusesSenders: false, keptStates: 512 };
const start = (node: string) => (kind === 'besu' ? startBesuStub(node, faults) : startPlainRelay(node));

process.once('disconnect', () => process.exit(0));
process.send?.((await Promise.all(nodes.map(start))).map(({ url }) => url));
