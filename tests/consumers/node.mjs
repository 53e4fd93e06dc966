// Reads graph.graphml and graph.gexf with graphology and cytoscape.js and compares the counts,
// kinds and weights with claims.jsonl. Usage: node node.mjs FOLDER (run where they are installed).
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { JSDOM } = require("jsdom");
globalThis.DOMParser = new JSDOM().window.DOMParser;
const { MultiDirectedGraph } = require("graphology");
const cytoscape = require("cytoscape");
const folder = process.argv[2];

const ties = new Map();
const nodes = new Set();
for (const line of readFileSync(join(folder, "claims.jsonl"), "utf8").split("\n")) {
  if (line === "") continue;
  const claim = JSON.parse(line);
  const id = `${claim.source} ${claim.relation} ${claim.target}`;
  if (!ties.has(id)) ties.set(id, new Set());
  if (claim.standing === "asserted") ties.get(id).add(claim.story);
  nodes.add(claim.source).add(claim.target);
}

let failed = 0;
function compare(what, nNodes, edges) {
  const wrong = [...edges].filter(([id, weight]) => (ties.get(id)?.size || 0.1) !== Number(weight));
  console.log(`  ${what}: ${nNodes} nodes, ${edges.size} edges, ${wrong.length} wrong weights`);
  if (nNodes !== nodes.size || edges.size !== ties.size || wrong.length > 0) failed = 1;
}

for (const [name, file] of [["graphml", "graph.graphml"], ["gexf", "graph.gexf"]]) {
  const { parse } = require(`graphology-${name}`);
  // An undirected tie has its reading in `directed`; graphology's GEXF reader takes both kinds.
  const { MultiGraph } = require("graphology");
  const graph = parse(name === "gexf" ? MultiGraph : MultiDirectedGraph, readFileSync(join(folder, file), "utf8"), {
    allowUndeclaredAttributes: true,
  });
  const edges = new Map();
  graph.forEachEdge((key, data) => edges.set(data.edge_id ?? key, data.weight));
  compare(`graphology, ${file}`, graph.order, edges);
}

require("cytoscape-graphml")(cytoscape, require("jquery")(new JSDOM().window));
cytoscape.warnings(false);
const view = cytoscape({ headless: true });
view.graphml({ layoutBy: () => {} });
view.graphml(readFileSync(join(folder, "graph.graphml"), "utf8"));
const edges = new Map();
view.edges().forEach((edge) => edges.set(edge.data("e_edge_id"), edge.data("e_weight")));
compare("cytoscape.js, graph.graphml", view.nodes().length, edges);
process.exit(failed);
