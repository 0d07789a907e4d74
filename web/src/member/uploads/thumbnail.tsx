// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import type { FileRow } from './file-row.ts';

const IMAGES = ['png', 'jpg', 'jpeg', 'gif'];
const MAX_LOCAL_BYTES = 30 * 1024 * 1024;

/** The portal's small picture, the file of this device, or the extension in words. */
export function Thumbnail({ row, address }: { row: FileRow; address: string | undefined }) {
  const extension = extensionOf(row.name);
  const isImage = IMAGES.includes(extension);
  const file = row.item?.file;
  const local = useLocalAddress(isImage && file && file.size <= MAX_LOCAL_BYTES ? file : undefined);
  const source = local ?? (isImage ? address : undefined);
  return <Picture source={source} extension={extension} />;
}

function useLocalAddress(file: File | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return file && address;
}
