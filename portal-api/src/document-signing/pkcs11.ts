// SPDX-License-Identifier: Apache-2.0
// One key of a device, reached through the module that its maker gives (PKCS #11 v2.40): hardware, or a service on the network.
import { createRequire } from 'node:module';
import { StartError } from '../errors.ts';

type Handle = Buffer;

/** What is used here of pkcs11js, which has no types on a machine without it. */
interface Cryptoki {
  load(file: string): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { label: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: { type: number; value: number | string }[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_SignInit(session: Handle, mechanism: { mechanism: number; parameter: null }, key: Handle): void;
  C_SignAsync(session: Handle, data: Buffer, room: Buffer): Promise<Buffer>;
}

const CKF_SERIAL_SESSION = 0x4;
const CKU_USER = 1;
const CKA_CLASS = 0x0;
const CKA_LABEL = 0x3;
const CKO_PRIVATE_KEY = 0x3;
const CKR_ALREADY = { initialized: 0x191, loggedIn: 0x100 };
/** CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_EXPIRED, CKR_PIN_LOCKED. */
const CKR_PIN: readonly unknown[] = [0xa0, 0xa1, 0xa2, 0xa3, 0xa4];
/** ECDSA takes a digest and answers r and s; RSA takes the data (PKCS #11 Mechanisms v2.40, 2.3.6 and 2.1.14). */
const MECHANISM = { ES256: 0x1041, RS256: 0x40 };
/** A signature of the longest RSA key that devices have, 16,384 bits. */
const ROOM_BYTES = 2_048;

export interface KeyInDevice {
  module: string;
  /** CKA_LABEL of token and key. */
  token: string;
  key: string;
  pin: string;
}

/** A device counts wrong tries, and locks itself: nobody tries again by itself. */
export class PinRefused extends Error {}

export interface Device {
  /** One at a time, for a session knows one operation. What fails opens the device anew the next time. */
  sign(data: Uint8Array, algorithm: keyof typeof MECHANISM): Promise<Buffer>;
}

/** Throws StartError `signer-unusable`. The device is opened by its first signature, which may throw PinRefused. */
export function deviceOf({ module: file, token, key, pin }: KeyInDevice): Device {
  const cryptoki = loadModule(file);
  let opened: { session: Handle; key: Handle } | undefined;
  let isPinWrong = false;
  let last: Promise<unknown> = Promise.resolve();
  const open = () => {
    if (isPinWrong) throw new PinRefused('the PIN was wrong before');
    startAnew(cryptoki);
    const slot = cryptoki.C_GetSlotList(true).find((each) => cryptoki.C_GetTokenInfo(each).label.trim() === token);
    if (!slot) throw new RangeError(`no token ${token}`);
    const session = cryptoki.C_OpenSession(slot, CKF_SERIAL_SESSION);
    try {
      unlessAlready(CKR_ALREADY.loggedIn, () => cryptoki.C_Login(session, CKU_USER, pin));
    } catch (error) {
      isPinWrong = CKR_PIN.includes(resultOf(error));
      throw isPinWrong ? new PinRefused('the device refuses the PIN', { cause: error }) : error;
    }
    return { session, key: keyIn(cryptoki, session, key) };
  };
  const signNow = async (data: Uint8Array, algorithm: keyof typeof MECHANISM) => {
    try {
      opened ??= open();
      cryptoki.C_SignInit(opened.session, { mechanism: MECHANISM[algorithm], parameter: null }, opened.key);
      return await cryptoki.C_SignAsync(opened.session, Buffer.from(data), Buffer.alloc(ROOM_BYTES));
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  return {
    sign(data, algorithm) {
      const signature = last.then(() => signNow(data, algorithm));
      last = signature.catch(() => undefined);
      return signature;
    },
  };
}

function loadModule(file: string): Cryptoki {
  let library: { PKCS11: new () => Cryptoki };
  try {
    library = createRequire(import.meta.url)('pkcs11js');
  } catch (cause) {
    const how = 'the package pkcs11js is not installed: run npm install --no-save pkcs11js@2.1.7';
    throw new StartError('signer-unusable', how, cause);
  }
  const cryptoki = new library.PKCS11();
  try {
    cryptoki.load(file);
  } catch (cause) {
    throw new StartError('signer-unusable', `${file} is not a PKCS #11 module of this machine`, cause);
  }
  return cryptoki;
}

/** Sessions do not outlive a device that was away. */
function startAnew(cryptoki: Cryptoki): void {
  try {
    cryptoki.C_Finalize();
  } catch {
    // It was not begun.
  }
  unlessAlready(CKR_ALREADY.initialized, () => cryptoki.C_Initialize());
}

function keyIn(cryptoki: Cryptoki, session: Handle, label: string): Handle {
  const template = [
    { type: CKA_CLASS, value: CKO_PRIVATE_KEY },
    { type: CKA_LABEL, value: label },
  ];
  cryptoki.C_FindObjectsInit(session, template);
  try {
    const [key, ...more] = cryptoki.C_FindObjects(session, 2);
    if (!key || more.length > 0) throw new RangeError(`not exactly one private key ${label}`);
    return key;
  } finally {
    cryptoki.C_FindObjectsFinal(session);
  }
}

function unlessAlready(result: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (resultOf(error) !== result) throw error;
  }
}

const resultOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
