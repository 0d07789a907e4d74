"""The trust file (§4): which networks, registries and validators the verifier believes."""
from functools import lru_cache

import jsonstrict
from failure import Failure
from fields import (
    Malformed, address, all_different, array, decimal, digest, integer, matching, obj, one_of, string, time, word,
)
from tokens import pem_outline, read_authorities

MEDIA_TYPE = 'application/vnd.inkseal.trust+json;v=1'
MEDIA_TYPE_V2 = 'application/vnd.inkseal.trust+json;v=2'

REGISTRY = obj(
    {'address': address, 'codeHash': word, 'batchesSlot': word, 'revocationsSlot': word, 'nextNumberSlot': word,
     'fromBlock': decimal()},
    {'throughNumber': decimal()},
)
VALIDATOR = obj({'address': address}, {'organisation': string(1, 200)})
VALIDATOR_SET = obj({'fromBlock': decimal(), 'validators': array(VALIDATOR, 1, 64)})
NETWORK = obj({
    'chainId': decimal(1),
    'consensus': one_of('qbft', 'none'),
    'registries': array(REGISTRY, 1, 64),
    'validatorSets': array(VALIDATOR_SET, 0, 4_096),
})
CERTIFICATE = matching(r'-----BEGIN CERTIFICATE-----[\s\S]*')
COMMON = {'name': string(1, 200), 'networks': array(NETWORK, 1, 16)}


def _certificate_text(value):
    return string(0, 16_384)(CERTIFICATE(value))


def _certificate(value):
    if pem_outline(_certificate_text(value)) is None:
        raise Malformed
    return value


TRUST = obj({'mediaType': one_of(MEDIA_TYPE), **COMMON, 'timestampAuthorities': array(_certificate_text, 0, 32)})
TRUST_V2 = obj({
    'mediaType': one_of(MEDIA_TYPE_V2), **COMMON,
    'timestampAuthorities': array(_certificate, 0, 32),
    'requiredWitnesses': integer(0, 8),
    'receiptKeys': array(obj({'key': digest, 'from': time}, {'until': time}), 0, 64),
    'documentSigners': array(_certificate, 0, 32),
})


@lru_cache(maxsize=64)
def read_trust(data):
    """The trust file as a dict of Python values; Failure with a `trust-…` code."""
    try:
        raw = jsonstrict.read(data, canonical=False)
        is_v2 = isinstance(raw, dict) and raw.get('mediaType') == MEDIA_TYPE_V2
        trust = (TRUST_V2 if is_v2 else TRUST)(raw)
        if is_v2:
            _validate_v2(trust)
        for network in trust['networks']:
            _validate_network(network)
        all_different(trust['networks'], 'chainId')
        _validate_keys(trust['networks'])
        trust['authorities'] = read_authorities(trust['timestampAuthorities'])
        return trust
    except Failure as failure:
        raise Failure('trust-malformed' if failure.code == 'not-canonical' else 'trust-' + failure.code) from None
    except Malformed:
        raise Failure('trust-malformed') from None


def find(trust, chain_id, contract):
    """(network, registry) of that chain and address; None for what the trust file does not know."""
    for network in trust['networks']:
        if network['chainId'] == chain_id:
            known = [registry for registry in network['registries'] if registry['address'] == contract]
            return network, known[0] if known else None
    return None, None


def set_in_force(network, block):
    """The addresses that validate at that block, or None."""
    started = [each for each in network['validatorSets'] if each['fromBlock'] <= block]
    return {validator['address'] for validator in started[-1]['validators']} if started else None


def _validate_v2(trust):
    for name in ('timestampAuthorities', 'documentSigners'):
        texts = [''.join(text.split()) for text in trust[name]]
        if len(set(texts)) != len(texts):
            raise Malformed
    all_different(trust['receiptKeys'], 'key')
    if any('until' in key and key['until'] <= key['from'] for key in trust['receiptKeys']):
        raise Malformed


def _validate_network(network):
    all_different(network['registries'], 'address')
    sets = network['validatorSets']
    for each in sets:
        all_different(each['validators'], 'address')
    starts = [each['fromBlock'] for each in sets]
    if any(later <= earlier for earlier, later in zip(starts, starts[1:])):
        raise Malformed
    if (network['consensus'] == 'qbft') != bool(sets):
        raise Malformed


def _validate_keys(networks):
    members = [{validator['address'] for each in network['validatorSets'] for validator in each['validators']}
               for network in networks]
    if sum(map(len, members)) != len(set().union(*members)):
        raise Malformed
