"""Keccak-256 as Ethereum uses it: the sponge of SHA-3 with the older padding byte 0x01 (hashlib has only SHA-3)."""
import struct
from functools import lru_cache

RATE = 136  # bytes absorbed per permutation, for a 256-bit digest
MASK = (1 << 64) - 1
LANES = struct.Struct('<17Q')


@lru_cache(maxsize=32768)
def keccak256(data):
    return sponge(data, 0x01)


def sponge(data, padding_byte):
    """The 32-byte digest. With padding byte 0x06 it is SHA3-256, so that it can be tested against hashlib."""
    padded = bytearray(data)
    padded.append(padding_byte)
    padded.extend(bytes(-len(padded) % RATE))
    padded[-1] |= 0x80
    state = [0] * 25
    for offset in range(0, len(padded), RATE):
        for lane, word in enumerate(LANES.unpack_from(padded, offset)):
            state[lane] ^= word
        state = permute(state)
    return struct.pack('<4Q', *state[:4])


def _round_constants():
    """Iota's constants, from the degree-8 shift register of FIPS 202, algorithm 5."""
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


ROUND_CONSTANTS = _round_constants()


def permute(state):
    """Keccak-f[1600]. Unrolled, since it is most of the running time; lane a[x + 5y] is A[x, y] of FIPS 202."""
    (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12,
     a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24) = state
    for constant in ROUND_CONSTANTS:
        # theta
        c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20
        c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21
        c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22
        c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23
        c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24
        d0 = c4 ^ (c1 << 1 | c1 >> 63) & MASK
        d1 = c0 ^ (c2 << 1 | c2 >> 63) & MASK
        d2 = c1 ^ (c3 << 1 | c3 >> 63) & MASK
        d3 = c2 ^ (c4 << 1 | c4 >> 63) & MASK
        d4 = c3 ^ (c0 << 1 | c0 >> 63) & MASK
        # rho and pi
        b0 = a0 ^ d0
        b1 = ((t := a6 ^ d1) << 44 | t >> 20) & MASK
        b2 = ((t := a12 ^ d2) << 43 | t >> 21) & MASK
        b3 = ((t := a18 ^ d3) << 21 | t >> 43) & MASK
        b4 = ((t := a24 ^ d4) << 14 | t >> 50) & MASK
        b5 = ((t := a3 ^ d3) << 28 | t >> 36) & MASK
        b6 = ((t := a9 ^ d4) << 20 | t >> 44) & MASK
        b7 = ((t := a10 ^ d0) << 3 | t >> 61) & MASK
        b8 = ((t := a16 ^ d1) << 45 | t >> 19) & MASK
        b9 = ((t := a22 ^ d2) << 61 | t >> 3) & MASK
        b10 = ((t := a1 ^ d1) << 1 | t >> 63) & MASK
        b11 = ((t := a7 ^ d2) << 6 | t >> 58) & MASK
        b12 = ((t := a13 ^ d3) << 25 | t >> 39) & MASK
        b13 = ((t := a19 ^ d4) << 8 | t >> 56) & MASK
        b14 = ((t := a20 ^ d0) << 18 | t >> 46) & MASK
        b15 = ((t := a4 ^ d4) << 27 | t >> 37) & MASK
        b16 = ((t := a5 ^ d0) << 36 | t >> 28) & MASK
        b17 = ((t := a11 ^ d1) << 10 | t >> 54) & MASK
        b18 = ((t := a17 ^ d2) << 15 | t >> 49) & MASK
        b19 = ((t := a23 ^ d3) << 56 | t >> 8) & MASK
        b20 = ((t := a2 ^ d2) << 62 | t >> 2) & MASK
        b21 = ((t := a8 ^ d3) << 55 | t >> 9) & MASK
        b22 = ((t := a14 ^ d4) << 39 | t >> 25) & MASK
        b23 = ((t := a15 ^ d0) << 41 | t >> 23) & MASK
        b24 = ((t := a21 ^ d1) << 2 | t >> 62) & MASK
        # chi, with (not p) and q written as q ^ (p & q); iota on the first lane
        a0 = b0 ^ b2 ^ (b1 & b2) ^ constant
        a1 = b1 ^ b3 ^ (b2 & b3)
        a2 = b2 ^ b4 ^ (b3 & b4)
        a3 = b3 ^ b0 ^ (b4 & b0)
        a4 = b4 ^ b1 ^ (b0 & b1)
        a5 = b5 ^ b7 ^ (b6 & b7)
        a6 = b6 ^ b8 ^ (b7 & b8)
        a7 = b7 ^ b9 ^ (b8 & b9)
        a8 = b8 ^ b5 ^ (b9 & b5)
        a9 = b9 ^ b6 ^ (b5 & b6)
        a10 = b10 ^ b12 ^ (b11 & b12)
        a11 = b11 ^ b13 ^ (b12 & b13)
        a12 = b12 ^ b14 ^ (b13 & b14)
        a13 = b13 ^ b10 ^ (b14 & b10)
        a14 = b14 ^ b11 ^ (b10 & b11)
        a15 = b15 ^ b17 ^ (b16 & b17)
        a16 = b16 ^ b18 ^ (b17 & b18)
        a17 = b17 ^ b19 ^ (b18 & b19)
        a18 = b18 ^ b15 ^ (b19 & b15)
        a19 = b19 ^ b16 ^ (b15 & b16)
        a20 = b20 ^ b22 ^ (b21 & b22)
        a21 = b21 ^ b23 ^ (b22 & b23)
        a22 = b22 ^ b24 ^ (b23 & b24)
        a23 = b23 ^ b20 ^ (b24 & b20)
        a24 = b24 ^ b21 ^ (b20 & b21)
    return [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12,
            a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24]
