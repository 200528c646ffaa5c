//! Tables: one article a row, in CSV with any of the usual marks between cells.
//!
//! The first row names the columns; which column holds what goes by the names that fields of JSON have
//! (`names`), written with or without spaces and strokes. There has to be a column of texts: a list of
//! titles and addresses is no corpus.
//!
//! Rows are found by a scanner that only knows cells and quotation marks, since every letter of a cell keeps
//! the bytes it was written with, which libraries do not tell. A row whose text is empty is left out and
//! counted; a quotation mark that is never closed fails the file, with what stands before it read.

use std::borrow::Cow;
use std::ops::Range;

use super::decode::Decoded;
use super::names::{AUTHOR, CONTENT_HTML, LANG, LESSER, PUBLISHED, SOURCE, TEXT, TITLE, URL};
use super::text::{self, Joined};
use super::{Article, Hints, Metadata, ReadError, RecordError, SourceMap, html};

/// What may part cells, the likeliest last.
const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];

/// So many columns are named of a table that has no texts.
const NAMED: usize = 12;

type Each<'a> = dyn FnMut(Result<Article, RecordError>) + 'a;

/// Reads a table.
pub(super) fn read(
    decoded: &Decoded<'_>,
    hints: &Hints<'_>,
    each: &mut Each<'_>,
) -> Result<Vec<String>, ReadError> {
    let text = decoded.text.as_ref();
    let (rows, columns) = DELIMITERS
        .into_iter()
        .filter_map(|delimiter| {
            let mut rows = Rows::new(text, delimiter);
            let header = rows.next()?.cells;
            Some((rows, Columns::new(text, &header)))
        })
        .max_by_key(|(_, columns)| (columns.known(), columns.names.len()))
        .ok_or(ReadError::Empty)?;
    if columns.texts.is_empty() {
        return Err(columns.without_text());
    }
    let (mut count, mut empty, mut first_empty) = (0, 0, 0);
    for row in rows {
        if row.is_open {
            return Err(ReadError::Malformed {
                line: row.line,
                column: 1,
                message: format!(
                    "a quotation mark of this row is not closed, after {count} rows; repair the table (they were read)"
                ),
            });
        }
        // A blank line is no row.
        if row.cells.iter().all(|cell| cell.inner.is_empty()) {
            continue;
        }
        match article(decoded, hints, &columns, &row, count) {
            Some(article) => each(Ok(article)),
            None => {
                first_empty = if empty == 0 { row.line } else { first_empty };
                empty += 1;
            }
        }
        count += 1;
    }
    if count == empty {
        return Err(ReadError::Empty);
    }
    let have = if empty == 1 { "row has" } else { "rows have" };
    let note = format!("{empty} {have} no text: left out, the first on line {first_empty}");
    Ok((empty > 0).then_some(note).into_iter().collect())
}

/// A cell of a table.
#[derive(Debug)]
struct Cell {
    /// What it holds, without the quotation marks around it.
    inner: Range<usize>,
    /// Whether it stood between quotation marks: two of them in it are one.
    quoted: bool,
}

impl Cell {
    /// What it says.
    fn said<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let written = text[self.inner.clone()].trim();
        match self.quoted && written.contains("\"\"") {
            true => Cow::Owned(written.replace("\"\"", "\"")),
            false => Cow::Borrowed(written),
        }
    }

    /// Appends what it holds.
    fn append(&self, decoded: &Decoded<'_>, out: &mut String, map: &mut SourceMap) {
        let (text, from) = (decoded.text.as_ref(), &decoded.map);
        let mut at = self.inner.start;
        let doubled = text[self.inner.clone()].match_indices("\"\"");
        for (start, _) in doubled.filter(|_| self.quoted) {
            let start = self.inner.start + start;
            out.push_str(&text[at..start]);
            map.append(from, at..start);
            at = start + 2;
            out.push('"');
            map.append_unit(from, start..at, 1);
        }
        out.push_str(&text[at..self.inner.end]);
        map.append(from, at..self.inner.end);
    }

    /// Adds what it holds to a text, as HTML where it is.
    fn add(&self, decoded: &Decoded<'_>, is_html: bool, joined: &mut Joined) {
        let mut page = String::new();
        let base = decoded.map.source(self.inner.start).unwrap_or(0);
        let mut page_map = SourceMap::from_base(base);
        self.append(decoded, &mut page, &mut page_map);
        html::add(&page, &page_map, is_html, joined);
    }
}

/// A row of a table.
struct Row {
    cells: Vec<Cell>,
    /// The line of the file that it starts on, from 1.
    line: usize,
    /// Whether a quotation mark of it is not closed.
    is_open: bool,
}

/// The rows of a table.
struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
    line: usize,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, delimiter: u8) -> Self {
        Rows {
            text,
            delimiter,
            at: 0,
            line: 1,
        }
    }

    /// The cell that starts at `at`, where what is behind it starts, and whether it is not closed.
    fn cell(&self, at: usize) -> (Cell, usize, bool) {
        let bytes = self.text.as_bytes();
        let ends = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            from + memchr::memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len())
        };
        if bytes.get(at) != Some(&b'"') {
            let end = ends(at);
            let (inner, quoted) = (at..end, false);
            return (Cell { inner, quoted }, end, false);
        }
        let (mut end, mut is_open) = (at + 1, false);
        loop {
            let rest = &bytes[end..];
            let Some(mark) = memchr::memchr(b'"', rest) else {
                (end, is_open) = (bytes.len(), true);
                break;
            };
            end += mark;
            if bytes.get(end + 1) != Some(&b'"') {
                break;
            }
            end += 2;
        }
        let (inner, quoted) = (at + 1..end, true);
        (Cell { inner, quoted }, ends(end), is_open)
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let (mut cells, mut is_open) = (Vec::new(), false);
        loop {
            let (cell, behind, open) = self.cell(self.at);
            cells.push(cell);
            is_open |= open;
            self.at = (behind + 1).min(bytes.len());
            match bytes.get(behind) {
                Some(&b) if b == self.delimiter => {}
                Some(b'\r') if bytes.get(behind + 1) == Some(&b'\n') => {
                    self.at = behind + 2;
                    break;
                }
                _ => break,
            }
        }
        self.line += memchr::memchr_iter(b'\n', &bytes[start..self.at]).count();
        Some(Row {
            cells,
            line,
            is_open,
        })
    }
}

/// Which columns hold what, each kind by the best name first.
struct Columns {
    names: Vec<String>,
    titles: Vec<usize>,
    /// With whether it is HTML by its name.
    texts: Vec<(usize, bool)>,
    published: Vec<usize>,
    sources: Vec<usize>,
    authors: Vec<usize>,
    urls: Vec<usize>,
    langs: Vec<usize>,
}

impl Columns {
    fn new(text: &str, header: &[Cell]) -> Columns {
        let names: Vec<String> = header.iter().map(|c| c.said(text).into_owned()).collect();
        let bare = |name: &str| -> String {
            let letters = name.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
            letters.flat_map(char::to_lowercase).collect()
        };
        let given: Vec<String> = names.iter().map(|name| bare(name)).collect();
        let named = |known: &[&str]| -> Vec<usize> {
            let each = known.iter().map(|name| bare(name));
            each.flat_map(|name| given.iter().position(|given| *given == name))
                .collect()
        };
        let [titles, published, sources, authors, urls, langs] =
            [TITLE, PUBLISHED, SOURCE, AUTHOR, URL, LANG].map(named);
        // Notes and descriptions are of all kinds of things; beside a title, a date or a source they tell news.
        let reports = [&titles, &published, &sources]
            .iter()
            .any(|of| !of.is_empty());
        let lesser = named(if reports { LESSER } else { &[] });
        let html = named(&[CONTENT_HTML]);
        let texts = named(TEXT).into_iter().chain(lesser);
        Columns {
            texts: texts.map(|n| (n, html.contains(&n))).collect(),
            names,
            titles,
            published,
            sources,
            authors,
            urls,
            langs,
        }
    }

    /// How many columns have a name that is known.
    fn known(&self) -> usize {
        let of = [
            &self.titles,
            &self.published,
            &self.sources,
            &self.authors,
            &self.urls,
            &self.langs,
        ];
        self.texts.len() + of.iter().map(|of| of.len()).sum::<usize>()
    }

    fn without_text(&self) -> ReadError {
        let mut here = self.names.clone();
        if here.len() > NAMED {
            here.splice(NAMED.., ["…".to_owned()]);
        }
        ReadError::Malformed {
            line: 1,
            column: 1,
            message: format!(
                "a table without a column of texts; the first row has to name one, like {}; here are {}{}",
                TEXT.join(", "),
                here.join(", "),
                match self
                    .names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case("path"))
                {
                    true => "; a list of files is given with --manifest",
                    false => "",
                }
            ),
        }
    }
}

/// The article of a row; `None` where its text is empty.
fn article(
    decoded: &Decoded<'_>,
    hints: &Hints<'_>,
    columns: &Columns,
    row: &Row,
    number: usize,
) -> Option<Article> {
    let text = decoded.text.as_ref();
    let filled = |n: usize| row.cells.get(n).filter(|cell| !cell.said(text).is_empty());
    let value = |of: &[usize]| {
        let cell = of.iter().find_map(|&n| filled(n))?;
        Some(cell.said(text).into_owned())
    };
    let published = columns.published.iter().filter_map(|&n| filled(n));
    let metadata = Metadata {
        title: value(&columns.titles),
        published: published.map(|cell| cell.said(text).into_owned()).collect(),
        source: value(&columns.sources),
        author: value(&columns.authors),
        url: value(&columns.urls),
        lang: value(&columns.langs),
    };
    let mut texts = columns.texts.iter();
    let (body, is_html) = texts.find_map(|&(n, html)| Some((filled(n)?, html)))?;
    let mut joined = Joined::new(
        decoded.map.source(body.inner.start).unwrap_or(0),
        body.inner.len(),
    );
    if let Some(title) = columns.titles.iter().find_map(|&n| filled(n)) {
        title.add(decoded, false, &mut joined);
    }
    let title = joined.end_title();
    body.add(decoded, is_html, &mut joined);
    let notes = match number {
        0 => decoded.notes.clone(),
        _ => Vec::new(),
    };
    let mut draft = joined.draft(title, Some(row.line), notes, metadata);
    if draft.text.trim().is_empty() {
        return None;
    }
    if draft.title.is_empty() {
        let layout = text::layout(&draft.text, 0, hints.order);
        draft.title = layout.title;
        draft.body.start = layout.body;
    }
    draft.record = Some(number);
    Some(draft.finish(hints))
}
