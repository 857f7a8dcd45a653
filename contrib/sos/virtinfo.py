# SPDX-License-Identifier: GPL-2.0-only
"""A plugin of sos: what virtinfo knows of the host goes into the archive.

For sos/report/plugins of the installation. "virtinfo check --input=FILE"
judges the file virtinfo_capture of the archive anywhere.
"""

from sos.report.plugins import (DebianPlugin, Plugin, RedHatPlugin,
                                UbuntuPlugin)


class Virtinfo(Plugin, RedHatPlugin, UbuntuPlugin, DebianPlugin):
    """Registers and facts of hardware virtualization."""

    short_desc = 'Hardware virtualization, as virtinfo sees it'

    plugin_name = 'virtinfo'
    profiles = ('system', 'hardware', 'virt')
    commands = ('virtinfo',)

    def setup(self):
        # No address is in a capture, whoever runs it; --no-run starts no guest.
        self.add_cmd_output([
            'virtinfo capture --no-run',
            'virtinfo check --no-run',
            'virtinfo cpus',
            'virtinfo hypervisors',
        ])
