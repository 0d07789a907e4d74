// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEvidenceRegistry} from "../src/interfaces/IEvidenceRegistry.sol";
import {RegistryHandler} from "./support/RegistryHandler.sol";
import {RegistryTest} from "./support/RegistryTest.sol";
import {vm} from "./support/Vm.sol";

/// @dev What holds after any sequence of calls by anybody. That only the roles act is checked at every call, by the handler.
contract InvariantsTest is RegistryTest {
    RegistryHandler private _handler;

    function setUp() public override {
        super.setUp();
        _handler = new RegistryHandler(registry, ADMIN, ANCHORER, REVOKER, STRANGER);
    }

    /// @dev The runner calls these contracts, and no others.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_NumbersAreContiguous() public view {
        RegistryHandler.Anchored[] memory anchored = _handler.anchored();
        uint64 next = FIRST;
        for (uint256 i = 0; i < anchored.length; ++i) {
            IEvidenceRegistry.Batch memory batch = registry.batchOf(anchored[i].root);
            vm.assertEq(batch.firstNumber, next);
            next += batch.count;
        }
        vm.assertEq(registry.nextNumber(), next);
        vm.assertEq(registry.batchCount(), anchored.length);
        vm.assertEq(registry.firstNumber(), FIRST);
    }

    function invariant_ARootIsAnchoredOnceAndNeverChanges() public view {
        RegistryHandler.Anchored[] memory anchored = _handler.anchored();
        for (uint256 i = 0; i < anchored.length; ++i) {
            IEvidenceRegistry.Batch memory batch = registry.batchOf(anchored[i].root);
            vm.assertEq(keccak256(abi.encode(batch)), keccak256(abi.encode(anchored[i].batch)));
        }
    }

    function invariant_ARevocationIsOfAnIssuedNumberAndNeverChanges() public view {
        uint64[] memory numbers = _handler.revokedNumbers();
        for (uint256 i = 0; i < numbers.length; ++i) {
            IEvidenceRegistry.Revocation memory stored = registry.revocationOf(numbers[i]);
            vm.assertEq(keccak256(abi.encode(stored)), keccak256(abi.encode(_handler.revocationOf(numbers[i]))));
            vm.assertEq(numbers[i] >= FIRST && numbers[i] < registry.nextNumber(), true);
        }
    }

    function invariant_AnAnchorerIsNothingElse() public view {
        address[] memory actors = _handler.actors();
        for (uint256 i = 0; i < actors.length; ++i) {
            bool isOther = registry.hasRole(registry.REVOKER_ROLE(), actors[i])
                || registry.hasRole(registry.DEFAULT_ADMIN_ROLE(), actors[i]);
            vm.assertEq(isOther && registry.hasRole(registry.ANCHORER_ROLE(), actors[i]), false);
        }
        vm.assertEq(registry.defaultAdmin(), ADMIN);
    }
}
