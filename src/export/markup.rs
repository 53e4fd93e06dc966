//! Markup of XML that is written piece by piece.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use quick_xml::escape::escape;

/// Markup that is not yet written: a large network is millions of small elements.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: String,
}

impl Markup {
    pub(super) fn put(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A value that needs no escape.
    pub(super) fn show(&mut self, value: impl Display) {
        write!(self.text, "{value}").expect("a string takes all text");
    }

    /// An attribute of the open tag; its value needs no escape.
    pub(super) fn plain(&mut self, name: &str, value: impl Display) {
        for part in [" ", name, "=\""] {
            self.put(part);
        }
        self.show(value);
        self.put("\"");
    }

    /// An attribute of the open tag.
    pub(super) fn escaped(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", &escape(value), "\""] {
            self.put(part);
        }
    }

    pub(super) fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}
