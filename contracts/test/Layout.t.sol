// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

/// @dev Every proof in the world reads these slots. A failure here is a break of all of them, not a test to adapt.
contract LayoutTest is RegistryTest {
    uint256 private constant BATCHES_SLOT = 3;
    uint256 private constant REVOCATIONS_SLOT = 4;
    uint256 private constant NEXT_NUMBER_SLOT = 5;

    function testFuzz_ABatchFillsOneSlot(bytes32 root, uint256 count, uint32 wait) public {
        vm.assume(root != 0 && root != keccak256("earlier"));
        uint256 n = fold(count, 1, 1 << 20);
        anchorNext(keccak256("earlier"), 5);
        vm.warp(NOW + wait);
        anchorNext(root, uint32(n));

        uint256 word = 2 | (uint256(FIRST + 5) << 64) | (n << 128) | ((NOW + wait) << 160);
        vm.assertEq(slot(keccak256(abi.encode(root, BATCHES_SLOT))), word);
    }

    function testFuzz_ARevocationFillsOneSlot(uint256 number, uint256 reason, uint32 wait) public {
        anchorNext(keccak256("root"), 1000);
        uint64 n = uint64(fold(number, FIRST, FIRST + 999));
        uint8 r = uint8(fold(reason, 1, 7));
        vm.warp(NOW + wait);
        revokeAs(REVOKER, n, r);

        uint256 word = (NOW + wait) | (uint256(r) << 64);
        vm.assertEq(slot(keccak256(abi.encode(uint256(n), REVOCATIONS_SLOT))), word);
    }

    function testFuzz_TheNextNumberIsTheLowEndOfItsSlot(uint256 count) public {
        uint256 n = fold(count, 1, 1 << 20);
        anchorNext(keccak256("root"), uint32(n));

        uint256 word = (FIRST + n) | (1 << 64) | (uint256(FIRST) << 128);
        vm.assertEq(slot(bytes32(NEXT_NUMBER_SLOT)), word);
    }

    function testFuzz_WhatWasNeverWrittenIsZero(bytes32 root, uint64 number) public view {
        vm.assertEq(slot(keccak256(abi.encode(root, BATCHES_SLOT))), 0);
        vm.assertEq(slot(keccak256(abi.encode(uint256(number), REVOCATIONS_SLOT))), 0);
    }

    function slot(bytes32 key) private view returns (uint256) {
        return uint256(vm.load(address(registry), key));
    }
}
