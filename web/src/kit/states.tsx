// SPDX-License-Identifier: Apache-2.0
// What a part of a page shows while it has nothing: grey bars after a moment, an error in place, or a way to begin.
import { Button } from 'antd';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { toApiError } from '../api/api-error.ts';
import { ErrorList } from './error-list.tsx';
import { useKitText } from './i18n.ts';

const BARS_AFTER_MS = 300;
const WORDS_AFTER_MS = 3_000;

export function Loading({ rows = 4 }: { rows?: number }) {
  const text = useKitText();
  const [stage, setStage] = useState<'quiet' | 'bars' | 'words'>('quiet');
  useEffect(() => {
    const bars = setTimeout(() => setStage('bars'), BARS_AFTER_MS);
    const words = setTimeout(() => setStage('words'), WORDS_AFTER_MS);
    return () => {
      clearTimeout(bars);
      clearTimeout(words);
    };
  }, []);
  return (
    <div className="loading" role="status" aria-label={text.loading}>
      {stage !== 'quiet' &&
        Array.from({ length: rows }, (_, row) => row).map((row) => <div key={row} className="bone" />)}
      {stage === 'words' && <p>{text.loadingLong}</p>}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const text = useKitText();
  return (
    <div className="stack">
      <ErrorList error={toApiError(error)} />
      {onRetry && (
        <div>
          <Button onClick={() => void onRetry()}>{text.retry}</Button>
        </div>
      )}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>{title}</p>
      {children}
    </div>
  );
}

/** A query's data, or what stands in its place. */
export function Loaded<T>({
  query,
  children,
}: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} onRetry={query.refetch} />;
  return <Loading />;
}

export function OfflineBar() {
  const text = useKitText();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return <div role="status">{!isOnline && <div className="offline-bar">{text.offline}</div>}</div>;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
