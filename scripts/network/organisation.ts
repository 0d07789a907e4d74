// SPDX-License-Identifier: Apache-2.0
// An organisation of the network with its validator, as it is given on the command line.
import { computeAddress, hexlify, randomBytes, SigningKey } from 'ethers';
import { Failure } from '../processes/failure.ts';

export interface Organisation {
  name: string;
  /** Of its validator. */
  address: string;
  enode: string;
  /** Only where this program made it. */
  privateKey?: string;
}

const ENODE = /^enode:\/\/([0-9a-f]{128})@([\w.:[\]-]+:\d{1,5})$/;
const PLACE = /^[\w.:[\]-]+:\d{1,5}$/;

/** `<name>=<enode>`, and for a pilot `<name>=<address>:<port>`. */
export function parseOrganisation(text: string, { isPilot }: { isPilot: boolean }): Organisation {
  const [, name = '', where = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (isPilot && name && PLACE.test(where)) return made(name, where);
  const [, publicKey] = ENODE.exec(where) ?? [];
  if (isPilot || !name || !publicKey)
    throw new Failure(
      `"${text}" is not <name>=${isPilot ? '<address>:<port>' : 'enode://<public key>@<address>:<port>'}`,
    );
  try {
    return { name, enode: where, address: computeAddress(`0x04${publicKey}`).toLowerCase() };
  } catch {
    throw new Failure(`the public key of ${name} is none`);
  }
}

function made(name: string, place: string): Organisation {
  const privateKey = hexlify(randomBytes(32));
  // An enode names the uncompressed public key without its 0x04 prefix.
  const publicKey = SigningKey.computePublicKey(privateKey).slice(4);
  const enode = `enode://${publicKey}@${place}`;
  return { name, enode, address: computeAddress(privateKey).toLowerCase(), privateKey };
}
