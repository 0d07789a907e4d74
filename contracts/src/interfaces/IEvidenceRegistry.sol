// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Registry of evidence: roots of batches of certificate numbers, and revocations
/// @notice What a reader may rely on, and what not:
/// - Numbers are contiguous from `firstNumber()`: every number below `nextNumber()` belongs to exactly one batch, every
///   number from `nextNumber()` on was never issued here.
/// - A root is anchored at most once, a number revoked at most once; nobody can change or remove either, the admin
///   included. There is no proxy and no way to replace the code.
/// - No account is at once anchorer and admin, or anchorer and revoker, at any time.
/// - The registry sees roots and counts, never what was hashed: that a batch holds `count` statements, each with its own
///   number, is shown by inclusion proofs, not by this contract.
/// - The admin chooses who anchors and revokes from now on, so it could name a key of its own.
/// - Times are block times in seconds: as exact as the validators of the chain are honest.
/// - Off-chain proofs read the storage directly. Its layout is part of the interface and is pinned by a test.
/// @dev Deployment refuses what `grantRole` refuses; a zero admin is refused with OpenZeppelin's
/// `AccessControlInvalidDefaultAdmin`, a caller without the role with `AccessControlUnauthorizedAccount`.
interface IEvidenceRegistry {
    /// @notice A contiguous range of certificate numbers under one root. Leaf `i` holds number `firstNumber + i`.
    /// @dev One storage slot, packed from the low bits in this order.
    struct Batch {
        uint64 id; // from 1; 0 = no such batch
        uint64 firstNumber;
        uint32 count;
        uint64 anchoredAt; // block time in seconds
    }

    /// @notice When and why a number was revoked.
    /// @dev One storage slot, packed from the low bits in this order.
    struct Revocation {
        uint64 revokedAt; // block time in seconds; 0 = not revoked
        uint8 reason;
    }

    /// @notice The first number of a registry has to be positive: 0 would read as "none".
    error EvidenceRegistryZeroFirstNumber();

    /// @notice A role was to be given to the zero address, and so to nobody.
    error EvidenceRegistryZeroAccount(bytes32 role);

    /// @notice `account` would be anchorer and hold `role` besides, or the other way round.
    error EvidenceRegistryAnchorerNotSeparate(address account, bytes32 role);

    /// @notice A root of 32 zero bytes is no tree.
    error EvidenceRegistryZeroRoot();

    /// @notice The root is already anchored, as the batch `id`.
    error EvidenceRegistryRootAlreadyAnchored(bytes32 root, uint64 id);

    /// @notice The batch leaves a gap, or repeats numbers: it has to begin at `expected`.
    error EvidenceRegistryFirstNumberNotNext(uint64 firstNumber, uint64 expected);

    /// @notice A batch holds at least 1 and at most `max` statements.
    error EvidenceRegistryCountOutOfRange(uint32 count, uint32 max);

    /// @notice The batch would run past the last 64-bit number.
    error EvidenceRegistryNumbersExhausted(uint64 firstNumber, uint32 count);

    /// @notice The number is not among those issued here: at least `first` and below `next`.
    error EvidenceRegistryNumberNotIssued(uint64 number, uint64 first, uint64 next);

    /// @notice The number was revoked before; the first revocation stands.
    error EvidenceRegistryAlreadyRevoked(uint64 number, uint64 revokedAt);

    /// @notice The reason is not in the closed list.
    error EvidenceRegistryUnknownReason(uint8 reason);

    /// @notice A batch was anchored.
    event BatchAnchored(bytes32 indexed root, uint64 id, uint64 firstNumber, uint32 count);

    /// @notice A number was revoked.
    event Revoked(uint64 indexed number, uint64 revokedAt, uint8 reason);

    /// @notice Anchors the next batch, at a cost that does not depend on its size. Caller: ANCHORER_ROLE.
    /// @dev Sent twice, the second fails and changes nothing, so a sender who lost the answer may send again.
    /// Refusals, in this order: ZeroRoot, RootAlreadyAnchored, FirstNumberNotNext, CountOutOfRange, NumbersExhausted.
    /// @param root RFC 9162 tree head of the statements; not zero, not anchored before.
    /// @param first Number of leaf 0; has to be `nextNumber()`.
    /// @param count Number of leaves, 1 to `MAX_COUNT`.
    function anchor(bytes32 root, uint64 first, uint32 count) external;

    /// @notice Revokes a number issued here, once and for good. Caller: REVOKER_ROLE.
    /// @dev Numbers below `firstNumber()` belong to a predecessor and are refused.
    /// Refusals, in this order: NumberNotIssued, UnknownReason, AlreadyRevoked.
    /// @param reason 1 holder-request, 2 facts-untrue, 3 unlawful-content, 4 duplicate, 5 court-order,
    /// 6 issued-in-error, 7 key-compromise. A code, never text: nothing personal goes on chain.
    function revoke(uint64 number, uint8 reason) external;

    /// @notice The batch anchored under `root`, or zeros.
    function batchOf(bytes32 root) external view returns (Batch memory);

    /// @notice The revocation of `number`, or zeros.
    function revocationOf(uint64 number) external view returns (Revocation memory);

    /// @notice The number that the next batch begins with.
    function nextNumber() external view returns (uint64);

    /// @notice How many batches are anchored; also the id of the latest.
    function batchCount() external view returns (uint64);

    /// @notice The first number of this registry. A successor begins where its predecessor ended.
    function firstNumber() external view returns (uint64);

    /// @notice Whether `leafHash` is leaf `index` of the batch anchored under `root`.
    /// @dev False for an unknown root too: the question has one answer, and it fails closed.
    /// @param leafHash SHA-256(0x00 ‖ statement).
    /// @param proof Sibling hashes, the one beside the leaf first.
    function verifyInclusion(bytes32 root, bytes32 leafHash, uint256 index, bytes32[] calldata proof)
        external
        view
        returns (bool);
}
