// SPDX-License-Identifier: Apache-2.0
// PostgreSQL arrays in the wire protocol's binary form: thousands of statements go in one parameter, unescaped.

const UUID_OID = 2950;
const TEXT_OID = 25;

export const uuidArray = (ids: readonly Uint8Array[]): Buffer => binaryArray(UUID_OID, ids);

/** `texts` are UTF-8. */
export const textArray = (texts: readonly Uint8Array[]): Buffer => binaryArray(TEXT_OID, texts);

// Dimensions (1), null flag (0), element type, length, lower bound (1); then each element behind its length.
function binaryArray(elementOid: number, elements: readonly Uint8Array[]): Buffer {
  const header = [1, 0, elementOid, elements.length, 1];
  const size = elements.reduce((total, element) => total + 4 + element.length, 4 * header.length);
  const array = Buffer.allocUnsafe(size);
  let offset = 0;
  for (const field of header) offset = array.writeInt32BE(field, offset);
  for (const element of elements) {
    offset = array.writeInt32BE(element.length, offset);
    array.set(element, offset);
    offset += element.length;
  }
  return array;
}
