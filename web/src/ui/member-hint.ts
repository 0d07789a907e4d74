// SPDX-License-Identifier: Apache-2.0
// Whether somebody signed in on this device: the public pages then ask the portal, and trouble it for nobody else.
const KEY = 'inkseal-signed-in';

export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function noteSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that may not store: the public pages then offer to log in.
  }
}
