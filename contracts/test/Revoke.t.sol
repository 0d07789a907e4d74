// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEvidenceRegistry} from "../src/interfaces/IEvidenceRegistry.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

contract RevokeTest is RegistryTest {
    uint32 private constant COUNT = 1000;

    function setUp() public override {
        super.setUp();
        anchorNext(keccak256("root"), COUNT);
    }

    function testFuzz_WhenCallerIsNotRevoker_Reverts(address caller, uint64 number, uint8 reason) public {
        vm.assume(caller != REVOKER);
        expectUnauthorized(caller, keccak256("REVOKER_ROLE"));
        revokeAs(caller, number, reason);
    }

    function test_WhenCallerIsAdminOrAnchorer_Reverts() public {
        expectUnauthorized(ADMIN, keccak256("REVOKER_ROLE"));
        revokeAs(ADMIN, FIRST, 1);
        expectUnauthorized(ANCHORER, keccak256("REVOKER_ROLE"));
        revokeAs(ANCHORER, FIRST, 1);
    }

    function testFuzz_WhenNumberIsAPredecessors_Reverts(uint64 number) public {
        number = uint64(fold(number, 0, FIRST - 1));
        expectNotIssued(number);
        revokeAs(REVOKER, number, 1);
    }

    function testFuzz_WhenNumberIsNotYetIssued_Reverts(uint64 number) public {
        number = uint64(fold(number, FIRST + COUNT, type(uint64).max));
        expectNotIssued(number);
        revokeAs(REVOKER, number, 1);
    }

    function test_WhenNumberIsJustOutside_Reverts() public {
        expectNotIssued(FIRST - 1);
        revokeAs(REVOKER, FIRST - 1, 1);
        expectNotIssued(FIRST + COUNT);
        revokeAs(REVOKER, FIRST + COUNT, 1);
    }

    function testFuzz_WhenReasonIsUnknown_Reverts(uint8 reason) public {
        vm.assume(reason == 0 || reason > 7);
        expectUnknownReason(reason);
        revokeAs(REVOKER, FIRST, reason);
    }

    function test_WhenReasonIsJustOutside_Reverts() public {
        expectUnknownReason(0);
        revokeAs(REVOKER, FIRST, 0);
        expectUnknownReason(8);
        revokeAs(REVOKER, FIRST, 8);
    }

    function testFuzz_WhenAlreadyRevoked_RevertsAndTheFirstStands(uint32 wait, uint8 reason) public {
        revokeAs(REVOKER, FIRST, 5);
        vm.warp(NOW + wait);

        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryAlreadyRevoked.selector, FIRST, uint64(NOW))
        );
        revokeAs(REVOKER, FIRST, uint8(fold(reason, 1, 7)));

        vm.assertEq(registry.revocationOf(FIRST).revokedAt, NOW);
        vm.assertEq(registry.revocationOf(FIRST).reason, 5);
    }

    function testFuzz_StoresTimeAndReason(uint64 number, uint8 reason, uint32 wait) public {
        number = uint64(fold(number, FIRST, FIRST + COUNT - 1));
        reason = uint8(fold(reason, 1, 7));
        vm.warp(NOW + wait);

        vm.expectEmit(address(registry));
        emit IEvidenceRegistry.Revoked(number, uint64(NOW + wait), reason);
        revokeAs(REVOKER, number, reason);

        vm.assertEq(registry.revocationOf(number).revokedAt, NOW + wait);
        vm.assertEq(registry.revocationOf(number).reason, reason);
    }

    function test_RevokesFirstAndLastIssued() public {
        revokeAs(REVOKER, FIRST, 1);
        revokeAs(REVOKER, FIRST + COUNT - 1, 7);
        vm.assertEq(registry.revocationOf(FIRST).reason, 1);
        vm.assertEq(registry.revocationOf(FIRST + COUNT - 1).reason, 7);
        vm.assertEq(registry.revocationOf(FIRST + 1).revokedAt, 0);
    }

    function expectNotIssued(uint64 number) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IEvidenceRegistry.EvidenceRegistryNumberNotIssued.selector, number, FIRST, FIRST + COUNT
            )
        );
    }

    function expectUnknownReason(uint8 reason) private {
        vm.expectRevert(abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryUnknownReason.selector, reason));
    }
}
