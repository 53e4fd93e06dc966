"""Reads each file of a finished run with the programs that people use, and compares the graph.

usage: exports.py FOLDER [--articles PATH]             all files that Python packages read
       exports.py FOLDER (--neo4j DUMP | --gephi DUMP)...  what arrived in these programs
"""

import csv
import hashlib
import json
import re
import sys
import unicodedata
import warnings
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from expected import STANDINGS, Checker, Run, days, lines, one_line

check = Checker()
COUNTS = ["claims", "mentions", "stories", "asserted_stories", *STANDINGS]


def say(what, nodes, edges, note=""):
    print(f"  {what}: {nodes} nodes, {edges} edges{note}")


def xml_text(text):
    """What XML cannot hold is replaced; line ends are those of XML."""
    bad = lambda c: (c < " " and c not in "\t\n\r") or c in "\ufffe\uffff"
    return "".join("\ufffd" if bad(c) else c for c in text)


def compare(what, run, nodes, edges):
    """`nodes`: id -> name; `edges`: tie id -> (source, target, relation, weight, counts, dates)."""
    check.equal(f"{what}: ids of nodes", set(nodes), set(run.nodes))
    check.equal(f"{what}: ids of edges", set(edges), set(run.ties))
    for id, name in nodes.items():
        if id in run.nodes:
            check.equal(f"{what}: name of {id}", name, run.nodes[id]["name"])
    for id, (source, target, relation, weight, found, dates) in edges.items():
        if id not in run.ties:
            continue
        tie = run.ties[id]
        check.equal(f"{what}: ends of {id}", (source, relation, target), tie.ends)
        check.near(f"{what}: weight of {id}", weight, tie.weight)
        check.equal(f"{what}: counts of {id}", found, tie.counts)
        check.equal(f"{what}: dates of {id}", dates, (tie.first_date, tie.last_date))
    say(what, len(nodes), len(edges))


def networkx_reads(run):
    import networkx as nx

    for name, read in [("graph.graphml", nx.read_graphml), ("graph.gexf", nx.read_gexf)]:
        graph = read(run.folder / name)
        if run.an_edge_a_claim:
            check.equal(f"networkx, {name}: keeps parallel edges", graph.is_multigraph(), True)
        edges = {}
        for source, target, data in graph.edges(data=True):
            id = data.get("edge_id") or data["id"]
            edges[id] = (source, target, data["relation"], data["weight"],
                            {key: int(data[key]) for key in COUNTS},
                            (data.get("first_date"), data.get("last_date")))
        compare(f"networkx, {name}", run, {id: data["label"] for id, data in graph.nodes(data=True)}, edges)
        evidence(f"networkx, {name}", run, {
            data.get("edge_id") or data["id"]: data.get("evidence", "") for *_, data in graph.edges(data=True)})


def plain(text):
    """Without the joiner that keeps Gephi from reading "INF" as infinity."""
    return text.replace("IN\u2060F", "INF")


def evidence(what, run, found):
    for id, text in found.items():
        tie = run.ties[id]
        wanted = {xml_text(one_line(claim["sentence"])) for claim in tie.of(tie.status)}
        text = plain(text)
        check.equal(f"{what}: line of {id}", text if text in wanted else text + " (not a line of it)", text)


def igraph_reads(run):
    import igraph

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = igraph.Graph.Read_GraphML(str(run.folder / "graph.graphml"))
    date = lambda value: value or None
    edges = {
        e["edge_id"]: (graph.vs[e.source]["id"], graph.vs[e.target]["id"], e["relation"], e["weight"],
                       {key: int(e[key]) for key in COUNTS},
                       (date(e["first_date"]), date(e["last_date"])))
        for e in graph.es
    }
    compare("igraph, graph.graphml", run, {v["id"]: v["label"] for v in graph.vs}, edges)
    evidence("igraph, graph.graphml", run, {e["edge_id"]: e["evidence"] for e in graph.es})


def spreadsheet_cell(text):
    """The cell of `text`: no part of it begins as a formula does, where semicolons or tabs part cells."""
    starts = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    unseen = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\xa0 \"'"
    parts = re.split(r"(?<=[;\t\n\r])", text)
    parts[1:] = ["'" + part if part.lstrip(unseen).startswith(starts) else part for part in parts[1:]]
    return ("'" if text.lstrip("\ufeff").startswith(starts) else "") + "".join(parts)


def plain_tables(run):
    """`tables/` as a data frame has them, without a word on types: names, whole numbers, ISO dates."""
    import pandas as pd

    entities, ties = (pd.read_csv(run.folder / f"tables/{name}.csv", keep_default_na=False) for name in ("entities", "ties"))
    days = {name: pd.to_datetime(ties[name], format="ISO8601") for name in ("first_date", "last_date")}
    found = {}
    for n, row in enumerate(ties.itertuples()):
        dates = (None if pd.isna(days[name][n]) else str(days[name][n].date()) for name in ("first_date", "last_date"))
        weight = row.asserted_stories or 0.1
        found[row.id] = (row.source, row.target, row.relation, weight, {key: getattr(row, key) for key in COUNTS}, tuple(dates))
        names = (run.nodes[row.source]["name"], run.nodes[row.target]["name"])
        check.equal(f"pandas, tables: names of {row.id}", (row.source_name, row.target_name), names)
    compare("pandas, tables", run, dict(zip(entities["id"], entities["name"], strict=True)), found)
    types = {name: str(ties[name].dtype) for name in COUNTS} if len(ties) else {}
    check.equal("pandas, tables: types of counts", set(types.values()) - {"int64"}, set())


def pandas_reads(run):
    import pandas as pd

    read = lambda name: pd.read_csv(run.folder / name, keep_default_na=False, dtype=str)
    nodes, edges = read("nodes.csv"), read("edges.csv")
    plain = lambda cell: (cell[1:] if cell.startswith("'") and cell[1:2] in "=+-@\t\r" else cell).replace("\\\\", "\\")
    date = lambda cell: cell.removeprefix("on ") or None
    found = {
        plain(row.Id): (row.Source, row.Target, row.Kind, row.Weight,
                        {key: int(getattr(row, key.capitalize())) for key in COUNTS},
                        (date(row.First_date), date(row.Last_date)))
        for row in edges.itertuples()
    }
    compare("pandas, nodes.csv and edges.csv", run, {row.Id: plain(row.Label) for row in nodes.itertuples()}, found)
    plain_tables(run)
    claims = read("claims.csv")
    check.equal("pandas: claims", list(claims["id"]), [claim["id"] for claim in run.claims])
    for found, claim in zip(claims["sentence"], run.claims, strict=False):
        wanted = claim["sentence"]
        wanted = spreadsheet_cell(wanted)
        check.equal("pandas: sentence", found.replace("\r\n", "\n"), wanted.replace("\r\n", "\n"))
    for name in ("nodes.csv", "edges.csv", "claims.csv"):
        with open(run.folder / name, newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        formulas = [c for c in cells if c[:1] in tuple("=+-@\t\r") and not c.lstrip("-").replace(".", "").replace("e-", "").isdigit()]
        check.equal(f"{name}: cells that a spreadsheet runs", formulas, [])
    print(f"  pandas, claims.csv: {len(claims)} claims, no cell that a spreadsheet runs")


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def neo4j_holds(run, path):
    rows = lines(path)
    nodes = [row for row in rows if "Entity" in row.get("labels", [])]
    beside = {"IN_ARTICLE", "CLAIM_SOURCE", "CLAIM_TARGET", "SAID_BY"}
    edges = [row for row in rows if "type" in row and row["type"] not in beside]
    ids = lambda label: {row["properties"]["id"][1] for row in rows if label in row.get("labels", [])}
    check.equal("neo4j: claims", ids("Claim"), {claim["id"] for claim in run.claims})
    check.equal("neo4j: articles", ids("Article"), {one_line(claim["doc"]) for claim in run.claims})
    ends = {(row["source"], row["type"], row["target"]) for row in rows if row.get("type") in beside}
    for claim in run.claims:
        for kind, end in [("IN_ARTICLE", one_line(claim["doc"])), ("CLAIM_SOURCE", claim["source"]), ("CLAIM_TARGET", claim["target"])]:
            check.equal(f"neo4j: {kind} of {claim['id']}", (claim["id"], kind, end) in ends, True)
    label = {"state": "State", "person": "Person", "organization": "Organization",
             "group": "Group", "weapon": "Weapon"}
    flat = lambda text: one_line(text).replace(";", ",")
    check.equal("neo4j: nodes", len(nodes), len(run.nodes))
    check.equal("neo4j: relationships", len(edges), len(run.ties))
    for row in nodes:
        held = {name: value for name, (_, value) in row["properties"].items()}
        types = {name: kind for name, (kind, _) in row["properties"].items()}
        entity = run.nodes[held["id"]]
        kind = held["id"].split(":")[0]
        check.equal("neo4j: labels", set(row["labels"]), {"Entity", label[kind]})
        check.equal("neo4j: name", held["name"], one_line(entity["name"]))
        check.equal("neo4j: aliases", held.get("aliases", []), [flat(a) for a in entity.get("aliases", [])])
        check.equal("neo4j: discovered", held["discovered"], entity.get("discovered", False))
        check.equal("neo4j: type of betweenness", types["betweenness"], "FLOAT")
        check.equal("neo4j: type of community", types["community"], "INTEGER")
    for row in edges:
        held = {name: value for name, (_, value) in row["properties"].items()}
        types = {name: kind for name, (kind, _) in row["properties"].items()}
        tie = run.ties[held["id"]]
        check.equal("neo4j: ends", (row["source"], tie.relation, row["target"]), tie.ends)
        check.equal("neo4j: type", row["type"], tie.relation.upper().replace("-", "_"))
        check.equal("neo4j: weight", (held["weight"], types["weight"]), (tie.weight, "FLOAT"))
        check.equal("neo4j: counts", {key: held[camel(key)] for key in COUNTS}, tie.counts)
        check.equal("neo4j: dates", (held.get("firstDate"), held.get("lastDate")), (tie.first_date, tie.last_date))
        if "firstDate" in held:
            check.equal("neo4j: type of dates", types["firstDate"], "DATE")
        check.equal("neo4j: items", held.get("items", []), [flat(i) for i in sorted(tie.items)])
        check.equal("neo4j: items that are denied", held.get("deniedItems", []), [flat(i) for i in sorted(tie.denied_items)])
        check.equal("neo4j: status", (held["status"], held["disputed"]), (tie.status, tie.disputed))
        wanted = {one_line(claim["sentence"]) for claim in tie.of(tie.status)}
        check.equal("neo4j: line", held.get("evidence", "") in wanted, True)
    say(f"Neo4j, {Path(path).stem}", len(nodes), len(edges), ", labels, types, properties, dates and arrays")


def intervals(text):
    """First and last day of each interval of a set as Gephi prints it, in dates or milliseconds."""
    from_ms = lambda ms: str((datetime(1970, 1, 1) + timedelta(milliseconds=ms)).date())
    day = lambda end: from_ms(float(end)) if re.fullmatch(r"-?[\d.E]+", end) else end[:10]
    return [[day(end) for end in ends.split(", ")] for ends in re.findall(r"\[([^\[\]]+)\]", text)]


def drawn(run):
    """Place, size and colour of each node by the GraphML file."""
    graphml = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(run.folder / "graph.graphml").getroot()
    return {
        node.get("id"): {data.get("key")[2:]: data.text for data in node.iter(graphml + "data")}
        for node in root.iter(graphml + "node")
    }


def gephi_holds(run, path):
    what = f"Gephi, {Path(path).stem}"
    rows = lines(path)
    issues = [row for row in rows if "issue" in row and row["level"] in ("WARNING", "SEVERE", "CRITICAL")]
    nodes = [row["node"] for row in rows if "node" in row]
    edges = [row["edge"] for row in rows if "edge" in row]
    for row in issues:
        check.equal(f"{what}: remark", row["issue"], "none")
    check.equal(f"{what}: nodes", {n["id"] for n in nodes}, set(run.nodes))
    check.equal(f"{what}: edges", {e["id"] for e in edges}, set(run.ties))
    tables = "csv" in path
    for node in nodes:
        name = run.nodes[node["id"]]["name"]
        # Gephi's spreadsheet reader drops white space at the ends.
        check.equal(f"{what}: label", node["label"], name)
    if not tables:
        colours = {tuple(node["color"]) for node in nodes}
        places = {(node["x"], node["y"]) for node in nodes}
        looks = drawn(run)
        for node in nodes:
            wanted = looks[node["id"]]
            check.near(f"{what}: x", node["x"], wanted["x"])
            check.near(f"{what}: y", node["y"], wanted["y"])
            check.near(f"{what}: size", node["size"], wanted["size"])
            check.equal(f"{what}: colour", node["color"], [int(wanted[part]) for part in "rgb"])
    for edge in edges:
        tie = run.ties.get(edge["id"])
        if tie is None:
            continue
        kinds = {tie.relation, tie.relation.upper().replace("-", "_")}
        check.equal(f"{what}: kind", edge["edge_kind"] in kinds, True)
        check.near(f"{what}: weight", edge["edge_weight"], tie.weight)
        ends = (edge["source"], edge["target"])
        if not edge["is_directed"]:  # Gephi puts the ends of these as it likes.
            ends, wanted = set(ends), {tie.source, tie.target}
        else:
            wanted = (tie.source, tie.target)
        check.equal(f"{what}: ends", ends, wanted)
        held = {name.lower(): value for name, value in edge.items()}
        # Only the tables say it by the type of the edge.
        check.equal(f"{what}: is directed", edge["is_directed"], tie.directed or not tables)
        if not tables:
            check.equal(f"{what}: attribute directed", held["@directed"], str(tie.directed).lower())
        if "graphml" not in path:
            if tie.first_date:
                span = held.get("@interval") or held.get("@timeset") or ""
                check.equal(f"{what}: time of {edge['id']}", intervals(span), tie.intervals)
        dates = [(held.get("@first_date") or "").removeprefix("on "), (held.get("@last_date") or "").removeprefix("on ")]
        check.equal(f"{what}: dates", [date or None for date in dates], [tie.first_date, tie.last_date])
        text = plain(held.get("@evidence") or "")
        written = spreadsheet_cell if tables else xml_text
        wanted = {written(one_line(claim["sentence"])) for claim in tie.claims}
        wanted |= {"'" + text for text in wanted}
        if "null" in wanted:
            wanted.add("")  # what Gephi makes of a value that is this word alone
        check.equal(f"{what}: line", text if text in wanted else text + " (not a line of it)", text)
    note = f", {len({e['edge_kind'] for e in edges})} kinds, {len(issues)} warnings"
    if not tables:
        note += f", {len(places)} places, {len(colours)} colours"
    say(what, len(nodes), len(edges), note)


def parquet_reads(run):
    import duckdb
    import pyarrow.parquet as pq

    day = lambda text: date.fromisoformat(text) if text else None
    tables = {name: pq.read_table(run.folder / f"{name}.parquet") for name in ("claims", "nodes", "edges")}
    rows = {name: table.to_pylist() for name, table in tables.items()}
    types = {name: {field.name: str(field.type) for field in table.schema} for name, table in tables.items()}
    for table, columns in {
        "claims": {"first_date": "date32[day]", "start": "int64", "items": "list<element: string not null>",
                   "items_start": "list<element: int64 not null>", "directed": "bool", "confidence": "double"},
        "nodes": {"aliases": "list<element: string not null>", "discovered": "bool", "page_rank": "double",
                  "degree": "int64"},
        "edges": {"first_date": "date32[day]", "weight": "double", "items": "list<element: string not null>"},
    }.items():
        for column, wanted in columns.items():
            check.equal(f"parquet: type of {table}.{column}", types[table].get(column), wanted)
    check.equal("parquet: a row a claim", len(rows["claims"]), len(run.claims))
    for row, claim in zip(rows["claims"], run.claims, strict=False):
        spans = claim["spans"]
        flat = {"author": None} | {name: value for name, value in claim.items() if name != "spans"}
        spanned = days(claim["event_date"] or claim["date"]) if claim["event_date"] or claim["date"] else (None, None)
        flat["first_date"], flat["last_date"] = day(spanned[0]), day(spanned[1])
        for name, span in spans.items():
            ends = ([s[0] for s in span], [s[1] for s in span]) if name == "items" else (span or (None, None))
            flat[f"{name}_start"], flat[f"{name}_end"] = ends
        check.equal(f"parquet: clear of {claim['id']}", row.pop("clear") in (True, False), True)
        check.equal(f"parquet: claim {claim['id']}", row, flat)
    check.equal("parquet: nodes", {row["id"]: (row["name"], row["aliases"]) for row in rows["nodes"]},
                {id: (entity["name"], entity.get("aliases", [])) for id, entity in run.nodes.items()})
    found = {
        row["id"]: (row["source"], row["target"], row["relation"], row["weight"], {key: row[key] for key in COUNTS},
                    tuple(row[end] and str(row[end]) for end in ("first_date", "last_date")))
        for row in rows["edges"]
    }
    compare("pyarrow, nodes.parquet and edges.parquet", run, {row["id"]: row["name"] for row in rows["nodes"]}, found)
    for row in rows["edges"]:
        check.equal("parquet: items", row["items"], sorted(run.ties[row["id"]].items))
    # The same by SQL.
    sql = lambda query: duckdb.sql(query.replace("@", f"{run.folder}/")).fetchall()
    check.equal("DuckDB: types", sql(
        "SELECT DISTINCT typeof(first_date), typeof(items), typeof(start), typeof(confidence) FROM '@claims.parquet'"),
        [("DATE", "VARCHAR[]", "BIGINT", "DOUBLE")])
    check.equal("DuckDB: claims", sql("SELECT id, sentence, items, confidence FROM '@claims.parquet'"),
                [(c["id"], c["sentence"], c["items"], c["confidence"]) for c in run.claims])
    check.equal("DuckDB: ties by month", sql(
        "SELECT strftime(first_date, '%Y-%m'), count(*) FROM '@edges.parquet' WHERE first_date IS NOT NULL GROUP BY 1 ORDER BY 1"),
        months(run))
    joined = sql("SELECT count(*) FROM '@edges.parquet' e JOIN '@nodes.parquet' a ON e.source = a.id JOIN '@nodes.parquet' b ON e.target = b.id")
    check.equal("DuckDB: both ends are nodes", joined, [(len(run.ties),)])
    print(f"  pyarrow and DuckDB, claims.parquet: {len(rows['claims'])} claims, equal to claims.jsonl")


def months(run):
    """Number of ties by the month of their first day."""
    found = {}
    for tie in run.ties.values():
        if tie.first_date:
            found[tie.first_date[:7]] = found.get(tie.first_date[:7], 0) + 1
    return sorted(found.items())


def ftm_reads(run):
    from followthemoney import model

    given = lines(run.folder / "ftm.jsonl")
    kept, links = 0, 0
    ids = {row["id"] for row in given}
    check.equal("ftm: ids are unique", len(ids), len(given))
    for row in given:
        proxy = model.get_proxy(row, cleaned=False)
        back = proxy.to_dict()
        check.equal("ftm: id", back["id"], row["id"])
        check.equal("ftm: schema", back["schema"], row["schema"])
        for name, values in row["properties"].items():
            check.equal(f"ftm: {row['id']} {name}", sorted(back["properties"].get(name, [])), sorted(values))
            kept += len(values)
        if row["schema"] == "UnknownLink":
            links += 1
            for end in ("subject", "object"):
                check.equal("ftm: reference", row["properties"][end][0] in ids, True)
        proxy.schema.validate(row)
    check.equal("ftm: a link a claim", links, len(run.claims))
    by_id = {row["id"]: row["properties"] for row in given}
    for claim in run.claims:
        link = by_id[f"claim-{claim['id']}"]
        check.equal("ftm: ends", [link["subject"], link["object"]], [[claim[e].replace(":", "-")] for e in ("source", "target")])
        visible = "".join(c for c in claim["sentence"] if unicodedata.category(c) not in ("Cf", "Cn"))
        check.equal("ftm: line", link.get("summary", [""])[0], one_line(visible))
        check.equal("ftm: verb", link["role"][0].split(":")[0], claim["relation"])
    print(f"  FollowTheMoney, ftm.jsonl: {len(given) - links} entities, {links} links, {kept} values kept")


def jsonld_reads(run, articles):
    from pyld import jsonld

    def refuse(*_):
        raise RuntimeError("the document asks for the network")

    jsonld.set_document_loader(refuse)
    document = json.loads((run.folder / "annotations.jsonld").read_text(encoding="utf-8"))
    graph = jsonld.flatten(document)
    oa, prov, own = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#", "urn:tieline:term:"
    nodes = {node["@id"]: node for node in graph}
    of = lambda node, name: [value.get("@value", value.get("@id")) for value in node.get(name, [])]
    annotations = [n for n in graph if oa + "Annotation" in n.get("@type", [])]
    check.equal("jsonld: an annotation a claim", len(annotations), len(run.claims))
    found, codes = 0, 0
    claims = {f"urn:tieline:claim:{claim['id']}": claim for claim in run.claims}
    for annotation in annotations:
        claim = claims[annotation["@id"]]
        body = nodes[of(annotation, oa + "hasBody")[0]]
        target = nodes[of(annotation, oa + "hasTarget")[0]]
        article = of(target, oa + "hasSource")[0]
        check.equal("jsonld: article", article, "urn:tieline:article:" + quote(claim["doc"], safe="-._~/"))
        check.equal("jsonld: derived from", of(annotation, prov + "wasDerivedFrom"), [article])
        check.equal("jsonld: generated by a run", of(annotation, prov + "wasGeneratedBy")[0] in nodes, True)
        check.equal("jsonld: ends", [of(body, own + "subject")[0], of(body, own + "object")[0]],
                    [f"urn:tieline:entity:{claim[end]}" for end in ("source", "target")])
        check.equal("jsonld: relation", of(body, own + "relation"), [claim["relation"]])
        check.equal("jsonld: codes", [of(body, own + "plover"), of(body, own + "cameo")],
                    [[c] if c else [] for c in (claim["plover"], claim["cameo"])])
        codes += bool(claim["cameo"])
        text = None if articles is None else articles.get((claim["doc"], claim["field"]))
        for selector in (nodes[id] for id in of(target, oa + "hasSelector")):
            if oa + "TextQuoteSelector" in selector["@type"]:
                check.equal("jsonld: quote", of(selector, oa + "exact"), [claim["sentence"]])
                if text is not None:
                    quoted = "".join(of(selector, oa + part)[0] for part in ("prefix", "exact", "suffix"))
                    check.equal("jsonld: quote with its surroundings", quoted in text, True)
            else:
                start, end = int(of(selector, oa + "start")[0]), int(of(selector, oa + "end")[0])
                check.equal("jsonld: length", end - start, len(claim["sentence"]))
                if text is not None:
                    check.equal("jsonld: position", text[start:end], claim["sentence"])
                    found += 1
        if text is not None and claim["field"] == "text":
            digest = hashlib.sha256(text.encode()).hexdigest()
            check.equal("jsonld: hash", of(nodes[article], own + "textSha256"), [digest])
    print(f"  JSON-LD, annotations.jsonld: {len(annotations)} annotations, {codes} with CAMEO codes, "
          f"{found} found again in their text")


def texts_of(folder):
    """The texts that spans count in, of the articles that hold them as they are: (doc, field) -> text."""
    if folder is None:
        return None
    texts = {}
    for path in sorted(Path(folder).iterdir()) if Path(folder).is_dir() else [Path(folder)]:
        if path.suffix == ".txt":
            texts[path.name, "text"] = path.read_bytes().decode("utf-8")
        elif path.suffix == ".jsonl":
            for row in lines(path):
                for field in ("title", "text"):
                    texts[row["id"], field] = row[field]
        elif path.name == "articles.json":
            for row in json.loads(path.read_text(encoding="utf-8")):
                texts[row["doc"], row["field"]] = row["text"]
    return texts


def main():
    folder, *rest = sys.argv[1:]
    run = Run(folder)
    options = list(zip(rest[::2], rest[1::2], strict=True))
    print(f"{Path(folder).name}: {len(run.claims)} claims, {len(run.nodes)} entities, {len(run.ties)} ties")
    if options and options[0][0] != "--articles":
        for flag, path in options:
            {"--neo4j": neo4j_holds, "--gephi": gephi_holds}[flag](run, path)
    else:
        networkx_reads(run)
        igraph_reads(run)
        pandas_reads(run)
        parquet_reads(run)
        ftm_reads(run)
        jsonld_reads(run, texts_of(dict(options).get("--articles")))
    if check.failed:
        print(f"  {check.failed} mismatches")
        sys.exit(1)


if __name__ == "__main__":
    main()
