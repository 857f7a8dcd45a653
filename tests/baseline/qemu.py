# SPDX-License-Identifier: GPL-2.0-only
"""QEMU without KVM, asked about CPUs. QEMU names the program, or is a command
("chroot DIR qemu-system-x86_64"); no guest runs in it."""
import atexit
import json
import os
import re
import shlex
import shutil
import subprocess

QEMU = shlex.split(os.environ.get("QEMU") or
                   shutil.which("qemu-system-x86_64") or "")
# A machine in which nothing runs; the processor is there, and stopped.
MACHINE = ["-M", "q35", "-S", "-m", "16"]
COMMON = ["-accel", "tcg", "-nodefaults", "-display", "none", "-qmp", "stdio"]
LIMIT = 60

LACKS = re.compile(r"warning: TCG doesn't support requested feature: "
                   r"(?:CPUID\.|MSR\()[0-9A-F]+(?:H:E[A-D]X|H\))"
                   r"(?:\.([^ ]+))? \[bit \d+\]$")
# Bits without a name, which follow from features: states of XSAVE, EPT's types of
# memory.
UNNAMED = re.compile(r".*feature: (CPUID\.0DH|MSR\(48CH\) \[bit (8|14)\]).*")
NO_NAME = "what has no name"
SUMMARY = "TCG doesn't support requested features"


class Qmp:
    """One QEMU without a machine, which answers questions."""

    def __init__(self):
        self.process = subprocess.Popen(
            [*QEMU, "-M", "none", *COMMON], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        # It does not end with its input.
        atexit.register(self.process.kill)
        greeting = json.loads(self.process.stdout.readline())
        version = greeting["QMP"]["version"]["qemu"]
        self.version = f"{version['major']}.{version['minor']}"
        self.ask("qmp_capabilities")
        # What TCG has, a processor that lacks nothing of it says.
        most, _ = self.expand("max", {})
        self.tcg = {name for name, on in most.items() if on is True}
        self.machines = {machine["name"] for machine in
                         self.ask("query-machines")["return"]}

    def ask(self, command, **arguments):
        """Returns the answer, with a member "return" or "error"."""
        self.process.stdin.write(json.dumps(
            {"execute": command, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        while True:
            answer = json.loads(self.process.stdout.readline())
            if "return" in answer or "error" in answer:
                return answer

    def expand(self, model, switches):
        """Returns the properties, None; or None, the error."""
        answer = self.ask("query-cpu-model-expansion", type="full",
                          model={"name": model, "props": switches})
        if "error" in answer:
            return None, answer["error"]["desc"]
        return answer["return"]["model"]["props"], None

    def close(self):
        self.ask("quit")
        self.process.wait(timeout=10)


def start(option, machine="q35"):
    """Makes a processor by the option -cpu. Returns whether QEMU took it, the
    names that it says TCG lacks, and what else it says."""
    run = [*QEMU, "-M", machine, *MACHINE[2:], *COMMON, "-cpu", option]
    done = subprocess.run(
        run, input='{"execute":"qmp_capabilities"}{"execute":"quit"}',
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=LIMIT, check=False)
    lacks, says = set(), []
    for line in done.stderr.splitlines():
        line = line.split(": ", 1)[-1]
        match = LACKS.fullmatch(line)
        if match:
            named = match[1] or UNNAMED.fullmatch(line) and NO_NAME
            lacks.add(named or line)
        elif line != SUMMARY:
            says.append(line)
    return not done.returncode, lacks, says
