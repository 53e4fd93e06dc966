// Who supplies whom, with the line that says so.
MATCH (a:Entity)-[r:SUPPLIES]->(b:Entity) WHERE r.positive > 0
RETURN a.name AS supplier, b.name AS receiver, r.weight AS articles, r.items AS items, r.evidence AS line
ORDER BY articles DESC, supplier, receiver LIMIT 10;
// Who stands between two states: shortest chains of at most four ties.
MATCH (a:State {state: 'PRK'}), (b:State {state: 'CHN'})
MATCH p = allShortestPaths((a)-[*..4]-(b))
RETURN [n IN nodes(p) | n.name] AS chain, [r IN relationships(p) | type(r)] AS ties LIMIT 10;
// Brokers: people and organizations through whom many of the shortest routes lead.
MATCH (n:Entity) WHERE n:Person OR n:Organization
RETURN n.name AS broker, n.state AS state, n.betweenness AS betweenness, n.community AS community
ORDER BY betweenness DESC, broker LIMIT 10;
