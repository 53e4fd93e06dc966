//! `network.html`: one page that opens from disk and asks the network for nothing.
//!
//! In: a laid-out network. Out: a page whose sources lie in `viewer/`, with the data as two blocks
//! of JSON: what is drawn, and what is read when a tie is opened. The script is carried compressed
//! and unpacked by a few lines. Its Content-Security-Policy allows these two and the one style by
//! hash and nothing else, so that no text of an article
//! can run or load anything. Communities and measures are computed before; places are, too, and the page
//! lays out anew what a filter leaves.
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
use super::squeeze;

mod data;
mod marks;

use data::page_data;

/// The page around the data.
const TEMPLATE: &str = include_str!("../../viewer/page.html");
const STYLE: &str = include_str!("../../viewer/style.css");
/// The modules, in the order in which they need each other; they share one scope.
const SCRIPT: &str = concat!(
    include_str!("../../viewer/data.js"),
    include_str!("../../viewer/words.js"),
    include_str!("../../viewer/group.js"),
    include_str!("../../viewer/filter.js"),
    include_str!("../../viewer/backbone.js"),
    include_str!("../../viewer/layout.js"),
    include_str!("../../viewer/scene.js"),
    include_str!("../../viewer/place.js"),
    include_str!("../../viewer/draw.js"),
    include_str!("../../viewer/svg.js"),
    include_str!("../../viewer/review.js"),
    include_str!("../../viewer/panel.js"),
    include_str!("../../viewer/table.js"),
    include_str!("../../viewer/controls.js"),
    include_str!("../../viewer/time.js"),
    include_str!("../../viewer/picture.js"),
    include_str!("../../viewer/download.js"),
    include_str!("../../viewer/address.js"),
    include_str!("../../viewer/main.js"),
);

/// What unpacks the script.
const UNPACK: &str = include_str!("../../viewer/unpack.js");

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
    let Sources { policy, style, packed, unpack } = &*SOURCES;
    let (drawing, reading) = (script_json(&drawing)?, script_json(&reading)?);
    // The template is cut at its marks: no text that is filled in can stand for another.
    let mut rest = TEMPLATE;
    for (mark, content) in [
        ("{{policy}}", policy),
        ("{{style}}", style),
        ("{{drawing}}", &drawing),
        ("{{reading}}", &reading),
        ("{{packed}}", packed),
        ("{{unpack}}", unpack),
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
    style: String,
    packed: String,
    unpack: String,
}

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let (script, style) = (squeeze::script(SCRIPT), squeeze::style(STYLE));
    let (unpack, packed) = (squeeze::script(UNPACK), packed(&script));
    let policy = format!(
        "default-src 'none'; script-src {} {}; style-src {}; img-src blob: data:; base-uri \
         'none'; form-action 'none'",
        source_hash(&unpack),
        source_hash(&script),
        source_hash(&style)
    );
    Sources { policy, style, packed, unpack }
});

/// A script as the page carries it: deflated, in letters.
fn packed(script: &str) -> String {
    BASE64_STANDARD.encode(miniz_oxide::deflate::compress_to_vec(script.as_bytes(), 10))
}

/// JSON for a script element: no `<` that could end it or begin another.
fn script_json(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
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
        let Sources { policy, style, packed, unpack } = &*SOURCES;
        let size = TEMPLATE.len() + policy.len() + style.len() + packed.len() + unpack.len();
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
        let json = script_json(&"</script><script>alert(1)</script><!--").unwrap();
        assert!(!json.contains('<'));
        assert_eq!(
            serde_json::from_str::<String>(&json).unwrap(),
            "</script><script>alert(1)</script><!--"
        );
    }
}
