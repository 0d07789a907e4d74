// Why no proof could be taken out of a container. It says nothing about the proof itself.
export const CONTAINER_CODES = [
  'unreadable',
  'no-proof',
  'several-proofs',
  'encrypted',
  'too-large',
  'unknown-packing',
] as const;
export type ContainerCode = (typeof CONTAINER_CODES)[number];

export class ContainerError extends Error {
  override readonly name = 'ContainerError';
  readonly code: ContainerCode;

  constructor(code: ContainerCode, detail: string, options: ErrorOptions = {}) {
    super(detail, options);
    this.code = code;
  }
}
