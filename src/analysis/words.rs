//! Words: where they begin and end in a text, in any script.
//!
//! A word is a run of letters, marks and digits, with apostrophes inside it (`Sana'a`) and with the
//! dots of an acronym (`U.N.`). Hyphens separate, so that `Al-Shabaab` and `al Shabaab` agree.
//! Scripts that write no spaces are cut by ICU's dictionaries. Not for folding (`fold`) and not for
//! sentences (`sentences`).

use super::fold::is_apostrophe;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The byte ranges of the words of a text, in order.
///
/// Ranges never overlap, are never empty and lie on character boundaries. Runs in linear time.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    /// Words of a run that a dictionary has cut, last one first.
    pending: Vec<Range<usize>>,
}

/// Returns the words of `text`.
///
/// ```
/// let text = "Al-Shabaab left Sana'a";
/// let found: Vec<_> = belli::analysis::words(text).map(|w| &text[w]).collect();
/// assert_eq!(found, ["Al", "Shabaab", "left", "Sana'a"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words {
        text,
        at: 0,
        pending: Vec::new(),
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(word) = self.pending.pop() {
                return Some(word);
            }
            let bytes = self.text.as_bytes();
            while let Some(&b) = bytes.get(self.at) {
                if b < 0x80 && ASCII[usize::from(b)] == Class::Other {
                    self.at += 1;
                    continue;
                }
                let (class, size) = class_at(self.text, self.at);
                if class == Class::Letter {
                    break;
                }
                self.at += size;
            }
            if self.at >= self.text.len() {
                return None;
            }
            let start = self.at;
            let (end, dictionary) = run_end(self.text, start);
            if !dictionary {
                self.at = acronym_end(self.text.as_bytes(), start, end).unwrap_or(end);
                return Some(start..self.at);
            }
            self.at = end;
            self.pending = segment(self.text, start..end);
        }
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Apostrophe,
    Other,
}

/// The classes of ASCII, in a table: most of a text is looked up here, byte by byte.
static ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = Class::Letter;
        }
        b += 1;
    }
    table[b'\'' as usize] = Class::Apostrophe;
    table[b'`' as usize] = Class::Apostrophe;
    table
};

/// The class of the character at `at`, and its length in bytes.
fn class_at(text: &str, at: usize) -> (Class, usize) {
    let b = text.as_bytes()[at];
    if b < 0x80 {
        return (ASCII[usize::from(b)], 1);
    }
    let c = text[at..].chars().next().unwrap_or('\0');
    let class = if is_apostrophe(c) && !matches!(c, 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ') {
        Class::Apostrophe
    } else if c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
    {
        Class::Letter
    } else {
        Class::Other
    };
    (class, c.len_utf8())
}

/// The end of the run of letters that starts at `start`, and whether it needs a dictionary.
fn run_end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut dictionary = false;
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 && ASCII[usize::from(b)] == Class::Letter {
            at += 1;
            continue;
        }
        let (class, size) = class_at(text, at);
        match class {
            Class::Letter => {
                // Every script that needs a dictionary starts at U+0E00, three bytes from 0xE0 0xB8.
                dictionary |= bytes[at] >= 0xe0 && needs_dictionary(&text[at..]);
                at += size;
            }
            Class::Apostrophe
                if at + size < bytes.len() && class_at(text, at + size).0 == Class::Letter =>
            {
                at += size
            }
            _ => break,
        }
    }
    (at, dictionary)
}

fn needs_dictionary(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    })
}

/// The end of a dotted acronym (`U.N.`, `U.S`) whose first letter is `start..end`, if it is one.
fn acronym_end(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let lone = |at: usize| {
        letter(at)
            && !bytes
                .get(at + 1)
                .is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
    };
    if end != start + 1 || !letter(start) {
        return None;
    }
    let mut at = end;
    while bytes.get(at) == Some(&b'.') && lone(at + 1) {
        at += 2;
    }
    // The last dot belongs to the acronym: `U.N.`.
    (at > end).then(|| {
        if bytes.get(at) == Some(&b'.') {
            at + 1
        } else {
            at
        }
    })
}

/// Cuts a run of letters by ICU's dictionaries; the last word comes first.
fn segment(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let bounds: Vec<usize> = segmenter.segment_str(&text[run.clone()]).collect();
    // ICU calls some words that end in a mark "not word-like": judge by the letters instead.
    let mut words: Vec<_> = bounds
        .windows(2)
        .map(|w| run.start + w[0]..run.start + w[1])
        .filter(|w| text[w.clone()].chars().any(char::is_alphanumeric))
        .collect();
    words.reverse();
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    fn list(text: &str) -> Vec<&str> {
        words(text).map(|w| &text[w]).collect()
    }

    #[test]
    fn words_keep_apostrophes_and_acronym_dots() {
        assert_eq!(
            list("Sana'a, U.N. and 'quoted' F-16s."),
            ["Sana'a", "U.N.", "and", "quoted", "F", "16s"]
        );
        assert_eq!(
            list("the U.S. army. A. Smith"),
            ["the", "U.S.", "army", "A", "Smith"]
        );
        assert_eq!(list("Lavrov’s"), ["Lavrov’s"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut() {
        assert_eq!(list("缅甸军方空袭"), ["缅甸", "军方", "空袭"]);
        assert!(list("မြန်မာစစ်တပ်").len() > 1);
    }

    #[test]
    fn marks_stay_inside_words() {
        assert_eq!(list("الحُدَيْدَة दिल्ली"), ["الحُدَيْدَة", "दिल्ली"]);
    }
}
