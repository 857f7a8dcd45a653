# SPDX-License-Identifier: GPL-2.0-only
# The kernel module for one kernel: see default.nix. Untried, like it.
{ lib, stdenv, kernel }:

stdenv.mkDerivation {
  pname = "virtinfo-module";
  version = "${lib.fileContents ../../VERSION}-${kernel.version}";
  src = ../..;

  nativeBuildInputs = kernel.moduleBuildDependencies;
  hardeningDisable = [ "pic" ];

  buildPhase = ''
    make -C ${kernel.dev}/lib/modules/${kernel.modDirVersion}/build \
      M=$PWD modules
  '';
  installPhase = ''
    make -C ${kernel.dev}/lib/modules/${kernel.modDirVersion}/build \
      M=$PWD INSTALL_MOD_PATH=$out modules_install
  '';

  meta = {
    description =
      "Kernel module that shows hardware virtualization registers";
    homepage = "https://virtinfo.invalid/";
    license = lib.licenses.gpl2Only;
    platforms = [ "x86_64-linux" ];
  };
}
