//! JSON and JSON Lines: objects that are articles, one or many in a file.
//!
//! | a file may be | its articles |
//! |---|---|
//! | an object with a text field | that one |
//! | an array | its objects |
//! | an object with arrays of objects `articles`, `items`, `records`, `docs`, `results` or `data` | the arrays' objects |
//! | objects, one per line | each line |
//! | several of these, one behind the other | those of each |
//!
//! Field names are compared without case, see the lists below. Records are found by a scanner
//! that only matches brackets and quotation marks, so that a broken record costs itself and no
//! other, and so that every letter of a string keeps the bytes it was written with (`\u0416` is
//! six). What a record's bytes mean is checked by `serde_json`. Where a file stops being JSON its
//! reading fails, with what stands before it read.
//!
//! It is not a JSON library: other fields are skipped, and nothing is written.

mod scan;

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::decode::Decoded;
use super::text::{self, Joined};
use super::{Article, Hints, Metadata, ReadError, RecordError, SourceMap, html};
use scan::{fields, members, named, skip_white, too_deep, unescape, value_end};

/// Names of the title.
pub(super) const TITLE: &[&str] = &["title", "headline"];
/// Names of the text.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articleBody",
    "full_text",
    "fulltext",
    "maintext",
    "content_text",
    CONTENT_HTML,
];
/// A text that is HTML, whatever it starts with; what a content-management system has `rendered` is too.
const CONTENT_HTML: &str = "content_html";
/// Names of the publication date, the plainest first.
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "datePublished",
    "date_published",
    "publishedAt",
    "published_at",
    "publish_date",
    "publishDate",
    "publication_date",
    "pubDate",
    "pub_date",
    "date_publish",
    "date",
    "created_at",
];
/// Names of the publisher.
pub(super) const SOURCE: &[&str] = &["source", "publisher", "site_name", "outlet"];
/// Names of the author.
pub(super) const AUTHOR: &[&str] = &["author", "authors", "byline", "creator"];
/// Names of the address.
pub(super) const URL: &[&str] = &["url", "link", "canonical_url", "permalink"];
/// Names of the language.
pub(super) const LANG: &[&str] = &["lang", "language", "inLanguage"];
/// Names of an array of articles.
const ARTICLES: &[&str] = &["articles", "items", "records", "docs", "results", "data"];

/// The deepest nesting that is read; `serde_json` keeps to the same.
const DEEPEST: usize = 127;

type Each<'a> = dyn FnMut(Result<Article, RecordError>) + 'a;

/// Reads a JSON file; one that holds an object per line is read as JSON Lines, whatever its name.
pub(super) fn read(
    decoded: &Decoded<'_>,
    hints: &Hints<'_>,
    each: &mut Each<'_>,
) -> Result<(), ReadError> {
    let text = decoded.text.as_ref();
    let bytes = text.as_bytes();
    let start = skip_white(bytes, 0);
    let mut records = Records::new(decoded, hints);
    match bytes.get(start) {
        Some(b'[') => {}
        Some(b'{') => {
            let Some(end) = value_end(bytes, start) else {
                return Err(broken(text, 0..text.len()));
            };
            let next = skip_white(bytes, end);
            let one_line = memchr::memchr(b'\n', &bytes[start..end]).is_none();
            match bytes.get(next) {
                Some(b'{') if one_line => return read_lines(decoded, hints, each),
                Some(b'{' | b'[') => {}
                _ if !arrays(text, &(start..end)).is_empty() => {}
                _ => {
                    check(text, start..text.len()).map_err(|_| broken(text, 0..text.len()))?;
                    let article = records.article(start..end, None);
                    each(Ok(article.map_err(|error| ReadError::Malformed {
                        line: error.line,
                        column: 1,
                        message: error.message,
                    })?));
                    return Ok(());
                }
            }
        }
        _ => return Err(broken(text, 0..text.len())),
    }
    let mut at = start;
    while at < bytes.len() {
        at = match bytes[at] {
            b'[' => records.array(at, each)?,
            b'{' => {
                let end = value_end(bytes, at).ok_or_else(|| records.breaks_off(at))?;
                records.value(at..end, each)?;
                end
            }
            _ => return Err(records.breaks_off(at)),
        };
        at = skip_white(bytes, at);
    }
    records.end()
}

/// Reads a file of one JSON object per line.
pub(super) fn read_lines(
    decoded: &Decoded<'_>,
    hints: &Hints<'_>,
    each: &mut Each<'_>,
) -> Result<(), ReadError> {
    let text = decoded.text.as_ref();
    let mut records = Records::new(decoded, hints);
    let (mut at, mut end, mut across) = (0, 0, true);
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        // Values that share a line share its end, which may be far.
        if at >= end {
            end = memchr::memchr(b'\n', rest).map_or(text.len(), |n| at + n);
        }
        let line = text.get(at..end).unwrap_or_default();
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = line.trim().len();
        if trimmed == 0 {
            at = end + 1;
            continue;
        }
        let range = next_value(text, start..start + trimmed, &mut across);
        at = range.end;
        // A line that is broken costs itself and no other.
        let mut arrays = arrays(text, &range);
        if arrays.is_empty() || check(text, range.clone()).is_err() {
            arrays.clear();
            records.emit(range, each);
        }
        for array in arrays {
            records.array(array.start, each)?;
        }
    }
    records.end()
}

/// What is read next of a line: the line, or of several values on it the first, or an object that
/// goes on beyond it.
fn next_value(text: &str, line: Range<usize>, across: &mut bool) -> Range<usize> {
    let bytes = text.as_bytes();
    let opens = |at| bytes.get(at) == Some(&b'{');
    match value_end(&bytes[..line.end], line.start) {
        Some(end) if end < line.end && opens(skip_white(bytes, end)) => line.start..end,
        // Where one did not end well none is looked for again: each may take all of the file.
        None if *across && opens(line.start) => {
            let whole = |end: &usize| check(text, line.start..*end).is_ok();
            let end = value_end(bytes, line.start).filter(whole);
            *across = end.is_some();
            line.start..end.unwrap_or(line.end)
        }
        _ => line,
    }
}

/// The arrays of articles in an object that is no article itself, in their order: those of objects,
/// or else the one of the best name.
fn arrays(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    if bytes.get(range.start) != Some(&b'{') {
        return Vec::new();
    }
    let members = members(bytes, range.start);
    if named(text, &members, TEXT).next().is_some() {
        return Vec::new();
    }
    let mut arrays: Vec<_> = named(text, &members, ARTICLES)
        .filter(|value| bytes.get(value.start) == Some(&b'['))
        .collect();
    let of_objects =
        |array: &Range<usize>| bytes.get(skip_white(bytes, array.start + 1)) == Some(&b'{');
    match arrays.iter().any(of_objects) {
        true => arrays.retain(of_objects),
        false => arrays.truncate(1),
    }
    arrays.sort_unstable_by_key(|array| array.start);
    arrays
}

/// Tells whether bytes start with a value that is whole and well formed.
pub(super) fn is_value(bytes: &[u8]) -> bool {
    value_end(bytes, 0)
        .and_then(|end| bytes.get(..end))
        .is_some_and(|value| serde_json::from_slice::<IgnoredAny>(value).is_ok())
}

/// The text of a plain value: a string, a number, the name in an object, the items of an array.
pub(super) fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => {
            let name = ["name", "title", "rendered", "@value", "$date"];
            plain(name.iter().find_map(|key| fields.get(*key))?)?
        }
        Value::Array(items) => items
            .iter()
            .filter_map(plain)
            .collect::<Vec<_>>()
            .join(", "),
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The records of a file, as they are read one after the other.
struct Records<'a> {
    decoded: &'a Decoded<'a>,
    hints: &'a Hints<'a>,
    count: usize,
    /// How many of them are not JSON.
    broken: usize,
    /// An offset and the line it stands on, so that lines are counted once.
    at: usize,
    line: usize,
}

impl<'a> Records<'a> {
    fn new(decoded: &'a Decoded<'a>, hints: &'a Hints<'a>) -> Self {
        Self {
            decoded,
            hints,
            count: 0,
            broken: 0,
            at: 0,
            line: 1,
        }
    }

    /// Ends the file.
    fn end(&self) -> Result<(), ReadError> {
        match self.count {
            0 => Err(ReadError::Empty),
            _ => Ok(()),
        }
    }

    /// Reads an object: a record, or what holds an array of them.
    fn value(&mut self, range: Range<usize>, each: &mut Each<'_>) -> Result<(), ReadError> {
        let text = self.decoded.text.as_ref();
        let arrays = arrays(text, &range);
        if arrays.is_empty() {
            self.emit(range, each);
            return Ok(());
        }
        let before = self.broken;
        for array in arrays {
            self.array(array.start, each)?;
        }
        // A broken record has been said; what else is broken lies around the arrays.
        match self.broken == before && check(text, range.clone()).is_err() {
            true => Err(broken(text, range)),
            false => Ok(()),
        }
    }

    /// Reads the array that starts at `start`; returns where it ends.
    fn array(&mut self, start: usize, each: &mut Each<'_>) -> Result<usize, ReadError> {
        let text = self.decoded.text.as_ref();
        let bytes = text.as_bytes();
        let mut at = skip_white(bytes, start + 1);
        let before = self.count;
        loop {
            match bytes.get(at) {
                Some(b']') => return Ok(at + 1),
                Some(b',') if self.count > before => {
                    at = skip_white(bytes, at + 1);
                    continue;
                }
                None => return Err(self.breaks_off(text.len())),
                Some(_) => {}
            }
            let Some(end) = value_end(bytes, at).filter(|end| *end > at) else {
                return Err(self.breaks_off(at));
            };
            self.emit(at..end, each);
            at = skip_white(bytes, end);
            if !matches!(bytes.get(at), Some(b',' | b']')) {
                return Err(self.breaks_off(at));
            }
        }
    }

    /// The error for a file that is no JSON from `at` on.
    fn breaks_off(&self, at: usize) -> ReadError {
        let text = self.decoded.text.as_ref();
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let column = at - memchr::memrchr(b'\n', before).map_or(0, |n| n + 1) + 1;
        let message = format!(
            "not JSON after {} records; repair the file (they were read)",
            self.count
        );
        ReadError::Malformed {
            line: text::line_of(text, at),
            column,
            message,
        }
    }

    /// Reads one of many records and hands it over.
    fn emit(&mut self, range: Range<usize>, each: &mut Each<'_>) {
        let text = self.decoded.text.as_ref();
        self.line += memchr::memchr_iter(
            b'\n',
            text.as_bytes()
                .get(self.at..range.start)
                .unwrap_or_default(),
        )
        .count();
        self.at = range.start;
        let number = self.count;
        self.count += 1;
        let checked = check(text, range.clone());
        self.broken += usize::from(checked.is_err());
        let checked = checked.map_err(|(line, message)| RecordError {
            record: number,
            line: self.line + line - 1,
            message: format!("{message}; repair the record or leave it out"),
        });
        each(checked.and_then(|()| self.article(range, Some(number))));
    }

    /// Reads a well-formed record.
    fn article(&self, range: Range<usize>, number: Option<usize>) -> Result<Article, RecordError> {
        let Decoded {
            text, map, notes, ..
        } = self.decoded;
        let bytes = text.as_bytes();
        let line = if number.is_some() {
            self.line
        } else {
            text::line_of(text, range.start)
        };
        let fail = |message: String| RecordError {
            record: number.unwrap_or(0),
            line,
            message,
        };
        if bytes.get(range.start) != Some(&b'{') {
            return Err(fail(
                "not an object; give each article as {\"title\": …, \"text\": …}".into(),
            ));
        }
        let members = members(bytes, range.start);
        let value = |names| {
            named(text, &members, names)
                .find_map(|value| plain(&serde_json::from_str::<Value>(text.get(value)?).ok()?))
        };
        let published = named(text, &members, PUBLISHED)
            .filter_map(|value| plain(&serde_json::from_str::<Value>(text.get(value)?).ok()?));
        let metadata = Metadata {
            title: value(TITLE),
            published: published.collect(),
            source: value(SOURCE),
            author: value(AUTHOR),
            url: value(URL),
            lang: value(LANG),
        };
        let first = number.unwrap_or(0) == 0;
        let notes = if first { notes.clone() } else { Vec::new() };
        let mut joined = Joined::new(map.source(range.start).unwrap_or(0), range.len());
        // The manifest's title is that of the file; its records have their own.
        let row = self.hints.manifest.filter(|_| number.is_none());
        match (
            row.and_then(|row| row.title.as_deref()),
            named(text, &members, TITLE).next(),
        ) {
            (Some(title), _) => joined.add(title.trim()),
            (None, Some(title)) => {
                let mut pieces = pieces(text, title, false);
                // A title is one line: read as HTML, nothing of it changes but these.
                let referring = |p: &Piece| html::has_reference(&text[p.inner.clone()]);
                pieces.iter_mut().for_each(|p| p.html |= referring(p));
                self.copy(&mut joined, &pieces, " ", number);
            }
            (None, None) => {}
        }
        let title = joined.end_title();
        let mut unread = None;
        for (name, body) in fields(text, &members, TEXT) {
            let pieces = pieces(text, body.clone(), name == CONTENT_HTML);
            if self.copy(&mut joined, &pieces, "\n\n", number) {
                unread = None;
                break;
            }
            let value = &text[body];
            let holds = value.contains(|c: char| c.is_alphanumeric());
            if pieces.is_empty() && holds && !matches!(value, "null" | "false") {
                unread = unread.or(Some(name));
            }
        }
        if let Some(name) = unread {
            return Err(fail(format!(
                "the field {name} holds no text that can be read; make it a string or an array of strings"
            )));
        }
        let mut draft = joined.draft(title, Some(line), notes, metadata);
        if draft.text.trim().is_empty() {
            let names = TEXT.join(", ");
            return Err(fail(format!(
                "no text; it is looked for in the fields {names}"
            )));
        }
        if draft.title.is_empty() {
            let layout = text::layout(&draft.text, 0, self.hints.order);
            draft.title = layout.title;
            draft.body.start = layout.body;
        }
        draft.record = number;
        Ok(draft.finish(self.hints))
    }

    /// Adds the text of strings, and tells whether there was any.
    fn copy(
        &self,
        joined: &mut Joined,
        pieces: &[Piece],
        between: &str,
        number: Option<usize>,
    ) -> bool {
        let Decoded { text, map, .. } = self.decoded;
        let mut any = false;
        let (mut counted, mut line) = (0, 1);
        for Piece { inner, html } in pieces {
            let raw = &text[inner.clone()];
            if raw.trim().is_empty() {
                continue;
            }
            if any {
                joined.add(between);
            }
            any = true;
            // The passages of one record of many are cited by the line of the record.
            if number.is_none() {
                let above = &text.as_bytes()[counted..inner.start];
                line += memchr::memchr_iter(b'\n', above).count();
                counted = inner.start;
                joined.on_line(line);
            }
            if *html || raw.contains('<') || raw.contains("\\u003") {
                let unmapped = SourceMap::unmapped();
                let (mut page, mut ignored) = (String::new(), SourceMap::unmapped());
                unescape(text, inner.clone(), &unmapped, &mut page, &mut ignored);
                if *html || is_markup(&page) {
                    joined.add(&html::fragment_text(&page));
                    continue;
                }
            }
            let (out, out_map) = joined.parts();
            unescape(text, inner.clone(), map, out, out_map);
        }
        any
    }
}

/// Tells whether a text is HTML: it starts with an element, or holds paragraphs.
fn is_markup(text: &str) -> bool {
    text.contains("</p>") || text.trim_start().starts_with('<') && text.contains("</")
}

/// Checks that a record is well-formed JSON; the error has its line within the record.
fn check(text: &str, range: Range<usize>) -> Result<(), (usize, String)> {
    match fault(text.get(range).unwrap_or_default()) {
        None => Ok(()),
        Some((line, column, message)) => Err((line, format!("{message} at column {column}"))),
    }
}

/// The error for a file that is not JSON in `range`.
fn broken(text: &str, range: Range<usize>) -> ReadError {
    let above = text::line_of(text, range.start) - 1;
    match fault(text.get(range).unwrap_or_default()) {
        Some((line, column, message)) => ReadError::Malformed {
            line: above + line,
            column,
            message: format!("{message}; repair the file"),
        },
        None => ReadError::Malformed {
            line: 1,
            column: 1,
            message: "no article; give an object, an array of objects or one object per line"
                .into(),
        },
    }
}

/// The first fault of a value, by line and column.
fn fault(value: &str) -> Option<(usize, usize, String)> {
    // All who read it further nest their calls as it is nested.
    if let Some(at) = too_deep(value.as_bytes(), DEEPEST) {
        let before = &value.as_bytes()[..at];
        let column = at - memchr::memrchr(b'\n', before).map_or(0, |n| n + 1) + 1;
        let message = format!("nested more than {DEEPEST} deep");
        return Some((text::line_of(value, at), column, message));
    }
    let error = serde_json::from_str::<IgnoredAny>(value).err()?;
    let message = error.to_string();
    let bare = message.split(" at line ").next().unwrap_or_default();
    let message = format!("not JSON: {bare}");
    Some((error.line().max(1), error.column().max(1), message))
}

/// A string of a text.
struct Piece {
    /// What stands between its quotation marks.
    inner: Range<usize>,
    /// Whether it is HTML by its name.
    html: bool,
}

/// The strings of a well-formed value: its own, its items', or those of its member `rendered` or of
/// a text field, as the blocks of an editor have them.
fn pieces(text: &str, value: Range<usize>, html: bool) -> Vec<Piece> {
    let bytes = text.as_bytes();
    match bytes.get(value.start) {
        Some(b'"') => vec![Piece {
            inner: value.start + 1..value.end - 1,
            html,
        }],
        Some(b'[') => {
            let mut found = Vec::new();
            let mut at = skip_white(bytes, value.start + 1);
            while at < value.end.saturating_sub(1) {
                let Some(end) = value_end(bytes, at).filter(|end| *end > at) else {
                    break;
                };
                found.extend(pieces(text, at..end, html));
                at = skip_white(bytes, end);
                if bytes.get(at) == Some(&b',') {
                    at = skip_white(bytes, at + 1);
                }
            }
            found
        }
        Some(b'{') => {
            let members = members(bytes, value.start);
            let rendered = fields(text, &members, &["rendered"]).map(|(_, value)| (true, value));
            let texts = fields(text, &members, TEXT)
                .map(|(name, value)| (html || name == CONTENT_HTML, value));
            let mut found = rendered
                .chain(texts)
                .map(|(html, value)| pieces(text, value, html));
            found.find(|pieces| !pieces.is_empty()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
