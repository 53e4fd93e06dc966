#!/usr/bin/env python3
"""Writes the licences of everything that the program is linked with: .ci/notices.py > THIRD-PARTY.md

Texts of licences are taken from the crates themselves.
"""
import json
import pathlib
import subprocess


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features",
               "--filter-platform", "x86_64-unknown-linux-gnu"]
    data = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    linked, open_ = set(), [data["resolve"]["root"]]
    while open_:
        node = open_.pop()
        if node in linked:
            continue
        linked.add(node)
        for dep in nodes[node]["deps"]:
            if any(kind["kind"] is None for kind in dep["dep_kinds"]):
                open_.append(dep["pkg"])
    linked.discard(data["resolve"]["root"])
    packages = sorted((p for p in data["packages"] if p["id"] in linked),
                      key=lambda p: (p["name"], p["version"]))
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
