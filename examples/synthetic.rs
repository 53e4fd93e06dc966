//! Writes a finished run of invented claims, with every string that a file format may stumble
//! over: `cargo run --release --example synthetic -- FOLDER ENTITIES CLAIMS`. Consumers' checks
//! read it. With `--time`, writes only the GraphML of the same network and prints its nodes, ties,
//! CPU seconds, bytes, and by how many KiB the peak memory grew meanwhile.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example prints and may stop")]
#![allow(dead_code, unreachable_pub, reason = "the module serves tests, too")]

use std::io::{BufWriter, Write};
use std::path::Path;

use tieline::export::{Network, write_graphml};
use tieline::graph::measures::{Column, Measure};

#[path = "../tests/integration/synthetic.rs"]
mod synthetic;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, n_entities, n_claims, rest @ ..] = &arguments[..] else {
        panic!("usage: synthetic FOLDER ENTITIES CLAIMS [--time]");
    };
    let run = synthetic::synthetic(n_entities.parse().unwrap(), n_claims.parse().unwrap());
    if rest.is_empty() {
        run.write(Path::new(folder));
        // The texts themselves, where selectors must find their words again.
        let articles = run.articles.iter().map(|(article, _)| {
            let text = &article.text[article.body_start as usize..];
            serde_json::json!({"doc": article.info.id, "field": "text", "text": text})
        });
        let articles = articles.collect::<serde_json::Value>().to_string();
        std::fs::write(Path::new(folder).join("articles.json"), articles).unwrap();
        return;
    }
    let graph = run.graph();
    let appearance = synthetic::appearance(graph.n_nodes());
    // Values as long as real ones.
    let measures: Vec<Column> = Measure::ALL
        .iter()
        .map(|measure| Column {
            name: measure.as_str(),
            values: appearance.iter().map(|look| 1.0 / (look.x + 3.0)).collect(),
            whole: false,
            error_bound: None,
        })
        .collect();
    let network =
        Network { graph: &graph, measures: &measures, appearance: &appearance, beside: None };
    std::fs::create_dir_all(folder).unwrap();
    let path = Path::new(folder).join("graph.graphml");
    let (start, peak) = (cpu_seconds(), peak_kib());
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    write_graphml(network, &mut out).unwrap();
    out.flush().unwrap();
    let (seconds, grown) = (cpu_seconds() - start, peak_kib() - peak);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("{} {} {seconds} {bytes} {grown}", graph.n_nodes(), graph.n_ties());
}

/// CPU time of this process so far, from the kernel's count in hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(')').unwrap().1;
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// The most memory that this process ever held.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
