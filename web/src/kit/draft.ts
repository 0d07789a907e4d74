// SPDX-License-Identifier: Apache-2.0
// Nothing typed is lost: each change is kept on this device at once, and at the portal a moment later. What is private
// is kept at the portal alone: whoever uses the device next could read it here.
import { useCallback, useEffect, useRef, useState } from 'react';
import { actingParty } from '../api/acting.ts';
import { type ApiError, toApiError } from '../api/api-error.ts';

const SAVE_AFTER_MS = 2_500;
/** What this device keeps no copy of has to be at the portal soon. */
const SAVE_PRIVATE_AFTER_MS = 600;
/** What was begun for one party is not shown to another. */
const keyOf = (key: string) => {
  const party = actingParty();
  return `inkseal-draft:${party === 'self' ? '' : `${party}:`}${key}`;
};

export interface Draft<T> {
  values: T;
  /** Of the record at the portal, once there is one. */
  id?: string;
}

export function readDraft<T>(key: string): Draft<T> | undefined {
  try {
    const stored = localStorage.getItem(keyOf(key));
    return stored === null ? undefined : (JSON.parse(stored) as Draft<T>); // written below, by this site
  } catch {
    return undefined;
  }
}

export function forgetDraft(key: string): void {
  localStorage.removeItem(keyOf(key));
}

function keepDraft<T>(key: string, draft: Draft<T>): void {
  try {
    localStorage.setItem(keyOf(key), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the portal's copy has to do.
  }
}

export interface Autosave {
  savedAt: Date | undefined;
  error: ApiError | undefined;
  /** Waits for a save that is under way, and saves no more. */
  stop(): Promise<void>;
  restart(): void;
}

/** `save` is undefined where the portal keeps no drafts of this record. */
export function useAutosave<T>({
  key,
  values,
  id,
  save,
  isPrivate = false,
}: {
  key: string;
  values: T;
  id: string | undefined;
  save: ((values: T) => Promise<unknown>) | undefined;
  isPrivate?: boolean;
}): Autosave {
  const first = useRef(values);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const isStopped = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsent = useRef<T>(undefined);
  const newest = useRef(save);
  newest.current = save;
  const [savedAt, setSavedAt] = useState<Date>();
  const [error, setError] = useState<ApiError>();
  const send = useCallback(async (draft: T) => {
    await saving.current;
    if (isStopped.current || !newest.current) return;
    unsent.current = undefined;
    const sent = newest.current(draft);
    saving.current = sent.catch(() => undefined);
    await sent.then(
      () => {
        setSavedAt(new Date());
        setError(undefined);
      },
      (thrown: unknown) => setError(toApiError(thrown)),
    );
  }, []);
  useEffect(() => {
    if (values === first.current || isStopped.current) return undefined;
    if (!isPrivate) keepDraft(key, { values, ...(id !== undefined && { id }) });
    unsent.current = values;
    timer.current = setTimeout(() => void send(values), isPrivate ? SAVE_PRIVATE_AFTER_MS : SAVE_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [key, values, id, send, isPrivate]);
  useEffect(() => {
    if (!isPrivate) return undefined;
    return () => void (unsent.current && send(unsent.current));
  }, [isPrivate, send]);
  return {
    savedAt,
    error,
    async stop() {
      isStopped.current = true;
      // Whoever stops it saves by themselves: a save that was due would come after that one, as another version.
      clearTimeout(timer.current);
      await saving.current;
    },
    restart() {
      isStopped.current = false;
    },
  };
}
