# Everything that guards the promises; `just ci` is what continuous integration runs.

# Format, lints, the README's commands, drift of sample exports, consumers, the page.
ci:
    bash .ci/run

# Unit, rule, data, golden, property and command-line tests.
test:
    cargo test

# Rewrites the sample exports; review the difference.
exports:
    cargo run --release -- build

# Reads every export with its real consumer.
consumers:
    bash tests/consumers/run

# CPU time of measures and of the GraphML writer against igraph; some minutes.
speed:
    bash tests/consumers/speed

# Opens the page in a real browser.
page:
    bash tests/page/run

# Builds the Python package and tests it, with Spark and Sail.
python:
    bash tests/python/run

# Tests the vector code for Arm and Apple processors under emulation.
neon:
    bash tests/neon/run

# Makes what is shipped for Linux, into target/dist: program, wheel, bills of materials, checksums.
dist:
    bash .ci/dist

# Times every stage.
bench:
    cargo bench
