"""Certificates of a token and of the trust file, and the path to an authority (§9)."""
import hashlib
import re
from collections import namedtuple
from datetime import datetime, timezone

import der
from der import NotDer
from signatures import CURVES, verifies_ec, verifies_rsa

HASHES = {'608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512'}
RSA, EC = '2a864886f70d010101', '2a8648ce3d0201'
SIGNATURES = {
    RSA: ('RSA', None), '2a864886f70d01010b': ('RSA', 'sha256'), '2a864886f70d01010c': ('RSA', 'sha384'),
    '2a864886f70d01010d': ('RSA', 'sha512'), '2a8648ce3d040302': ('EC', 'sha256'),
    '2a8648ce3d040303': ('EC', 'sha384'), '2a8648ce3d040304': ('EC', 'sha512'),
}
KEY_USAGE, BASIC_CONSTRAINTS, POLICIES, PURPOSES = '551d0f', '551d13', '551d20', '551d25'
UNDERSTOOD = {KEY_USAGE, BASIC_CONSTRAINTS, POLICIES, PURPOSES}
TIME_STAMPING, ANY_PURPOSE = '2b06010505070308', '551d2500'
MAY_SIGN, MAY_CERTIFY = 0xC0, 0x04

Certificate = namedtuple('Certificate', 'raw body serial issuer subject valid key signed_by signature extensions')


class WrongForm(Exception):
    """A token or certificate has another form than §9 says."""


def require(holds):
    if not holds:
        raise WrongForm


def algorithm_of(element):
    """The identifier of an AlgorithmIdentifier without parameters, in hex, or None."""
    parts = element.children
    if element.tag != der.SEQUENCE or not 1 <= len(parts) <= 2 or parts[0].tag != der.OID:
        return None
    return parts[0].content.hex() if len(parts) == 1 or parts[1].tag == der.NULL else None


def tags_of(element):
    return [child.tag for child in element.children]


def has_outline(element):
    return element.tag == der.SEQUENCE and tags_of(element) == [der.SEQUENCE, der.SEQUENCE, der.BITS]


def require_ec_signature(signature):
    parts = der.read(signature)
    require(parts.tag == der.SEQUENCE and tags_of(parts) == [der.INTEGER, der.INTEGER])
    require(all(part.content[0] < 0x80 for part in parts.children))


def read_certificate(element):
    """A certificate of that outline; WrongForm or NotDer."""
    body, algorithm, bits = element.children
    fields = [field for field in body.children if field.tag != 0xA0]
    require(len(fields) >= 6 and bits.content[0] == 0 and fields[1].raw == algorithm.raw)
    kind, digest = SIGNATURES.get(algorithm_of(algorithm), (None, None))
    require(digest)
    if kind == 'EC':
        require_ec_signature(bits.content[1:])
    serial, _, issuer, validity, subject, key = fields[:6]
    return Certificate(element.raw, body.raw, serial.content, issuer.raw, subject.raw,
                       [_time(each) for each in validity.children], _key(key), (kind, digest), bits.content[1:],
                       _extensions(fields[6:]))


def _time(element):
    text = element.content.decode('ascii', 'replace')
    match = re.fullmatch(r'(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z', text)
    require(match and len(text) == {0x17: 13, 0x18: 15}.get(element.tag))
    year, *rest = map(int, match.groups())
    if element.tag == 0x17:
        year += 1900 if year >= 50 else 2000
    try:
        return int(datetime(year, *rest, tzinfo=timezone.utc).timestamp()) * 1000
    except ValueError:
        raise WrongForm from None


def _key(element):
    """(kind, curve or None, what the signature functions take)."""
    require(tags_of(element) == [der.SEQUENCE, der.BITS])
    identifier = element.children[0].children
    bits = element.children[1].content[1:]
    name = identifier[0].content.hex()
    if name == EC and len(identifier) == 2 and identifier[1].content.hex() in CURVES:
        return 'EC', identifier[1].content.hex(), bits
    require(name == RSA)
    key = der.read(bits)
    require(tags_of(key) == [der.INTEGER, der.INTEGER])
    require(int.from_bytes(key.children[0].content, 'big').bit_length() >= 2048)
    return 'RSA', None, key


def _extensions(fields):
    """By identifier: (is critical, the DER of what is understood)."""
    extensions = {}
    for field in fields:
        if field.tag != 0xA3:
            continue
        for extension in field.children[0].children:
            name, *middle, value = extension.children
            name = name.content.hex()
            require(name not in extensions and value.tag == der.OCTETS)
            critical = len(middle) == 1 and middle[0].content == b'\xff'
            extensions[name] = critical, der.read(value.content) if name in UNDERSTOOD else None
    return extensions


def verifies(certificate, name, message, signature):
    """Whether the certificate's key made that signature over the message, digested by that name."""
    kind, curve, key = certificate.key
    digest = hashlib.new(name, message).digest()
    if kind == 'RSA':
        return verifies_rsa(key, name, digest, signature)
    return verifies_ec(curve, key, digest, signature)


def issued(issuer, certificate):
    kind, name = certificate.signed_by
    return (issuer.subject == certificate.issuer and issuer.key[0] == kind
            and verifies(issuer, name, certificate.body, certificate.signature))


def is_time_stamping(certificate):
    critical, _ = certificate.extensions.get(PURPOSES, (False, None))
    return critical and _purposes(certificate) == [TIME_STAMPING] and _has_usage(certificate, MAY_SIGN)


def find_authority(certificate, others, authorities, at, below=0):
    """The trusted certificate that the path ends in, or None."""
    if not _usable(certificate, at):
        return None
    for authority in authorities:
        if authority.raw == certificate.raw:
            return authority
    for authority in authorities:
        if _usable(authority, at) and _may_issue(authority, below) and issued(authority, certificate):
            return authority
    for following in others:
        if _may_issue(following, below) and issued(following, certificate):
            rest = [each for each in others if each is not following]
            found = find_authority(following, rest, authorities, at, below + 1)
            if found:
                return found
    return None


def _usable(certificate, at):
    start, end = certificate.valid
    known = all(not critical or name in UNDERSTOOD for name, (critical, _) in certificate.extensions.items())
    return start <= at <= end and known


def _may_issue(certificate, below):
    _, constraints = certificate.extensions.get(BASIC_CONSTRAINTS, (False, None))
    parts = constraints.children if constraints else []
    if not parts or parts[0].tag != der.BOOLEAN or parts[0].content != b'\xff':
        return False
    if len(parts) > 1 and below > int.from_bytes(parts[1].content, 'big'):
        return False
    purposes = _purposes(certificate)
    fits = purposes is None or TIME_STAMPING in purposes or ANY_PURPOSE in purposes
    return fits and _has_usage(certificate, MAY_CERTIFY)


def _has_usage(certificate, bits):
    if KEY_USAGE not in certificate.extensions:
        return True
    _, usage = certificate.extensions[KEY_USAGE]
    return len(usage.content) > 1 and usage.content[1] & bits != 0


def _purposes(certificate):
    if PURPOSES not in certificate.extensions:
        return None
    return [purpose.content.hex() for purpose in certificate.extensions[PURPOSES][1].children]
