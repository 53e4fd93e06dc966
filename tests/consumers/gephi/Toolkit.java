import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.TimeRepresentation;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.importer.plugin.file.spreadsheet.ImporterSpreadsheetCSV;
import org.gephi.io.importer.plugin.file.spreadsheet.process.SpreadsheetGeneralConfiguration.Mode;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.io.processor.spi.Processor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Imports files with Gephi's own importers and writes what arrived as lines of JSON.
 *
 * <p>Usage: Toolkit IMPORT... where each import is OUT=FILE or OUT=NODES.csv,EDGES.csv; before it, a
 * plus keeps parallel edges of one kind apart, as the import dialogue offers. Every remark of the
 * import report is a line, too.
 */
public class Toolkit {
    private static PrintStream out;

    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            boolean keepParallel = argument.startsWith("+");
            String[] parts = argument.substring(keepParallel ? 1 : 0).split("=", 2);
            out = new PrintStream(parts[0], StandardCharsets.UTF_8);
            importAll(parts[1].split(","), keepParallel);
            out.close();
        }
        System.exit(0);
    }

    private static void importAll(String[] files, boolean keepParallel) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Mode[] modes = {Mode.NODES_TABLE, Mode.EDGES_TABLE};
        for (int i = 0; i < files.length; i++) {
            Container container = files.length == 1
                    ? importer.importFile(new File(files[i]))
                    : table(importer, files[i], modes[i]);
            if (keepParallel) {
                container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
            }
            Processor processor = i == 0 ? new DefaultProcessor() : new AppendProcessor();
            process(importer, container, processor, workspace);
        }
        dump(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace));
        projects.closeCurrentProject();
    }

    private static Container table(ImportController importer, String path, Mode mode)
            throws Exception {
        ImporterSpreadsheetCSV table = new ImporterSpreadsheetCSV();
        File file = new File(path);
        table.setFile(file);
        table.setMode(mode);
        table.setFieldDelimiter(',');
        table.setTimeRepresentation(TimeRepresentation.INTERVAL);
        table.refreshAutoDetections();
        table.setMode(mode);
        return importer.importFile(file, table);
    }

    private static void process(
            ImportController importer, Container container, Processor processor, Workspace workspace) {
        // Off, as one ticks it off in the import dialogue: positions arrive as they are.
        container.getLoader().setAutoScale(false);
        container.closeLoader();
        // Processing puts another report in the place of the importer's.
        report(container.getReport());
        importer.process(container, processor, workspace);
        report(container.getReport());
    }

    private static void report(Report report) {
        if (report == null) {
            return;
        }
        report.close();
        var issues = report.getIssues(10_000);
        while (issues.hasNext()) {
            Issue issue = issues.next();
            out.printf("{\"issue\":%s,\"level\":%s}%n", quoted(issue.getMessage()), quoted(issue.getLevel()));
        }
    }

    private static void dump(GraphModel model) {
        for (Node node : model.getGraph().getNodes()) {
            List<String> fields = attributes(node);
            fields.add("\"id\":" + quoted(node.getId()));
            fields.add("\"label\":" + quoted(node.getLabel()));
            fields.add(String.format("\"x\":%s,\"y\":%s,\"size\":%s", node.x(), node.y(), node.size()));
            var color = node.getColor();
            fields.add(String.format("\"color\":[%d,%d,%d]", color.getRed(), color.getGreen(), color.getBlue()));
            out.println("{\"node\":{" + String.join(",", fields) + "}}");
        }
        for (Edge edge : model.getGraph().getEdges()) {
            List<String> fields = attributes(edge);
            fields.add("\"id\":" + quoted(edge.getId()));
            fields.add("\"source\":" + quoted(edge.getSource().getId()));
            fields.add("\"target\":" + quoted(edge.getTarget().getId()));
            fields.add("\"edge_kind\":" + quoted(edge.getTypeLabel()));
            fields.add("\"is_directed\":" + edge.isDirected());
            fields.add("\"edge_weight\":" + edge.getWeight());
            out.println("{\"edge\":{" + String.join(",", fields) + "}}");
        }
    }

    private static List<String> attributes(Element element) {
        List<String> fields = new ArrayList<>();
        for (Column column : element.getTable()) {
            Object value = element.getAttribute(column);
            if (value != null && !column.getTitle().equalsIgnoreCase("id")) {
                fields.add(quoted("@" + column.getTitle()) + ":" + quoted(value));
            }
        }
        return fields;
    }

    private static String quoted(Object object) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : String.valueOf(object).toCharArray()) {
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
