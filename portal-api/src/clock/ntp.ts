// SPDX-License-Identifier: Apache-2.0
// Asks a time server once (SNTP, RFC 4330 and RFC 5905 §8). Own code: the packages for it are unkept, or take an answer that
// belongs to no question of theirs.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

const PACKET_BYTES = 48;
/** Version 4, client. */
const ASK = 0x23;
const SERVER_MODE = 4;
const UNSYNCHRONISED = 3;
/** Where the packet has which time. */
const RECEIVED_AT = 32;
const SENT_AT = 40;
const ORIGINATED_AT = 24;
/** From 1900-01-01 to 1970-01-01. Era 0 ends in 2036: later times begin again at 0. */
const TO_UNIX_SECONDS = 2_208_988_800;
const ERA_SECONDS = 2 ** 32;
const ERA_0_FROM = 2 ** 31;

export interface TimeServer {
  host: string;
  port: number;
}

export interface TimeAnswer {
  /** The server's time minus ours; half of `roundTripMs` is the most by which a slow way can falsify it. */
  offsetMs: number;
  roundTripMs: number;
}

/** Throws when the server does not answer in time, or says that it does not know the time itself. */
export function askTime({ host, port }: TimeServer, { withinMs }: { withinMs: number }): Promise<TimeAnswer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.removeAllListeners('message').close();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error('no answer'))), withinMs);
    // Whoever does not see the question cannot answer it: our "time" in it is random.
    const question = Buffer.alloc(PACKET_BYTES);
    question[0] = ASK;
    randomBytes(8).copy(question, SENT_AT);
    let askedAt = 0;
    socket.once('error', (error) => end(() => reject(error)));
    socket.on('message', (answer) => {
      const cameAt = Date.now();
      if (!isAnswerTo(question, answer)) return;
      const [received, sent] = [timeAt(answer, RECEIVED_AT), timeAt(answer, SENT_AT)];
      const offsetMs = (received - askedAt + (sent - cameAt)) / 2;
      const roundTripMs = cameAt - askedAt - (sent - received);
      end(() => (isInSync(answer) ? resolve({ offsetMs, roundTripMs }) : reject(new Error('not synchronised itself'))));
    });
    socket.connect(port, host, () => {
      askedAt = Date.now();
      socket.send(question);
    });
  });
}

const isAnswerTo = (question: Buffer, answer: Buffer): boolean =>
  answer.length >= PACKET_BYTES &&
  ((answer[0] ?? 0) & 7) === SERVER_MODE &&
  answer.subarray(ORIGINATED_AT, ORIGINATED_AT + 8).equals(question.subarray(SENT_AT));

/** Stratum 0 is a refusal ("kiss of death"), 16 and more is unsynchronised. */
function isInSync(answer: Buffer): boolean {
  const stratum = answer[1] ?? 0;
  return (answer[0] ?? 0) >> 6 !== UNSYNCHRONISED && stratum >= 1 && stratum <= 15;
}

/** Unix milliseconds with their fraction. */
function timeAt(packet: Buffer, offset: number): number {
  const seconds = packet.readUInt32BE(offset);
  const era = seconds < ERA_0_FROM ? ERA_SECONDS : 0;
  return (seconds + era - TO_UNIX_SECONDS + packet.readUInt32BE(offset + 4) / ERA_SECONDS) * 1_000;
}
