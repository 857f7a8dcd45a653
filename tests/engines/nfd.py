# SPDX-License-Identifier: GPL-2.0-only
"""A feature file of NFD, read by NFD's documented rules, and rules over it.

Written apart from the program: what NFD's source "local" documents (files,
directives, sizes), what Kubernetes documents of labels, and the operators of
NodeFeatureRule that contrib uses. A file that NFD would take less of than it
holds is an error here.
"""
import datetime
import os
import re
import stat

MOST_BYTES = 65536
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?\Z")
DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?"
                    r"(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\Z")
PREFIX = "feature.node.kubernetes.io"


class Bad(Exception):
    """The file is not what NFD reads whole."""


def content(path):
    status = os.lstat(path)
    if os.path.basename(path).startswith("."):
        raise Bad("hidden: NFD ignores it")
    if not stat.S_ISREG(status.st_mode):
        raise Bad("not a regular file")
    if not status.st_mode & stat.S_IROTH:
        raise Bad("nobody else may read it")
    if status.st_size > MOST_BYTES:
        raise Bad(f"{status.st_size} bytes, of which NFD reads none")
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    if not text.endswith("\n"):
        raise Bad("the last line has no end")
    for character in text.replace("\n", ""):
        if ord(character) < 0x20 or 0x7f <= ord(character) < 0xa0:
            raise Bad(f"a control character, {character!r}")
    return text.splitlines() if "\r" not in text else []


def check_key(key):
    domain, slash, name = key.partition("/")
    if not slash or not DOMAIN.match(domain) or not NAME.match(name):
        raise Bad(f"{key!r} is no qualified name")
    if domain != PREFIX:
        raise Bad(f"{key!r} is not of {PREFIX}")


class Directives:
    """Those that hold for the next line, and the expiry of all that follow."""

    def __init__(self):
        self.expiry = None
        self.next = set()

    def take(self, line):
        name, equals, value = line[len("# +"):].partition("=")
        if name == "expiry-time" and equals:
            moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
            if not moment.tzinfo:
                raise Bad(f"{line!r} has no zone")
            self.expiry = moment
        elif name in ("no-label", "no-feature") and not equals:
            if self.next:
                raise Bad(f"{line!r} behind another of its kind")
            self.next.add(name)
        else:
            raise Bad(f"{line!r} is no directive")


def read(path, now=None):
    """The features and the labels of the file; expired ones are none."""
    now = now or datetime.datetime.now(datetime.timezone.utc)
    features, labels, directives = {}, {}, Directives()
    for line in content(path):
        if line.startswith("# +"):
            directives.take(line)
            continue
        if not line or line.startswith("#") or line != line.strip():
            raise Bad(f"{line!r} is not what NFD reads as it stands")
        key, _, value = line.partition("=")
        check_key(key)
        if key in features or key in labels:
            raise Bad(f"{key!r} is there twice")
        dropped, directives.next = directives.next, set()
        if directives.expiry and directives.expiry < now:
            continue
        if "no-feature" not in dropped:
            features[key] = value or "true"
        if "no-label" not in dropped:
            if not NAME.match(value):
                raise Bad(f"{value!r} is no value of a label")
            labels[key] = value
    if directives.next:
        raise Bad("a directive at the end holds for no line")
    return features, labels


OPERATORS = {
    "IsTrue": lambda value, _: value == "true",
    "IsFalse": lambda value, _: value == "false",
    "Exists": lambda value, _: value is not None,
    "DoesNotExist": lambda value, _: value is None,
    "In": lambda value, of: value in of,
    "NotIn": lambda value, of: value is not None and value not in of,
}


def terms_match(terms, sets):
    for term in terms:
        if set(term) != {"feature", "matchExpressions"}:
            raise Bad(f"a term of {sorted(term)}")
        elements = sets[term["feature"]]
        for key, expression in term["matchExpressions"].items():
            operator = OPERATORS[expression["op"]]
            if not operator(elements.get(key), expression.get("value")):
                return False
    return True


def apply_rules(document, features, labels):
    """The labels that the rules of a NodeFeatureRule add."""
    if document["apiVersion"] != "nfd.k8s-sigs.io/v1alpha1" or \
            document["kind"] != "NodeFeatureRule":
        raise Bad("no NodeFeatureRule")
    sets = {"local.feature": features, "local.label": labels}
    added = {}
    for rule in document["spec"]["rules"]:
        unknown = set(rule) - {"name", "labels", "matchFeatures", "matchAny"}
        if unknown or not rule["labels"]:
            raise Bad(f"{rule.get('name')}: {unknown}")
        every = terms_match(rule.get("matchFeatures", []), sets)
        any_of = rule.get("matchAny")
        if every and (not any_of or any(
                terms_match(one["matchFeatures"], sets) for one in any_of)):
            for key, value in rule["labels"].items():
                check_key(key)
                added[key] = value
    return added
