// SPDX-License-Identifier: Apache-2.0
// The state of a page that verifies: what the visitor gave, what is under way, and what came out. The newest request wins, and
// files that were given while others are still being read join them.
import type { FileDigest } from '@inkseal/verifier';
import { useRef, useState } from 'react';
import type { MakeWorker, Progress } from './digest-file.ts';
import type { Taken } from './intake.ts';
import type { Given, LookupResult } from './look-up.ts';
import { LookupError } from './portal.ts';
import type { TroubleCode } from './texts/lookup.zh.ts';
import { type GivenTrust, type NamedBytes, NOTHING_GIVEN, refusalOf, withOne, withoutOne } from './trust.ts';
import type { Origin } from './verification.ts';

/** What is looked up; files and trust file are given beside it. */
export type Subject =
  | { readonly kind: 'number'; readonly number: string; readonly code: string | undefined }
  | { readonly kind: 'shared'; readonly token: string }
  | ({ readonly kind: 'proof'; readonly name: string; readonly size: number; readonly bytes: Uint8Array } & Origin)
  | ReceiptSubject
  | { readonly kind: 'file' };

export interface ReceiptSubject {
  readonly kind: 'receipt';
  readonly name: string;
  readonly size: number;
  readonly bytes: Uint8Array;
  /** A proof of its number, if one was given. */
  readonly proof?: Uint8Array;
}

export interface GivenFile {
  readonly file: File;
  readonly digest: FileDigest;
  readonly isEncrypted?: true;
}

export interface Trouble {
  readonly code: TroubleCode;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

export interface LookupState {
  readonly subject?: Subject;
  readonly files: readonly GivenFile[];
  /** The visitor's own. */
  readonly trusts: GivenTrust;
  readonly hashing?: { readonly name: string; readonly progress: Progress };
  readonly isAsking: boolean;
  readonly result?: LookupResult;
  readonly trouble?: Trouble;
}

export interface LookupOptions {
  readonly makeWorker: MakeWorker;
  /** How a subject is answered, with the portal's help or without any; nothing where more is needed first. */
  readonly run: (subject: Subject, given: Given) => Promise<LookupResult | undefined>;
  readonly troubleOf: (error: unknown) => Trouble;
}

export interface Lookup {
  readonly state: LookupState;
  look(subject: Subject): void;
  takeFiles(files: readonly File[]): void;
  removeTrust(given: NamedBytes): void;
  fail(code: TroubleCode): void;
  cancel(): void;
}

const EMPTY: LookupState = { files: [], trusts: NOTHING_GIVEN, isAsking: false };

export function useLookup(options: LookupOptions): Lookup {
  const [state, setState] = useState(EMPTY);
  const kept = useRef<LookupStore>(undefined);
  kept.current ??= createLookupStore(setState);
  const store = kept.current;

  const start = (work: (signal: AbortSignal) => Promise<void>) => {
    const signal = store.restart();
    work(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      store.change({ isAsking: false, trouble: options.troubleOf(error) }, 'hashing', 'result');
    });
  };
  const ask = async (signal: AbortSignal) => {
    const { subject, files } = store.state();
    const trusts = await signed(store.state().trusts);
    if (signal.aborted) return;
    store.change({ trusts });
    if (!subject) return;
    const refused = refusalOf(trusts);
    if (refused) {
      store.change({ isAsking: false, trouble: { code: refused } }, 'result');
      return;
    }
    store.change({ isAsking: true });
    const result = await options.run(subject, { files: files.map(({ digest }) => digest), trusts });
    if (signal.aborted) return;
    if (isNothing(result) && files.some(({ isEncrypted }) => isEncrypted)) {
      store.change({ isAsking: false, trouble: { code: 'encrypted' } });
      return;
    }
    store.change({ isAsking: false, ...(result && { result }) });
  };

  return {
    state,
    look: (subject) => {
      store.change({ subject }, 'result');
      start(ask);
    },
    takeFiles: (files) => {
      if (files.length === 0) return;
      const unread = store.unread();
      start(async (signal) => {
        await takeAll({ unread, files }, store, options.makeWorker, signal);
        await ask(signal);
      });
    },
    removeTrust: (given) => {
      store.change({ trusts: withoutOne(store.state().trusts, given) });
      start(ask);
    },
    fail: (code) => {
      store.restart();
      store.change({ isAsking: false, trouble: { code } }, 'result');
    },
    cancel: () => {
      store.restart();
      store.change({ isAsking: false });
    },
  };
}

/** What a file comes to that no certificate lists, or that no proof was given for. */
const isNothing = (result: LookupResult | undefined): boolean =>
  !result || (result.kind === 'matches' && result.matches.length === 0);

interface LookupStore {
  state(): LookupState;
  change(change: Partial<LookupState>, ...dropped: (keyof LookupState)[]): void;
  /** Ends what is under way, and gives the signal of what comes instead. */
  restart(): AbortSignal;
  /** What was given and is still being read. */
  unread(): readonly File[];
  reading(files: readonly File[]): void;
}

/** The newest state for work that outlives a rendering. */
function createLookupStore(show: (state: LookupState) => void): LookupStore {
  let state = EMPTY;
  let unread: readonly File[] = [];
  let controller = new AbortController();
  const change: LookupStore['change'] = (changed, ...dropped) => {
    const rest = { ...state };
    for (const name of dropped) delete rest[name];
    state = { ...rest, ...changed };
    show(state);
  };
  return {
    state: () => state,
    change,
    restart: () => {
      controller.abort(new DOMException('superseded by a newer look-up', 'AbortError'));
      controller = new AbortController();
      unread = [];
      change({}, 'trouble', 'hashing');
      return controller.signal;
    },
    unread: () => unread,
    reading: (files) => {
      unread = files;
    },
  };
}

interface Chosen {
  /** Given before, and not read to the end when `files` came. */
  readonly unread: readonly File[];
  readonly files: readonly File[];
}

/** Sorts files into proof, trust file and originals, and digests the originals: those of `files` replace earlier ones. */
async function takeAll({ unread, files }: Chosen, store: LookupStore, makeWorker: MakeWorker, signal: AbortSignal) {
  store.reading([...unread, ...files]);
  // Readers of packages and certificates are loaded when the first file comes.
  const [{ takeFile, isOfNumber }, { digestFile }] = await loaded(
    Promise.all([import('./intake.ts'), import('./digest-file.ts')]),
  );
  const subjectOf = (file: File, taken: TakenProof): Subject => {
    const { subject } = store.state();
    const named = { name: file.name, size: file.size };
    if (taken.kind === 'receipt') {
      const isProven = subject?.kind === 'proof' && isOfNumber(taken.bytes, subject.bytes);
      return { ...taken, ...named, ...(isProven && { proof: subject.bytes }) };
    }
    const isItsProof = subject?.kind === 'receipt' && isOfNumber(subject.bytes, taken.bytes);
    return isItsProof ? { ...subject, proof: taken.bytes } : { ...taken, ...named };
  };
  const sort = async (chosen: readonly File[]) => {
    const originals: Original[] = [];
    for (const file of chosen) {
      const taken = await takeFile(file);
      signal.throwIfAborted();
      if (taken.kind === 'proof' || taken.kind === 'receipt') store.change({ subject: subjectOf(file, taken) });
      else if (taken.kind === 'original') originals.push({ file, ...(taken.isEncrypted && { isEncrypted: true }) });
      else store.change({ trusts: withTaken(store.state().trusts, file.name, taken) });
    }
    return originals;
  };
  const earlier = await sort(unread);
  const newer = await sort(files);
  const originals = newer.length > 0 ? newer : earlier;
  store.reading(originals.map(({ file }) => file));
  const given: GivenFile[] = [];
  for (const original of originals) {
    const { file } = original;
    const onProgress = (progress: Progress) => {
      if (!signal.aborted) store.change({ hashing: { name: file.name, progress } });
    };
    given.push({ ...original, digest: await digestFile(file, { makeWorker, onProgress, signal }) });
  }
  store.reading([]);
  if (given.length === 0) return;
  store.change({ files: given }, 'hashing');
  if (!store.state().subject) store.change({ subject: { kind: 'file' } });
}

type Original = Omit<GivenFile, 'digest'>;
type TakenProof = Extract<Taken, { bytes: Uint8Array; kind: 'proof' | 'receipt' }>;
type TakenTrust = Extract<Taken, { bytes: Uint8Array; kind: 'trust' | 'signature' | 'key' }>;

function withTaken(given: GivenTrust, name: string, taken: TakenTrust): GivenTrust {
  const { bytes } = taken;
  if (taken.kind === 'trust') return { ...given, files: withOne(given.files, { name, bytes }) };
  if (taken.kind === 'signature') return { ...given, signatures: withOne(given.signatures, { name, bytes }) };
  return { ...given, keys: withOne(given.keys, { name, bytes, fingerprint: taken.fingerprint }) };
}

/** With who signed each file, as far as there is anything to tell it by. */
async function signed(given: GivenTrust): Promise<GivenTrust> {
  if (given.signatures.length + given.keys.length === 0) {
    return { ...given, files: given.files.map(({ name, bytes }) => ({ name, bytes })) };
  }
  const { withSignings } = await loaded(import('./signing.ts'));
  return withSignings(given);
}

/** Scripts come from the site, which may be out of reach by now. */
function loaded<T>(script: Promise<T>): Promise<T> {
  return script.catch(() => {
    throw new LookupError('offline');
  });
}
