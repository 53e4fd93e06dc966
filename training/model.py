"""The net: word features, three bidirectional gated recurrences, tags, arcs, labels.

Every function is written so that the Rust side can repeat it exactly: rational
tanh, relu, no normalisation layers.
"""

import jax
import jax.numpy as jnp
import numpy as np

N_DISTANCES = 24
TAG_MARGIN = 6.0
EDGES = [1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30]  # lower bounds of the distance classes


def distance_class(delta):
    """Class of `head - dependent` (numpy int array); 22 is the root, 23 unused."""
    magnitude = np.abs(delta)
    c = np.searchsorted(EDGES, magnitude, side="right") - 1
    c = np.clip(c, 0, len(EDGES) - 1)
    return np.where(delta > 0, c, c + len(EDGES))


def tanh(x):
    """The rational tanh of the product: exact bounds, one division."""
    x = jnp.clip(x, -3.0, 3.0)
    s = x * x
    return x * (27.0 + s) / (27.0 + 9.0 * s)


def sigmoid(x):
    return 0.5 + 0.5 * tanh(0.5 * x)


def init(key, n_words, n_delta, glove, dims, n_tags, n_labels, n_buckets, n_shapes):
    """Fresh parameters. `glove` is (n_words, 100), row 0 the unknown word."""
    H, dw, dn, ds, da, dl = (dims[k] for k in ("hidden", "word", "ngram", "shape", "arc", "label"))
    D = dw + dn + ds
    keys = iter(jax.random.split(key, 40))

    def glorot(shape, gain=1.0):
        scale = gain * np.sqrt(2.0 / (shape[0] + shape[1]))
        return jax.random.normal(next(keys), shape) * scale

    # PCA of the vectors of the vocabulary, scaled to unit variance overall.
    sample = glove[1:20000]
    mean = sample.mean(0)
    _, s, vt = np.linalg.svd(sample - mean, full_matrices=False)
    proj = vt[:dw].T
    proj = proj / (((sample - mean) @ proj).std() * 2.0)
    params = {
        "delta": jnp.zeros((n_delta, dw)),
        "proj": jnp.array(proj, jnp.float32),
        "proj_b": jnp.array(-(mean @ proj), jnp.float32),
        "unknown": jnp.zeros((dw,)),
        "ngram": jax.random.normal(next(keys), (n_buckets, dn)) * 0.2,
        "shape": jax.random.normal(next(keys), (n_shapes, ds)) * 0.3,
        "edge": jax.random.normal(next(keys), (2, D)) * 0.1,
        "l1": glorot((3 * D, 6 * H)), "b1": jnp.zeros((6 * H,)),
        "l2": glorot((2 * H, 6 * H)), "b2": jnp.zeros((6 * H,)),
        "l3": glorot((2 * H, 6 * H)), "b3": jnp.zeros((6 * H,)),
        "tag": glorot((2 * H, n_tags)), "tag_b": jnp.zeros((n_tags,)),
        "tag_e": jax.random.normal(next(keys), (n_tags, 2 * H)) * 0.05,
        "arc_h": glorot((2 * H, da)), "arc_h_b": jnp.zeros((da,)),
        "arc_d": glorot((2 * H, da), 0.5), "arc_d_b": jnp.zeros((da,)),
        "arc_root": jax.random.normal(next(keys), (da,)) * 0.1,
        "dist": glorot((2 * H, N_DISTANCES), 0.3), "dist_b": jnp.zeros((N_DISTANCES,)),
        "lab_h": glorot((2 * H, dl)), "lab_h_b": jnp.zeros((dl,)),
        "lab_d": glorot((2 * H, dl)), "lab_d_b": jnp.zeros((dl,)),
        "lab_root": jax.random.normal(next(keys), (dl,)) * 0.1,
        "lab_sum": glorot((dl, n_labels)), "lab_prod": glorot((dl, n_labels)),
        "lab_dist": jnp.zeros((N_DISTANCES, n_labels)),
    }
    # Gates start open to memory: forget bias 1.
    for b in ("b1", "b2", "b3"):
        bias = np.zeros((2, 3, H), np.float32)
        bias[:, 1] = 1.0
        params[b] = jnp.array(bias.reshape(-1))
    return params


def recurrence(u, mask):
    """u: (B, T, 6H) laid out [direction][z, f, o][H]. Returns h: (B, T, 2H)."""
    B, T, W = u.shape
    H = W // 6
    u = u.reshape(B, T, 2, 3, H)
    z = tanh(u[:, :, :, 0])
    f = sigmoid(u[:, :, :, 1])
    o = sigmoid(u[:, :, :, 2])
    z = (1.0 - f) * z * mask[:, :, None, None]
    z = jnp.stack([z[:, :, 0], z[:, ::-1, 1]]).transpose(2, 0, 1, 3)
    f = jnp.stack([f[:, :, 0], f[:, ::-1, 1]]).transpose(2, 0, 1, 3)

    def step(c, zf):
        c = zf[1] * c + zf[0]
        return c, c

    _, c = jax.lax.scan(step, jnp.zeros((2, B, H)), (z, f))
    c = c.transpose(1, 2, 0, 3)  # direction, B, T, H
    c = jnp.stack([c[0], c[1][:, ::-1]], axis=2)  # B, T, direction, H
    return (o * c).reshape(B, T, 2 * H)


def dropout(key, x, rate, shape=None):
    keep = jax.random.bernoulli(key, 1.0 - rate, shape or x.shape)
    return jnp.where(keep, x / (1.0 - rate), 0.0)


def forward(params, glove, batch, rates, key=None):
    """Scores of one padded batch.

    batch: `words` (U,) glove rows, `deltas` (U,), `ngrams` (U, G) with -1 for none,
    `shapes` (U,), `tokens` (B, T) rows of U, `mask` (B, T), `dist` (T, T+1) classes.
    Returns tag logits (B,T,n_tags), arc scores (B,T,T+1) with column 0 the root,
    label parts.
    """
    train = key is not None
    keys = iter(jax.random.split(key, 16)) if train else None
    known = (batch["words"] > 0).astype(jnp.float32)[:, None]
    base = glove[batch["words"]] @ params["proj"] + params["proj_b"]
    delta = params["delta"][batch["deltas"]] * (batch["deltas"] > 0)[:, None]
    if train:
        U = base.shape[0]
        keep_delta = jax.random.bernoulli(next(keys), 1.0 - rates["delta"], (U, 1))
        keep_word = jax.random.bernoulli(next(keys), 1.0 - rates["word"], (U, 1))
        delta = delta * keep_delta
        present = keep_word * jnp.maximum(known, (batch["deltas"] > 0)[:, None])
    else:
        present = jnp.maximum(known, (batch["deltas"] > 0)[:, None].astype(jnp.float32))
    word = jnp.where(present > 0, base * known + delta, params["unknown"])
    grams = batch["ngrams"]
    has = (grams >= 0).astype(jnp.float32)
    scale = jax.lax.rsqrt(jnp.maximum(has.sum(1, keepdims=True), 1.0))
    ngram = (params["ngram"][jnp.maximum(grams, 0)] * has[:, :, None]).sum(1) * scale
    forms = jnp.concatenate([word, ngram, params["shape"][batch["shapes"]]], axis=1)
    mask = batch["mask"]
    x = forms[batch["tokens"]]
    if train:
        x = dropout(next(keys), x, rates["input"])
    B, T, D = x.shape
    m = mask[:, :, None]
    x = x * m
    # A learned edge vector stands before the first and after the last token.
    left = jnp.concatenate([jnp.broadcast_to(params["edge"][0], (B, 1, D)), x[:, :-1]], axis=1)
    right = jnp.concatenate([x[:, 1:], jnp.zeros((B, 1, D))], axis=1)
    last = m - jnp.concatenate([m[:, 1:], jnp.zeros((B, 1, 1))], axis=1)
    right = right + last * params["edge"][1]
    window = jnp.concatenate([left, x, right], axis=2)

    def layer(name, bias, inputs):
        return recurrence(inputs @ params[name] + params[bias], mask)

    drop = (lambda v: dropout(next(keys), v, rates["layer"], (B, 1, v.shape[2]))) if train else (lambda v: v)
    h1 = layer("l1", "b1", window)
    x2 = drop(h1)
    x3 = drop(layer("l2", "b2", x2)) + x2
    tags = x3 @ params["tag"] + params["tag_b"]
    # Unlikely tags add nothing, which spares the product most of the sum.
    likely = tags > tags.max(-1, keepdims=True) - TAG_MARGIN
    probabilities = jax.nn.softmax(jnp.where(likely, tags, -1e9), axis=-1)
    x3 = x3 + probabilities @ params["tag_e"]
    out = drop(layer("l3", "b3", x3)) + x3
    arc_h = jax.nn.relu(out @ params["arc_h"] + params["arc_h_b"])
    arc_d = out @ params["arc_d"] + params["arc_d_b"]
    lab_h = out @ params["lab_h"] + params["lab_h_b"]
    lab_d = out @ params["lab_d"] + params["lab_d_b"]
    if train:
        arc_h = dropout(next(keys), arc_h, rates["mlp"], (B, 1, arc_h.shape[2]))
        shape = (B, 1, lab_h.shape[2])
        lab_keep = dropout(next(keys), jnp.ones(shape), rates["mlp"], shape)
        lab_h, lab_d = lab_h * lab_keep, lab_d * lab_keep
    root = jnp.broadcast_to(jax.nn.relu(params["arc_root"]), (B, 1, arc_h.shape[2]))
    heads = jnp.concatenate([root, arc_h], axis=1)
    arcs = jnp.einsum("btd,bhd->bth", arc_d, heads)
    near = out @ params["dist"] + params["dist_b"]  # (B, T, N_DISTANCES)
    onehot = jax.nn.one_hot(batch["dist"], N_DISTANCES)  # (T, T+1, N)
    arcs = arcs + jnp.einsum("btn,thn->bth", near, onehot)
    allowed = jnp.concatenate([jnp.ones((B, 1)), mask], axis=1)[:, None, :]
    own = jnp.concatenate([jnp.zeros((T, 1)), jnp.eye(T)], axis=1)[None]
    arcs = jnp.where((allowed > 0) & (own == 0), arcs, -1e9)
    lab_root = jnp.broadcast_to(params["lab_root"], (B, 1, lab_h.shape[2]))
    return tags, arcs, (lab_d, jnp.concatenate([lab_root, lab_h], axis=1))


def label_logits(params, parts, heads, dist):
    """Label logits (B, T, n_labels) for the given heads (B, T), 0 = root."""
    lab_d, lab_h = parts
    chosen = jnp.take_along_axis(lab_h, heads[:, :, None], axis=1)
    T = heads.shape[1]
    classes = dist[jnp.arange(T)[None, :], heads]
    total = jax.nn.relu(lab_d + chosen) @ params["lab_sum"]
    total = total + (lab_d * chosen) @ params["lab_prod"]
    return total + params["lab_dist"][classes]
