# SPDX-License-Identifier: GPL-2.0-only
"""The copy of the tree that is changed, and the unit tests over it."""
import fcntl
import filecmp
import hashlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(TOP, "build/mutants", os.path.basename(sys.argv[0]))
TREE = os.path.join(OUT, "tree")
# Open until the program ends.
LOCK = []
VERIFIED = os.path.join(OUT, "verified")
LIBRARY = "build/objects/libvirtinfo.so"
PROGRAM = "build/objects/program"


def run(*command, **environment):
    """(status, all that it printed) of a command in the copy of the tree."""
    done = subprocess.run(command, cwd=TREE, text=True, errors="replace", check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "VIRTINFO_VERIFIED": VERIFIED,
                               **environment})
    return done.returncode, done.stdout


def copy():
    """Copies what git has to TREE; what has not changed there stays, with its time.
    Waits for another who has it."""
    os.makedirs(OUT, exist_ok=True)
    LOCK.append(open(os.path.join(OUT, "lock"), "w", encoding="ascii"))
    fcntl.flock(LOCK[0], fcntl.LOCK_EX)
    shutil.rmtree(VERIFIED, ignore_errors=True)
    os.makedirs(VERIFIED)
    names = subprocess.run(["git", "-C", TOP, "ls-files", "-z"], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.split("\0")
    names = {name for name in names if os.path.isfile(os.path.join(TOP, name))}
    for folder, folders, files in os.walk(TREE):
        if folder == TREE and "build" in folders:
            folders.remove("build")
        for name in files:
            path = os.path.join(folder, name)
            if os.path.relpath(path, TREE) not in names:
                os.remove(path)
    for name in names:
        source, target = os.path.join(TOP, name), os.path.join(TREE, name)
        if not os.path.exists(target) or not filecmp.cmp(source, target, shallow=False):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(source, target)
            os.utime(target)


def make(*targets):
    """All but main() and the tests is one library, so that a change compiles what
    includes it and links once."""
    return run("make", "-s", "-j2", "BUILD=build/objects", "HARDENING=-fPIC",
               "CFLAGS=-O0", "LDFLAGS=-no-pie", f"LIBRARY={LIBRARY}", "-f", "Makefile",
               "-f", os.path.join(HERE, "library.mk"), *targets)


def build():
    """Builds the program and the unit tests, which must pass; returns the tests."""
    status, said = make(PROGRAM, "unit")
    if status:
        sys.exit(f"the tree does not build\n{said[-2000:]}")
    folder = "build/objects/tests/unit"
    tests = sorted(f"{folder}/{name}" for name in os.listdir(os.path.join(TREE, folder))
                   if re.fullmatch(r"test_\w+", name))
    failed = failing(tests)
    if failed:
        sys.exit(f"{failed} fails without any change")
    return tests


def objects():
    """The objects of the library, relative to TREE."""
    found = []
    for folder in ("common", "userspace"):
        for path, _, files in os.walk(os.path.join(TREE, "build/objects", folder)):
            found += [os.path.relpath(os.path.join(path, name), TREE)
                      for name in files if name.endswith(".o")]
    return sorted(found)


def digest(path):
    """A checksum of a file in TREE; None where there is none."""
    try:
        with open(os.path.join(TREE, path), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return None


def failures(tests):
    """Those of these programs that fail, crash or hang, one after the other."""
    for test in tests:
        try:
            done = subprocess.run([test], cwd=TREE, check=False, timeout=300,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            yield test
        else:
            if done.returncode:
                yield test


def failing(tests):
    """The first of them; None for none."""
    return next(failures(tests), None)
