"""Reads news articles and draws the network of who supplies, meets and warns whom.

Every tie leads back to the line that says it::

    import tieline

    reader = tieline.Reader()
    claims = reader.read(["North Korea sent artillery shells to Russia in May, Kyiv said."])
    network = tieline.network(claims)

Claims, entities and ties are Arrow tables: whatever takes ``__arrow_c_stream__`` takes them
(pyarrow, polars, DuckDB, pandas 2.2 and later). Text is ``string``, spans are bytes of the UTF-8
text, half-open, from 0. ``tieline.spark`` does the same on a cluster.
"""

from tieline._claims import Claim, Claims, Table
from tieline._native import TielineError, __version__
from tieline._network import Network, measures, network
from tieline._reader import Reader

__all__ = [
    "Claim",
    "Claims",
    "Network",
    "Reader",
    "Table",
    "TielineError",
    "__version__",
    "measures",
    "network",
]
