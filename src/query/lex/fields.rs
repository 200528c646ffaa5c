//! Fields: `name:value`, read into the value that the option of the same name takes.

use super::quotes::{self, closing, is_quote, unquoted};
use super::{Lexer, Token};
use crate::analysis::is_hebrew_stroke;
use crate::extract::date::{Interval, range};
use crate::query::{Days, Field, Occur, QueryError, Value};

impl Lexer<'_> {
    /// `name:value`. `false` where it is plain text.
    pub(super) fn field(
        &mut self,
        name: &str,
        start: usize,
        value: &str,
        sign: Occur,
        from: usize,
    ) -> Result<bool, QueryError> {
        const NAMES: [&str; 8] = [
            "title",
            "actor",
            "place",
            "date",
            "published",
            "source",
            "lang",
            "path",
        ];
        if !NAMES.contains(&name) {
            let known = NAMES.iter().any(|n| n.eq_ignore_ascii_case(name));
            let follows = self.text[start..].chars().next();
            let valued = !value.is_empty() || follows.is_some_and(is_quote);
            let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
            if valued && (word || known) && !value.starts_with("//") {
                self.notes.push(format!(
                    "`{name}:` is no field, so it is read as words; fields are {}:",
                    NAMES.join(":, ")
                ));
            }
            return Ok(false);
        }
        let Some(first) = self.text[start..].chars().next() else {
            return Ok(false);
        };
        if first.is_whitespace() || first == ')' {
            self.notes.push(format!(
                "`{name}:` is read as a word; as a field it has its value right behind it"
            ));
            return Ok(false);
        }
        self.at = start;
        if name == "title" {
            self.push(Token::Title, sign, from);
            return Ok(true);
        }
        let value = self.value(name, from)?;
        let weighted = |v: &str| {
            v.rsplit_once('^')
                .is_some_and(|(_, n)| n.parse::<f64>().is_ok())
        };
        if !value.1 && weighted(&value.0) || value.1 && self.rest().starts_with('^') {
            return self.error(
                from..self.at,
                format!("{name}: has no weight, articles have it or not; leave out the ^"),
            );
        }
        let field = self.typed(name, value, from)?;
        self.push(Token::Field(field), sign, from);
        Ok(true)
    }

    /// The value of a field, and whether it stood in quotation marks.
    fn value(&mut self, name: &str, from: usize) -> Result<(String, bool), QueryError> {
        let exact = self.rest().starts_with('=');
        let start = self.at + usize::from(exact);
        let first = self.text[start..].chars().next().unwrap_or(' ');
        let prefix = if exact { "=" } else { "" };
        if let Some(closers) = closing(first) {
            let inner = start + first.len_utf8();
            let Some(len) = quotes::end(&self.text[inner..], closers) else {
                return self.error(start..inner, "this quotation mark has no partner: close it");
            };
            let end = inner + len;
            self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
            let value = unquoted(&self.text[inner..end]);
            return Ok((format!("{prefix}{}", value.trim()), true));
        }
        if "([{<>".contains(first) {
            self.at = start + 1;
            return self.error(
                start..self.at,
                match (name, first) {
                    ("date" | "published", _) => {
                        format!(
                            "write {name}:2020-10..2020-12, {name}:2020-10.. or {name}:..2020-12"
                        )
                    }
                    (_, '(') => format!("write ({name}:A OR {name}:B)"),
                    _ => format!("{name}: takes a name, in quotation marks where it has spaces"),
                },
            );
        }
        let mut depth = 0;
        let end = self.text[start..].char_indices().find(|&(i, c)| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            let quotes = is_quote(c) && !is_hebrew_stroke(self.text, start + i);
            c.is_whitespace() || depth < 0 || quotes
        });
        let end = end.map_or(self.text.len(), |(i, _)| start + i);
        self.at = end;
        let value = self.text[start..end].trim_end_matches([',', ';']);
        if !value.contains(|c: char| c.is_alphanumeric()) {
            return self.error(
                from..end,
                match value {
                    "*" => format!("write -{name}:none for articles that have one"),
                    _ => format!("{name}: needs a value"),
                },
            );
        }
        Ok((format!("{prefix}{value}"), false))
    }

    fn typed(
        &self,
        name: &str,
        (value, quoted): (String, bool),
        from: usize,
    ) -> Result<Field, QueryError> {
        if value.trim().is_empty() {
            return self.error(from..self.at, format!("{name}: needs a value"));
        }
        let none = value == "none" && !quoted;
        if matches!(name, "date" | "published") {
            let days = if none {
                Days::None
            } else {
                match self.days(&value) {
                    Ok(days) => Days::Within(days),
                    Err(e) => return self.error(from..self.at, format!("{name}: {e}")),
                }
            };
            return Ok(match name {
                "date" => Field::Date(days),
                _ => Field::Published(days),
            });
        }
        let value = if none { Value::None } else { Value::Is(value) };
        Ok(match name {
            "actor" => Field::Actor(value),
            "place" => Field::Place(value),
            "source" => Field::Source(value),
            "lang" => Field::Lang(value),
            _ => Field::Path(value),
        })
    }

    fn days(&self, value: &str) -> Result<Interval, String> {
        if let Some(today) = self.today {
            return range(value, today);
        }
        // What counts from today is found by its counting from two days differently.
        let days = range(value, || Ok(jiff::civil::date(2000, 1, 1)))?;
        match range(value, || Ok(jiff::civil::date(2004, 7, 7))) == Ok(days) {
            true => Ok(days),
            false => Err(format!(
                "'{value}' counts from today; write a date of the calendar"
            )),
        }
    }
}
