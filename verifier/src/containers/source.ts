// A file that is read in parts, whatever holds it.
export interface ByteSource {
  readonly size: number;
  /** Bytes from an offset on; fewer where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
