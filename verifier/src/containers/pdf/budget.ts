// What reading one PDF may cost. A hostile file asks for the same bytes again and again, or for more than it holds.
import { ContainerError } from '../container-error.ts';

/** Bytes that are inflated or searched in all. */
const MAX_BYTES = 192 * 2 ** 20;
/** Objects that are read in all. */
const MAX_OBJECTS = 20_000;

export class Budget {
  #bytes = 0;
  #objects = 0;

  spendBytes(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > MAX_BYTES) throw tooLarge();
  }

  spendObject(): void {
    if (++this.#objects > MAX_OBJECTS) throw tooLarge();
  }
}

export const tooLarge = (): ContainerError =>
  new ContainerError('too-large', 'the certificate takes more to read than this program spends on it');
