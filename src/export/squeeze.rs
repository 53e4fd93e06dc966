//! The page's own script and style without the room that only their authors need.
//!
//! The sources in `viewer/` stay readable; the page carries them without comments, indentation and
//! blanks around marks. Nothing is renamed or rewritten. Of scripts, two things are expected:
//! comments have lines of their own, and no regular expression holds a quotation mark or a blank.

/// Marks that need no blank beside them in a script.
const MARKS: &str = "{}()[];,:?=<>&|*!%";
/// Marks after which, and before which, a line of a script cannot end a statement.
const OPEN: &str = "{([;,:?=<>&|*";
const CLOSE: &str = ")]};,:?.=<>&|*";

/// A script; text in quotation marks and backticks is kept as it is.
pub(super) fn script(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//"));
    let source = lines.collect::<Vec<_>>().join("\n");
    let mut out = String::with_capacity(source.len());
    // What is open, innermost last: a quotation mark, a backtick, or a brace within backticks.
    let mut open: Vec<char> = Vec::new();
    let mut characters = source.chars().peekable();
    while let Some(c) = characters.next() {
        let quoted = open.last().copied().filter(|&mark| mark != '{');
        match (quoted, c) {
            (Some(_), '\\') => {
                out.push(c);
                out.extend(characters.next());
            }
            (Some('`'), '$') if characters.peek() == Some(&'{') => {
                out.push(c);
                out.extend(characters.next());
                open.push('{');
            }
            (Some(mark), _) => {
                out.push(c);
                if c == mark {
                    open.pop();
                }
            }
            (None, '\'' | '"' | '`') => {
                out.push(c);
                open.push(c);
            }
            (None, '{' | '}') => {
                out.push(c);
                // Braces count only within backticks, where one of them leads back to text.
                match c {
                    '{' if !open.is_empty() => open.push('{'),
                    '}' => drop(open.pop()),
                    _ => {}
                }
            }
            (None, ' ' | '\n') => {
                let (before, after) = (out.chars().next_back(), characters.peek());
                let any = |set: &str, c: Option<&char>| c.is_some_and(|&c| set.contains(c));
                let needless = if c == ' ' {
                    any(MARKS, before.as_ref()) || any(MARKS, after)
                } else {
                    any(OPEN, before.as_ref()) || any(CLOSE, after)
                };
                if !needless {
                    out.push(c);
                }
            }
            (None, _) => out.push(c),
        }
    }
    out.push('\n');
    out
}

/// A style sheet; comments have lines of their own.
pub(super) fn style(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("/*"));
    let joined = lines.collect::<Vec<_>>().join("\n");
    [
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        (" { ", "{"),
        (" {\n", "{"),
        (";\n", ";"),
        (";}", "}"),
        (" }", "}"),
    ]
    .into_iter()
    .fold(joined, |text, (long, short)| text.replace(long, short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_text_stays() {
        for (long, short) in [
            (
                "// a comment\nconst a = b ? c : d;\n  f(a, 'x = y');",
                "const a=b?c:d;f(a,'x = y');\n",
            ),
            ("const t = `a ${ b ? `c , ${d}` : '' } e`;", "const t=`a ${b?`c , ${d}`:''} e`;\n"),
            ("if (a) { b(); }\nelse return a + +b;", "if(a){b();}\nelse return a + +b;\n"),
            ("let a = {\n  b,\n}\nlet c", "let a={b,}\nlet c\n"),
            (r"f('it\'s , so', a)", "f('it\\'s , so',a)\n"),
        ] {
            assert_eq!(script(long), short);
        }
        assert_eq!(style("/* note */\na b, c { d: e; f: g; }\n"), "a b,c{d:e;f:g}");
    }
}
