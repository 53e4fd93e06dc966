//! Reads an edge list and prints every measure of its nodes as CSV, to compare with other
//! programs: `cargo run --release --example measures -- edges.txt > measures.csv`.
//!
//! The first line is the number of nodes; each other line a tie: `source target weight symmetric`,
//! nodes numbered from 0, `symmetric` 0 or 1. With `--time`, prints instead the CPU seconds of one
//! run of the costly measures. With `--sample N`, routes are followed from N nodes and the error
//! bound of betweenness is printed on standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::error::Error;
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

/// CPU seconds of all threads for one run of each measure; of `large` networks the fast ones only,
/// and betweenness by sampling.
fn print_times(projection: &Projection, large: bool) -> Result<(), Box<dyn Error>> {
    let time = |name: &str, run: &dyn Fn()| -> Result<(), Box<dyn Error>> {
        let start = cpu_seconds()?;
        let mut runs = 0;
        while runs == 0 || cpu_seconds()? - start < 1.0 {
            run();
            runs += 1;
        }
        println!("{name} {}", (cpu_seconds()? - start) / f64::from(runs));
        Ok(())
    };
    time("page_rank", &|| drop(page_rank(projection)))?;
    time("eigenvector", &|| drop(eigenvector(projection)))?;
    if large {
        time("betweenness_sampled", &|| drop(routes(projection, Precision::Adaptive)))?;
    } else {
        time("closeness", &|| drop(distances(projection, Precision::Exact)))?;
        time("betweenness", &|| drop(routes(projection, Precision::Exact)))?;
    }
    Ok(())
}

/// CPU time of this process so far, from the kernel's count in hundredths of a second.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').ok_or("no process name")?.1;
    let ticks: Vec<f64> =
        fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / 100.0)
}
