//! Passages: an article's body cut into whole sentences of about 60 to 150 words.
//!
//! A passage never crosses a section break, and the passages of a body tile it: every byte lies in
//! exactly one. Not for words beyond counting them, and not for the title, which belongs to the
//! article.

use crate::analysis::sentences::sentences;
use crate::analysis::words;
use std::ops::Range;

/// A passage is closed at the end of a paragraph from this many words on.
const ENOUGH: usize = 60;
/// A passage is closed before a sentence that would take it beyond this many words.
const FULL: usize = 150;
/// A rest of fewer words joins the passage before it.
const REST: usize = 30;
/// No passage is longer than this many bytes, sentences or not.
const CAP: usize = 4096;

/// Cuts `text[body]` into passages, as byte ranges of `text` in order.
///
/// The ranges tile `body`; one that is white space only joins its neighbour. An empty body has
/// no passages. `crossed` tells where a name or date begins that a cut within a sentence would take
/// apart; such a sentence is cut there.
pub fn passages(
    text: &str,
    body: Range<usize>,
    crossed: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for section in sections(text, body, crossed) {
        pack(text, &section, &mut found);
    }
    found
}

/// Returns `range` without the white space at its ends.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..(start + part.trim().len())
}

/// A sentence, how many words it has, and whether a paragraph ends with it.
struct Sentence {
    range: Range<usize>,
    words: usize,
    ends_paragraph: bool,
}

/// The sentences of a body, grouped by section: a heading opens one, a rule closes one.
fn sections(
    text: &str,
    body: Range<usize>,
    crossed: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Vec<Sentence>> {
    let mut sections: Vec<Vec<Sentence>> = vec![Vec::new()];
    let mut prose = false;
    for range in sentences(text, body.clone())
        .into_iter()
        .flat_map(|r| cap(text, r, crossed))
    {
        let part = &text[range.clone()];
        let sentence = Sentence {
            words: words(part).take(FULL + 1).count(),
            ends_paragraph: is_paragraph_end(part) || range.end == body.end,
            range,
        };
        let heading = is_heading(part, sentence.ends_paragraph);
        if heading && prose {
            sections.push(Vec::new());
        }
        prose = !heading;
        if let Some(section) = sections.last_mut() {
            section.push(sentence);
        }
    }
    sections.retain(|s| !s.is_empty());
    sections
}

/// Packs the sentences of one section into passages.
fn pack(text: &str, section: &[Sentence], found: &mut Vec<Range<usize>>) {
    let first = found.len();
    let mut open: Option<(Range<usize>, usize)> = None;
    for sentence in section {
        let (mut range, mut count) = match open.take() {
            Some((range, count))
                if count + sentence.words > FULL || sentence.range.end - range.start > CAP =>
            {
                found.push(range);
                (sentence.range.clone(), 0)
            }
            Some(passage) => passage,
            None => (sentence.range.clone(), 0),
        };
        range.end = sentence.range.end;
        count += sentence.words;
        if count >= ENOUGH && sentence.ends_paragraph {
            found.push(range);
        } else {
            open = Some((range, count));
        }
    }
    if let Some((range, count)) = open {
        join_or_push(text, range, count, first, found);
    }
}

/// A short rest joins the passage before it in its section; white space joins any.
fn join_or_push(
    text: &str,
    range: Range<usize>,
    count: usize,
    first: usize,
    found: &mut Vec<Range<usize>>,
) {
    let blank = text[range.clone()].trim().is_empty();
    let may_join = if blank {
        !found.is_empty()
    } else {
        count < REST && found.len() > first
    };
    match found.last_mut() {
        Some(last) if may_join && (blank || range.end - last.start <= CAP) => last.end = range.end,
        _ => found.push(range),
    }
}

fn is_paragraph_end(sentence: &str) -> bool {
    let tail = &sentence[sentence.trim_end().len()..];
    tail.bytes().filter(|&b| b == b'\n').count() >= 2
}

/// A heading is a short paragraph without a full stop, or a rule of dashes or stars.
fn is_heading(sentence: &str, ends_paragraph: bool) -> bool {
    let line = sentence.trim();
    if line.starts_with('#') {
        return true;
    }
    let rule = line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '));
    let closes = line.ends_with([
        '.', '!', '?', '…', '"', '”', '\'', '’', ':', ',', ';', ')', '。', '؟',
    ]);
    let item = line.starts_with(['-', '*', '•', '+']);
    rule || (ends_paragraph
        && !closes
        && !item
        && !line.contains('\n')
        && words(line).take(13).count() <= 12)
}

/// Splits what has no sentences at white space, else at a character.
fn cap(
    text: &str,
    range: Range<usize>,
    crossed: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    while range.end - start > CAP {
        let mut limit = start + CAP;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &text[start..limit];
        let cut = window
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map(|(i, c)| i + c.len_utf8());
        let mut end = start + cut.filter(|&i| i > CAP / 2).unwrap_or(window.len());
        while let Some(whole) = crossed(end).filter(|at| (start + CAP / 2..end).contains(at)) {
            end = whole;
        }
        parts.push(start..end);
        start = end;
    }
    parts.push(start..range.end);
    parts
}
