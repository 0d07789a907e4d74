// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';

/** A small picture, or the extension in words where there is none. */
export function Picture({ source, extension = '' }: { source: string | undefined; extension?: string }) {
  const [failed, setFailed] = useState<string>();
  if (source && failed !== source) {
    return <img className="thumb" src={source} alt="" loading="lazy" onError={() => setFailed(source)} />;
  }
  return <span className="thumb thumb-text">{extension.toUpperCase()}</span>;
}
