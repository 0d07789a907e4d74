"""SM3 (GB/T 32905): OpenSSL's when this Python offers it, else the one below."""
import hashlib

INITIAL = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
MASK = 0xFFFFFFFF


def sm3(data):
    try:
        return hashlib.new('sm3', data).digest()
    except ValueError:
        return sm3_plain(data)


def sm3_plain(data):
    padded = data + b'\x80' + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, 'big')
    state = INITIAL
    for offset in range(0, len(padded), 64):
        state = _compress(state, padded[offset:offset + 64])
    return b''.join(word.to_bytes(4, 'big') for word in state)


def _compress(state, block):
    words = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate(_rotate(a, 12) + e + _rotate(t, j % 32) & MASK, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if j < 16 else e & f | ~e & MASK & g
        tt1 = ff + d + ss2 + (words[j] ^ words[j + 4]) & MASK
        tt2 = gg + h + ss1 + words[j] & MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))


def _expand(block):
    words = [int.from_bytes(block[i:i + 4], 'big') for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        words.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words


def _rotate(word, count):
    return (word << count | word >> (32 - count)) & MASK
