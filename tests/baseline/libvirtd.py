# SPDX-License-Identifier: GPL-2.0-only
"""Does libvirtd take the baselines, and agree with its own?

libvirtd.py DIR, in a root with libvirtd and QEMU: DIR has NAME.xml, NAME.cpu
(QEMU's option -cpu) and NAME.files of each machine, and A+B.* of each two.

- A domain with it is valid, and is defined by libvirtd and the test driver.
- hypervisor-cpu-compare and starting refuse exactly the features that TCG lacks,
  by name; of MSRs at least those that are said.
- The -cpu that libvirt makes of it is the one that is printed for QEMU: QEMU
  expands both to the same features.
- hypervisor-cpu-baseline of two machines' baselines is that of both, but for
  VMX and SVM, of which libvirt does not know that they cannot be made alike.
"""
import glob
import os
import re
import shlex
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import qemu  # pylint: disable=wrong-import-position

SYSTEM = "qemu:///system"
TEST = "test:///default"
# QEMU's kvm_default_props: of a model it is on with TCG only.
OFF_WITH_KVM = {"monitor"}
LACKS = re.compile(r"Host CPU does not provide required features: (.*)")
NESTED = re.compile(r"vmx|svm|vmx-.*|npt|lbrv|nrip-save|tsc-scale|vgif|vnmi|"
                    r"v-vmsave-vmload|flushbyasid|decodeassists|pause-filter|"
                    r"pfthreshold|vmcb-clean|avic|x2avic|svm-lock|"
                    r"svme-addr-chk")
DOMAIN = """<domain type='qemu'><name>%s</name><memory>65536</memory>
<os><type arch='x86_64' machine='%s'>hvm</type></os>%s</domain>"""


def need(condition, what):
    if not condition:
        raise ValueError(what)


def virsh(connection, *words):
    done = subprocess.run(["virsh", "-q", "-c", connection, *words],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.returncode, done.stdout.strip()


def asked(connection, *words):
    status, said = virsh(connection, *words)
    need(not status, f"{' '.join(words)}: {said}")
    return said


def start_libvirtd():
    with open("/etc/libvirt/libvirtd.conf", "a", encoding="ascii") as file:
        file.write('auth_unix_rw = "none"\n')
    with open("/etc/libvirt/qemu.conf", "a", encoding="ascii") as file:
        file.write('user = "root"\ngroup = "root"\nsecurity_driver = "none"\n'
                   'stdio_handler = "file"\n')
    subprocess.run(["libvirtd", "-d"], check=True)
    for _ in range(300):
        if not virsh(SYSTEM, "version")[0]:
            return
        time.sleep(0.2)
    sys.exit("libvirtd does not answer")


MAP = "/usr/share/libvirt/cpu_map/x86_%s.xml"


def of_msrs():
    """The features that are a bit of an MSR."""
    return {feature.get("name")
            for feature in ET.parse(MAP % "features").getroot().iter("feature")
            if feature.find("msr") is not None}


def of_model(name):
    """The features of libvirt's model, but those removed from it later, and
    those added, which libvirt does not ask of a host."""
    model = ET.parse(MAP % name).getroot().find("model")
    names = {feature.get("name") for feature in model.findall("feature")
             if feature.get("removed") != "yes" and
             feature.get("added") != "yes"}
    for parent in model.findall("model"):
        names |= of_model(parent.get("name"))
    return names


def of_cpu(text):
    """The names that are on in a <cpu>, and those of them that it says."""
    cpu = ET.fromstring(f"<top>{text}</top>").find("cpu")
    said = {True: set(), False: set()}
    for feature in cpu.findall("feature"):
        said[feature.get("policy") == "require"].add(feature.get("name"))
    names = of_model(cpu.find("model").text) - said[False] | said[True]
    return names, said[True]


def need_lacks(what, said, lacks, must):
    """libvirt names what is lacking, and nothing else."""
    match = LACKS.search(said)
    need(match, f"{what}: {said}")
    named = set(match[1].split(", "))
    need(named <= lacks, f"{what}: not lacking are {sorted(named - lacks)}")
    need(must <= named, f"{what}: lacking are {sorted(must - named)}")


def baseline_of(path):
    """What hypervisor-cpu-baseline makes of the file: the names that are on."""
    cpu = ET.fromstring(asked(SYSTEM, "hypervisor-cpu-baseline", "--virttype",
                              "qemu", "--features", path))
    return {feature.get("name") for feature in cpu.findall("feature")
            if feature.get("policy") == "require"}


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_domain(name, text, machine, work, lacks, must):
    """It is defined, started where TCG has all, and refused by name where not."""
    path = write(os.path.join(work, name + ".domain"),
                 DOMAIN % ("guest", machine, text))
    asked(TEST, "define", "--validate", path)
    asked(SYSTEM, "define", "--validate", path)
    try:
        status, said = virsh(SYSTEM, "start", "--paused", "guest")
        if not lacks:
            need(not status, f"start: {said}")
            asked(SYSTEM, "destroy", "guest")
            return
        need(status, f"started without {sorted(lacks)}")
        need_lacks("start", said, lacks, must)
    finally:
        asked(SYSTEM, "undefine", "guest")


def check_compare(path, lacks, must):
    status, said = virsh(SYSTEM, "hypervisor-cpu-compare", "--virttype",
                         "qemu", "--error", path)
    need(bool(status) == bool(lacks), f"hypervisor-cpu-compare: {said}")
    if lacks:
        need_lacks("hypervisor-cpu-compare", said, lacks, must)


def expanded(qmp, option, work):
    model, *rest = option.split(",")
    switches = {}
    for word in rest:
        if word[0] in "+-":
            switches[word[1:]] = word[0] == "+"
        elif word.endswith(("=on", "=off")):
            switches[word.split("=")[0]] = word.endswith("=on")
    props, error = qmp.expand(model, switches)
    need(not error, f"{work}: {error}")
    return {name for name, on in props.items() if on is True} - OFF_WITH_KVM


def check_native(name, text, machine, work, qmp, option):
    """libvirt's -cpu is the one that is printed for QEMU."""
    text = text.replace("check='partial'", "check='none'")
    path = write(os.path.join(work, name + ".native"),
                 DOMAIN % ("guest", machine, text))
    words = shlex.split(asked(SYSTEM, "domxml-to-native", "qemu-argv", path))
    theirs = expanded(qmp, words[words.index("-cpu") + 1], "libvirt's -cpu")
    ours = expanded(qmp, option, "the -cpu printed")
    need(ours == theirs, f"libvirt's -cpu has besides {sorted(theirs - ours)}, "
         f"lacks {sorted(ours - theirs)}")


def check_baseline(name, work, ours, tcg):
    """libvirt's baseline of the members' is ours, but for what TCG lacks."""
    members = [read(os.path.join(work, member + ".xml"))
               for member in name.split("+")]
    if any("<cpu" not in member for member in members):
        return
    theirs = baseline_of(write(os.path.join(work, name + ".members"),
                               "".join(members)))
    lost = (ours & tcg) - theirs
    need(not lost, f"not in libvirt's baseline: {sorted(lost)}")
    besides = {word for word in theirs - ours if not NESTED.fullmatch(word)}
    need(not besides, f"libvirt's baseline has besides {sorted(besides)}")


def check(name, work, qmp):
    path = os.path.join(work, name + ".xml")
    text = read(path)
    if "<cpu" not in text:
        return False
    option = shlex.split(read(os.path.join(work, name + ".cpu"))
                         .replace("\\\n", ""), comments=True)[1]
    ours, said = of_cpu(text)
    # The ports of the newer machine type need an APIC.
    machine = f"pc-{'q35' if 'apic' in ours else 'i440fx'}-{qmp.version}"
    # QEMU has libvirt's names besides its own.
    lacks = ours - qmp.tcg
    # It does not ask for all that a model has of MSRs.
    must = lacks & (said | ours - of_msrs())
    check_compare(path, lacks, must)
    check_domain(name, text, machine, work, lacks, must)
    check_native(name, text, machine, work, qmp, option)
    check_baseline(name, work, ours, qmp.tcg)
    return True


def main():
    work, = sys.argv[1:]
    start_libvirtd()
    qmp = qemu.Qmp()
    count, good = 0, True
    for path in sorted(glob.glob(os.path.join(work, "*.xml"))):
        name = os.path.basename(path)[:-len(".xml")]
        what = " and ".join(read(os.path.join(work, name + ".files"))
                            .splitlines())
        try:
            if check(name, work, qmp):
                print(f"ok libvirtd: {what}", flush=True)
                count += 1
        except (ValueError, TypeError, ET.ParseError) as error:
            print(f"not ok libvirtd: {what}: {error}", flush=True)
            good = False
    qmp.close()
    if not count:
        print("not ok libvirtd: no baseline")
    sys.exit(not good or not count)


main()
