// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReferenceTree} from "./support/ReferenceTree.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

contract VerifyInclusionTest is RegistryTest {
    struct Claim {
        bytes32 root;
        bytes32 leafHash;
        uint256 index;
        uint32 count;
        bytes32[] path;
    }

    function testFuzz_WhenRootIsUnknown_IsFalse(bytes32 root, uint256 index, bytes32[] memory path) public view {
        vm.assertEq(registry.verifyInclusion(root, root, index, path), false);
        vm.assertEq(registry.verifyInclusion(root, root, 0, new bytes32[](0)), false);
    }

    function testFuzz_HonestProof_IsTrue(uint256 seed, uint256 count, uint256 index) public {
        Claim memory honest = anchoredClaim(seed, fold(count, 1, 64), index);
        vm.assertEq(isAccepted(honest), true);
    }

    function testFuzz_WhenIndexIsAnother_IsFalse(uint256 seed, uint256 count, uint256 index, uint256 other) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 1, 64), index);
        vm.assume(other != forged.index);
        forged.index = other;
        vm.assertEq(isAccepted(forged), false);
    }

    function testFuzz_WhenIndexIsAnotherNearby_IsFalse(uint256 seed, uint256 count, uint256 index) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 1, 64), index);
        uint256 honest = forged.index;
        for (forged.index = 0; forged.index < 2 * forged.count; ++forged.index) {
            vm.assertEq(isAccepted(forged), forged.index == honest);
        }
    }

    function testFuzz_WhenABitOfThePathIsFlipped_IsFalse(uint256 seed, uint256 count, uint256 index, uint16 flip)
        public
    {
        Claim memory forged = anchoredClaim(seed, fold(count, 2, 64), index);
        uint256 step = (flip >> 8) % forged.path.length;
        forged.path[step] ^= bytes32(uint256(1) << (flip & 0xff));
        vm.assertEq(isAccepted(forged), false);
    }

    function testFuzz_WhenLeafIsAnother_IsFalse(uint256 seed, uint256 count, uint256 index, bytes32 leafHash) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 1, 64), index);
        vm.assume(leafHash != forged.leafHash);
        forged.leafHash = leafHash;
        vm.assertEq(isAccepted(forged), false);
    }

    function testFuzz_WhenPathIsLonger_IsFalse(uint256 seed, uint256 count, uint256 index, bytes32 extra) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 1, 64), index);
        bytes32[] memory path = forged.path;
        forged.path = new bytes32[](path.length + 1);
        forged.path[path.length] = extra;
        copy(path, 0, forged.path, path.length);
        vm.assertEq(isAccepted(forged), false);
    }

    function testFuzz_WhenPathIsShorter_IsFalse(uint256 seed, uint256 count, uint256 index) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 2, 64), index);
        bytes32[] memory path = forged.path;
        forged.path = new bytes32[](path.length - 1);
        copy(path, 0, forged.path, path.length - 1);
        vm.assertEq(isAccepted(forged), false);
    }

    /// @dev The first step of an honest proof done in advance: the rest leads to the root, but begins at no leaf.
    function testFuzz_WhenLeafIsAnInnerNode_IsFalse(uint256 seed, uint256 count, uint256 index) public {
        Claim memory forged = anchoredClaim(seed, fold(count, 2, 64), index);
        bytes32[] memory path = forged.path;
        bytes32 asLeft = ReferenceTree.node(forged.leafHash, path[0]);
        bytes32 asRight = ReferenceTree.node(path[0], forged.leafHash);
        forged.path = new bytes32[](path.length - 1);
        copy(path, 1, forged.path, path.length - 1);

        for (forged.index = 0; forged.index < forged.count; ++forged.index) {
            forged.leafHash = asLeft;
            vm.assertEq(isAccepted(forged), false);
            forged.leafHash = asRight;
            vm.assertEq(isAccepted(forged), false);
        }
    }

    /// @dev The stored count decides: under another one a proof holds only where every step keeps its side. Otherwise
    /// the last leaf of a large tree could pass for the only leaf of a batch that claims to hold one.
    function testFuzz_WhenStoredCountIsAnother_HoldsOnlyForTheSameSteps(
        uint256 seed,
        uint256 count,
        uint256 index,
        uint256 stored
    ) public {
        Claim memory claim = claimOf(seed, fold(count, 1, 16), index);
        bytes memory sides = ReferenceTree.sides(claim.index, claim.count);
        stored = fold(stored, 1, 16);
        anchorNext(claim.root, uint32(stored));

        for (claim.index = 0; claim.index < stored; ++claim.index) {
            bool isSame = keccak256(ReferenceTree.sides(claim.index, stored)) == keccak256(sides);
            vm.assertEq(isAccepted(claim), isSame);
        }
    }

    function anchoredClaim(uint256 seed, uint256 count, uint256 index) private returns (Claim memory claim) {
        claim = claimOf(seed, count, index);
        anchorNext(claim.root, claim.count);
    }

    function claimOf(uint256 seed, uint256 count, uint256 index) private pure returns (Claim memory) {
        bytes32[] memory leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = ReferenceTree.leaf(abi.encode(seed, i));
        }
        index %= count;
        return Claim({
            root: ReferenceTree.head(leaves, 0, count),
            leafHash: leaves[index],
            index: index,
            count: uint32(count),
            path: ReferenceTree.path(leaves, index)
        });
    }

    function copy(bytes32[] memory from, uint256 start, bytes32[] memory to, uint256 length) private pure {
        for (uint256 i = 0; i < length; ++i) {
            to[i] = from[start + i];
        }
    }

    function isAccepted(Claim memory claim) private view returns (bool) {
        return registry.verifyInclusion(claim.root, claim.leafHash, claim.index, claim.path);
    }
}
