//! JSON and JSON Lines: objects that are articles, one or many in a file.
//!
//! | a file may be | its articles |
//! |---|---|
//! | an object with a text field | that one |
//! | an array | its objects |
//! | an object with arrays of objects `articles`, `items`, `docs`, `messages` or the like, or objects that have them | the arrays' objects |
//! | objects, one per line | each line |
//! | several of these, one behind the other | those of each |
//!
//! An object without a text that has an object with one is an article too, whose fields are those of
//! both. Field names are compared without case, see `names`. Records are found by a scanner
//! that only matches brackets and quotation marks, so that a broken record costs itself and no
//! other, and so that every letter of a string keeps the bytes it was written with (`\u0416` is
//! six). What a record's bytes mean is checked by `serde_json`. A record that says itself that it has
//! no text, as a message with a picture alone, is left out and counted. Where a file stops being JSON
//! its reading fails, with what stands before it read.
//!
//! It is not a JSON library: other fields are skipped, and nothing is written.

mod scan;
mod shape;
mod strings;

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::decode::Decoded;
use super::names::{
    self, AUTHOR, CONTENT_HTML, LANG, LESSER, PUBLISHED, SOURCE, TEXT, TITLE, URL, plain,
};
use super::published;
use super::text::{self, Joined};
use super::{Article, Hints, Metadata, ReadError, RecordError, SourceMap, html};
use scan::{fields, members, named, skip_white, too_deep, unescape, value_end};
use shape::{Member, has};
use strings::{Piece, pieces};

/// The deepest nesting that is read; `serde_json` keeps to the same.
const DEEPEST: usize = 127;

/// So many fields are named of a record that has no text.
const FIELDS: usize = 12;

type Each<'a> = dyn FnMut(Result<Article, RecordError>) + 'a;

/// Reads a JSON file; one that holds an object per line is read as JSON Lines, whatever its name.
pub(super) fn read(
    decoded: &Decoded<'_>,
    hints: &Hints<'_>,
    each: &mut Each<'_>,
) -> Result<Vec<String>, ReadError> {
    let text = decoded.text.as_ref();
    let bytes = text.as_bytes();
    let start = skip_white(bytes, 0);
    let mut records = Records::new(decoded, hints);
    let start = start + assignment(&bytes[start..]);
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
                    let last = end_of(bytes, text.len());
                    check(text, start..last).map_err(|_| broken(text, start..last))?;
                    let members = shape::unwrapped(text, start..end);
                    let article = records.article(start..end, &members, None);
                    each(Ok(article.map_err(|unread| match unread {
                        Unread::Empty => ReadError::Empty,
                        Unread::Failed(error) => ReadError::Malformed {
                            line: error.line,
                            column: 1,
                            message: error.message,
                        },
                    })?));
                    return Ok(records.notes());
                }
            }
        }
        _ => return Err(broken(text, 0..text.len())),
    }
    let last = end_of(bytes, text.len());
    let mut at = start;
    while at < last {
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
) -> Result<Vec<String>, ReadError> {
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

/// The arrays of articles in a value, if it is an object that is no article itself.
fn arrays(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    match text.as_bytes().get(range.start) {
        Some(b'{') => {
            let text = &text[..range.end];
            shape::arrays(text, &members(text.as_bytes(), range.start))
        }
        _ => Vec::new(),
    }
}

/// The length of `name.name = ` at the start of a text, as archives write it before their values so that
/// a browser can load them; 0 where there is none.
fn assignment(bytes: &[u8]) -> usize {
    let name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'$');
    let names = bytes.iter().take_while(name).count();
    let sign = skip_white(bytes, names);
    match (names, bytes.get(sign)) {
        (1.., Some(b'=')) => skip_white(bytes, sign + 1),
        _ => 0,
    }
}

/// Where the values end: before the semicolon that ends an assignment.
fn end_of(bytes: &[u8], from: usize) -> usize {
    let end = bytes[..from].trim_ascii_end();
    end.strip_suffix(b";").unwrap_or(end).len()
}

/// Tells whether bytes start with a value that is whole and well formed, or are its assignment.
pub(super) fn is_value(bytes: &[u8]) -> bool {
    let start = assignment(bytes);
    let Some(end) = value_end(bytes, start) else {
        return false;
    };
    let value = &bytes[start..end];
    let alone = start == 0 || matches!(bytes[end..].trim_ascii(), b"" | b";");
    matches!(value.first(), Some(b'{' | b'['))
        && alone
        && serde_json::from_slice::<IgnoredAny>(value).is_ok()
}

/// The records of a file, as they are read one after the other.
struct Records<'a> {
    decoded: &'a Decoded<'a>,
    hints: &'a Hints<'a>,
    count: usize,
    /// How many of them are not JSON.
    broken: usize,
    /// How many of them say that they have no text, and the line of the first.
    empty: (usize, usize),
    /// The first field of an article without a publication date that may be one.
    undated: Option<String>,
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
            empty: (0, 0),
            undated: None,
            at: 0,
            line: 1,
        }
    }

    /// Ends the file.
    fn end(&self) -> Result<Vec<String>, ReadError> {
        match self.count == self.empty.0 {
            true => Err(ReadError::Empty),
            false => Ok(self.notes()),
        }
    }

    /// What is to be said of the file as a whole.
    fn notes(&self) -> Vec<String> {
        let (empty, line) = self.empty;
        let have = if empty == 1 {
            "record has"
        } else {
            "records have"
        };
        let empty = (empty > 0).then(|| {
            format!("{empty} {have} no text and no title: left out, the first on line {line}")
        });
        let undated = self.undated.as_ref().map(|name| {
            format!(
                "no publication date is stated, but a field {name}, which may be the time of a copy; call it published if it is none"
            )
        });
        empty.into_iter().chain(undated).collect()
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
        if let Err(error) = checked {
            each(Err(error));
            return;
        }
        let members = shape::unwrapped(text, range.clone());
        if !has(text, &members, TEXT) && !has(text, &members, TITLE) {
            let arrays = shape::arrays(&text[..range.end], &members);
            if !arrays.is_empty() {
                self.count = number;
                for array in arrays {
                    // It is well formed, for what holds it is.
                    let _ = self.array(array.start, each);
                }
                return;
            }
        }
        match self.article(range, &members, Some(number)) {
            Ok(article) => {
                let open = article.published.is_none() && !has(text, &members, PUBLISHED);
                if open && self.undated.is_none() {
                    self.undated = self.dated_field(&members);
                }
                each(Ok(article));
            }
            Err(Unread::Failed(error)) => each(Err(error)),
            Err(Unread::Empty) => {
                self.empty.1 = if self.empty.0 == 0 {
                    self.line
                } else {
                    self.empty.1
                };
                self.empty.0 += 1;
            }
        }
    }

    /// The name of a field that has a date, though none of publication.
    fn dated_field(&self, members: &[Member]) -> Option<String> {
        let text = self.decoded.text.as_ref();
        let is_date = |(name, value): &&Member| {
            let name = text[name.clone()].to_ascii_lowercase();
            let value = || serde_json::from_str::<Value>(&text[value.clone()]).ok();
            let date = || published::parse(&plain(&value()?)?, self.hints.order);
            ["date", "time"].iter().any(|part| name.contains(part)) && date().is_some()
        };
        let field = members.iter().find(is_date)?;
        Some(text[field.0.clone()].to_owned())
    }

    /// Reads a well-formed record.
    fn article(
        &self,
        range: Range<usize>,
        members: &[Member],
        number: Option<usize>,
    ) -> Result<Article, Unread> {
        let Decoded {
            text, map, notes, ..
        } = self.decoded;
        let bytes = text.as_bytes();
        let line = if number.is_some() {
            self.line
        } else {
            text::line_of(text, range.start)
        };
        let fail = |message: String| {
            Unread::Failed(RecordError {
                record: number.unwrap_or(0),
                line,
                message,
            })
        };
        if bytes.get(range.start) != Some(&b'{') {
            return Err(fail(
                "not an object; give each article as {\"title\": …, \"text\": …}".into(),
            ));
        }
        let read = |value| serde_json::from_str::<Value>(text.get(value)?).ok();
        let value = |names| named(text, members, names).find_map(|value| plain(&read(value)?));
        let published =
            named(text, members, PUBLISHED).filter_map(|value| names::date(&read(value)?));
        let metadata = Metadata {
            title: value(TITLE),
            published: published.collect(),
            // An element names the program that a message was written with.
            source: value(SOURCE).filter(|source| !source.starts_with('<')),
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
            named(text, members, TITLE).next(),
        ) {
            (Some(title), _) => joined.add(title.trim()),
            (None, Some(title)) => {
                let mut pieces = pieces(text, title, false);
                // A title is one line: read as HTML, nothing of it changes but these.
                let referring = |p: &Piece| html::has_reference(&text[p.inner.clone()]);
                pieces.iter_mut().for_each(|p| p.html |= referring(p));
                if !self.copy(&mut joined, &pieces, " ", number) {
                    // The name of an object stands where no string of it can be told.
                    joined.add(metadata.title.as_deref().unwrap_or_default());
                }
            }
            (None, None) => {}
        }
        let title = joined.end_title();
        let mut unread = None;
        // What describes a program or reports an error is no article.
        let reports = [TITLE, PUBLISHED, SOURCE]
            .iter()
            .any(|names| has(text, members, names));
        let lesser = if reports { LESSER } else { &[] };
        for (name, body) in fields(text, members, TEXT).chain(fields(text, members, lesser)) {
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
            if has(text, members, TEXT) || shape::is_order(text, members) {
                return Err(Unread::Empty);
            }
            let names = TEXT.join(", ");
            let mut own: Vec<&str> = members
                .iter()
                .map(|(name, _)| &text[name.clone()])
                .collect();
            if own.len() > FIELDS {
                own.splice(FIELDS.., ["…"]);
            }
            return Err(fail(format!(
                "no text; it is looked for in the fields {names}; here are {}",
                own.join(", ")
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
        for Piece {
            inner,
            html,
            goes_on,
        } in pieces
        {
            let raw = &text[inner.clone()];
            let goes_on = any && *goes_on;
            if raw.is_empty() || !goes_on && raw.trim().is_empty() {
                continue;
            }
            if goes_on {
                // Two words that meet without a space would be one.
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if letter(joined.last()) && letter(raw.chars().next()) {
                    joined.add(" ");
                }
            } else if any {
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
            // Programs that write JSON for browsers write the signs of HTML as `\u003c` and `\u0026`.
            let signs = |sign: char, escape| raw.contains(sign) || raw.contains(escape);
            if !*html && !signs('<', "\\u003") && !signs('&', "\\u0026") {
                let (out, out_map) = joined.parts();
                unescape(text, inner.clone(), map, out, out_map);
                continue;
            }
            let mut page = String::new();
            let mut page_map = SourceMap::from_base(map.source(inner.start).unwrap_or(0));
            unescape(text, inner.clone(), map, &mut page, &mut page_map);
            html::add(&page, &page_map, *html, joined);
        }
        any
    }
}

/// Why a record gives no article.
enum Unread {
    /// It says itself that it has no text.
    Empty,
    Failed(RecordError),
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
