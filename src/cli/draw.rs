//! `tieline draw`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::export::{Beside, Network, appearance, write_file, write_page, write_picture};
use crate::graph::measures::{Precision, measure_all};

use super::Outcome;
use super::selection::{RunArguments, SelectionArguments, select};

/// Draw the network, or a part of it, as a picture or a page.
///
/// The end of the file's name decides: `.svg` and `.png` are pictures for a page of A4 or a slide,
/// `.html` is the page with the lines behind every tie. Of a network too dense to be read a picture
/// shows the backbone, and says so. PNG needs a program built with the feature `png`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline draw                                       the whole network, as network.svg
  tieline draw --among RUS,PRK,CHN --out triangle.svg
  tieline draw --around Putin --since 2024 --out putin.html")]
pub(super) struct Arguments {
    /// The file to write.
    #[arg(long, value_name = "FILE", default_value = "network.svg")]
    out: PathBuf,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

type Writer = fn(Network<'_>, &mut dyn Write) -> io::Result<()>;

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let write = writer(&arguments.out)?;
    let selected = select(&arguments.run.folder, &arguments.selection)?;
    if selected.graph.n_ties() == 0 {
        bail!("nothing to draw: no tie meets the filters");
    }
    let measures = measure_all(&selected.graph, selected.weighting, Precision::Adaptive);
    let appearance = appearance(&selected.graph, &measures);
    // Pictures hold no lines.
    let beside = if arguments.out.extension().is_some_and(|ending| ending == "html") {
        selected.run.beside(&selected.graph)?
    } else {
        Beside::default()
    };
    let network = Network {
        graph: &selected.graph,
        measures: &measures,
        appearance: &appearance,
        beside: Some(&beside),
    };
    write_file(&arguments.out, |out| write(network, out))
        .with_context(|| format!("cannot draw {}", arguments.out.display()))?;
    Ok(Outcome::Complete)
}

/// The writer for a file of this name.
fn writer(path: &Path) -> anyhow::Result<Writer> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    match ending.to_ascii_lowercase().as_str() {
        "svg" => Ok(write_picture),
        "html" => Ok(write_page),
        #[cfg(feature = "png")]
        "png" => Ok(crate::export::write_picture_png),
        #[cfg(not(feature = "png"))]
        "png" => bail!("{}: this program is built without the feature `png`", path.display()),
        _ => bail!("{}: expected a name that ends in .svg, .png or .html", path.display()),
    }
}
