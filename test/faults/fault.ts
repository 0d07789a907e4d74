// SPDX-License-Identifier: Apache-2.0

/** The narrowest test run that has to fail: some tests of one file, by Mocha or by Hardhat's Solidity runner. */
export interface TestCommand {
  readonly runner: 'mocha' | 'solidity';
  readonly file: string;
  /** Only tests whose full title contains this text; all of the file without it. */
  readonly only?: string;
}

/** A mistake that somebody could make, as an exact change of one place in one file. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
  /** What would go wrong, in a sentence. */
  readonly harm: string;
  readonly test: TestCommand;
}
