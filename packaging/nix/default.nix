# SPDX-License-Identifier: GPL-2.0-only
# The program: nix-build packaging/nix. The module, for the kernel of a system:
#   boot.extraModulePackages = [
#     (config.boot.kernelPackages.callPackage ./module.nix { }) ];
# Untried: "make check-packages" parses both, no more.
{ pkgs ? import <nixpkgs> { } }:

pkgs.stdenv.mkDerivation {
  pname = "virtinfo";
  version = pkgs.lib.fileContents ../../VERSION;
  src = ../..;

  nativeBuildInputs = [ pkgs.pkg-config pkgs.gawk ];
  buildInputs = [ pkgs.json-c pkgs.kmod pkgs.util-linux.dev pkgs.zlib ];

  postPatch = "patchShebangs packaging";
  buildFlags = [ "program" "manuals" "completions" ];
  installFlags = [ "PREFIX=$(out)" ];
  # Not linked with it: dlopen() finds it here.
  LDFLAGS = "-Wl,--no-as-needed -Wl,-rpath,${pkgs.lib.getLib pkgs.kmod}/lib";
  enableParallelBuilding = true;

  meta = {
    description =
      "Check whether and how this machine can run virtual machines";
    homepage = "https://virtinfo.invalid/";
    license = pkgs.lib.licenses.gpl2Only;
    mainProgram = "virtinfo";
    platforms = [ "x86_64-linux" ];
  };
}
