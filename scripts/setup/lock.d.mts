export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}
export function withLock<T>(file: string, reason: string, work: () => T | Promise<T>): Promise<T>;
export function tryLock(file: string): ProcessIdentity | undefined;
export function identify(pid: number): ProcessIdentity;
export function isAlive(identity: ProcessIdentity): boolean;
