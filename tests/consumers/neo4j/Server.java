import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;

/**
 * Talks to a running server over Bolt.
 *
 * <p>Usage: Server URI COMMAND..., one after the other: "wait" until it answers; "dump FILE" writes
 * every node and relationship as a line of JSON with the types of its properties; "clear" removes
 * them; "run FILE" executes a script statement by statement and prints what it changed; "again FILE"
 * does so and fails if that is anything; "queries FILE" prints the rows of each query and fails where
 * there are none.
 */
public class Server {
    public static void main(String[] arguments) throws Exception {
        try (Driver driver = GraphDatabase.driver(arguments[0], AuthTokens.none())) {
            for (int i = 1; i < arguments.length; i++) {
                String command = arguments[i];
                if (command.equals("wait")) {
                    await(driver);
                    continue;
                }
                try (Session session = driver.session()) {
                    switch (command) {
                        case "clear" -> session.run("MATCH (n) DETACH DELETE n").consume();
                        case "run" -> run(session, Path.of(arguments[++i]), false);
                        case "again" -> run(session, Path.of(arguments[++i]), true);
                        case "dump" -> dump(session, Path.of(arguments[++i]));
                        case "queries" -> queries(session, Path.of(arguments[++i]));
                        default -> throw new IllegalArgumentException(command);
                    }
                }
            }
        }
    }

    private static void await(Driver driver) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                driver.verifyConnectivity();
                return;
            } catch (RuntimeException notYet) {
                if (attempt == 400) {
                    throw notYet;
                }
                Thread.sleep(500);
            }
        }
    }

    /** Statements end with a semicolon at the end of a line; strings hold no line break. */
    private static List<String> statements(Path file) throws Exception {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("//")) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(statement.substring(0, statement.lastIndexOf(";")));
                statement.setLength(0);
            }
        }
        if (!statement.toString().isBlank()) {
            throw new IllegalStateException("the script ends within a statement");
        }
        return statements;
    }

    private static void run(Session session, Path file, boolean again) throws Exception {
        int nodes = 0;
        int relationships = 0;
        int labels = 0;
        List<String> statements = statements(file);
        for (String statement : statements) {
            var counters = session.run(statement).consume().counters();
            nodes += counters.nodesCreated();
            relationships += counters.relationshipsCreated();
            labels += counters.labelsAdded();
        }
        System.out.printf(
                "  %s%s: %d statements, %d nodes, %d relationships, %d labels added%n",
                file.getFileName(), again ? " again" : "", statements.size(), nodes, relationships, labels);
        if (again && nodes + relationships + labels > 0) {
            throw new IllegalStateException("the second run changes something");
        }
    }

    private static void queries(Session session, Path file) throws Exception {
        for (String query : statements(file)) {
            List<Record> rows = session.run(query).list();
            System.out.printf("  %s%n    %d rows%n", query.strip().replace("\n", "\n  "), rows.size());
            for (Record row : rows.subList(0, Math.min(3, rows.size()))) {
                System.out.println("    " + json(row.asMap(value -> value)));
            }
            if (rows.isEmpty()) {
                throw new IllegalStateException("no row");
            }
        }
    }

    private static void dump(Session session, Path file) throws Exception {
        try (var out = Files.newBufferedWriter(file)) {
            for (Record row : session.run("MATCH (n) RETURN n").list()) {
                var node = row.get("n").asNode();
                Map<String, Object> line = new TreeMap<>();
                List<String> labels = new ArrayList<>();
                node.labels().forEach(labels::add);
                line.put("labels", labels);
                line.put("properties", typed(node.asMap(value -> value)));
                out.write(json(line) + "\n");
            }
            String query = "MATCH (a)-[r]->(b) RETURN a.id AS source, b.id AS target, r";
            for (Record row : session.run(query).list()) {
                var relationship = row.get("r").asRelationship();
                Map<String, Object> line = new TreeMap<>();
                line.put("source", row.get("source"));
                line.put("target", row.get("target"));
                line.put("type", relationship.type());
                line.put("properties", typed(relationship.asMap(value -> value)));
                out.write(json(line) + "\n");
            }
        }
    }

    private static Map<String, Object> typed(Map<String, Value> properties) {
        Map<String, Object> typed = new TreeMap<>();
        properties.forEach(
                (name, value) -> typed.put(name, List.of(value.type().name(), value)));
        return typed;
    }

    private static String json(Object object) {
        if (object instanceof Value value) {
            return switch (value.type().name()) {
                case "NULL" -> "null";
                case "INTEGER", "FLOAT", "BOOLEAN" -> value.asObject().toString();
                case "LIST OF ANY?" -> json(value.asList(item -> item));
                case "DATE" -> quoted(value.asLocalDate().toString());
                default -> quoted(value.asString());
            };
        }
        if (object instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(Server::json).toList()) + "]";
        }
        if (object instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ",",
                            map.entrySet().stream()
                                    .map(e -> quoted(e.getKey().toString()) + ":" + json(e.getValue()))
                                    .toList())
                    + "}";
        }
        return quoted(object.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
