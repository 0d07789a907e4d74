// SPDX-License-Identifier: Apache-2.0
// Faults in the contract: each would break a promise that no later release could repair.
import type { Fault, TestCommand } from './fault.ts';

const solidity = (name: string): TestCommand => ({ runner: 'solidity', file: `contracts/test/${name}.t.sol` });
const registry = 'contracts/src/EvidenceRegistry.sol';

export const contractFaults: readonly Fault[] = [
  {
    name: 'an empty batch is taken',
    file: registry,
    text: 'if (count == 0 || count > MAX_COUNT)',
    replacement: 'if (count > MAX_COUNT)',
    harm: 'Roots without numbers would use up batch ids.',
    test: solidity('Anchor'),
  },
  {
    name: 'a root may be anchored twice',
    file: registry,
    text: '        if (batch.id != 0) revert EvidenceRegistryRootAlreadyAnchored(root, batch.id);\n',
    replacement: '',
    harm: 'A second anchor would overwrite the time and the numbers of the first.',
    test: solidity('Anchor'),
  },
  {
    name: 'numbers may be skipped',
    file: registry,
    text: 'if (first != next) revert',
    replacement: 'if (first < next) revert',
    harm: 'A gap in the numbers: "never issued" could no longer be proven.',
    test: solidity('Anchor'),
  },
  {
    name: 'the next number stops one short',
    file: registry,
    text: '_nextNumber = first + count;',
    replacement: '_nextNumber = first + count - 1;',
    harm: 'The last number of every batch would be given out twice.',
    test: solidity('Anchor'),
  },
  {
    name: 'anyone may anchor',
    file: registry,
    text: 'function anchor(bytes32 root, uint64 first, uint32 count) external onlyRole(ANCHORER_ROLE) {',
    replacement: 'function anchor(bytes32 root, uint64 first, uint32 count) external {',
    harm: 'Strangers would issue certificate numbers.',
    test: solidity('Anchor'),
  },
  {
    name: 'the next number may be revoked before it is issued',
    file: registry,
    text: 'number >= _nextNumber)',
    replacement: 'number > _nextNumber)',
    harm: 'A certificate would be born revoked.',
    test: solidity('Revoke'),
  },
  {
    name: 'a revocation may be repeated',
    file: registry,
    text: '        if (revocation.revokedAt != 0) revert EvidenceRegistryAlreadyRevoked(number, revocation.revokedAt);\n',
    replacement: '',
    harm: 'The time and the reason of a revocation could be rewritten.',
    test: solidity('Revoke'),
  },
  {
    name: 'the anchorer may be the admin',
    file: registry,
    text: '!hasRole(DEFAULT_ADMIN_ROLE, account) && !hasRole(REVOKER_ROLE, account)',
    replacement: '!hasRole(REVOKER_ROLE, account)',
    harm: 'The key on the server that anchors could hand out roles.',
    test: solidity('Roles'),
  },
  {
    name: 'an inclusion proof may stop below the root',
    file: 'contracts/src/InclusionProof.sol',
    text: 'return lastNode == 0 && hash == root;',
    replacement: 'return hash == root;',
    harm: 'A path for another place or count would be taken.',
    test: solidity('VerifyInclusion'),
  },
];
