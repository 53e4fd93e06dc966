#!/usr/bin/env python3
"""Writes a bill of materials in CycloneDX 1.6: .ci/sbom.py [MANIFEST [TARGET]] > tieline.cdx.json

Holds the package, what it is linked with on every platform or on TARGET, with versions, licences and
the checksums of the lock file, and who needs whom. The same packages give the same bytes: it has no
time and no random number.
"""
import json
import pathlib
import re
import sys
import tomllib

import linked


def main():
    manifest = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Cargo.toml")
    root, packages, needs = linked.packages(manifest, sys.argv[2] if len(sys.argv) > 2 else None)
    lock = tomllib.loads(manifest.with_name("Cargo.lock").read_text(encoding="utf-8"))
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    references = {package["id"]: reference(package) for package in [root, *packages]}
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": component(root, checksums) | {"type": "application"},
        },
        "components": [component(package, checksums) for package in packages],
        "dependencies": [
            {"ref": references[id], "dependsOn": sorted({references[need] for need in needs[id]})}
            for id in sorted(needs, key=references.get)
        ],
    }
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    print()


def reference(package):
    """The package's address among packages: also what it is called within the document."""
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, checksums):
    made = {
        "type": "library",
        "bom-ref": reference(package),
        "name": package["name"],
        "version": package["version"],
        "scope": "required",
        "purl": reference(package),
    }
    if package["description"]:
        made["description"] = " ".join(package["description"].split())
    if package["license"]:
        # Old manifests part alternatives by a stroke.
        made["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}]
    checksum = checksums.get((package["name"], package["version"]))
    if checksum:
        made["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["repository"]:
        made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return made


main()
