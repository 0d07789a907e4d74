// SPDX-License-Identifier: Apache-2.0
// A time server on loopback (NTP, RFC 5905), whose clock and honesty tests set.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TO_UNIX_SECONDS = 2_208_988_800;
/** No leap second, version 4, mode of a server. */
const SYNCHRONISED = 0x24;

export interface TimeServerMood {
  /** How far its clock is ahead of ours. */
  aheadMs?: number;
  /** Leap indicator, version and mode, as the first byte has them. */
  first?: number;
  stratum?: number;
  /** Answers a question that nobody asked. */
  forges?: boolean;
  silent?: boolean;
}

export interface TestTimeServer {
  host: string;
  port: number;
  stop(): void;
}

export async function startTimeServer(mood: TimeServerMood): Promise<TestTimeServer> {
  const { aheadMs = 0, first = SYNCHRONISED, stratum = 2, forges = false, silent = false } = mood;
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (question, { port, address }) => {
    if (silent) return;
    const answer = Buffer.alloc(48);
    answer[0] = first;
    answer[1] = stratum;
    if (!forges) question.copy(answer, 24, 40, 48);
    for (const offset of [32, 40]) writeTime(answer, Date.now() + aheadMs, offset);
    socket.send(answer, port, address);
  });
  return { host: '127.0.0.1', port: socket.address().port, stop: () => socket.close() };
}

function writeTime(packet: Buffer, at: number, offset: number): void {
  packet.writeUInt32BE((Math.floor(at / 1_000) + TO_UNIX_SECONDS) % 2 ** 32, offset);
  packet.writeUInt32BE(Math.floor(((at % 1_000) / 1_000) * 2 ** 32), offset + 4);
}
