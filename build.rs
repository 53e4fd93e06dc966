//! Lists the files of `data/rules`, `data/lexicon` and `data/sample`, so that a new one is embedded
//! without a line of code.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

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
    Ok(())
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
