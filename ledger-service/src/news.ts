// SPDX-License-Identifier: Apache-2.0
// What to log when the same thing is found at every tick: the change, once.

export interface News {
  /** True when `text` is not what was said of `subject` last. */
  isNew(subject: string, text: string): boolean;
  /** Nothing more is said of it; true when something was. */
  isOver(subject: string): boolean;
}

export function createNews(): News {
  const said = new Map<string, string>();
  return {
    isNew(subject, text) {
      if (said.get(subject) === text) return false;
      said.set(subject, text);
      return true;
    },
    isOver: (subject) => said.delete(subject),
  };
}
