//! Markdown becomes plain text: one paragraph, heading or item to a block.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::super::form::{Input, Opened, whole};
use super::super::record::Fields;

pub(super) fn open(input: Input) -> Opened {
    whole(input, |text, _| Ok(read(&text)))
}

/// What a Markdown text says; front matter (`title:`, `date:`, `source:`, `url:`) is used.
fn read(text: &str) -> Fields {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES;
    let mut plain = String::with_capacity(text.len());
    let mut fields = Fields::default();
    let mut in_front = false;
    // Pictures and code are no prose.
    let mut n_silent = 0_u32;
    for event in Parser::new_ext(text.trim_start_matches('\u{FEFF}'), options) {
        match event {
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(text) if in_front => read_front(&text, &mut fields),
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => n_silent += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => n_silent -= 1,
            Event::Start(Tag::Item) => plain.push_str("- "),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::TableRow,
            ) => plain.push_str("\n\n"),
            Event::End(TagEnd::TableCell) => plain.push('\t'),
            Event::Text(text) | Event::Code(text) if n_silent == 0 => plain.push_str(&text),
            Event::SoftBreak => plain.push(' '),
            Event::End(TagEnd::Item) | Event::HardBreak => plain.push('\n'),
            _ => {}
        }
    }
    plain.truncate(plain.trim_end().len());
    fields.text = Some(plain);
    fields
}

/// Reads the plain `key: value` lines of a front matter.
fn read_front(front: &str, fields: &mut Fields) {
    for line in front.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() || value.starts_with(['[', '{', '|', '>']) {
            continue;
        }
        let field = match key {
            "title" => &mut fields.title,
            "date" | "published" => &mut fields.date,
            "source" | "publisher" | "outlet" => &mut fields.outlet,
            "url" | "link" | "canonical_url" => &mut fields.url,
            "author" | "by" => &mut fields.author,
            "id" => &mut fields.id,
            _ => continue,
        };
        *field = Some(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_dropped_and_front_matter_read() {
        let text = "---\ntitle: \"Talks resume\"\ndate: 2024-10-05\n---\n\n# Talks resume\n\nThe \
            **envoys** met in [Geneva](https://example.org),\nsaid *one*.\n\n- arms\n- oil\n\n\
            ![map](m.png)\n";
        let article = read(text).into_article("a.md", None).unwrap();
        assert_eq!(
            article.text,
            "Talks resume\n\nThe envoys met in Geneva, said one.\n\n- arms\n- oil"
        );
        assert_eq!(article.body_start, 0);
        assert_eq!(article.info.date.unwrap().to_string(), "2024-10-05");
        assert_eq!(article.info.title.as_deref(), Some("Talks resume"));
    }

    #[test]
    fn deep_quotes_are_read() {
        let text = format!("{} end", ">".repeat(100_000));
        assert!(read(&text).into_article("a.md", None).is_ok());
    }
}
