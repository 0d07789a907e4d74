"""ECDSA public key recovery on secp256k1 (SEC 1 §4.1.6), for recovery ids 0 and 1."""
from functools import lru_cache

from keccak import keccak256

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
INFINITY = (1, 1, 0)  # points are Jacobian: (X, Y, Z) stands for (X / Z², Y / Z³)


@lru_cache(maxsize=16384)
def recover_address(digest, signature):
    """The 20-byte address that signed `digest` with r ‖ s ‖ v (65 bytes), or None if no key could have."""
    if len(signature) != 65:
        return None
    r, s, v = int.from_bytes(signature[:32], 'big'), int.from_bytes(signature[32:64], 'big'), signature[64]
    if not (0 < r < N and 0 < s < N and v <= 1):
        return None
    y = _lift(r, v)
    if y is None:
        return None
    inverse = pow(r, -1, N)
    point = affine(multiply_add(-int.from_bytes(digest, 'big') * inverse % N, s * inverse % N, (r, y)))
    return point and address_of(point)


def address_of(point):
    return keccak256(point[0].to_bytes(32, 'big') + point[1].to_bytes(32, 'big'))[12:]


def multiply_add(a, b, point):
    """a·G + b·point, by Shamir's trick over two signed-digit expansions."""
    digits_g, digits_p = _wnaf(a, 8), _wnaf(b, 5)
    table_p = _odd_multiples(point, 8)
    total = INFINITY
    for i in range(max(len(digits_g), len(digits_p)) - 1, -1, -1):
        total = _double(total)
        if i < len(digits_g) and digits_g[i]:
            total = _add(total, _signed(TABLE_G, digits_g[i]))
        if i < len(digits_p) and digits_p[i]:
            total = _add(total, _signed(table_p, digits_p[i]))
    return total


def affine(point):
    """(x, y), or None for the point at infinity."""
    x, y, z = point
    if z == 0:
        return None
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return x * square % P, y * square * inverse % P


def _lift(x, parity):
    """The y of that parity on the curve y² = x³ + 7, or None."""
    square = (x * x * x + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if x >= P or y * y % P != square:
        return None
    return y if y & 1 == parity else P - y


def _wnaf(scalar, width):
    """Signed odd digits below 2^(width-1), lowest first, no two non-zero ones within `width` places."""
    digits, size = [], 1 << width
    while scalar:
        digit = 0
        if scalar & 1:
            digit = scalar & (size - 1)
            if digit >= size >> 1:
                digit -= size
            scalar -= digit
        digits.append(digit)
        scalar >>= 1
    return digits


def _odd_multiples(point, count):
    """point, 3·point, 5·point, …"""
    multiples = [(point[0], point[1], 1)]
    twice = _double(multiples[0])
    while len(multiples) < count:
        multiples.append(_add(multiples[-1], twice))
    return multiples


def _signed(table, digit):
    x, y, z = table[abs(digit) >> 1]
    return (x, y, z) if digit > 0 else (x, P - y, z)


def _double(point):
    x, y, z = point
    if z == 0:
        return point
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * x * x % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(p, q):
    x1, y1, z1 = p
    x2, y2, z2 = q
    if z1 == 0:
        return q
    if z2 == 1:  # the table of G: several products fall away
        u1, s1, zz1 = x1, y1, z1 * z1 % P
        z12 = z1
    else:
        zz1, zz2 = z1 * z1 % P, z2 * z2 % P
        u1, s1 = x1 * zz2 % P, y1 * zz2 * z2 % P
        z12 = z1 * z2 % P
    h, r = (x2 * zz1 - u1) % P, (y2 * zz1 * z1 - s1) % P
    if h == 0:
        return _double(p) if r == 0 else INFINITY
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, z12 * h % P


TABLE_G = [affine(point) + (1,) for point in _odd_multiples(G, 64)]
