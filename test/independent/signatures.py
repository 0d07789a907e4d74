"""RSA (PKCS #1 v1.5) and ECDSA on the curves P-256, P-384 and P-521 (§9), over a digest already taken."""
import der

# p, b, n, x and y of the base point (FIPS 186-4, D.1.2); a = p − 3
CURVES = {
    '2a8648ce3d030107': (
        0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff,
        0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
        0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
        0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5),
    '2b81040022': (
        0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff,
        0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef,
        0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973,
        0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7,
        0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f),
    '2b81040023': (
        2**521 - 1,
        0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00,
        0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409,
        0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66,
        0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650),
}
DIGEST_INFO = {
    'sha256': '3031300d060960864801650304020105000420',
    'sha384': '3041300d060960864801650304020205000430',
    'sha512': '3051300d060960864801650304020305000440',
}


def verifies_rsa(key, name, digest, signature):
    """key: the DER of an RSAPublicKey."""
    modulus, exponent = (int.from_bytes(part.content, 'big') for part in key.children)
    size = (modulus.bit_length() + 7) // 8
    value = int.from_bytes(signature, 'big')
    if len(signature) != size or value >= modulus:
        return False
    info = bytes.fromhex(DIGEST_INFO[name]) + digest
    return pow(value, exponent, modulus).to_bytes(size, 'big') == b'\0\1' + b'\xff' * (size - 3 - len(info)) + b'\0' + info


def verifies_ec(curve, point, digest, signature):
    """point: 0x04 ‖ x ‖ y; signature: DER."""
    p, b, n, gx, gy = CURVES[curve]
    size = (p.bit_length() + 7) // 8
    if len(point) != 1 + 2 * size or point[0] != 4:
        return False
    x, y = int.from_bytes(point[1:1 + size], 'big'), int.from_bytes(point[1 + size:], 'big')
    if x >= p or y >= p or (y * y - (x * x * x - 3 * x + b)) % p:
        return False
    r, s = (int.from_bytes(part.content, 'big') for part in der.read(signature).children)
    if not (0 < r < n and 0 < s < n):
        return False
    number = int.from_bytes(digest, 'big') >> max(0, 8 * len(digest) - n.bit_length())
    inverse = pow(s, -1, n)
    total = _add(_multiply(number * inverse % n, (gx, gy), p), _multiply(r * inverse % n, (x, y), p), p)
    return total is not None and total[0] % n == r


def _multiply(scalar, point, p):
    total = None
    while scalar:
        if scalar & 1:
            total = _add(total, point, p)
        point = _add(point, point, p)
        scalar >>= 1
    return total


def _add(a, b, p):
    """Points are (x, y), the one at infinity None."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % p == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, p) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, p)
    x = (slope * slope - a[0] - b[0]) % p
    return x, (slope * (a[0] - x) - a[1]) % p
