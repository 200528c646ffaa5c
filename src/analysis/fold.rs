//! Folding: the one function that decides when two spellings are the same word.
//!
//! Case, accents, apostrophes, vowel signs of Arabic and Hebrew and variants of letters fall away;
//! the letters that a stemmer needs (Cyrillic `й`, for one) stay. So does what is written to a word
//! with an apostrophe and is none of it: `Lavrov's`, `l'armée`, `İstanbul'da`. It knows no language,
//! because a query has none. It is used for the index, the query, the spans and the keys of the
//! gazetteer, and by the build script, so it depends on nothing of this crate.
//! Not for stems (`stem`) and not for cutting text into words (`words`).

use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Appends the folded form of `word` to `out`.
///
/// A word of marks and apostrophes only folds to nothing.
pub fn fold_into(word: &str, out: &mut String) {
    let from = out.len();
    let plain = |b: u8| b < 0x80 && b != b'\'' && b != b'.' && b != b'`';
    if word.bytes().all(plain) {
        return fold_plain_into(word, out);
    }
    for c in word[bare(word)].chars() {
        fold_char(c, from, out);
    }
}

/// The same for words that are nothing but ASCII letters ([`super::Words::is_plain`]), with blanks between them.
pub fn fold_plain_into(words: &str, out: &mut String) {
    let from = out.len();
    out.push_str(words);
    out[from..].make_ascii_lowercase();
}

/// Returns the folded form of `word`; see [`fold_into`].
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Reports whether `c` may stand inside a word as an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | 'ʹ' | '′' | '＇'
    )
}

/// Returns the part of a word that is the word, as a byte range: without an English possessive
/// (`Lavrov's`), a French or Italian article or preposition (`l'armée`, `dell'Unione`) and the endings
/// that Turkish sets off from names (`İstanbul'da`).
pub fn bare(word: &str) -> Range<usize> {
    let (mut start, mut end) = (0, word.len());
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return start..end;
    }
    let marks = || {
        word.char_indices()
            .filter(|(_, c)| is_apostrophe(*c))
            .map(|(at, c)| (at, at + c.len_utf8()))
    };
    let Some((at, after)) = marks().next_back() else {
        return 0..end;
    };
    let tail = &word[after..];
    let letters = word[..at].chars().filter(|c| c.is_alphanumeric()).count();
    if matches!(tail, "s" | "S") || (letters >= 3 && is_ending(tail)) {
        end = at;
    }
    if let Some((at, after)) = marks().next()
        && at < end
        && is_elided(&word[..at], &word[after..])
    {
        start = after;
    }
    start..end
}

/// What Turkish writes after a name and an apostrophe, folded: sorted. One letter is enough only
/// where no other language has it (`ı`, `ü`): `Sana'a` is a whole word.
const ENDINGS: &[&str] = &[
    "da", "daki", "dan", "de", "deki", "den", "in", "la", "lar", "le", "ler", "nda", "ndan", "nde",
    "nden", "nin", "nun", "ta", "taki", "tan", "te", "teki", "ten", "un", "ya", "ye", "yi", "yla",
    "yle", "yu",
];

fn is_ending(tail: &str) -> bool {
    if matches!(tail, "ı" | "ü" | "Ü") {
        return true;
    }
    let (mut folded, mut len) = ([0; 4], 0);
    for c in tail.chars() {
        let c = match c {
            'ı' | 'I' | 'İ' => 'i',
            'ü' | 'Ü' => 'u',
            c => c.to_ascii_lowercase(),
        };
        if len == folded.len() || !c.is_ascii_lowercase() {
            return false;
        }
        folded[len] = c as u8;
        len += 1;
    }
    ENDINGS
        .binary_search_by(|e| e.as_bytes().cmp(&folded[..len]))
        .is_ok()
}

/// What French, Italian and Catalan elide: sorted.
const ELIDED: &[&str] = &[
    "all", "c", "coll", "d", "dall", "dell", "j", "jusqu", "l", "lorsqu", "n", "nell", "puisqu",
    "qu", "quell", "quest", "quoiqu", "s", "sull", "un",
];

/// Whether an apostrophe stands for a vowel before the vowel that follows: `l'armée`, `d'Ivoire`, but
/// not `N'Djamena`.
fn is_elided(head: &str, rest: &str) -> bool {
    let vowel = rest.chars().next().is_some_and(|c| {
        let mut base = c;
        decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                base = part;
            }
        });
        matches!(
            base.to_ascii_lowercase(),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'œ' | 'Œ' | 'æ' | 'Æ'
        )
    });
    vowel
        && head.len() <= 6
        && ELIDED
            .binary_search_by(|e| e.bytes().cmp(head.bytes().map(|b| b.to_ascii_lowercase())))
            .is_ok()
}

/// Folds a character onto `out`, where the word began at `from`.
fn fold_char(c: char, from: usize, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '.' | '"' | '״' | '׳' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{640}' | '\u{feff}' => {}
        _ if is_apostrophe(c) => {}
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' | 'ɔ' | 'Ɔ' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɗ' | 'Ɗ' | 'ɖ' | 'Ɖ' => out.push('d'),
        'ɓ' | 'Ɓ' => out.push('b'),
        'ƙ' | 'Ƙ' => out.push('k'),
        'ƴ' | 'Ƴ' => out.push('y'),
        'þ' | 'Þ' => out.push_str("th"),
        'ł' | 'Ł' => out.push('l'),
        'ħ' | 'Ħ' => out.push('h'),
        'ŋ' | 'Ŋ' => out.push('n'),
        'ı' | 'İ' => out.push('i'),
        'ə' | 'Ə' | 'ǝ' | 'Ǝ' | 'ɛ' | 'Ɛ' => out.push('e'),
        'ς' => out.push('σ'),
        // Cyrillic keeps its letters whole: й and ї are letters to the stemmers, ё is not.
        'ё' | 'Ё' | 'ѐ' | 'Ѐ' => out.push('е'),
        'ґ' | 'Ґ' => out.push('г'),
        '\u{306}' | '\u{308}' if compose(c, from, out) => {}
        '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => out.extend(c.to_lowercase()),
        // The Armenian marks of question, call and stress stand inside the word.
        '\u{55a}'..='\u{55f}' => {}
        '\u{600}'..='\u{6ff}' => fold_arabic(c, out),
        '\u{1200}'..='\u{1357}' => out.push(fold_ethiopic(c)),
        _ if is_dropped_mark(c) => {}
        // Hindi writes and leaves out the dot of borrowed letters as it likes.
        '\u{958}'..='\u{95f}' => decompose_compatible(c, |part| {
            if part != '\u{93c}' {
                out.push(part);
            }
        }),
        '\u{93c}' => {}
        _ if c >= '߀' && digit(c).is_some() => out.extend(digit(c)),
        // Hangul and the scripts of South and South-East Asia keep their marks: they are letters.
        '\u{900}'..='\u{10ff}' | '\u{1780}'..='\u{17ff}' | '\u{ac00}'..='\u{d7a3}' => out.push(c),
        _ => decompose_compatible(c, |part| {
            for l in part.to_lowercase() {
                if l != c {
                    // What it is made of may be a letter that folds to another: `ℇ` is `Ɛ` is `e`.
                    fold_char(l, from, out);
                } else if l.is_alphanumeric() || is_combining_mark(l) {
                    out.push(l);
                }
            }
        }),
    }
}

/// Puts a letter and its mark together where the two are one letter: `й`, `ў`, `ї`.
fn compose(mark: char, from: usize, out: &mut String) -> bool {
    let letter = match (out[from..].chars().next_back(), mark) {
        (Some('и'), '\u{306}') => 'й',
        (Some('у'), '\u{306}') => 'ў',
        (Some('і'), '\u{308}') => 'ї',
        _ => return false,
    };
    out.pop();
    out.push(letter);
    true
}

/// Letters that one language, one keyboard or one hand writes for another.
fn fold_arabic(c: char, out: &mut String) {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ې' | 'ئ' | 'ۍ' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' | 'ۃ' | 'ۂ' => out.push('ه'),
        'ک' | 'ڪ' => out.push('ك'),
        'ګ' => out.push('گ'),
        '٠'..='٩' | '۰'..='۹' => out.extend(digit(c)),
        '\u{640}' => {}
        _ if is_dropped_mark(c) => {}
        _ if c.is_alphanumeric() => out.push(c),
        _ => {}
    }
}

/// Amharic writes one sound with several letters: ሐ and ኀ for ሀ, ሠ for ሰ, ዐ for አ, ፀ for ጸ.
fn fold_ethiopic(c: char) -> char {
    let series = |from: u32, to: u32| char::from_u32(c as u32 - from + to).unwrap_or(c);
    let c = match c {
        'ሐ'..='ሖ' => series(0x1210, 0x1200),
        'ኀ'..='ኆ' => series(0x1280, 0x1200),
        'ሠ'..='ሦ' => series(0x1220, 0x1230),
        'ዐ'..='ዖ' => series(0x12d0, 0x12a0),
        'ፀ'..='ፆ' => series(0x1340, 0x1338),
        c => c,
    };
    match c {
        'ሃ' => 'ሀ',
        'ኣ' => 'አ',
        c => c,
    }
}

/// The digit that `c` is in its script, in ours.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 14] = [
        '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '๐', '໐', '၀', '០',
    ];
    ZEROS
        .iter()
        .map(|&zero| (c as u32).wrapping_sub(zero as u32))
        .find(|&value| value < 10)
        .and_then(|value| char::from_digit(value, 10))
}

/// Accents, Hebrew points and Arabic vowel signs: marks that no reader misses.
fn is_dropped_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}
