// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {EvidenceRegistry} from "../../src/EvidenceRegistry.sol";
import {IEvidenceRegistry} from "../../src/interfaces/IEvidenceRegistry.sol";
import {vm} from "./Vm.sol";

/// @dev A fresh registry per test, with a key for each role and one that holds none.
abstract contract RegistryTest {
    uint64 internal constant FIRST = 100_000_000_000_000_000;
    uint48 internal constant ADMIN_DELAY = 2 days;
    uint256 internal constant NOW = 1_790_000_000;

    address internal constant ADMIN = address(0xAD);
    address internal constant ANCHORER = address(0xA0);
    address internal constant REVOKER = address(0x9E);
    address internal constant STRANGER = address(0x5E);

    EvidenceRegistry internal registry;

    function setUp() public virtual {
        vm.warp(NOW);
        registry = new EvidenceRegistry(FIRST, ADMIN, ANCHORER, REVOKER, ADMIN_DELAY);
    }

    function anchorAs(address sender, bytes32 root, uint64 first, uint32 count) internal {
        vm.prank(sender);
        registry.anchor(root, first, count);
    }

    function anchorNext(bytes32 root, uint32 count) internal {
        anchorAs(ANCHORER, root, registry.nextNumber(), count);
    }

    function revokeAs(address sender, uint64 number, uint8 reason) internal {
        vm.prank(sender);
        registry.revoke(number, reason);
    }

    function expectUnauthorized(address sender, bytes32 role) internal {
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, sender, role));
    }

    function expectNotSeparate(address account, bytes32 role) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IEvidenceRegistry.EvidenceRegistryAnchorerNotSeparate.selector, account, role)
        );
    }

    /// @dev `value` folded into [low, high], so that a fuzz run is not thrown away.
    function fold(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (value % (high - low + 1));
    }
}
