//! Plain text: the decoded file as it is, with its headline told from its shape.
//!
//! The headline is the first line, if it looks like one; everything behind it is the body, in
//! which a date line or a repeated headline stays. Front matter is honoured here too, since text
//! files exported from other tools carry it.
//!
//! It removes nothing and re-wraps nothing, and it does not look for the publication date.

use std::ops::Range;

use super::decode::Decoded;
use super::{Article, Draft, Hints, Metadata, ReadError, SourceMap, markdown, published};
use crate::extract::date::DateOrder;

/// The longest headline, in characters.
const LONGEST: usize = 200;

/// Reads a plain-text file.
pub(super) fn read(decoded: Decoded<'_>, hints: &Hints<'_>) -> Result<Article, ReadError> {
    let front = markdown::front_matter(&decoded.text);
    if front.is_some_and(|front| front.is_whole() && front.says_something(&decoded.text)) {
        return markdown::read(decoded, hints);
    }
    let layout = layout(&decoded.text, 0, hints.order);
    assemble(decoded, hints, Metadata::default(), layout)
}

/// Where an article's parts stand in the decoded text of a file.
pub(super) struct Layout {
    /// Where the article starts: behind the front matter.
    pub(super) start: usize,
    /// The headline; empty if there is none.
    pub(super) title: Range<usize>,
    /// Where the body starts if the headline is taken as the title.
    pub(super) body: usize,
    /// Where the title that metadata states stands.
    pub(super) stated: Option<Range<usize>>,
}

/// Makes the article of a text file from its decoded text and its layout.
///
/// A title that metadata states and the headline does not is put in front of the whole text; the
/// headline then is the body's first line.
pub(super) fn assemble(
    decoded: Decoded<'_>,
    hints: &Hints<'_>,
    metadata: Metadata,
    layout: Layout,
) -> Result<Article, ReadError> {
    let Decoded {
        text, map, notes, ..
    } = decoded;
    let headline = text.get(layout.title.clone()).unwrap_or_default();
    // Told before a title and a blank line of ours come in front.
    let line_end = line_end(&text);
    let stated = super::stated_title(&metadata, hints).filter(|t| !same_words(t, headline));
    let draft = match stated {
        None => {
            let line = Some(line_of(&text, layout.body));
            let shift = layout.start;
            let (text, map) = if shift == 0 {
                (text.into_owned(), map)
            } else {
                let mut rest = SourceMap::from_base(map.source(shift).unwrap_or(0));
                rest.append(&map, shift..text.len());
                (text.get(shift..).unwrap_or_default().to_owned(), rest)
            };
            Draft {
                record: None,
                title: layout.title.start - shift..layout.title.end - shift,
                body: layout.body - shift..text.len(),
                text,
                line,
                line_end,
                lines: Vec::new(),
                map,
                notes,
                metadata,
            }
        }
        Some(title) => {
            let start = first_text(&text, layout.start);
            let line = Some(line_of(&text, start));
            let mut joined = Joined::new(map.source(0).unwrap_or(0), text.len() - start);
            match layout.stated {
                Some(at) if at.len() == title.len() => joined.copy(&text, &map, at),
                _ => joined.add(&title),
            }
            let title = joined.end_title();
            joined.copy(&text, &map, start..text.len());
            Draft {
                line_end,
                ..joined.draft(title, line, notes, metadata)
            }
        }
    };
    let body = draft.text.get(draft.body.clone()).unwrap_or_default();
    if draft.title.is_empty() && body.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(draft.finish(hints))
}

/// A text put together from parts, with its map.
pub(super) struct Joined {
    text: String,
    map: SourceMap,
    lines: Vec<(usize, usize)>,
}

impl Joined {
    /// Starts a text of about `capacity` bytes whose parts lie at or after `base` in the file.
    pub(super) fn new(base: usize, capacity: usize) -> Self {
        let text = String::with_capacity(capacity + LONGEST);
        Self {
            text,
            map: SourceMap::from_base(base),
            lines: Vec::new(),
        }
    }

    /// Says on which line of the file stands what is added next.
    pub(super) fn on_line(&mut self, line: usize) {
        self.lines.push((self.text.len(), line));
    }

    /// Adds a part of another text.
    pub(super) fn copy(&mut self, text: &str, map: &SourceMap, range: Range<usize>) {
        let part = text.get(range.clone()).unwrap_or_default();
        self.text.push_str(part);
        self.map.append(map, range.start..range.start + part.len());
    }

    /// Adds text that stands nowhere in the file.
    pub(super) fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.map.push_unmapped(text.len());
    }

    /// The last letter that was added.
    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Adds text that was written in the decoded file as a JSON string, in pieces.
    pub(super) fn parts(&mut self) -> (&mut String, &mut SourceMap) {
        (&mut self.text, &mut self.map)
    }

    /// Ends the title, if there is one, with a blank line, and says where it stands.
    pub(super) fn end_title(&mut self) -> Range<usize> {
        let title = 0..self.text.len();
        if !title.is_empty() {
            self.add("\n\n");
        }
        title
    }

    /// The draft of an article with this text, whose body is what follows the title.
    ///
    /// A title that nothing follows becomes the body: what has no body is never found.
    pub(super) fn draft(
        mut self,
        mut title: Range<usize>,
        line: Option<usize>,
        notes: Vec<String>,
        metadata: Metadata,
    ) -> Draft {
        self.map.shrink();
        let mut body = first_text(&self.text, title.end)..self.text.len();
        if body.is_empty() {
            self.text.truncate(title.end);
            (title, body) = (0..0, title);
        }
        Draft {
            record: None,
            text: self.text,
            title,
            body,
            line,
            line_end: b'\n',
            lines: self.lines,
            map: self.map,
            notes,
            metadata,
        }
    }
}

/// Finds the headline of the article that starts at `start`.
pub(super) fn layout(text: &str, start: usize, order: DateOrder) -> Layout {
    let mut lines = Lines::new(text, start);
    let mut first = lines.next().unwrap_or(start..start);
    let none = Layout {
        start,
        title: first.start..first.start,
        body: first.start,
        stated: None,
    };
    // A date line above the headline is no headline.
    let mut above = false;
    if published::is_date_line(text.get(first.clone()).unwrap_or_default(), order) {
        match lines.next() {
            Some(second) => first = second,
            None => return none,
        }
        above = true;
    }
    let gap_before = lines.at;
    let Some(next) = lines.next() else {
        return none;
    };
    let (head, after) = (&text[first.clone()], &text[next.clone()]);
    let blank = text
        .get(gap_before..next.start)
        .is_some_and(|gap| gap.contains(['\n', '\r']));
    if !is_headline(head, after, blank, above, order) {
        return none;
    }
    Layout {
        start,
        title: first,
        body: next.start,
        stated: None,
    }
}

/// Tells whether a line is a headline, given the next one and whether a blank line parts them.
fn is_headline(line: &str, next: &str, blank: bool, above: bool, order: DateOrder) -> bool {
    if line.len() > LONGEST * 4 || line.chars().count() > LONGEST {
        return false;
    }
    if !line.chars().any(char::is_alphabetic)
        || line.starts_with(['-', '*', '•', '[', '|', '<', '{'])
    {
        return false;
    }
    // The next line says most: a repetition or a date line follows nothing but a headline.
    if same_words(line, next) || published::is_date_line(next, order) {
        return !published::starts_with_dateline(line, order);
    }
    if published::starts_with_dateline(line, order)
        || ends_sentence(line)
        || has_two_sentences(line)
    {
        return false;
    }
    if line.ends_with([',', ';', ':', '-', '–', '—']) {
        return false;
    }
    blank || above || line.len() * 2 < next.len()
}

/// Tells whether a line ends as a sentence does, rather than a headline.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    if bare.ends_with(['。', '۔', '।', '။', '።']) {
        return true;
    }
    let Some(before) = bare.strip_suffix('.') else {
        return false;
    };
    // `U.S.` and `...` end headlines as well.
    let last = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    !(before.ends_with('.') || last.contains('.') && last.len() <= 6)
}

/// Tells whether a line holds the end of one sentence and the start of another.
fn has_two_sentences(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
        let Some(stem) = bare.strip_suffix('.') else {
            continue;
        };
        // `Lt. Gen.` and `U.N. Says` go on; a longer word in lower case ends a sentence.
        let long = stem.chars().count() > 3 && stem.chars().all(char::is_lowercase);
        if long
            && words
                .peek()
                .is_some_and(|next| next.starts_with(char::is_uppercase))
        {
            return true;
        }
    }
    false
}

/// Tells whether two lines have the same letters and digits.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    fn letters(s: &str) -> impl Iterator<Item = char> {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    a.len() < 4 * LONGEST && b.len() < 8 * LONGEST && letters(a).eq(letters(b))
}

/// Where the first text at or behind `from` stands.
pub(super) fn first_text(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + (rest.len() - rest.trim_start().len())
}

/// The line, from 1, that offset `at` of a decoded file stands on.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let end = line_end(text);
    1 + memchr::memchr_iter(end, text.as_bytes().get(..at).unwrap_or_default()).count()
}

/// The byte that ends the lines of a file. One without any `\n` may have lines that end in `\r`, as
/// old Macs wrote them; elsewhere a `\r` ends nothing.
pub(super) fn line_end(text: &str) -> u8 {
    let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    match !has(b'\n') && has(b'\r') {
        true => b'\r',
        false => b'\n',
    }
}

/// The lines of a text that are not blank, as trimmed ranges.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: u8,
}

impl<'a> Lines<'a> {
    /// The lines from offset `at` on.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let end = line_end(text);
        Self { text, at, end }
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        while self.at < self.text.len() {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..)?;
            let end = memchr::memchr(self.end, rest).map_or(self.text.len(), |n| start + n);
            let line = self.text.get(start..end)?;
            self.at = end + 1;
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let from = first_text(self.text, start);
                // Where the next line would start tells a blank line; see `layout`.
                self.at = self.at.min(self.text.len());
                return Some(from..from + trimmed.len());
            }
        }
        None
    }
}

/// The last `count` lines of a text that are not blank, in their order, none before `from`.
pub(super) fn last_lines(text: &str, from: usize, count: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut end = text.len();
    while lines.len() < count && end > from {
        let Some(part) = text.as_bytes().get(from..end) else {
            break;
        };
        let start = memchr::memrchr2(b'\n', b'\r', part).map_or(from, |n| from + n + 1);
        let line = text.get(start..end).unwrap_or_default();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            lines.push(at..at + trimmed.len());
        }
        end = start.saturating_sub(1).max(from);
        if start == from {
            break;
        }
    }
    lines.reverse();
    lines
}
