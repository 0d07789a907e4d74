// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Inclusion proofs of RFC 9162 (Certificate Transparency Version 2.0) over SHA-256
/// @notice A tree over an ordered list: leaf = SHA-256(0x00 ‖ statement), made off chain;
/// node = SHA-256(0x01 ‖ left ‖ right). The two prefixes keep a node from being read as a statement.
library InclusionProof {
    /// @notice Whether `leafHash` is leaf `index` of the tree of `count` leaves that has `root` (RFC 9162 §2.1.3.2).
    /// @dev `index` and `count` alone fix the length of the path and the side of every step, so a node offered as a
    /// leaf, or a path with a step more or less, never matches. `count` has to come from a trusted place.
    /// @param path The sibling hashes, the one beside the leaf first.
    function verify(bytes32 root, bytes32 leafHash, uint256 index, uint256 count, bytes32[] calldata path)
        internal
        pure
        returns (bool)
    {
        if (index >= count) return false;

        uint256 node = index;
        uint256 lastNode = count - 1;
        bytes32 hash = leafHash;

        for (uint256 i = 0; i < path.length; ++i) {
            if (lastNode == 0) return false;

            if (node & 1 == 1) {
                hash = _hashNode(path[i], hash);
            } else if (node == lastNode) {
                hash = _hashNode(path[i], hash);
                // The last node of an odd level has no sibling there: climb to the level where it has one.
                while (node & 1 == 0 && node != 0) {
                    node >>= 1;
                    lastNode >>= 1;
                }
            } else {
                hash = _hashNode(hash, path[i]);
            }

            node >>= 1;
            lastNode >>= 1;
        }

        return lastNode == 0 && hash == root;
    }

    function _hashNode(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }
}
