// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IEvidenceRegistry} from "../src/interfaces/IEvidenceRegistry.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

/// @dev Whatever is granted later, an anchoring key can anchor and nothing else.
contract RolesTest is RegistryTest {
    bytes32 private constant ADMIN_ROLE = 0;
    bytes32 private constant ANCHORER_ROLE = keccak256("ANCHORER_ROLE");
    bytes32 private constant REVOKER_ROLE = keccak256("REVOKER_ROLE");

    function testFuzz_GrantRole_WhenCallerIsNotAdmin_Reverts(address caller, bool anchorer) public {
        vm.assume(caller != ADMIN);
        expectUnauthorized(caller, ADMIN_ROLE);
        grantAs(caller, anchorer ? ANCHORER_ROLE : REVOKER_ROLE, caller);
    }

    function testFuzz_RevokeRole_WhenCallerIsNotAdmin_Reverts(address caller, bool anchorer) public {
        vm.assume(caller != ADMIN);
        expectUnauthorized(caller, ADMIN_ROLE);
        vm.prank(caller);
        registry.revokeRole(anchorer ? ANCHORER_ROLE : REVOKER_ROLE, anchorer ? ANCHORER : REVOKER);
    }

    function test_GrantRole_WhenAnchorerWouldBeAdminOrRevoker_Reverts() public {
        expectNotSeparate(ADMIN, ANCHORER_ROLE);
        grantAs(ADMIN, ANCHORER_ROLE, ADMIN);
        expectNotSeparate(REVOKER, ANCHORER_ROLE);
        grantAs(ADMIN, ANCHORER_ROLE, REVOKER);
        expectNotSeparate(ANCHORER, REVOKER_ROLE);
        grantAs(ADMIN, REVOKER_ROLE, ANCHORER);
    }

    function testFuzz_GrantRole_WhenAnchorerWouldHoldAnyOtherRole_Reverts(bytes32 role) public {
        vm.assume(role != ADMIN_ROLE && role != ANCHORER_ROLE);
        expectNotSeparate(ANCHORER, role);
        grantAs(ADMIN, role, ANCHORER);
    }

    function test_GrantRole_WhenAccountIsZero_Reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryZeroAccount.selector, REVOKER_ROLE));
        grantAs(ADMIN, REVOKER_ROLE, address(0));
    }

    function test_AcceptAdmin_WhenNewAdminIsAnchorer_Reverts() public {
        vm.prank(ADMIN);
        registry.beginDefaultAdminTransfer(ANCHORER);
        vm.warp(NOW + ADMIN_DELAY + 1);

        expectNotSeparate(ANCHORER, ADMIN_ROLE);
        vm.prank(ANCHORER);
        registry.acceptDefaultAdminTransfer();
        vm.assertEq(registry.defaultAdmin(), ADMIN);
    }

    function testFuzz_AcceptAdmin_BeforeTheDelay_Reverts(uint48 wait) public {
        wait = uint48(fold(wait, 0, ADMIN_DELAY));
        vm.prank(ADMIN);
        registry.beginDefaultAdminTransfer(STRANGER);
        vm.warp(NOW + wait);

        vm.expectRevert(
            abi.encodeWithSignature("AccessControlEnforcedDefaultAdminDelay(uint48)", uint48(NOW + ADMIN_DELAY))
        );
        vm.prank(STRANGER);
        registry.acceptDefaultAdminTransfer();
    }

    function test_AcceptAdmin_AfterTheDelay_MovesTheRole() public {
        vm.prank(ADMIN);
        registry.beginDefaultAdminTransfer(STRANGER);
        vm.warp(NOW + ADMIN_DELAY + 1);
        vm.prank(STRANGER);
        registry.acceptDefaultAdminTransfer();

        vm.assertEq(registry.defaultAdmin(), STRANGER);
        vm.assertEq(registry.hasRole(ADMIN_ROLE, ADMIN), false);
    }

    function test_WhenAnchoringKeyIsReplaced_OnlyTheNewOneAnchors() public {
        grantAs(ADMIN, ANCHORER_ROLE, STRANGER);
        vm.prank(ADMIN);
        registry.revokeRole(ANCHORER_ROLE, ANCHORER);

        expectUnauthorized(ANCHORER, ANCHORER_ROLE);
        anchorAs(ANCHORER, keccak256("root"), FIRST, 1);
        anchorAs(STRANGER, keccak256("root"), FIRST, 1);
        vm.assertEq(registry.batchCount(), 1);
    }

    function test_WhenAnchorerRenounces_ItMayBecomeRevoker() public {
        vm.prank(ANCHORER);
        registry.renounceRole(ANCHORER_ROLE, ANCHORER);
        grantAs(ADMIN, REVOKER_ROLE, ANCHORER);
        vm.assertEq(registry.hasRole(REVOKER_ROLE, ANCHORER), true);

        expectNotSeparate(ANCHORER, ANCHORER_ROLE);
        grantAs(ADMIN, ANCHORER_ROLE, ANCHORER);
    }

    function test_GrantRole_Twice_ChangesNothing() public {
        grantAs(ADMIN, ANCHORER_ROLE, ANCHORER);
        vm.assertEq(registry.hasRole(ANCHORER_ROLE, ANCHORER), true);
    }

    function test_SupportsTheInterfaceOfAccessControl() public view {
        vm.assertEq(registry.supportsInterface(type(IAccessControl).interfaceId), true);
        vm.assertEq(registry.supportsInterface(0xffffffff), false);
    }

    function grantAs(address sender, bytes32 role, address account) private {
        vm.prank(sender);
        registry.grantRole(role, account);
    }
}
