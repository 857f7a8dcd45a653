# SPDX-License-Identifier: GPL-2.0-only
"""The rows of common/registers.def, whatever macros made them, and mutants."""
import re
import subprocess

# In the order of the file's head, with the names that mutants() uses.
MACROS = {
    "LEAF": "id leaf subleaf gate",
    "LEAF_VARIES": "id reg bits",
    "CPUID_REGISTER": "id leaf reg name vendor listing source",
    "CONTROL_REGISTER": "id number flags varies source",
    "MSR": "id address vendor flags varies gate source",
    "HV_REGISTER": "id interface offset subleaf reg name source",
    "FIELD": "reg name high low kind title meaning",
    "ENUM_NAME": "reg field value text",
}
# Those that are REGISTER(id) where they have no macro of their own.
REGISTERS = ("CPUID_REGISTER", "CONTROL_REGISTER", "MSR", "HV_REGISTER")


class Row(dict):
    """One row: its macro, and its arguments by name, as text of C."""

    def __init__(self, macro, arguments):
        names, arguments = MACROS[macro].split(), list(arguments)
        if len(names) != len(arguments):
            raise ValueError(f"{macro} has {len(names)} arguments: {arguments}")
        super().__init__(zip(names, arguments))
        self.macro = macro

    def text(self):
        """The row as it stands in a table."""
        return f"{self.macro}({', '.join(self.values())})"

    def changed(self, **arguments):
        """A copy with other arguments."""
        return Row(self.macro, {**self, **arguments}.values())


def rows(path):
    """Every row of the table, expanded by the preprocessor."""
    source = "".join(
        f"#define {macro}({','.join(names.split())}) "
        f"@@@{macro} $$$ {' $$$ '.join(names.split())}\n"
        for macro, names in MACROS.items()) + f'#include "{path}"\n'
    text = subprocess.run(["gcc", "-E", "-P", "-x", "c", "-"], input=source,
                          check=True, text=True, stdout=subprocess.PIPE).stdout
    found = []
    for row in text.split("@@@")[1:]:
        macro, *arguments = (" ".join(word.split()) for word in row.split("$$$"))
        found.append(Row(macro, arguments))
    return found


def table(lines):
    """A table of these rows, to stand for common/registers.def."""
    head = "#ifndef REGISTER\n#define REGISTER(id)\n#endif\n" + "".join(
        f"#ifndef {macro}\n#define {macro}({','.join(names.split())})"
        f"{' REGISTER(id)' if macro in REGISTERS else ''}\n#endif\n"
        for macro, names in MACROS.items())
    tail = "".join(f"#undef {macro}\n" for macro in ("REGISTER", *MACROS))
    return head + "".join(row.text() + "\n" for row in lines) + tail


class Mutant:
    """One row, changed in one way; without a new row it is taken away."""

    def __init__(self, kind, index, what, row, disjoint):
        self.kind, self.index, self.row = kind, index, row
        self.name = what
        # Two of one key are not to be in one table.
        self.disjoint = disjoint
        # Two fields are on one bit now.
        self.overlaps = False


def widths(lines):
    """Register -> how many bits it has."""
    return {row["id"]: 64 if row.macro in ("CONTROL_REGISTER", "MSR") else 32
            for row in lines if "id" in row and row.macro != "LEAF"}


def moved(low, high, used, width):
    """Where else the bits fit, nearest first: (low, high); None for nowhere."""
    for distance in range(1, width):
        for start in (low + distance, low - distance):
            end = start + high - low
            if start >= 0 and end < width and not used & ((2 << end) - (1 << start)):
                return start, end
    return None


def field_mutants(lines):
    """Each field on other bits; each wide one a bit narrower."""
    width, used = widths(lines), {}
    for row in lines:
        if row.macro == "FIELD":
            bits = (2 << int(row["high"])) - (1 << int(row["low"]))
            used[row["reg"]] = used.get(row["reg"], 0) | bits
    for index, row in enumerate(lines):
        if row.macro != "FIELD":
            continue
        low, high, reg = int(row["low"]), int(row["high"]), row["reg"]
        name = f"{reg}.{row['name']}"
        own = (2 << high) - (1 << low)
        limit = 32 if row["kind"] == "CONTROL" else width[reg]
        other = moved(low, high, used[reg] & ~own, limit)
        if other:
            start, end = other
        else:
            start, end = (low + 1, high + 1) if high + 1 < limit else (low - 1, high - 1)
        if start >= 0:
            mutant = Mutant("field", index, f"{name} {high}:{low} -> {end}:{start}",
                            row.changed(low=str(start), high=str(end)), reg)
            mutant.overlaps = not other
            yield mutant
        if high > low:
            yield Mutant("field", index, f"{name} {high}:{low} -> {high - 1}:{low}",
                         row.changed(high=str(high - 1)), reg)


def gates(gate):
    """Every gate that is like this one but for a number, an operator, a vendor."""
    for match in re.finditer(r"\b(\d+)\)", gate):
        number = int(match[1])
        yield f"{gate[:match.start(1)]}{number ^ 1}{gate[match.end(1):]}"
    for old, new in (("||", "&&"), ("&&", "||"), ("VENDOR_INTEL", "VENDOR_AMD"),
                     ("VENDOR_AMD", "VENDOR_INTEL")):
        for match in re.finditer(re.escape(old), gate):
            yield gate[:match.start()] + new + gate[match.end():]
    if gate != "ALWAYS":
        yield "ALWAYS"
    yield "!ALWAYS"


def flags(text):
    """Flags of a row with one more or one less: (flag, flags)."""
    have = [] if text == "0" else re.findall(r"\w+", text)
    for flag in ("VOLATILE", "SENSITIVE", "PARTIAL"):
        left = [other for other in have if other != flag]
        if left == have:
            left.append(flag)
        yield flag, " | ".join(left) or "0"


def row_mutants(index, row):
    """Each gate, flag, address and listing of one row."""
    name = row["id"]
    for gate in gates(row["gate"]) if "gate" in row else ():
        yield Mutant("gate", index, f"{name} {row['gate']} -> {gate}",
                     row.changed(gate=gate), name)
    for flag, new in flags(row["flags"]) if "flags" in row else ():
        yield Mutant(flag, index, f"{name} {row['flags']} -> {new}",
                     row.changed(flags=new), name)
    if "varies" in row:
        new = "1" if row["varies"] == "0" else "0"
        yield Mutant("varies", index, f"{name} varies {row['varies']} -> {new}",
                     row.changed(varies=new), name)
    if "bits" in row:
        bits = int(row["bits"], 16)
        yield Mutant("varies", index, f"{name} {row['reg']} varies {bits:#x} -> less",
                     row.changed(bits=f"{bits & bits - 1:#x}"), name)
    if "listing" in row:
        new = "PARTIAL" if row["listing"] == "COMPLETE" else "COMPLETE"
        yield Mutant(new, index, f"{name} {row['listing']} -> {new}",
                     row.changed(listing=new), name)
    if "address" in row:
        yield Mutant("address", index, f"{name} {row['address']} + 0x800",
                     row.changed(address=f"({row['address']} + 0x800)"), name)
    if row.macro == "LEAF":
        yield Mutant("leaf", index, f"{name} {row['leaf']} + 0x400",
                     row.changed(leaf=f"({row['leaf']} + 0x400)"), name)


def mutants(lines):
    """All of them, in the order of the table."""
    yield from field_mutants(lines)
    for index, row in enumerate(lines):
        if "id" in row:
            yield from row_mutants(index, row)
