//! Reads an edge list and prints every measure of its nodes as CSV, to compare with other
//! programs: `cargo run --release --example measures -- edges.txt > measures.csv`.
//!
//! The first line is the number of nodes; each other line a tie: `source target weight symmetric`,
//! nodes numbered from 0, `symmetric` 0 or 1. With `--time`, prints instead the CPU seconds of one
//! run of the costly measures, with `--large` of those that large networks allow. With `--sample N`, routes are followed from N nodes and the error
//! bound of betweenness is printed on standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::error::Error;
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;

use tieline::graph::measures::{
    Precision, Projection, WeightedTie, distances, eigenvector, measure_projection, page_rank,
    routes,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(arguments.first().ok_or("usage: measures FILE [--time]")?)?;
    let mut lines = text.lines();
    let n_nodes: usize = lines.next().ok_or("the file is empty")?.parse()?;
    let ties = lines.map(read_tie).collect::<Result<Vec<_>, _>>()?;
    if let Some(tie) = ties.iter().find(|tie| tie.source.max(tie.target) as usize >= n_nodes) {
        return Err(format!("{tie:?}: there are {n_nodes} nodes").into());
    }
    let projection = Projection::from_ties(n_nodes, ties);
    if arguments.iter().any(|argument| argument == "--time") {
        return print_times(&projection, arguments.iter().any(|argument| argument == "--large"));
    }
    let precision = match arguments.iter().position(|argument| argument == "--sample") {
        Some(at) => Precision::Sample(arguments.get(at + 1).ok_or("--sample N")?.parse()?),
        None => Precision::Exact,
    };
    let columns = measure_projection(&projection, precision);
    if let Some(bound) = columns.iter().find_map(|column| column.error_bound) {
        eprintln!("error bound of betweenness: {bound}");
    }
    let mut out = std::io::stdout().lock();
    let names: Vec<_> = columns.iter().map(|column| column.name).collect();
    writeln!(out, "{}", names.join(","))?;
    for node in 0..n_nodes {
        let values: Vec<_> = columns.iter().map(|column| column.values[node].to_string()).collect();
        writeln!(out, "{}", values.join(","))?;
    }
    Ok(())
}

fn read_tie(line: &str) -> Result<WeightedTie, Box<dyn Error>> {
    let [source, target, weight, symmetric] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err(format!("{line:?}: expected source, target, weight, symmetric").into());
    };
    Ok(WeightedTie {
        source: source.parse()?,
        target: target.parse()?,
        weight: weight.parse()?,
        symmetric: symmetric == "1",
    })
}

/// A line for each of the costly measures: CPU seconds of all threads for one run, the sum of the
/// squares of its values, a digest of their bits, the error bound if it has one. Of `large` networks
/// the fast ones only, and betweenness by sampling.
fn print_times(projection: &Projection, large: bool) -> Result<(), Box<dyn Error>> {
    type Found = (Vec<f64>, Option<f64>);
    let time = |name: &str, run: &dyn Fn() -> Found| -> Result<(), Box<dyn Error>> {
        let start = cpu_seconds()?;
        let mut runs = 0;
        let (values, bound) = loop {
            let found = run();
            runs += 1;
            if cpu_seconds()? - start >= 0.5 {
                break found;
            }
        };
        let seconds = (cpu_seconds()? - start) / f64::from(runs);
        let squares: f64 = values.iter().map(|value| value * value).sum();
        let mut digest = DefaultHasher::new();
        for value in &values {
            digest.write_u64(value.to_bits());
        }
        let bound = bound.map(|bound| format!(" error at most {bound}")).unwrap_or_default();
        println!("{name} {seconds} {squares} {:x}{bound}", digest.finish());
        Ok(())
    };
    time("page_rank", &|| (page_rank(projection), None))?;
    time("eigenvector", &|| (eigenvector(projection), None))?;
    if large {
        time("betweenness_sampled", &|| {
            let found = routes(projection, Precision::Adaptive);
            (found.betweenness, found.error_bound)
        })
    } else {
        time("closeness", &|| (distances(projection, Precision::Exact).closeness, None))?;
        time("betweenness", &|| (routes(projection, Precision::Exact).betweenness, None))
    }
}

/// CPU time of this process so far, from the kernel's count in hundredths of a second.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').ok_or("no process name")?.1;
    let ticks: Vec<f64> =
        fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / 100.0)
}
