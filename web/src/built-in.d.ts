// SPDX-License-Identifier: Apache-2.0
// What the build puts into the pages.

/** The version of the pages. */
declare const __VERSION__: string;
/** File name of the verifier's package, which the site serves. */
declare const __VERIFIER_PACKAGE__: string;
