#!/usr/bin/env python3
"""Packs what a person downloads: .ci/archive.py PROGRAM TARGET FOLDER

Writes FOLDER/tieline-VERSION-TARGET.tar.gz, or .zip for Windows, with the program, README, licences
and the notices of what it is linked with. The same files give the same bytes: times and owners are
left out.
"""
import gzip
import io
import pathlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile

BESIDE = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]


def main():
    program, target, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    manifest = tomllib.loads(pathlib.Path("Cargo.toml").read_text(encoding="utf-8"))
    name = f"tieline-{manifest['package']['version']}-{target}"
    notices = subprocess.run([sys.executable, ".ci/notices.py"], check=True, capture_output=True)
    files = [(program.name, program.read_bytes(), 0o755)]
    files += [(file, pathlib.Path(file).read_bytes(), 0o644) for file in BESIDE]
    files.append(("THIRD-PARTY.md", notices.stdout, 0o644))
    folder.mkdir(parents=True, exist_ok=True)
    write = zipped if "windows" in target else tarred
    print(write(folder, name, files))


def tarred(folder, name, files):
    path = folder / f"{name}.tar.gz"
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for file, content, mode in files:
                entry = tarfile.TarInfo(f"{name}/{file}")
                entry.size, entry.mode = len(content), mode
                archive.addfile(entry, io.BytesIO(content))
    return path


def zipped(folder, name, files):
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content, mode in files:
            entry = zipfile.ZipInfo(f"{name}/{file}")
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


main()
