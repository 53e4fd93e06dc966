//! `network.html`: one page that opens from disk and asks the network for nothing.
//!
//! In: a laid-out network. Out: a page whose sources lie in `viewer/`, from where `build.rs` takes
//! them, squeezed and deflated once for all pages, with the data as two blocks of JSON: what is
//! drawn, and what is read when a tie is opened. Script and data are carried compressed and unpacked
//! by a few lines; the texts stand behind the script, so that the map is there before they are. Its
//! Content-Security-Policy allows these two and the one style by hash and nothing else, so that no
//! text of an article can run or load anything. Communities, measures and places are computed
//! before; the page lays out anew what a filter leaves.
//!
//! A page has limits of its own: of very large networks it holds the strongest ties and the best
//! lines, and says so.

use std::io::{self, Write};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Network;

mod data;
mod marks;
mod reading;

use data::page_data;

/// The page around the data.
const TEMPLATE: &str = include_str!("../../viewer/page.html");
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));
/// All modules one behind the other, as `build.rs` puts them together, and the same deflated.
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/script.js"));
const DEFLATED_SCRIPT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/script.deflated"));
/// What unpacks the script.
const UNPACK: &str = include_str!(concat!(env!("OUT_DIR"), "/unpack.js"));

/// Writes the page.
///
/// # Errors
///
/// If the writer fails.
///
/// # Panics
///
/// Never: the template is part of the program.
pub fn write_page(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (drawing, reading) = page_data(network);
    let Sources { policy, script } = &*SOURCES;
    let (drawing, reading) = (packed_json(&drawing)?, packed_json(&reading)?);
    // The template is cut at its marks: no text that is filled in can stand for another.
    let mut rest = TEMPLATE;
    for (mark, content) in [
        ("{{policy}}", policy.as_str()),
        ("{{style}}", STYLE),
        ("{{script}}", script.as_str()),
        ("{{drawing}}", drawing.as_str()),
        ("{{unpack}}", UNPACK),
        ("{{reading}}", reading.as_str()),
    ] {
        let (before, after) = rest.split_once(mark).expect("the template has every mark in order");
        out.write_all(before.as_bytes())?;
        out.write_all(content.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// What is the same on every page.
struct Sources {
    policy: String,
    script: String,
}

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src {} {}; style-src {}; img-src blob: data:; base-uri \
         'none'; form-action 'none'",
        source_hash(UNPACK),
        source_hash(SCRIPT),
        source_hash(STYLE)
    );
    Sources { policy, script: BASE64_STANDARD.encode(DEFLATED_SCRIPT) }
});

/// Data as the page carries them, as it does the script: deflated, in letters that end no element.
fn packed_json(value: &impl Serialize) -> io::Result<String> {
    let deflated = miniz_oxide::deflate::compress_to_vec(&serde_json::to_vec(value)?, 6);
    Ok(BASE64_STANDARD.encode(deflated))
}

/// The source expression of a policy that allows exactly this text.
fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_without_data_is_small() {
        let Sources { policy, script } = &*SOURCES;
        let size = TEMPLATE.len() + policy.len() + STYLE.len() + script.len() + UNPACK.len();
        assert!(size <= 120_000, "{size} bytes");
    }

    #[test]
    fn the_page_names_no_address_to_load_from() {
        for text in [TEMPLATE, STYLE, SCRIPT, UNPACK] {
            for bad in [
                "http://",
                "fetch(",
                "XMLHttpRequest",
                "@import",
                "url(",
                "eval(",
                "innerHTML",
                "insertAdjacentHTML",
            ] {
                let found =
                    ["http://www.w3.org/2000/svg", "http://www.inkscape.org/namespaces/inkscape"]
                        .iter()
                        .fold(text.to_owned(), |text, space| text.replace(space, ""))
                        .contains(bad);
                assert!(!found, "{bad}");
            }
        }
    }

    #[test]
    fn data_cannot_end_its_element() {
        let text = "</script><script>alert(1)</script><!--";
        let letters = packed_json(&text).unwrap();
        assert!(!letters.contains('<'));
        let bytes = BASE64_STANDARD.decode(&letters).unwrap();
        let json = miniz_oxide::inflate::decompress_to_vec(&bytes).unwrap();
        assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
    }
}
