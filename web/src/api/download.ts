// SPDX-License-Identifier: Apache-2.0
import { errorOf, toApiError } from './api-error.ts';
import { API, csrfToken } from './client.ts';
import { signInAgain } from './session-gate.ts';

/**
 * Fetches a file and hands it to the browser to save; throws ApiError instead of showing a page of JSON. With a `body` it is
 * asked for by POST.
 */
export async function download(address: string, body?: object): Promise<void> {
  let response = await reach(address, body);
  if (response.status === 401) {
    await signInAgain();
    response = await reach(address, body);
  }
  if (!response.ok) throw await errorOf(response);
  saveAs(await response.blob(), nameIn(response.headers.get('Content-Disposition') ?? ''));
}

/** The name that the answer gives, the one in UTF-8 first. */
export function nameIn(disposition: string): string {
  const utf8 = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (utf8) return decodeURIComponent(utf8);
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? 'download';
}

/** Hands a file to the browser to save. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser reads it after the click was answered.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function reach(address: string, body: object | undefined): Promise<Response> {
  try {
    return await fetch(API + address, { credentials: 'same-origin', ...(body && (await posted(body))) });
  } catch (error) {
    throw toApiError(error);
  }
}

async function posted(body: object): Promise<RequestInit> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': await csrfToken() };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}
