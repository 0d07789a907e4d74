"""The batch tree: the root that an inclusion path leads to, straight from the definition of RFC 9162 §2.1."""
import hashlib


def path_length(index, count):
    """The number of path elements for leaf `index` of `count`."""
    if count == 1:
        return 0
    left = _split(count)
    return 1 + (path_length(index, left) if index < left else path_length(index - left, count - left))


def root_of(leaf, index, count, path):
    """The root of the tree over `count` leaves; `path` runs from the leaf upwards and has its `path_length`."""
    if count == 1:
        return leaf
    left, below, sibling = _split(count), path[:-1], path[-1]
    if index < left:
        return node(root_of(leaf, index, left, below), sibling)
    return node(sibling, root_of(leaf, index - left, count - left, below))


def node(left, right):
    return hashlib.sha256(b'\1' + left + right).digest()


def _split(count):
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
