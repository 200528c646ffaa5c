//! Markdown: front matter in YAML (`---`) or TOML (`+++`), then text.
//!
//! The body is kept as it stands: its markup is text like any other, and citations stay exact.
//!
//! It is not a Markdown parser: links, tables and emphasis are not interpreted, only the headline
//! is, `# Like this` or underlined with `===`.

use std::ops::Range;

use serde_json::Value;

use super::decode::Decoded;
use super::text::{self, Layout, Lines};
use super::{Article, Hints, Metadata, ReadError, names};

/// Reads a Markdown file.
pub(super) fn read(mut decoded: Decoded<'_>, hints: &Hints<'_>) -> Result<Article, ReadError> {
    let mut metadata = Metadata::default();
    let mut start = 0;
    let mut stated = None;
    let front = front_matter(&decoded.text);
    if let Some(front) = front.filter(|front| front.says_something(&decoded.text)) {
        start = front.end;
        match front.fields {
            Ok(fields) => {
                metadata = metadata_of(&fields);
                let title = metadata.title.as_deref().unwrap_or_default();
                stated = stated_at(&decoded.text, front.inner, title);
            }
            Err(error) => {
                decoded.notes.push(format!(
                    "the front matter was left out, for it is broken: {error}"
                ));
            }
        }
    }
    let layout = heading(&decoded.text, start)
        .unwrap_or_else(|| text::layout(&decoded.text, start, hints.order));
    text::assemble(decoded, hints, metadata, Layout { stated, ..layout })
}

/// Front matter and where it stands in the decoded text.
pub(super) struct FrontMatter {
    /// Where the text behind it starts.
    end: usize,
    /// What is between its two fences.
    inner: Range<usize>,
    /// Its fields, or why it cannot be read.
    fields: Result<Value, String>,
}

impl FrontMatter {
    /// Tells whether it holds a field that front matter has, so that two rules in a text are not
    /// taken for it.
    pub(super) fn says_something(&self, text: &str) -> bool {
        match &self.fields {
            Ok(fields) => fields
                .as_object()
                .is_some_and(|fields| fields.keys().any(|key| is_field(key))),
            Err(_) => text.get(self.inner.clone()).is_some_and(|inner| {
                let keys = inner.lines().filter_map(|line| line.split_once([':', '=']));
                keys.into_iter().any(|(key, _)| is_field(key))
            }),
        }
    }

    /// Tells whether it can be read.
    pub(super) fn is_whole(&self) -> bool {
        self.fields.is_ok()
    }
}

/// Tells whether front matter has a field of this name: one that we read, or that says to publishing
/// software how to show the page.
fn is_field(name: &str) -> bool {
    const SHOWN: &[&str] = &["layout", "tags", "categories", "draft", "slug"];
    let read = [
        names::TITLE,
        names::PUBLISHED,
        names::SOURCE,
        names::AUTHOR,
        names::URL,
        names::LANG,
    ];
    let mut all = read.into_iter().flatten().chain(SHOWN);
    let name = name.trim().trim_matches('"');
    all.any(|field| name.eq_ignore_ascii_case(field))
}

/// Finds the front matter of a text.
pub(super) fn front_matter(text: &str) -> Option<FrontMatter> {
    let fence = text
        .get(..3)
        .filter(|fence| *fence == "---" || *fence == "+++")?;
    let first_end = memchr::memchr(b'\n', text.as_bytes())? + 1;
    if !text.get(3..first_end)?.trim().is_empty() {
        return None;
    }
    let mut at = first_end;
    loop {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |n| at + n + 1);
        let line = text.get(at..end)?.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            let inner = first_end..at;
            let source = text.get(inner.clone())?;
            let fields = if fence == "---" {
                yaml(source)
            } else {
                toml(source)
            };
            return Some(FrontMatter { end, inner, fields });
        }
        // Front matter is short; a rule at the top of a long text is not the start of one.
        if at - first_end > 64 << 10 {
            return None;
        }
        at = end;
    }
}

fn yaml(source: &str) -> Result<Value, String> {
    if source.trim().is_empty() {
        return Ok(Value::Null);
    }
    let error = |e: serde_saphyr::Error| first_line(&e.to_string());
    serde_saphyr::from_str::<Value>(source).map_err(error)
}

fn toml(source: &str) -> Result<Value, String> {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::String(s) => Value::String(s),
            toml::Value::Integer(n) => Value::from(n),
            toml::Value::Float(n) => Value::from(n),
            toml::Value::Boolean(b) => Value::Bool(b),
            toml::Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(k, v)| (k, plain(v))).collect())
            }
        }
    }
    let table: toml::Table = source
        .parse()
        .map_err(|e: toml::de::Error| first_line(e.message()))?;
    Ok(plain(toml::Value::Table(table)))
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn metadata_of(fields: &Value) -> Metadata {
    let Value::Object(fields) = fields else {
        return Metadata::default();
    };
    let all = |names: &[&str]| {
        let mut found = Vec::new();
        for name in names {
            let values = fields
                .iter()
                .filter(|(key, _)| key.eq_ignore_ascii_case(name));
            found.extend(values.filter_map(|(_, value)| names::plain(value)));
        }
        found
    };
    let one = |names: &[&str]| all(names).into_iter().next();
    Metadata {
        title: one(names::TITLE),
        published: all(names::PUBLISHED),
        source: one(names::SOURCE),
        author: one(names::AUTHOR),
        url: one(names::URL),
        lang: one(names::LANG),
    }
}

/// Where the title stands in the front matter, if it stands there as it is.
fn stated_at(text: &str, inner: Range<usize>, title: &str) -> Option<Range<usize>> {
    let mut at = inner.start;
    for line in text.get(inner)?.split_inclusive('\n') {
        let value = line.split_once([':', '=']).filter(|(key, _)| {
            let key = key.trim().trim_matches('"');
            names::TITLE
                .iter()
                .any(|name| key.eq_ignore_ascii_case(name))
        });
        if let Some((key, value)) = value
            && let Some(n) = value.find(title).filter(|_| !title.is_empty())
        {
            let start = at + key.len() + 1 + n;
            return Some(start..start + title.len());
        }
        at += line.len();
    }
    None
}

/// The headline in Markdown's own form, if the first line is one.
fn heading(text: &str, start: usize) -> Option<Layout> {
    let mut lines = Lines::new(text, start);
    let first = lines.next()?;
    let line = text.get(first.clone())?;
    if let Some(rest) = line.strip_prefix('#') {
        let rest = rest.trim_start_matches('#');
        let inner = rest.trim().trim_end_matches('#').trim_end();
        if !rest.starts_with([' ', '\t']) || inner.is_empty() {
            return None;
        }
        let from = first.start + (line.len() - rest.trim_start().len());
        let body = lines.next().map_or(text.len(), |next| next.start);
        return Some(Layout {
            start,
            title: from..from + inner.len(),
            body,
            stated: None,
        });
    }
    let under = lines.next()?;
    if text.get(under)?.bytes().all(|b| b == b'=') {
        let body = lines.next().map_or(text.len(), |next| next.start);
        return Some(Layout {
            start,
            title: first,
            body,
            stated: None,
        });
    }
    None
}
