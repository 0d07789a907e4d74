"""RFC 3161 tokens (§9): their form, and the rows of check 13 for one of them."""
import base64
import binascii
import hashlib
import re
from collections import namedtuple
from datetime import datetime, timezone

import der
from certificates import (
    HASHES, SIGNATURES, WrongForm, algorithm_of, find_authority, has_outline, is_time_stamping, issued,
    read_certificate, require, require_ec_signature, tags_of, verifies,
)
from der import BOOLEAN, INTEGER, OCTETS, OID, SEQUENCE, SET, NotDer
from failure import Failure

SIGNED_DATA, TST_INFO = '2a864886f70d010702', '2a864886f70d0109100104'
CONTENT_TYPE, MESSAGE_DIGEST = '2a864886f70d010903', '2a864886f70d010904'
SIGNING_CERTIFICATE = '2a864886f70d010910022f'
DIGEST_SIZES = {'sha256': 32, 'sha384': 48, 'sha512': 64}

Judged = namedtuple('Judged', 'time_ms authority')
Signer = namedtuple('Signer', 'issuer serial digest message_digest named attributes kind signature')
_PEM = re.compile(r'-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END CERTIFICATE-----\s*')


def pem_outline(text):
    """The DER of a trust file's certificate if it has the form, else None."""
    match = _PEM.fullmatch(text)
    try:
        joined = re.sub('[\r\n]', '', match.group(1)) if match else ''
        data = base64.b64decode(joined, validate=True)
        element = der.read(data)
    except (binascii.Error, NotDer):
        return None
    return element if base64.b64encode(data).decode() == joined and has_outline(element) else None


def read_authorities(pems):
    authorities = []
    for pem in pems:
        element = pem_outline(pem)
        try:
            authorities += [read_certificate(element)] if element else []
        except (WrongForm, NotDer, ValueError, IndexError):
            pass  # names no authority
    return authorities


def judge_token(data, message, authorities):
    """When the token was made, and by which authority (None: untrusted); Failure with the code of its first fault."""
    try:
        imprint, time_ms, content, certificates, signer = _read(data)
        certificate, others = _signers(certificates, signer)
    except (WrongForm, NotDer, ValueError, IndexError):
        raise Failure('witness-malformed') from None
    name, digest = imprint
    if hashlib.new(name, message).digest() != digest:
        raise Failure('witness-mismatch')
    if not _is_signed(certificate, signer, content):
        raise Failure('witness-signature-invalid')
    authority = find_authority(certificate, others, authorities, time_ms)
    known = {each.raw for each in authorities}
    vouched = all(each.raw in known or any(issued(by, each) for by in [certificate, *others, *authorities])
                  for each in [certificate, *others])
    return Judged(time_ms, authority if vouched else None)


def _read(data):
    info = der.read(data)
    require(info.tag == SEQUENCE and tags_of(info) == [OID, 0xA0] and info.children[0].content.hex() == SIGNED_DATA)
    wrapped = info.children[1]
    require(tags_of(wrapped) == [SEQUENCE])
    signed = wrapped.children[0]
    require(tags_of(signed) == [INTEGER, SET, SEQUENCE, 0xA0, SET])
    version, digests, encapsulated, certificates, signers = signed.children
    require(version.content == b'\3')
    require(tags_of(encapsulated) == [OID, 0xA0] and encapsulated.children[0].content.hex() == TST_INFO)
    require(tags_of(encapsulated.children[1]) == [OCTETS] and tags_of(signers) == [SEQUENCE])
    signer = _signer(signers.children[0])
    require(tags_of(digests) == [SEQUENCE] and HASHES.get(algorithm_of(digests.children[0])) == signer.digest)
    content = encapsulated.children[1].children[0].content
    require(1 <= len(certificates.children) <= 8 and all(map(has_outline, certificates.children)))
    require(len({each.raw for each in certificates.children}) == len(certificates.children))
    return (*_stamped(der.read(content)), content, certificates.children, signer)


def _signer(info):
    require(tags_of(info) == [INTEGER, SEQUENCE, SEQUENCE, 0xA0, SEQUENCE, OCTETS])
    version, who, digest, attributes, algorithm, signature = info.children
    require(version.content == b'\1' and tags_of(who) == [SEQUENCE, INTEGER])
    name = HASHES.get(algorithm_of(digest))
    kind, named = SIGNATURES.get(algorithm_of(algorithm), (None, None))
    require(name and kind and named in (None, name))
    if kind == 'EC':
        require_ec_signature(signature.content)
    values = {}
    for attribute in attributes.children:
        require(tags_of(attribute) == [OID, SET] and len(attribute.children[1].children) == 1)
        key = attribute.children[0].content.hex()
        require(key not in values)
        values[key] = attribute.children[1].children[0]
    require({CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE} <= values.keys())
    require(values[CONTENT_TYPE].tag == OID and values[CONTENT_TYPE].content.hex() == TST_INFO)
    require(values[MESSAGE_DIGEST].tag == OCTETS and values[SIGNING_CERTIFICATE].tag == SEQUENCE)
    return Signer(who.children[0].raw, who.children[1].content, name, values[MESSAGE_DIGEST].content,
                  _named(values[SIGNING_CERTIFICATE]), b'\x31' + attributes.raw[1:], kind, signature.content)


def _named(signing_certificate):
    """(digest's name, digest, IssuerSerial or None) of the first ESSCertIDv2."""
    identifiers = signing_certificate.children[0]
    require(identifiers.tag == SEQUENCE and identifiers.children[0].tag == SEQUENCE)
    parts = identifiers.children[0].children
    name = 'sha256'
    if parts[0].tag == SEQUENCE:
        name, parts = HASHES.get(algorithm_of(parts[0])), parts[1:]
    require(name and 1 <= len(parts) <= 2 and parts[0].tag == OCTETS)
    require(len(parts[0].content) == DIGEST_SIZES[name])
    return name, parts[0].content, parts[1] if len(parts) == 2 else None


def _stamped(info):
    """((digest's name, imprint), time in ms)."""
    tags = tags_of(info)
    require(info.tag == SEQUENCE and tags[:5] == [INTEGER, OID, SEQUENCE, INTEGER, 0x18])
    require(info.children[0].content == b'\1')
    places = [[SEQUENCE, BOOLEAN, INTEGER, 0xA0, 0xA1].index(tag) for tag in tags[5:]]
    require(all(later > earlier for earlier, later in zip(places, places[1:])))
    imprint, time = info.children[2], info.children[4]
    require(tags_of(imprint) == [SEQUENCE, OCTETS])
    name, digest = HASHES.get(algorithm_of(imprint.children[0])), imprint.children[1].content
    require(name and len(digest) == DIGEST_SIZES[name])
    match = re.fullmatch(rb'(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z', time.content)
    require(match)
    *whole, fraction = match.groups()
    instant = datetime(*map(int, whole), tzinfo=timezone.utc)
    require(instant.year >= 1970)
    millis = int((fraction or b'').decode()[:3].ljust(3, '0'))
    return (name, digest), int(instant.timestamp()) * 1000 + millis


def _signers(elements, signer):
    """The signer's certificate and the others, each of which is reached from it."""
    certificates = [read_certificate(element) for element in elements]
    own = [each for each in certificates if (each.issuer, each.serial) == (signer.issuer, signer.serial)]
    require(len(own) == 1)
    reached = [own[0]]
    for certificate in reached:  # grows while it is walked
        reached += [each for each in certificates
                    if not any(each is other for other in reached) and issued(each, certificate)]
    require(len(reached) == len(certificates))
    return own[0], [each for each in certificates if each is not own[0]]


def _is_signed(certificate, signer, content):
    name, digest, issuer_serial = signer.named
    return (hashlib.new(name, certificate.raw).digest() == digest
            and _is_named(issuer_serial, certificate)
            and is_time_stamping(certificate)
            and hashlib.new(signer.digest, content).digest() == signer.message_digest
            and certificate.key[0] == signer.kind
            and verifies(certificate, signer.digest, signer.attributes, signer.signature))


def _is_named(issuer_serial, certificate):
    if issuer_serial is None:
        return True
    if len(issuer_serial.children) < 2:
        return False
    names, serial = issuer_serial.children[:2]
    return (tags_of(names) == [0xA4] and names.children[0].content == certificate.issuer
            and serial.content == certificate.serial)
