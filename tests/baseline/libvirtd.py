# SPDX-License-Identifier: GPL-2.0-only
"""Does libvirtd take the baselines, and agree with its own?

libvirtd.py DIR, in a root with libvirtd and QEMU: DIR has NAME.xml, NAME.cpu
(QEMU's option -cpu) and NAME.files of each machine, and A+B.* of each two.

- A domain with it is valid, and is defined by libvirtd and the test driver.
- hypervisor-cpu-compare and starting refuse exactly the features that TCG lacks,
  by name.
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
# What cpu_features.def leaves to the engine.
LEFT = {"acpi", "cmp_legacy", "ht", "hypervisor", "monitor", "tsc-deadline",
        "x2apic"}
LACKS = re.compile(r"Host CPU does not provide required features: (.*)")
# The baseline says what libvirt has no name for.
UNNAMED = re.compile(r"without a name in libvirt.*?, and off:\s(.*?)-->",
                     re.DOTALL)
WIDTH = re.compile(r"(<maxphysaddr mode='emulate' bits=')(\d+)")
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


def of_model(name, without):
    """The features of libvirt's model, without those "removed" or "added"
    later."""
    model = ET.parse(MAP % name).getroot().find("model")
    names = {feature.get("name") for feature in model.findall("feature")
             if not any(feature.get(word) == "yes" for word in without)}
    for parent in model.findall("model"):
        names |= of_model(parent.get("name"), without)
    return names


def of_cpu(text):
    """The names that are on in a <cpu>; those that a host may be asked for,
    which are also those removed from the model later; and those that it always
    is: not those of MSRs, nor those added to a model, unless they are said."""
    cpu = ET.fromstring(f"<top>{text}</top>").find("cpu")
    said = {True: set(), False: set()}
    for feature in cpu.findall("feature"):
        said[feature.get("policy") == "require"].add(feature.get("name"))
    model = cpu.find("model").text
    names = of_model(model, ["removed"]) - said[False] | said[True]
    may = of_model(model, []) - said[False] | said[True]
    # Of the hosts of these libvirt asks for it, though its map has it not.
    if model.startswith("EPYC"):
        may.add("topoext")
    must = of_model(model, ["removed", "added"]) - of_msrs()
    return names, may, must & names | said[True]


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


def width_here():
    """Of this machine's physical addresses."""
    return int(re.search(r"^address sizes\s*: (\d+)",
                         read("/proc/cpuinfo"), re.MULTILINE)[1])


def check_domain(name, text, machine, work, lacks, must):
    """It is defined, started where TCG has all, and refused by name where not."""
    path = write(os.path.join(work, name + ".domain"),
                 DOMAIN % ("guest", machine, text))
    asked(TEST, "define", "--validate", path)
    asked(SYSTEM, "define", "--validate", path)
    try:
        status, said = virsh(SYSTEM, "start", "--paused", "guest")
        if status:
            need_lacks("start", said, lacks, must)
        else:
            asked(SYSTEM, "destroy", "guest")
            need(not must, f"started without {sorted(must)}")
    finally:
        asked(SYSTEM, "undefine", "guest")


def narrow(text):
    """libvirt takes no width above that of the machine it runs on."""
    return WIDTH.sub(lambda match: match[1] +
                     str(min(int(match[2]), width_here())), text)


def check_compare(path, lacks, must):
    status, said = virsh(SYSTEM, "hypervisor-cpu-compare", "--virttype",
                         "qemu", "--error", path)
    need(status or not must, f"hypervisor-cpu-compare: {said}, and lacks {must}")
    if status:
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
    unnamed = UNNAMED.search(text)
    ours -= set(re.split(r",\s+", unnamed[1].strip()) if unnamed else [])
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
    besides = {word for word in theirs - ours - LEFT
               if not NESTED.fullmatch(word)}
    need(not besides, f"libvirt's baseline has besides {sorted(besides)}")


def check(name, work, qmp):
    path = os.path.join(work, name + ".xml")
    text = read(path)
    if "<cpu" not in text:
        return False
    option = shlex.split(read(os.path.join(work, name + ".cpu"))
                         .replace("\\\n", ""), comments=True)[1]
    ours, may, must = of_cpu(text)
    # The ports of the newer machine type need an APIC.
    machine = f"pc-{'q35' if 'apic' in ours else 'i440fx'}-{qmp.version}"
    # QEMU has libvirt's names besides its own.
    lacks = may - qmp.tcg
    must -= qmp.tcg
    check_compare(path, lacks, must)
    check_domain(name, narrow(text), machine, work, lacks, must)
    check_native(name, narrow(text), machine, work, qmp, option)
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
