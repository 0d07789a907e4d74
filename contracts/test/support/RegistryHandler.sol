// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EvidenceRegistry} from "../../src/EvidenceRegistry.sol";
import {IEvidenceRegistry} from "../../src/interfaces/IEvidenceRegistry.sol";
import {vm} from "./Vm.sol";

/// @dev Calls the registry as anybody, with sound and unsound arguments, and says beforehand, from its own model,
/// whether the call succeeds. A wrong forecast reverts, and with it the invariant run.
contract RegistryHandler {
    struct Anchored {
        bytes32 root;
        IEvidenceRegistry.Batch batch;
    }

    bytes32 private constant ADMIN_ROLE = 0;
    bytes32 private constant ANCHORER_ROLE = keccak256("ANCHORER_ROLE");
    bytes32 private constant REVOKER_ROLE = keccak256("REVOKER_ROLE");
    uint32 private constant MAX_COUNT = 1 << 20;

    EvidenceRegistry private immutable _registry;
    uint64 private immutable _first;
    address[] private _actors;

    Anchored[] private _anchored;
    uint64[] private _revokedNumbers;
    mapping(bytes32 root => bool) private _isAnchored;
    mapping(uint64 number => IEvidenceRegistry.Revocation) private _revocations;
    mapping(bytes32 role => mapping(address actor => bool)) private _holds;

    constructor(EvidenceRegistry registry, address admin, address anchorer, address revoker, address stranger) {
        _registry = registry;
        _first = registry.firstNumber();
        _actors = [admin, anchorer, revoker, stranger];
        _holds[ADMIN_ROLE][admin] = true;
        _holds[ANCHORER_ROLE][anchorer] = true;
        _holds[REVOKER_ROLE][revoker] = true;
    }

    function anchor(uint256 who, uint256 rootSeed, uint256 firstSeed, uint256 countSeed) external {
        address sender = actor(who);
        bytes32 root = bytes32(rootSeed % 24);
        uint64 first = firstSeed % 4 == 0 ? uint64(firstSeed >> 2) : next();
        uint32 count = countSeed % 8 == 0 ? uint32(countSeed >> 3) : uint32(1 + (countSeed % MAX_COUNT));
        bool isSound = _holds[ANCHORER_ROLE][sender] && root != 0 && !_isAnchored[root] && first == next()
            && count > 0 && count <= MAX_COUNT;

        vm.prank(sender);
        try _registry.anchor(root, first, count) {
            vm.assertEq(isSound, true);
            uint64 id = uint64(_anchored.length + 1);
            _anchored.push(Anchored(root, IEvidenceRegistry.Batch(id, first, count, uint64(block.timestamp))));
            _isAnchored[root] = true;
        } catch {
            vm.assertEq(isSound, false);
        }
    }

    function revoke(uint256 who, uint256 numberSeed, uint256 reasonSeed) external {
        address sender = actor(who);
        uint64 from = _first - 2;
        uint64 number = from + uint64(numberSeed % (numberSeed % 2 == 0 ? 8 : next() + 4 - from));
        uint8 reason = uint8(reasonSeed % 9);
        bool isSound = _holds[REVOKER_ROLE][sender] && number >= _first && number < next() && reason >= 1
            && reason <= 7 && _revocations[number].revokedAt == 0;

        vm.prank(sender);
        try _registry.revoke(number, reason) {
            vm.assertEq(isSound, true);
            _revokedNumbers.push(number);
            _revocations[number] = IEvidenceRegistry.Revocation(uint64(block.timestamp), reason);
        } catch {
            vm.assertEq(isSound, false);
        }
    }

    function grant(uint256 who, bool anchorer, uint256 toWhom) external {
        address sender = actor(who);
        address account = actor(toWhom);
        bytes32 role = anchorer ? ANCHORER_ROLE : REVOKER_ROLE;
        bool isSeparate = anchorer
            ? !_holds[ADMIN_ROLE][account] && !_holds[REVOKER_ROLE][account]
            : !_holds[ANCHORER_ROLE][account];
        bool isSound = _holds[ADMIN_ROLE][sender] && isSeparate;

        vm.prank(sender);
        try _registry.grantRole(role, account) {
            vm.assertEq(isSound, true);
            _holds[role][account] = true;
        } catch {
            vm.assertEq(isSound, false);
        }
    }

    function withdraw(uint256 who, bool anchorer, uint256 fromWhom) external {
        address sender = actor(who);
        address account = actor(fromWhom);
        bytes32 role = anchorer ? ANCHORER_ROLE : REVOKER_ROLE;
        bool isSound = _holds[ADMIN_ROLE][sender];

        vm.prank(sender);
        try _registry.revokeRole(role, account) {
            vm.assertEq(isSound, true);
            _holds[role][account] = false;
        } catch {
            vm.assertEq(isSound, false);
        }
    }

    function wait(uint16 time) external {
        vm.warp(block.timestamp + time);
    }

    function anchored() external view returns (Anchored[] memory) {
        return _anchored;
    }

    function revokedNumbers() external view returns (uint64[] memory) {
        return _revokedNumbers;
    }

    function revocationOf(uint64 number) external view returns (IEvidenceRegistry.Revocation memory) {
        return _revocations[number];
    }

    function actors() external view returns (address[] memory) {
        return _actors;
    }

    function next() private view returns (uint64) {
        if (_anchored.length == 0) return _first;
        IEvidenceRegistry.Batch storage last = _anchored[_anchored.length - 1].batch;
        return last.firstNumber + last.count;
    }

    function actor(uint256 seed) private view returns (address) {
        return _actors[seed % _actors.length];
    }
}
