"""Reads each file of a finished run with the programs that people use, and compares the graph.

usage: exports.py FOLDER [--neo4j DUMP]... [--gephi DUMP]...
"""

import csv
import hashlib
import json
import re
import sys
import unicodedata
import warnings
from pathlib import Path
from urllib.parse import quote

import igraph
import networkx as nx
import pandas as pd
from expected import Checker, Run, days, lines, one_line

check = Checker()
COUNTS = [("claims", None, None), ("positive", "polarity", "positive"),
          ("negative", "polarity", "negative"), ("hedged", "modality", "hedged"),
          ("prospective", "modality", "prospective")]


def say(what, nodes, edges, note=""):
    print(f"  {what}: {nodes} nodes, {edges} edges{note}")


def counts(tie):
    return {name: len(tie.claims) if field is None else tie.count(field, value)
            for name, field, value in COUNTS}


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
        check.equal(f"{what}: ends of {id}", f"{source} {relation} {target}", id)
        check.near(f"{what}: weight of {id}", weight, tie.weight)
        check.equal(f"{what}: counts of {id}", found, counts(tie))
        check.equal(f"{what}: dates of {id}", dates, (tie.first_date, tie.last_date))
    say(what, len(nodes), len(edges))


def networkx_reads(run):
    for name, read in [("graph.graphml", nx.read_graphml), ("graph.gexf", nx.read_gexf)]:
        try:
            graph = read(run.folder / name)
        except nx.NetworkXError as error:
            # GEXF says of each tie whether it has a direction, as Gephi shows it.
            mixed = len({tie.directed for tie in run.ties.values()}) == 2
            check.equal(f"networkx, {name}", (str(error), mixed), ("Undirected edge found in directed graph.", True))
            print(f"  networkx, {name}: refused, since it holds ties with and without direction")
            continue
        directed = {}
        for source, target, data in graph.edges(data=True):
            id = data.get("edge_id") or data["id"]
            directed[id] = (source, target, data["relation"], data["weight"],
                            {key: int(data[key]) for key, *_ in COUNTS},
                            (data.get("first_date"), data.get("last_date")))
        compare(f"networkx, {name}", run, {id: data["label"] for id, data in graph.nodes(data=True)}, directed)
        evidence(f"networkx, {name}", run, {
            data.get("edge_id") or data["id"]: data.get("evidence", "") for *_, data in graph.edges(data=True)},
            joiner=name.endswith("gexf"))


def evidence(what, run, found, joiner=False):
    for id, text in found.items():
        wanted = {xml_text(one_line(claim["sentence"])) for claim in run.ties[id].claims}
        text = text.replace("IN\u2060F", "INF") if joiner else text
        check.equal(f"{what}: line of {id}", text if text in wanted else text + " (not a line of it)", text)


def igraph_reads(run):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = igraph.Graph.Read_GraphML(str(run.folder / "graph.graphml"))
    date = lambda value: value or None
    edges = {
        e["edge_id"]: (graph.vs[e.source]["id"], graph.vs[e.target]["id"], e["relation"], e["weight"],
                       {key: int(e[key]) for key, *_ in COUNTS},
                       (date(e["first_date"]), date(e["last_date"])))
        for e in graph.es
    }
    compare("igraph, graph.graphml", run, {v["id"]: v["label"] for v in graph.vs}, edges)


def pandas_reads(run):
    read = lambda name: pd.read_csv(run.folder / name, keep_default_na=False, dtype=str)
    nodes, edges = read("nodes.csv"), read("edges.csv")
    plain = lambda cell: (cell[1:] if cell.startswith("'") and cell[1:2] in "=+-@\t\r" else cell).replace("\\\\", "\\")
    date = lambda cell: cell.removeprefix("on ") or None
    found = {
        plain(row.Id): (row.Source, row.Target, row.Kind, row.Weight,
                        {key: int(getattr(row, key.capitalize())) for key, *_ in COUNTS},
                        (date(row.First_date), date(row.Last_date)))
        for row in edges.itertuples()
    }
    compare("pandas, nodes.csv and edges.csv", run, {row.Id: plain(row.Label) for row in nodes.itertuples()}, found)
    claims = read("claims.csv")
    check.equal("pandas: claims", list(claims["id"]), [claim["id"] for claim in run.claims])
    for found, claim in zip(claims["sentence"], run.claims, strict=False):
        wanted = claim["sentence"]
        wanted = "'" + wanted if wanted[:1] in ("=", "+", "-", "@", "\t", "\r") else wanted
        check.equal("pandas: sentence", found.replace("\r\n", "\n"), wanted.replace("\r\n", "\n"))
    for name in ("nodes.csv", "edges.csv", "claims.csv"):
        with open(run.folder / name, newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        formulas = [c for c in cells if c[:1] in tuple("=+-@\t\r") and not c.lstrip("-").replace(".", "").replace("e-", "").isdigit()]
        check.equal(f"{name}: cells that a spreadsheet runs", formulas, [])
    print(f"  pandas, claims.csv: {len(claims)} claims, no cell that a spreadsheet runs")


def neo4j_holds(run, path):
    rows = lines(path)
    nodes = [row for row in rows if "labels" in row]
    edges = [row for row in rows if "type" in row]
    label = {"state": "State", "person": "Person", "organization": "Organization", "weapon": "Weapon"}
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
        check.equal("neo4j: ends", f"{row['source']} {tie.relation} {row['target']}", held["id"])
        check.equal("neo4j: type", row["type"], tie.relation.upper().replace("-", "_"))
        check.equal("neo4j: weight", (held["weight"], types["weight"]), (tie.weight, "FLOAT"))
        check.equal("neo4j: counts", {key: held[key] for key, *_ in COUNTS}, counts(tie))
        check.equal("neo4j: dates", (held.get("firstDate"), held.get("lastDate")), (tie.first_date, tie.last_date))
        if "firstDate" in held:
            check.equal("neo4j: type of dates", types["firstDate"], "DATE")
        check.equal("neo4j: items", held.get("items", []), [flat(i) for i in sorted(tie.items)])
        wanted = {one_line(claim["sentence"]) for claim in tie.claims}
        check.equal("neo4j: line", held.get("evidence", "") in wanted, True)
    say(f"Neo4j, {Path(path).stem}", len(nodes), len(edges), ", labels, types, properties, dates and arrays")


def interval(text):
    """First and last day of an interval as Gephi prints it, in dates or milliseconds."""
    ends = text.strip("<[]>").split(", ")
    day = lambda end: str(pd.to_datetime(float(end), unit="ms").date()) if re.fullmatch(r"[\d.E]+", end) else end[:10]
    return tuple(day(end) for end in ends)


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
        laid_out = (run.folder / "graph.graphml").read_text(encoding="utf-8").find('attr.name="x"') >= 0
        if laid_out:
            drawn = {id: data for id, data in nx.read_graphml(run.folder / "graph.graphml").nodes(data=True)}
            for node in nodes:
                wanted = drawn[node["id"]]
                check.near(f"{what}: x", node["x"], wanted["x"])
                check.near(f"{what}: y", node["y"], wanted["y"])
                check.near(f"{what}: size", node["size"], wanted["size"])
                check.equal(f"{what}: colour", node["color"], [wanted[part] for part in "rgb"])
        else:
            colours, places = [], []
    for edge in edges:
        tie = run.ties.get(edge["id"])
        if tie is None:
            continue
        kinds = {tie.relation, tie.relation.upper().replace("-", "_")}
        check.equal(f"{what}: kind", edge["edge_kind"] in kinds, True)
        check.near(f"{what}: weight", edge["edge_weight"], tie.weight)
        ends = {edge["source"], edge["target"]}
        check.equal(f"{what}: ends", ends, set(edge["id"].split(f" {tie.relation} ")))
        held = {name.lower(): value for name, value in edge.items()}
        if "graphml" not in path:
            check.equal(f"{what}: directed", edge["is_directed"], tie.directed)
            if tie.first_date:
                span = held.get("@interval") or held.get("@timeset") or ""
                check.equal(f"{what}: time of {edge['id']}", interval(span), (tie.first_date, tie.last_date))
        dates = [(held.get("@first_date") or "").removeprefix("on "), (held.get("@last_date") or "").removeprefix("on ")]
        check.equal(f"{what}: dates", [date or None for date in dates], [tie.first_date, tie.last_date])
        text = (held.get("@evidence") or "").replace("IN\u2060F", "INF")
        written = (lambda text: text) if tables else xml_text
        wanted = {written(one_line(claim["sentence"])) for claim in tie.claims}
        wanted |= {"'" + text for text in wanted}
        if tables and "null" in wanted:
            wanted.add("")  # what Gephi makes of a cell with this word alone
        check.equal(f"{what}: line", text if text in wanted else text + " (not a line of it)", text)
    note = f", {len({e['edge_kind'] for e in edges})} kinds, {len(issues)} warnings"
    if not tables:
        note += f", {len(places)} places, {len(colours)} colours"
    say(what, len(nodes), len(edges), note)


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


def main():
    folder, *rest = sys.argv[1:]
    run = Run(folder)
    print(f"{folder}: {len(run.claims)} claims, {len(run.nodes)} entities, {len(run.ties)} ties")
    if rest:
        for flag, path in zip(rest[::2], rest[1::2], strict=True):
            {"--neo4j": neo4j_holds, "--gephi": gephi_holds}[flag](run, path)
    else:
        articles = run.folder / "articles.json"
        texts = None
        if articles.exists():
            texts = {(row["doc"], row["field"]): row["text"] for row in json.loads(articles.read_text(encoding="utf-8"))}
        networkx_reads(run)
        igraph_reads(run)
        pandas_reads(run)
        ftm_reads(run)
        jsonld_reads(run, texts)
    if check.failed:
        print(f"  {check.failed} mismatches")
        sys.exit(1)


if __name__ == "__main__":
    main()
