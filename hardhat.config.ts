// SPDX-License-Identifier: Apache-2.0
// Hardhat for `contracts/`, offline: the compiler is the one locked in package-lock.json, not a download.
import { createRequire } from 'node:module';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers';
import hardhatMocha from '@nomicfoundation/hardhat-mocha';
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers';
import { defineConfig } from 'hardhat/config';

export default defineConfig({
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  paths: {
    sources: 'contracts/src',
    tests: { solidity: 'contracts/test', mocha: 'contracts/test' },
    cache: 'contracts/cache',
    artifacts: 'contracts/build',
  },
  solidity: {
    // Tests stay out of the compilation of the sources: they could change the order of functions in the bytecode.
    splitTestsCompilation: true,
    compilers: [
      {
        version: '0.8.37',
        path: createRequire(import.meta.url).resolve('solc/soljson.js'),
        settings: {
          evmVersion: 'london', // consortium chains without newer opcodes run the same code
          optimizer: { enabled: true, runs: 10_000 },
          metadata: { bytecodeHash: 'none', appendCBOR: false }, // the code hash depends on the code alone
          outputSelection: { '*': { '*': ['storageLayout'] } },
        },
      },
    ],
  },
  // The oldest rules the contract is compiled for.
  networks: { default: { type: 'edr-simulated', hardfork: 'london' } },
  test: {
    solidity: {
      isolate: false,
      fuzz: { runs: 256 },
      invariant: { runs: 64, depth: 64, failOnRevert: true },
    },
    mocha: { timeout: 30_000 },
  },
});
