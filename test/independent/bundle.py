"""Reading a proof bundle (§2) or an absence proof (§6): the document's tables, and the digests of a bundle's parts."""
import hashlib

import jsonstrict
from failure import Failure
from fields import (
    Malformed, address, all_different, anything, array, base64_bytes, by_kind, decimal, digest, header, integer,
    matching, nodes, obj, one_of, string, time, word,
)

BUNDLE_TYPE = 'application/vnd.inkseal.proof+json;v=1'
BUNDLE_TYPE_V2 = 'application/vnd.inkseal.proof+json;v=2'
ABSENCE_TYPE = 'application/vnd.inkseal.absence+json;v=1'
MEDIA_TYPES = {'bundle': [BUNDLE_TYPE, BUNDLE_TYPE_V2], 'absence': [ABSENCE_TYPE],
               None: [BUNDLE_TYPE, BUNDLE_TYPE_V2, ABSENCE_TYPE]}
MAX_COUNT = 2**20

REGISTRY = obj({'chainId': decimal(1), 'contract': address})
NAME = matching('[a-z][a-z0-9-]{0,31}(:[1-9][0-9]{0,3})?')
KIND = one_of('attestation', 'registration', 'submission', 'audit-head')
STATEMENT = obj(
    {'v': one_of(1), 'registry': REGISTRY, 'number': decimal(1),
     'kind': KIND, 'sha256': digest, 'receivedAt': time,
     'notBefore': obj({'block': decimal(), 'hash': word})},
    {'sm3': digest},
)
INCLUSION = obj({'index': integer(0, MAX_COUNT - 1), 'count': integer(1, MAX_COUNT), 'path': array(digest, 0, 32)})
BATCH = obj({'root': digest, 'id': decimal(1), 'firstNumber': decimal(1), 'count': integer(1, MAX_COUNT),
             'anchoredAt': decimal()})
PROOF = {'headerRlp': header, 'accountProof': nodes, 'storageProof': nodes}
WITNESS = obj({'kind': one_of('rfc3161'), 'token': base64_bytes(65_536)})
TOKEN_V2 = obj({'kind': one_of('rfc3161', 'renewal'), 'token': base64_bytes(16_384)})
CHAIN = obj({'kind': one_of('chain'), 'chainId': decimal(1), 'contract': address, **PROOF})
WITNESS_V2 = by_kind({'rfc3161': TOKEN_V2, 'renewal': TOKEN_V2, 'chain': CHAIN})
LISTED = obj({'name': NAME, 'sha256': digest})
SECTION = obj({'name': NAME, 'salt': digest, 'content': anything})
FILE = obj(
    {'name': string(1, 1_024), 'size': decimal(), 'mediaType': string(1, 255), 'sha256': digest},
    {'sm3': digest, 'uploadedAt': time},
)
FILES = array(FILE, 1, 1_000)


def _bundle_of(media_type, witnesses):
    return obj(
        {'mediaType': one_of(media_type), 'statement': STATEMENT, 'inclusion': INCLUSION,
         'notBefore': obj({'headerRlp': header}), 'anchor': obj({'batch': BATCH, **PROOF})},
        {'status': obj(PROOF), 'witnesses': witnesses,
         'manifest': obj({'v': one_of(1), 'sections': array(LISTED, 1, 64)}),
         'sections': array(SECTION, 1, 64),
         'hints': obj({}, {'transaction': word, 'anchorBlockHash': word})},
    )


BUNDLES = {BUNDLE_TYPE: _bundle_of(BUNDLE_TYPE, array(WITNESS, 1, 16)),
           BUNDLE_TYPE_V2: _bundle_of(BUNDLE_TYPE_V2, array(WITNESS_V2, 1, 8))}
ABSENCE = obj({'mediaType': one_of(ABSENCE_TYPE), 'registry': REGISTRY, 'number': decimal(1), **PROOF})


def read_document(data, kind=None):
    """A file of that kind (None: of either) as a dict of Python values; a bundle gets `digests` added.

    Failure with a code of §1.
    """
    raw = jsonstrict.read(data)
    media_type = raw.get('mediaType') if isinstance(raw, dict) else None
    if media_type not in MEDIA_TYPES[kind]:
        raise Failure('unknown-media-type')
    try:
        if media_type == ABSENCE_TYPE:
            return ABSENCE(raw)
        bundle = BUNDLES[media_type](raw)
        _validate_sections(bundle)
        if media_type == BUNDLE_TYPE_V2:
            _validate_witnesses(bundle.get('witnesses', []))
    except Malformed:
        raise Failure('malformed') from None
    bundle['digests'] = _digests(raw)
    bundle['messages'] = _messages(raw)
    return bundle


def disclosed_files(bundle):
    """The list of files of the section `files`, or None when the bundle does not disclose it."""
    for section in bundle.get('sections', []):
        if section['name'] == 'files':
            return section['content']
    return None


def _validate_sections(bundle):
    manifest, sections = bundle.get('manifest'), bundle.get('sections')
    if manifest is not None:
        all_different(manifest['sections'], 'name')
    if sections is None:
        return
    if manifest is None:
        raise Malformed
    all_different(sections, 'name')
    place = {listed['name']: i for i, listed in enumerate(manifest['sections'])}
    places = [place[section['name']] for section in sections if section['name'] in place]
    if places != sorted(places):
        raise Malformed
    for section in sections:
        if section['name'] == 'files':
            section['content'] = FILES(section['content'])


def _validate_witnesses(witnesses):
    all_different([each for each in witnesses if each['kind'] != 'chain'], 'token')
    chains = [(each['chainId'], each['contract']) for each in witnesses if each['kind'] == 'chain']
    if len(set(chains)) != len(chains):
        raise Malformed
    if witnesses and witnesses[0]['kind'] == 'renewal':
        raise Malformed


def _messages(raw):
    """What each token of version 2 is about."""
    root, witnesses = raw['anchor']['batch']['root'], raw.get('witnesses', [])
    return [bytes.fromhex(root) if witness['kind'] != 'renewal' else jsonstrict.write(
        {'registry': raw['statement']['registry'], 'root': root, 'witnesses': witnesses[:place]})
        for place, witness in enumerate(witnesses)]


def _digests(raw):
    """What the digests of a bundle are taken over, or are."""
    return {
        'leaf': _sha256(b'\0' + jsonstrict.write(raw['statement'])),
        'manifest': jsonstrict.write(raw['manifest']) if 'manifest' in raw else None,
        'sections': [_sha256(jsonstrict.write(section)) for section in raw.get('sections', [])],
    }


def _sha256(data):
    return hashlib.sha256(data).digest()
