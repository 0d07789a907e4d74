// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Tree heads and inclusion paths by the recursive definitions of RFC 9162 §2.1.1 and §2.1.3.1, with none of the
/// arithmetic of the code under test.
library ReferenceTree {
    function leaf(bytes memory statement) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), statement));
    }

    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @dev MTH of leaves[from, to).
    function head(bytes32[] memory leaves, uint256 from, uint256 to) internal pure returns (bytes32) {
        if (to - from == 1) return leaves[from];
        uint256 split = from + splitOf(to - from);
        return node(head(leaves, from, split), head(leaves, split, to));
    }

    /// @dev PATH of leaf `index` in the tree of all leaves, the sibling beside the leaf first.
    function path(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory result) {
        uint256 from = 0;
        uint256 to = leaves.length;
        result = new bytes32[](sides(index, to).length);
        for (uint256 step = result.length; step > 0; --step) {
            uint256 split = from + splitOf(to - from);
            if (index < split) {
                result[step - 1] = head(leaves, split, to);
                to = split;
            } else {
                result[step - 1] = head(leaves, from, split);
                from = split;
            }
        }
    }

    /// @dev The way from the root down to leaf `index` of `count`, a letter for each step.
    function sides(uint256 index, uint256 count) internal pure returns (bytes memory) {
        if (count == 1) return "";
        uint256 split = splitOf(count);
        return index < split
            ? bytes.concat("L", sides(index, split))
            : bytes.concat("R", sides(index - split, count - split));
    }

    /// @dev The largest power of two below `count`.
    function splitOf(uint256 count) private pure returns (uint256 power) {
        power = 1;
        while (power * 2 < count) power *= 2;
    }
}
