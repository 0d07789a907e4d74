// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EvidenceRegistry} from "../src/EvidenceRegistry.sol";
import {IEvidenceRegistry} from "../src/interfaces/IEvidenceRegistry.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

contract AnchorTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");

    function testFuzz_WhenCallerIsNotAnchorer_Reverts(address caller, bytes32 root, uint32 count) public {
        vm.assume(caller != ANCHORER);
        expectUnauthorized(caller, keccak256("ANCHORER_ROLE"));
        anchorAs(caller, root, FIRST, count);
    }

    function test_WhenCallerIsAdminOrRevoker_Reverts() public {
        expectUnauthorized(ADMIN, keccak256("ANCHORER_ROLE"));
        anchorAs(ADMIN, ROOT, FIRST, 1);
        expectUnauthorized(REVOKER, keccak256("ANCHORER_ROLE"));
        anchorAs(REVOKER, ROOT, FIRST, 1);
    }

    function testFuzz_WhenRootIsZero_Reverts(uint32 count) public {
        vm.expectRevert(abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryZeroRoot.selector));
        anchorAs(ANCHORER, 0, FIRST, count);
    }

    function testFuzz_WhenRootIsAlreadyAnchored_Reverts(bytes32 root, uint64 first, uint32 count) public {
        vm.assume(root != 0);
        anchorNext(root, 7);

        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryRootAlreadyAnchored.selector, root, uint64(1))
        );
        anchorAs(ANCHORER, root, first, count);
    }

    function testFuzz_WhenFirstNumberIsNotNext_Reverts(uint64 first, uint32 earlier) public {
        anchorNext(keccak256("earlier"), uint32(fold(earlier, 1, 1 << 20)));
        uint64 next = registry.nextNumber();
        vm.assume(first != next);

        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryFirstNumberNotNext.selector, first, next)
        );
        anchorAs(ANCHORER, ROOT, first, 1);
    }

    function testFuzz_WhenCountIsOutOfRange_Reverts(uint32 seed) public {
        uint32 tooMany = uint32(fold(seed, (1 << 20) + 1, type(uint32).max));
        expectCountOutOfRange(tooMany);
        anchorAs(ANCHORER, ROOT, FIRST, tooMany);
    }

    function test_WhenCountIsJustOutOfRange_Reverts() public {
        expectCountOutOfRange(0);
        anchorAs(ANCHORER, ROOT, FIRST, 0);
        expectCountOutOfRange((1 << 20) + 1);
        anchorAs(ANCHORER, ROOT, FIRST, (1 << 20) + 1);
    }

    /// @dev `nextNumber` itself has to stay a 64-bit number, so the very last one is never issued.
    function testFuzz_WhenNumbersRunOut_Reverts(uint32 left, uint32 excess) public {
        left = uint32(fold(left, 0, (1 << 20) - 1));
        uint32 count = uint32(fold(excess, left + 1, 1 << 20));
        uint64 first = type(uint64).max - left;
        registry = new EvidenceRegistry(first, ADMIN, ANCHORER, REVOKER, ADMIN_DELAY);

        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryNumbersExhausted.selector, first, count)
        );
        anchorAs(ANCHORER, ROOT, first, count);
    }

    function test_WhenNumbersJustSuffice_Anchors() public {
        uint64 first = type(uint64).max - (1 << 20);
        registry = new EvidenceRegistry(first, ADMIN, ANCHORER, REVOKER, ADMIN_DELAY);
        anchorAs(ANCHORER, ROOT, first, 1 << 20);
        vm.assertEq(registry.nextNumber(), type(uint64).max);
    }

    function testFuzz_StoresTheBatchAndMovesOn(bytes32 root, uint32 count, uint32 wait) public {
        vm.assume(root != 0);
        count = uint32(fold(count, 1, 1 << 20));
        vm.warp(NOW + wait);

        vm.expectEmit(address(registry));
        emit IEvidenceRegistry.BatchAnchored(root, 1, FIRST, count);
        anchorAs(ANCHORER, root, FIRST, count);

        IEvidenceRegistry.Batch memory batch = registry.batchOf(root);
        vm.assertEq(batch.id, 1);
        vm.assertEq(batch.firstNumber, FIRST);
        vm.assertEq(batch.count, count);
        vm.assertEq(batch.anchoredAt, NOW + wait);
        vm.assertEq(registry.nextNumber(), FIRST + count);
        vm.assertEq(registry.batchCount(), 1);
        vm.assertEq(registry.firstNumber(), FIRST);
    }

    function testFuzz_NumbersBatchesOneAfterAnother(uint32[8] memory counts) public {
        uint64 next = FIRST;
        for (uint64 i = 0; i < counts.length; ++i) {
            bytes32 root = keccak256(abi.encode(i));
            uint32 count = uint32(fold(counts[i], 1, 1 << 20));
            anchorNext(root, count);

            vm.assertEq(registry.batchOf(root).id, i + 1);
            vm.assertEq(registry.batchOf(root).firstNumber, next);
            next += count;
        }
        vm.assertEq(registry.nextNumber(), next);
        vm.assertEq(registry.batchCount(), counts.length);
    }

    function expectCountOutOfRange(uint32 count) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IEvidenceRegistry.EvidenceRegistryCountOutOfRange.selector, count, uint32(1 << 20)
            )
        );
    }
}
