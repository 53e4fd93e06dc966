//! The guide to the language of rules: every sentence in it is read, and the claims that stand
//! below it are compared with those that are found.
//!
//! ```text
//! TIELINE_REWRITE=1 cargo test guide
//! ```
//!
//! writes what is found into the guide; review the difference.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tieline::model::{Attribution, Item, Modality, Polarity};
use tieline::{Article, Claim, Knowledge, Reader};

use crate::support::{Place, repository};

/// A guide as its examples make it.
struct Guide {
    reader: Reader,
    /// Rule files that the section has shown so far.
    place: Place,
    text: String,
    n_sentences: usize,
    n_claims: usize,
}

impl Guide {
    fn read(guide: &str) -> Self {
        let mut read = Self {
            reader: Reader::embedded().unwrap(),
            place: Place::new(),
            text: String::new(),
            n_sentences: 0,
            n_claims: 0,
        };
        let mut lines = guide.lines();
        while let Some(line) = lines.next() {
            writeln!(read.text, "{line}").unwrap();
            if line.starts_with("## ") {
                read.forget_rules();
            }
            let Some(language) = line.strip_prefix("```").filter(|language| !language.is_empty())
            else {
                continue;
            };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if language == "claims" {
                for line in &block {
                    read.example(line);
                }
            } else {
                for line in &block {
                    writeln!(read.text, "{line}").unwrap();
                }
                let name = block.first().and_then(|line| line.strip_prefix("# "));
                if let (Some(name), "toml") = (name, language) {
                    read.rules(name, &block.join("\n"));
                }
            }
            read.text.push_str("```\n");
        }
        read
    }

    /// Each section begins with the embedded rules alone.
    fn forget_rules(&mut self) {
        self.place = Place::new();
        self.reader = Reader::embedded().unwrap();
    }

    /// From here on, a file of rules counts besides the embedded ones.
    fn rules(&mut self, name: &str, content: &str) {
        let file = self.place.write(&format!("rules/{name}"), content);
        let knowledge = Knowledge { rules: file.parent(), ..Knowledge::default() };
        self.reader = Reader::load(knowledge).unwrap();
    }

    /// A sentence with its claims; those that the guide shows are indented and drop out.
    fn example(&mut self, line: &str) {
        if line.starts_with(' ') {
            return;
        }
        let claims = self.reader.read_thoroughly(Article::from_text("example", line)).claims;
        writeln!(self.text, "{line}").unwrap();
        if claims.is_empty() {
            self.text.push_str("    nothing\n");
        }
        for claim in &claims {
            writeln!(self.text, "    {}", describe(claim)).unwrap();
        }
        self.n_sentences += 1;
        self.n_claims += claims.len();
    }
}

/// `RELATION SOURCE TARGET`, then what is not plain about it.
fn describe(claim: &Claim) -> String {
    let mut text = format!("{} {} {}", claim.relation, claim.source, claim.target);
    if claim.polarity != Polarity::Positive {
        write!(text, " {}", claim.polarity).unwrap();
    }
    if claim.modality != Modality::Asserted {
        write!(text, " {}", claim.modality).unwrap();
    }
    if let Some(said) = &claim.attribution {
        write!(text, " by {}", Attribution::label(said)).unwrap();
    }
    if !claim.items.is_empty() {
        let items: Vec<&str> = claim.items.iter().map(Item::label).collect();
        write!(text, " [{}]", items.join(", ")).unwrap();
    }
    text
}

fn first_difference(path: &Path, old: &str, new: &str) -> String {
    let differing = old.lines().zip(new.lines()).enumerate().find(|(_, (old, new))| old != new);
    let Some((index, (old, new))) = differing else {
        return format!("{}: lines are missing at its end", path.display());
    };
    format!(
        "{}:{}: {old:?} should be {new:?}\nTIELINE_REWRITE=1 writes all that is found",
        path.display(),
        index + 1
    )
}

#[test]
fn examples_of_the_guide_give_the_claims_below_them() {
    let path = repository().join("data/rules/README.md");
    let old = fs::read_to_string(&path).unwrap();
    let guide = Guide::read(&old);
    assert!(guide.n_sentences > 50 && guide.n_claims > 50, "the guide lost its examples");
    if std::env::var_os("TIELINE_REWRITE").is_some_and(|value| value == "1") {
        fs::write(&path, guide.text).unwrap();
    } else {
        assert!(old == guide.text, "{}", first_difference(&path, &old, &guide.text));
    }
}

#[test]
fn the_guide_has_a_section_for_each_relation() {
    let text = fs::read_to_string(repository().join("data/rules/README.md")).unwrap();
    for relation in Reader::embedded().unwrap().rules.relations() {
        assert!(text.contains(&format!("\n### {relation}\n")), "{relation}");
    }
}
