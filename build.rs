//! Lists the files of `data/rules`, `data/lexicon` and `data/sample`, so that a new one is embedded
//! without a line of code. Puts the script of the page together and deflates it, which takes longer than
//! writing a small page. Tells the program a hash of its own source: what another build of the same
//! version has kept is used only where that build did the same.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use miniz_oxide::deflate;

#[path = "src/export/squeeze.rs"]
mod squeeze;

/// What decides the claims of an article, beside the data.
const READING: [&str; 11] = [
    "src/claims",
    "src/clauses",
    "src/coreference",
    "src/gazetteer",
    "src/lexicon",
    "src/model",
    "src/pipeline.rs",
    "src/rules",
    "src/speech",
    "src/syntax",
    "src/text",
];

/// What decides how the claims of an article are written.
const WRITING: [&str; 6] = [
    "src/export/annotations.rs",
    "src/export/claim_files.rs",
    "src/export/claims.rs",
    "src/export/escape.rs",
    "src/export/ftm.rs",
    "src/export/position.rs",
];

/// The modules of the page's script, in the order in which they need each other; they share one scope.
const VIEWER: [&str; 19] = [
    "data.js",
    "words.js",
    "group.js",
    "filter.js",
    "backbone.js",
    "layout.js",
    "scene.js",
    "place.js",
    "draw.js",
    "svg.js",
    "review.js",
    "panel.js",
    "table.js",
    "controls.js",
    "time.js",
    "picture.js",
    "download.js",
    "address.js",
    "main.js",
];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo tells a build script where it stands");
    let out = env::var("OUT_DIR").expect("cargo tells a build script where to write");
    for (folder, extensions) in [
        ("rules", &["toml"][..]),
        ("lexicon", &["toml"]),
        ("sample", &["txt", "md", "html", "jsonl"]),
    ] {
        // Changes when a file is added or taken away; cargo follows what each one holds by itself.
        println!("cargo::rerun-if-changed=data/{folder}");
        let path = Path::new(&root).join("data").join(folder);
        let list = embedded(&path, extensions)?;
        fs::write(Path::new(&out).join(format!("{folder}.rs")), list)?;
    }
    write_page_sources(Path::new(&root), Path::new(&out))?;
    for (name, paths) in [("READING", &READING[..]), ("WRITING", &WRITING)] {
        let mut hash = 0xcbf2_9ce4_8422_2325;
        for path in paths {
            println!("cargo::rerun-if-changed={path}");
            hash = hashed(&Path::new(&root).join(path), hash)?;
        }
        println!("cargo::rustc-env=TIELINE_{name}={hash:016x}");
    }
    Ok(())
}

/// Writes script and style of the page, squeezed, and the script deflated as well, into `out`.
fn write_page_sources(root: &Path, out: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed=viewer");
    println!("cargo::rerun-if-changed=src/export/squeeze.rs");
    let read = |name: &str| fs::read_to_string(root.join("viewer").join(name));
    let modules = VIEWER.iter().map(|name| read(name)).collect::<io::Result<Vec<String>>>()?;
    let script = squeeze::script(&modules.concat());
    fs::write(out.join("script.deflated"), deflate::compress_to_vec(script.as_bytes(), 10))?;
    fs::write(out.join("script.js"), script)?;
    fs::write(out.join("unpack.js"), squeeze::script(&read("unpack.js")?))?;
    fs::write(out.join("style.css"), squeeze::style(&read("style.css")?))
}

/// The hash (FNV-1a) of a file, or of all in a folder, behind others. Ends of lines do not matter:
/// they are what the version control made them.
fn hashed(path: &Path, before: u64) -> io::Result<u64> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
        let mut paths = entries.collect::<io::Result<Vec<PathBuf>>>()?;
        paths.sort();
        return paths.iter().try_fold(before, |hash, path| hashed(path, hash));
    }
    let bytes = fs::read(path)?;
    let bytes = bytes.iter().filter(|byte| **byte != b'\r');
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    Ok(bytes.fold(before, step))
}

/// A slice of the names and contents of the files in `folder` with one of `extensions`, sorted, as
/// Rust.
fn embedded(folder: &Path, extensions: &[&str]) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().expect("names of data files are plain");
        let extension = Path::new(&name).extension();
        if extension.is_some_and(|extension| extensions.iter().any(|known| *known == extension)) {
            names.push(name);
        }
    }
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        let path = folder.join(&name);
        let path = path.to_str().expect("paths of data files are plain");
        writeln!(list, "({name:?}, include_str!({path:?})),").expect("strings take all text");
    }
    list.push_str("]\n");
    Ok(list)
}
