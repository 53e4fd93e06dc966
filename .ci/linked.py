"""What the program is linked with, by cargo's own account."""
import json
import subprocess

# Features of what is shipped, by manifest.
FEATURES = {"Cargo.toml": ["parquet"], "python/Cargo.toml": []}


def packages(manifest, platform=None):
    """The root package, the packages that it is linked with, and what each of them needs.

    Packages come sorted, as `cargo metadata` has them; needs by id of package. `platform` is a
    target triple; without one, the packages of every platform come.
    """
    command = ["cargo", "metadata", "--format-version", "1", "--manifest-path", str(manifest),
               "--locked", "--features", ",".join(FEATURES[str(manifest)])]
    if platform:
        command += ["--filter-platform", platform]
    data = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    needs, open_ = {}, [root]
    while open_:
        node = open_.pop()
        if node not in needs:
            # Neither what builds nor what tests is linked.
            needs[node] = sorted(
                dep["pkg"] for dep in nodes[node]["deps"]
                if any(kind["kind"] is None for kind in dep["dep_kinds"])
            )
            open_ += needs[node]
    found = {package["id"]: package for package in data["packages"]}
    linked = [found[id] for id in needs if id != root]
    linked.sort(key=lambda package: (package["name"], package["version"]))
    return found[root], linked, needs
