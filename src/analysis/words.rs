//! Words: where they begin and end in a text, in any script.
//!
//! A word is a run of letters, marks and digits, with apostrophes and what has no width inside it (`Sana'a`), with the
//! dots of an acronym (`U.N.`) and the strokes of a Hebrew one (`צה"ל`). Hyphens separate, so that
//! `Al-Shabaab` and `al Shabaab` agree; `alshabaab` is another word.
//!
//! Scripts that set no spaces between words, and Korean, which writes particles to them, are cut into
//! the smallest units that are written as one (a Chinese character, a Thai or Burmese syllable), and
//! whoever looks for several units looks for them side by side. ICU's dictionaries were tried and
//! cut a name one way in a query and another in a text: `实皆` but `皆地 区`, `นราธิวาส` but
//! `ว่าน ราธิวา สกล่าว`. A word that is there must be found; that some are found across words
//! (`南京` in `济南京剧`) is the price. Not for folding (`fold`) and not for sentences (`sentences`).

use super::fold::is_apostrophe;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The byte ranges of the words of a text, in order.
///
/// Ranges never overlap, are never empty and lie on character boundaries. Runs in linear time.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    plain: bool,
    /// Units of a run that has been cut, last one first.
    pending: Vec<Range<usize>>,
}

impl Words<'_> {
    /// Whether the word given last is nothing but ASCII letters: nothing in it has to be looked at again.
    pub fn is_plain(&self) -> bool {
        self.plain
    }
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
        plain: false,
        pending: Vec::new(),
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        if self.pending.is_empty() {
            let between = |b: &u8| *b < 0x80 && ASCII[usize::from(*b)] == Class::Other;
            while bytes.get(self.at).is_some_and(between) {
                self.at += 1;
            }
            // Most words are letters between blanks.
            let (start, end) = (self.at, letters_end(bytes, self.at));
            if end > start && ends_plainly(bytes, start, end) {
                (self.at, self.plain) = (end, true);
                return Some(start..end);
            }
        }
        self.plain = false;
        self.other()
    }
}

impl Words<'_> {
    /// The next word, whatever it is made of.
    fn other(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(word) = self.pending.pop() {
                return Some(word);
            }
            while self.at < self.text.len() {
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
            let (end, units) = run_end(self.text, start);
            if !units {
                self.at = acronym_end(self.text.as_bytes(), start, end).unwrap_or(end);
                return Some(start..self.at);
            }
            self.at = end;
            self.pending = units_of(self.text, start..end);
        }
    }
}

/// The end of the run of ASCII letters that starts at `at`.
fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::MAX / 255;
    // Eight bytes at a time: the top bit of each tells whether it lies between `a` and `z`.
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let small = u64::from_le_bytes(*eight) | (EACH * 0x20);
        let low = small & (EACH * 0x7f);
        let from_a = low + EACH * (0x80 - u64::from(b'a'));
        let beyond_z = low + EACH * (0x7f - u64::from(b'z'));
        let other = !(from_a & !beyond_z & !small) & (EACH * 0x80);
        if other != 0 {
            return at + other.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let letters = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic());
    at + letters.count()
}

/// Whether the word that these letters begin ends with them, and is no acronym.
fn ends_plainly(bytes: &[u8], start: usize, end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(b'.') => end > start + 1,
        Some(&b) => b < 0x80 && ASCII[usize::from(b)] == Class::Other,
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
    let class = if is_apostrophe(c) && !matches!(c, 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ') || is_unseen(c) {
        Class::Apostrophe
    } else if matches!(c, '\u{2010}'..='\u{2027}') {
        // Dashes, quotation marks and dots, the most frequent of what is no letter.
        Class::Other
    } else if is_letter_of_many(c)
        || c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(
            c,
            '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{55b}' | '\u{55c}' | '\u{55e}'
        )
    {
        Class::Letter
    } else {
        Class::Other
    };
    (class, c.len_utf8())
}

/// Characters without a width that programs leave in words where a line may be broken or may not.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The letters and marks of the Latin and Cyrillic scripts, which need no looking up.
fn is_letter_of_many(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{52f}') && !matches!(c, '×' | '÷' | '\u{482}')
}

/// The end of the run of letters that starts at `start`, and whether it is to be cut into units.
fn run_end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut units = false;
    while let Some(&b) = bytes.get(at) {
        if b < 0x80 && ASCII[usize::from(b)] == Class::Letter {
            at += 1;
            continue;
        }
        let (class, size) = class_at(text, at);
        match class {
            Class::Letter => {
                // Every script that is cut starts at U+0E00, three bytes from 0xE0 0xB8.
                units |= bytes[at] >= 0xe0 && first(&text[at..]).is_some_and(is_cut);
                at += size;
            }
            Class::Apostrophe
                if at + size < bytes.len() && class_at(text, at + size).0 == Class::Letter =>
            {
                at += size
            }
            Class::Other if is_hebrew_stroke(text, at) => at += size,
            _ => break,
        }
    }
    (at, units)
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// Whether what stands at `at` is the stroke of a Hebrew acronym: before its last letter (`צה"ל`),
/// unlike a quotation mark after a preposition (`ב"הארץ"`).
pub fn is_hebrew_stroke(text: &str, at: usize) -> bool {
    let hebrew = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}');
    let mut after = text[at..].chars();
    let stroke = after.next();
    if !matches!(stroke, Some('"' | '״' | '׳' | '”'))
        || !text[..at].chars().next_back().is_some_and(hebrew)
        || !after.next().is_some_and(hebrew)
    {
        return false;
    }
    stroke == Some('׳') || !after.next().is_some_and(|c| c.is_alphanumeric())
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

/// Whether a script is cut into units: Thai, Lao, Burmese, Khmer, kana, Chinese characters, Hangul.
fn is_cut(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Cuts a run of letters into units, last one first. What is of another script, and numbers, stay whole.
fn units_of(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut before: Option<char> = None;
    for (at, c) in text[run.clone()].char_indices() {
        let at = run.start + at;
        let whole = |c: char| !is_cut(c) || c.is_numeric();
        let joins = before.is_some_and(|before| {
            attaches(before, c, &text[at + c.len_utf8()..run.end]) || (whole(before) && whole(c))
        });
        match units.last_mut() {
            Some(last) if joins => last.end = at + c.len_utf8(),
            _ => units.push(at..at + c.len_utf8()),
        }
        before = Some(c);
    }
    units.retain(|unit| text[unit.clone()].chars().any(char::is_alphanumeric));
    units.reverse();
    units
}

/// Whether a character belongs to the unit of the one before it.
fn attaches(before: char, c: char, after: &str) -> bool {
    if is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ff9e}' | '\u{ff9f}') {
        return true;
    }
    match c {
        // Vowels that are written before, and those that are written after their consonant.
        '\u{e00}'..='\u{eff}' => {
            matches!(before, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}')
                || matches!(
                    c,
                    '\u{e30}'
                        | '\u{e32}'
                        | '\u{e33}'
                        | '\u{e45}'
                        | '\u{eb0}'
                        | '\u{eb2}'
                        | '\u{eb3}'
                )
        }
        // A consonant that is stacked, or has lost its vowel, closes the syllable.
        '\u{1000}'..='\u{1021}' | '\u{103f}' => {
            before == '\u{1039}'
                || after
                    .trim_start_matches('\u{1037}')
                    .starts_with(['\u{1039}', '\u{103a}'])
        }
        '\u{1780}'..='\u{17b3}' => before == '\u{17d2}',
        _ => false,
    }
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
    fn what_has_no_width_parts_no_word() {
        for text in [
            "cease\u{200b}fire",
            "cease\u{feff}fire",
            "пере\u{2060}мирие",
        ] {
            assert_eq!(list(text), [text]);
        }
        assert_eq!(
            list("and/\u{200b}or\u{200b} \u{200b}not\u{200b}."),
            ["and", "or", "not"]
        );
        // Where words are not parted by spaces, it parts them.
        assert_eq!(list("ទាហាន\u{200b}កម្ពុជា"), list("ទាហាន កម្ពុជា"));
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_what_is_written_as_one() {
        for (text, units) in [
            (
                "缅甸军方2021年",
                &["缅", "甸", "军", "方", "2021", "年"][..],
            ),
            ("မြန်မာစစ်တပ်က", &["မြန်", "မာ", "စစ်", "တပ်", "က"]),
            ("ปัตตานี", &["ปั", "ต", "ตา", "นี"]),
            ("កម្ពុជា", &["ក", "ម្ពុ", "ជា"]),
            ("ທະຫານ", &["ທະ", "ຫາ", "ນ"]),
            ("평양에서", &["평", "양", "에", "서"]),
            ("ガザ地区へ", &["ガ", "ザ", "地", "区", "へ"]),
        ] {
            assert_eq!(list(text), units);
        }
    }

    #[test]
    fn hebrew_strokes_are_no_quotation_marks() {
        assert_eq!(
            list("כוחות צה\"ל ב\"הארץ\""),
            ["כוחות", "צה\"ל", "ב", "הארץ"]
        );
    }

    #[test]
    fn marks_stay_inside_words() {
        assert_eq!(list("الحُدَيْدَة दिल्ली"), ["الحُدَيْدَة", "दिल्ली"]);
    }
}
