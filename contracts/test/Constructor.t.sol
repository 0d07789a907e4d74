// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    IAccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {EvidenceRegistry} from "../src/EvidenceRegistry.sol";
import {IEvidenceRegistry} from "../src/interfaces/IEvidenceRegistry.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

contract ConstructorTest is RegistryTest {
    bytes32 private constant ADMIN_ROLE = 0;
    bytes32 private constant ANCHORER_ROLE = keccak256("ANCHORER_ROLE");
    bytes32 private constant REVOKER_ROLE = keccak256("REVOKER_ROLE");

    function test_WhenFirstNumberIsZero_Reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryZeroFirstNumber.selector));
        new EvidenceRegistry(0, ADMIN, ANCHORER, REVOKER, ADMIN_DELAY);
    }

    function test_WhenAdminIsZero_Reverts() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector, address(0)
            )
        );
        new EvidenceRegistry(FIRST, address(0), ANCHORER, REVOKER, ADMIN_DELAY);
    }

    function test_WhenAnchorerIsZero_Reverts() public {
        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryZeroAccount.selector, ANCHORER_ROLE)
        );
        new EvidenceRegistry(FIRST, ADMIN, address(0), REVOKER, ADMIN_DELAY);
    }

    function test_WhenRevokerIsZero_Reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryZeroAccount.selector, REVOKER_ROLE));
        new EvidenceRegistry(FIRST, ADMIN, ANCHORER, address(0), ADMIN_DELAY);
    }

    function test_WhenAnchorerIsAdmin_Reverts() public {
        expectNotSeparate(ADMIN, ANCHORER_ROLE);
        new EvidenceRegistry(FIRST, ADMIN, ADMIN, REVOKER, ADMIN_DELAY);
    }

    function test_WhenAnchorerIsRevoker_Reverts() public {
        expectNotSeparate(ANCHORER, REVOKER_ROLE);
        new EvidenceRegistry(FIRST, ADMIN, ANCHORER, ANCHORER, ADMIN_DELAY);
    }

    function testFuzz_StartsEmptyWithOneHolderPerRole(
        uint64 first,
        address admin,
        address anchorer,
        address revoker,
        uint48 adminDelay
    ) public {
        vm.assume(first != 0 && admin != address(0) && anchorer != address(0) && revoker != address(0));
        vm.assume(anchorer != admin && anchorer != revoker);

        registry = new EvidenceRegistry(first, admin, anchorer, revoker, adminDelay);

        vm.assertEq(registry.firstNumber(), first);
        vm.assertEq(registry.nextNumber(), first);
        vm.assertEq(registry.batchCount(), 0);
        vm.assertEq(registry.defaultAdmin(), admin);
        vm.assertEq(registry.defaultAdminDelay(), adminDelay);
        vm.assertEq(registry.hasRole(ADMIN_ROLE, admin), true);
        vm.assertEq(registry.hasRole(ANCHORER_ROLE, anchorer), true);
        vm.assertEq(registry.hasRole(REVOKER_ROLE, revoker), true);
        vm.assertEq(registry.hasRole(ANCHORER_ROLE, admin) || registry.hasRole(ANCHORER_ROLE, revoker), false);
        vm.assertEq(registry.hasRole(REVOKER_ROLE, anchorer), false);
    }

    /// @dev Whoever deploys keeps nothing.
    function test_GivesTheDeployerNoRole() public view {
        vm.assertEq(registry.hasRole(ADMIN_ROLE, address(this)), false);
        vm.assertEq(registry.hasRole(ANCHORER_ROLE, address(this)), false);
        vm.assertEq(registry.hasRole(REVOKER_ROLE, address(this)), false);
    }

    function test_RoleIdsAreTheHashesOfTheirNames() public view {
        vm.assertEq(registry.ANCHORER_ROLE(), ANCHORER_ROLE);
        vm.assertEq(registry.REVOKER_ROLE(), REVOKER_ROLE);
        vm.assertEq(registry.DEFAULT_ADMIN_ROLE(), ADMIN_ROLE);
    }
}
