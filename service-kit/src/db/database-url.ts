// SPDX-License-Identifier: Apache-2.0
// PostgreSQL URLs with one or several hosts, as libpq reads them and `pg` alone cannot:
// postgres://user:password@host1:5432,host2:5433/name?target_session_attrs=read-write

export interface DatabaseUrl {
  /** One ordinary URL per host, in the order in which they are written. */
  readonly hosts: readonly [string, ...string[]];
  /** Whether a server that refuses to write must be passed over: always with several hosts. */
  readonly mustWrite: boolean;
}

/** Both services write, so a server that only reads is of no use to them. */
const WRITING = ['read-write', 'primary'];
const PARTS = /^(postgres(?:ql)?:\/\/)((?:[^/?#]*@)?)([^/?#]*)(.*)$/s;

/** Undefined for anything that is not such a URL. No error repeats it: it may hold a password. */
export function parseDatabaseUrl(text: string): DatabaseUrl | undefined {
  const [, scheme, user = '', hosts = '', rest = ''] = PARTS.exec(text) ?? [];
  if (scheme === undefined) return undefined;
  const [first = '', ...others] = hosts.split(',').map((host) => `${scheme}${user}${host}${rest}`);
  const urls: DatabaseUrl['hosts'] = [first, ...others];
  if (!urls.every((url) => URL.canParse(url))) return undefined;
  if (others.length > 0 && hosts.split(',').includes('')) return undefined;
  const wanted = new URL(first).searchParams.get('target_session_attrs');
  if (wanted !== null && !WRITING.includes(wanted)) return undefined;
  return { hosts: urls, mustWrite: others.length > 0 || wanted !== null };
}
