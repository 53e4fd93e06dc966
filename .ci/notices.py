#!/usr/bin/env python3
"""Writes the licences of everything that the program is linked with: .ci/notices.py > THIRD-PARTY.md

Texts of licences are taken from the crates themselves.
"""
import pathlib

import linked


def main():
    _, packages, _ = linked.packages("Cargo.toml")
    print("# Third-party notices\n")
    print("The program is linked with these packages, under the licences that they name.\n")
    print("| package | version | licence |\n| --- | --- | --- |")
    for package in packages:
        print(f"| {package['name']} | {package['version']} | {package['license'] or 'see its files'} |")
    texts = {}
    for package in packages:
        folder = pathlib.Path(package["manifest_path"]).parent
        for file in sorted(folder.iterdir()):
            if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")) and file.is_file():
                text = file.read_text(encoding="utf-8", errors="replace").strip()
                texts.setdefault(text, []).append(f"{package['name']} {package['version']}")
    for text, names in sorted(texts.items(), key=lambda item: item[1]):
        print(f"\n## {', '.join(names)}\n\n```text\n{text}\n```")


main()
