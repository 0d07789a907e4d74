// SPDX-License-Identifier: Apache-2.0
// A time server on loopback (NTP, RFC 5905), whose clock tests set.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TO_UNIX_SECONDS = 2_208_988_800;
const SERVER = { synchronised: 0x24, unsynchronised: 0xe4 };

export interface TestTimeServer {
  host: string;
  port: number;
  /** How it behaves from now on; `forges` answers a question that nobody asked. */
  mood: { aheadMs: number } | 'unsynchronised' | 'refuses' | 'forges' | 'silent';
  stop(): void;
}

export async function startTimeServer(mood: TestTimeServer['mood']): Promise<TestTimeServer> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const server: TestTimeServer = { host: '127.0.0.1', port: socket.address().port, mood, stop: () => socket.close() };
  socket.on('message', (question, { port, address }) => {
    if (server.mood === 'silent') return;
    const answer = Buffer.alloc(48);
    answer[0] = server.mood === 'unsynchronised' ? SERVER.unsynchronised : SERVER.synchronised;
    answer[1] = server.mood === 'refuses' ? 0 : 2;
    if (server.mood !== 'forges') question.copy(answer, 24, 40, 48);
    const at = Date.now() + (typeof server.mood === 'object' ? server.mood.aheadMs : 0);
    for (const offset of [32, 40]) writeTime(answer, at, offset);
    socket.send(answer, port, address);
  });
  return server;
}

function writeTime(packet: Buffer, at: number, offset: number): void {
  packet.writeUInt32BE((Math.floor(at / 1_000) + TO_UNIX_SECONDS) % 2 ** 32, offset);
  packet.writeUInt32BE(Math.floor(((at % 1_000) / 1_000) * 2 ** 32), offset + 4);
}
