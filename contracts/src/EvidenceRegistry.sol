// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";

import {InclusionProof} from "./InclusionProof.sol";
import {IEvidenceRegistry} from "./interfaces/IEvidenceRegistry.sol";

/// @title EvidenceRegistry
/// @notice Anchors batches of certificate numbers and records revocations. The prose is on the interface.
/// @dev No immutables: the runtime code, and so its hash, is the same at every address.
contract EvidenceRegistry is IEvidenceRegistry, AccessControlDefaultAdminRules {
    /// @notice May call `anchor`, and holds no other role.
    bytes32 public constant ANCHORER_ROLE = keccak256("ANCHORER_ROLE");
    /// @notice May call `revoke`.
    bytes32 public constant REVOKER_ROLE = keccak256("REVOKER_ROLE");
    /// @notice Most leaves of a batch.
    uint32 public constant MAX_COUNT = 1 << 20;

    /// @dev Last code of the closed list on `IEvidenceRegistry.revoke`; the first is 1.
    uint8 private constant LAST_REASON = 7;

    mapping(bytes32 root => Batch) private _batches;
    mapping(uint64 number => Revocation) private _revocations;

    // One slot, from the low bits: proofs of "never issued" read its low 64.
    uint64 private _nextNumber;
    uint64 private _batchCount;
    uint64 private _firstNumber;

    /// @notice The registry begins at number `first`.
    /// @param adminDelay Seconds that a change of admin has to wait.
    constructor(uint64 first, address admin, address anchorer, address revoker, uint48 adminDelay)
        AccessControlDefaultAdminRules(adminDelay, admin)
    {
        if (first == 0) revert EvidenceRegistryZeroFirstNumber();

        _firstNumber = first;
        _nextNumber = first;
        _grantRole(ANCHORER_ROLE, anchorer);
        _grantRole(REVOKER_ROLE, revoker);
    }

    // ------------------------------------------------ Anchor ------------------------------------------------

    /// @inheritdoc IEvidenceRegistry
    function anchor(bytes32 root, uint64 first, uint32 count) external onlyRole(ANCHORER_ROLE) {
        Batch storage batch = _batches[root];
        uint64 next = _nextNumber;

        if (root == 0) revert EvidenceRegistryZeroRoot();
        if (batch.id != 0) revert EvidenceRegistryRootAlreadyAnchored(root, batch.id);
        if (first != next) revert EvidenceRegistryFirstNumberNotNext(first, next);
        if (count == 0 || count > MAX_COUNT) revert EvidenceRegistryCountOutOfRange(count, MAX_COUNT);
        if (count > type(uint64).max - first) revert EvidenceRegistryNumbersExhausted(first, count);

        uint64 id = _batchCount + 1;
        _nextNumber = first + count;
        _batchCount = id;
        // Field by field, not as a struct literal: the compiler then writes the slot once, not four times.
        batch.id = id;
        batch.firstNumber = first;
        batch.count = count;
        batch.anchoredAt = uint64(block.timestamp);

        emit BatchAnchored(root, id, first, count);
    }

    // ------------------------------------------------ Revoke ------------------------------------------------

    /// @inheritdoc IEvidenceRegistry
    function revoke(uint64 number, uint8 reason) external onlyRole(REVOKER_ROLE) {
        Revocation storage revocation = _revocations[number];

        if (number < _firstNumber || number >= _nextNumber) {
            revert EvidenceRegistryNumberNotIssued(number, _firstNumber, _nextNumber);
        }
        if (reason == 0 || reason > LAST_REASON) revert EvidenceRegistryUnknownReason(reason);
        if (revocation.revokedAt != 0) revert EvidenceRegistryAlreadyRevoked(number, revocation.revokedAt);

        uint64 revokedAt = uint64(block.timestamp);
        revocation.revokedAt = revokedAt;
        revocation.reason = reason;

        emit Revoked(number, revokedAt, reason);
    }

    // ------------------------------------------------ Views -------------------------------------------------

    /// @inheritdoc IEvidenceRegistry
    function batchOf(bytes32 root) external view returns (Batch memory) {
        return _batches[root];
    }

    /// @inheritdoc IEvidenceRegistry
    function revocationOf(uint64 number) external view returns (Revocation memory) {
        return _revocations[number];
    }

    /// @inheritdoc IEvidenceRegistry
    function nextNumber() external view returns (uint64) {
        return _nextNumber;
    }

    /// @inheritdoc IEvidenceRegistry
    function batchCount() external view returns (uint64) {
        return _batchCount;
    }

    /// @inheritdoc IEvidenceRegistry
    function firstNumber() external view returns (uint64) {
        return _firstNumber;
    }

    /// @inheritdoc IEvidenceRegistry
    function verifyInclusion(bytes32 root, bytes32 leafHash, uint256 index, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        return InclusionProof.verify(root, leafHash, index, _batches[root].count, proof);
    }

    // ------------------------------------------------ Roles -------------------------------------------------

    /// @dev Every way to a role ends here: the constructor, `grantRole`, and the acceptance of a new admin.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        if (account == address(0)) revert EvidenceRegistryZeroAccount(role);

        bool isSeparate = role == ANCHORER_ROLE
            ? !hasRole(DEFAULT_ADMIN_ROLE, account) && !hasRole(REVOKER_ROLE, account)
            : !hasRole(ANCHORER_ROLE, account);
        if (!isSeparate) revert EvidenceRegistryAnchorerNotSeparate(account, role);

        return super._grantRole(role, account);
    }
}
