//! Sentences: where one ends, in news prose with its abbreviations, initials and quotations.
//!
//! A sentence ends at a terminator that no abbreviation explains, at a blank line, and before a
//! list item. Not for paragraphs and sections, which are `passage`'s.

use std::ops::Range;

/// Returns the sentences of `text[within]`, in order. They tile it: every byte lies in exactly
/// one, and white space after a sentence belongs to it.
pub fn sentences(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = within.start;
    let mut at = within.start;
    while at < within.end {
        at = candidate(bytes, at, within.end);
        if at >= within.end {
            break;
        }
        let c = char_at(text, at);
        let next = at + c.len_utf8();
        let end = match c {
            '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '။' | '。' | '！' | '？' => {
                terminated(text, at, next, within.end)
            }
            '\n' => line_break(bytes, at, within.end),
            _ => None,
        };
        match end {
            Some(end) => {
                let end = skip_space(text, end, within.end);
                found.push(start..end);
                start = end;
                at = end;
            }
            // A run of full stops ends a sentence with its first one or not at all.
            None if c == '.' => {
                let rest = &text[next..within.end];
                at = next + rest.len() - rest.trim_start_matches('.').len();
            }
            None => at = next,
        }
    }
    if start < within.end {
        found.push(start..within.end);
    }
    found
}

/// The first byte from `at` on that may end a sentence, or `limit`. Most of a text ends nothing, and is passed
/// eight bytes at a time, without decoding it.
fn candidate(bytes: &[u8], mut at: usize, limit: usize) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    // The high bit of the first byte that is this one; those behind it may be wrong.
    let first = |eight: u64, byte: u8| {
        let zero = eight ^ (EACH * u64::from(byte));
        zero.wrapping_sub(EACH) & !zero & HIGH
    };
    while let Some(eight) = bytes[at..limit].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        let ascii = first(eight, b'.') | first(eight, b'!') | first(eight, b'?');
        let may_end = ascii | first(eight, b'\n') | (eight & HIGH);
        if may_end != 0 {
            return at + may_end.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let may_end = |b: &u8| !b.is_ascii() || matches!(b, b'.' | b'!' | b'?' | b'\n');
    at + bytes[at..limit].iter().take_while(|b| !may_end(b)).count()
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

fn skip_space(text: &str, from: usize, limit: usize) -> usize {
    text[from..limit]
        .char_indices()
        .find(|(_, c)| !c.is_whitespace())
        .map_or(limit, |(i, _)| from + i)
}

/// The end of the sentence that the terminator at `at` closes, if it closes one.
fn terminated(text: &str, at: usize, mut end: usize, limit: usize) -> Option<usize> {
    let wide = matches!(char_at(text, at), '。' | '！' | '？' | '။' | '।');
    while end < limit {
        let c = char_at(text, end);
        if !matches!(
            c,
            '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '」' | '』'
        ) {
            break;
        }
        // An opening quotation mark that follows a space is not reached; one without it closes.
        end += c.len_utf8();
    }
    if wide || end >= limit {
        return Some(end);
    }
    let after = &text[end..limit];
    if !after.starts_with(char::is_whitespace) {
        return None;
    }
    let next = after.trim_start();
    let first = next.chars().find(|c| {
        !matches!(
            c,
            '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '—' | '–' | '-'
        )
    });
    if first.is_some_and(char::is_lowercase) {
        return None;
    }
    if text.as_bytes()[at] == b'.'
        && is_abbreviation(word_before(text, at), next, &text[at + 1..end])
    {
        return None;
    }
    Some(end)
}

/// A line break ends a sentence at a blank line and before a list item, a heading or a rule.
fn line_break(bytes: &[u8], at: usize, limit: usize) -> Option<usize> {
    let mut next = at + 1;
    while next < limit && matches!(bytes[next], b' ' | b'\t' | b'\r') {
        next += 1;
    }
    if next >= limit {
        return None;
    }
    let item = match bytes[next] {
        b'\n' | b'#' => true,
        b'-' | b'*' | b'+' => bytes
            .get(next + 1)
            .is_some_and(|b| matches!(b, b' ' | b'-' | b'*')),
        0xe2 => bytes.get(next..next + 3) == Some("•".as_bytes()),
        _ => false,
    };
    item.then_some(at + 1)
}

fn word_before(text: &str, at: usize) -> &str {
    let head = &text[..at];
    let start = head
        .char_indices()
        .rev()
        .take(24)
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
        .last()
        .map_or(at, |(i, _)| i);
    &head[start..]
}

/// Titles, ranks and months that are written with a dot and go on: sorted, lower case.
const GOES_ON: &[&str] = &[
    "adm", "amb", "apr", "art", "aug", "brig", "capt", "cdr", "cmdr", "cmndr", "col", "cpl", "dec",
    "dr", "feb", "fig", "fr", "ft", "gen", "gov", "hon", "jan", "jul", "jun", "lt", "maj", "mar",
    "messrs", "mgr", "mr", "mrs", "ms", "mt", "nos", "nov", "oct", "pres", "prof", "pvt", "rep",
    "rev", "sen", "sept", "sep", "sgt", "sr", "sra", "st", "supt", "vs",
];

/// Words that start a sentence more often than they continue a name: sorted, lower case.
const STARTERS: &[&str] = &[
    "a",
    "after",
    "although",
    "an",
    "and",
    "as",
    "at",
    "both",
    "but",
    "by",
    "earlier",
    "for",
    "from",
    "he",
    "her",
    "his",
    "however",
    "if",
    "in",
    "it",
    "its",
    "last",
    "meanwhile",
    "more",
    "most",
    "no",
    "on",
    "one",
    "our",
    "several",
    "she",
    "since",
    "some",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "under",
    "we",
    "what",
    "when",
    "while",
    "with",
    "you",
];

fn is_abbreviation(word: &str, next: &str, closing: &str) -> bool {
    if word.is_empty() || !closing.is_empty() {
        return false;
    }
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    if word.eq_ignore_ascii_case("no") {
        return number;
    }
    let named = number || word.starts_with(char::is_uppercase);
    if named && GOES_ON.iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return true;
    }
    // Initials (`J. Smith`) and acronyms (`U.N.`) go on unless the next word starts a sentence.
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let first = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let dotted = letters == 1 || word.contains('.');
    dotted
        && letters <= 5
        && word.chars().all(|c| c.is_alphabetic() || c == '.')
        && !STARTERS
            .iter()
            .any(|known| first.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::sentences;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len())
            .into_iter()
            .map(|r| text[r].trim())
            .collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for text in [
            "The U.N. Security Council met on Oct. 10 in New York.",
            "Lt. Gen. Abdel Fattah al-Burhan met Mr. Guterres.",
            "Resolution No. 1325 was cited by Prof. J. K. Smith.",
            "About 3.5 million fled, e.g. from Darfur.",
            "“We will go.” he said.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(split("He left. She stayed."), ["He left.", "She stayed."]);
        assert_eq!(
            split("He came to the U.S. The talks failed."),
            ["He came to the U.S.", "The talks failed."]
        );
        assert_eq!(
            split("“Go.” “Stay!” he said. Why? Nobody knew"),
            ["“Go.”", "“Stay!” he said.", "Why?", "Nobody knew"]
        );
        assert_eq!(split("冲突爆发。军方否认。"), ["冲突爆发。", "军方否认。"]);
    }

    #[test]
    fn blank_lines_and_list_items_end_sentences() {
        assert_eq!(
            split("A heading\n\nText goes\non here.\n- one\n- two"),
            ["A heading", "Text goes\non here.", "- one", "- two"]
        );
    }
}
