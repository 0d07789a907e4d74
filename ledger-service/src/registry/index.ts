// SPDX-License-Identifier: Apache-2.0
// The public face of the registry: binding to it, its keys, and what it says.
export { type BindOptions, bindRegistry, type Registry, readRegistry, requireChain } from './bind.ts';
export { type ChainMismatch, compareWithChain } from './compare.ts';
export {
  anchorData,
  type BatchOnChain,
  batchCount,
  batchOf,
  CALL_GAS_LIMIT,
  nextNumber,
  REGISTRY_LAYOUT,
  revocationOf,
  revokeData,
  simulate,
} from './contract.ts';
export { settleDeployment } from './deployment.ts';
export { type KeyFiles, loadKey, loadSigners, type Signers } from './keys.ts';
export {
  createValidatorSets,
  readValidatorSets,
  requireSealed,
  type ValidatorSet,
  type ValidatorSets,
} from './validator-sets.ts';
