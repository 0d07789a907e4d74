"""Ed25519 signatures (RFC 8032 §5.1), as §10 accepts them: one encoding of each point and scalar, no key of small order."""
import hashlib
from functools import lru_cache

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)  # points are extended: (X, Y, Z, T) stands for (X / Z, Y / Z), and T = X Y / Z


@lru_cache(maxsize=4096)
def is_signed(key, message, signature):
    """Whether `signature` (64 bytes) on `message` is by `key` (32 bytes)."""
    public, commitment = _decode(key), _decode(signature[:32])
    scalar = int.from_bytes(signature[32:], 'little')
    if public is None or commitment is None or scalar >= ORDER or _is_neutral(_multiply(8, public)):
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), 'little') % ORDER
    difference = _add(_multiply(scalar, BASE), _negative(_add(commitment, _multiply(challenge, public))))
    return _is_neutral(_multiply(8, difference))


def _decode(data):
    """The point of these 32 bytes (§5.1.3), or None."""
    number = int.from_bytes(data, 'little')
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return _point(x if x & 1 == sign else P - x, y)


def _point(x, y):
    return (x, y, 1, x * y % P)


def _negative(point):
    x, y, z, t = point
    return (-x % P, y, z, -t % P)


def _add(left, right):
    """The complete addition of §5.1.4."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = left, right
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _multiply(scalar, point):
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _is_neutral(point):
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


BASE = _decode((4 * pow(5, -1, P) % P).to_bytes(32, 'little'))
