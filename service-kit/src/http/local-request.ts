// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const LEFT_BY_PROXIES = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

/** Whether somebody on this machine asks us directly. A proxy on this machine also connects from loopback, on behalf of
 *  whoever asks it: it leaves its marks in the headers, hands on the name of the site, or speaks HTTP/1.0 as nginx does
 *  unless told otherwise. A proxy that does none of these cannot be told apart: a token is for that. */
export function isLocalRequest({ socket, headers, httpVersionMinor }: IncomingMessage): boolean {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (!LOOPBACK_HOST.test(headers.host ?? '') || httpVersionMinor === 0) return false;
  return !Object.keys(headers).some((name) => LEFT_BY_PROXIES.test(name));
}
