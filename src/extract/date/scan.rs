//! Cuts text into the tokens the rules read: numbers, words of the calendar vocabulary, punctuation.
//!
//! Most text holds no date, so everything else is one cheap kind: a run of words the vocabulary
//! does not know becomes a single token. One pass, no backtracking. It decides nothing: whether
//! "May" is a month is for the rules.

use super::words::{Word, lookup};

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// The token touches the one before it.
    None,
    /// Blanks on the same line.
    Space,
    /// A line break.
    Line,
    /// A blank line, or the beginning of the text.
    Blank,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// No capital at the beginning (or a script without capitals).
    Lower,
    /// A capital at the beginning.
    Capital,
    /// Capitals throughout, two letters or more.
    Upper,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of digits: its value (0 beyond nine digits) and how many digits there were.
    Number(u32, u8),
    /// A word; unknown neighbours are joined into one `Word::Other`.
    Word(Word, Case),
    /// One character that is neither; dashes become `-`, apostrophes and quotes `'`.
    Mark(char),
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// White space before it.
    pub gap: Gap,
    /// What it is.
    pub kind: Kind,
}

/// Cuts a whole text. `known` gives the end and the meaning of the word of ASCII letters that begins at
/// a byte, if somebody has looked it up already; it is asked with rising bytes.
pub(super) fn scan(
    text: &str,
    mut known: impl FnMut(usize) -> Option<(usize, Word)>,
) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 12 + 4);
    let mut gap = Gap::Blank;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let kind = match byte {
            b'\n' => {
                gap = if gap >= Gap::Line {
                    Gap::Blank
                } else {
                    Gap::Line
                };
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                gap = gap.max(Gap::Space);
                at += 1;
                continue;
            }
            b'0'..=b'9' => number(text, &mut at),
            b'a'..=b'z' | b'A'..=b'Z' => match known(at) {
                Some((end, word)) => {
                    at = end;
                    Kind::Word(word, case(bytes.get(start..end).unwrap_or_default()))
                }
                None => word(text, &mut at),
            },
            0..=0x7f => {
                at += 1;
                Kind::Mark(char::from(byte))
            }
            _ => match wide(text, &mut at) {
                Some(kind) => kind,
                None => {
                    gap = gap.max(Gap::Space);
                    continue;
                }
            },
        };
        if let (Kind::Word(Word::Other, _), Gap::Space) = (kind, gap)
            && let Some(last) = tokens.last_mut()
            && matches!(last.kind, Kind::Word(Word::Other, _))
        {
            last.end = at;
        } else {
            tokens.push(Token {
                start,
                end: at,
                gap,
                kind,
            });
        }
        gap = Gap::None;
    }
    tokens
}

/// What a text begins with, if that is a word.
pub(super) fn first_word(text: &str) -> Option<Word> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match word(text, &mut 0) {
        Kind::Word(word, _) => Some(word),
        _ => None,
    }
}

/// A run of digits: European, Arabic-Indic or Persian.
fn number(text: &str, at: &mut usize) -> Kind {
    let mut value: u32 = 0;
    let mut digits: u8 = 0;
    for character in text.get(*at..).unwrap_or_default().chars() {
        let Some(digit) = digit(character) else { break };
        digits = digits.saturating_add(1);
        value = if digits > 9 { 0 } else { value * 10 + digit };
        *at += character.len_utf8();
    }
    Kind::Number(value, digits)
}

/// The value of a digit in the scripts news is printed in.
fn digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(u32::from(character) - u32::from('0')),
        '\u{660}'..='\u{669}' => Some(u32::from(character) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(character) - 0x6f0),
        _ => None,
    }
}

/// A word that begins with an ASCII letter.
fn word(text: &str, at: &mut usize) -> Kind {
    let bytes = text.as_bytes();
    let start = *at;
    while bytes.get(*at).is_some_and(u8::is_ascii_alphabetic) {
        *at += 1;
    }
    if bytes.get(*at).is_some_and(|byte| *byte >= 0x80)
        && text
            .get(*at..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(char::is_alphabetic)
    {
        *at = start;
        return wide_word(text, at);
    }
    let found = bytes.get(start..*at).unwrap_or_default();
    // Lower-cased on the stack: a word longer than the longest of the vocabulary is not in it.
    let mut lower = [0u8; 16];
    let Some(folded) = lower.get_mut(..found.len()) else {
        return Kind::Word(Word::Other, case(found));
    };
    for (to, from) in folded.iter_mut().zip(found) {
        *to = from.to_ascii_lowercase();
    }
    Kind::Word(lookup(folded), case(found))
}

/// How an ASCII word is written.
fn case(word: &[u8]) -> Case {
    match word {
        [first, ..] if !first.is_ascii_uppercase() => Case::Lower,
        [_, second, ..] if second.is_ascii_uppercase() => Case::Upper,
        _ => Case::Capital,
    }
}

/// Whatever begins with a character beyond ASCII; `None` for white space.
fn wide(text: &str, at: &mut usize) -> Option<Kind> {
    let Some(character) = text.get(*at..).and_then(|rest| rest.chars().next()) else {
        *at += 1;
        return None;
    };
    if digit(character).is_some() {
        return Some(number(text, at));
    }
    if character.is_alphabetic() && !matches!(character, '年' | '月' | '日' | 'º' | 'ª') {
        return Some(wide_word(text, at));
    }
    *at += character.len_utf8();
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some(Kind::Mark('-')),
        '\u{2018}' | '\u{2019}' | '\u{2032}' => Some(Kind::Mark('\'')),
        '\u{60c}' => Some(Kind::Mark(',')),
        // Marks that print nothing: direction marks, soft hyphen, byte order mark, joiners.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => None,
        _ if character.is_whitespace() => None,
        _ => Some(Kind::Mark(character)),
    }
}

/// A word with letters beyond ASCII.
fn wide_word(text: &str, at: &mut usize) -> Kind {
    let rest = text.get(*at..).unwrap_or_default();
    let length = rest
        .char_indices()
        .find(|(_, c)| {
            !(c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(c))
                || matches!(c, '年' | '月' | '日')
        })
        .map_or(rest.len(), |(at, _)| at);
    let found = rest.get(..length).unwrap_or_default();
    *at += length;
    let case = if found.starts_with(char::is_uppercase) {
        Case::Capital
    } else {
        Case::Lower
    };
    // The longest foreign name takes some thirty bytes; longer runs are not names of the calendar.
    if found.len() > 40 {
        return Kind::Word(Word::Other, case);
    }
    let folded: String = found.chars().flat_map(char::to_lowercase).collect();
    Kind::Word(lookup(folded.as_bytes()), case)
}
