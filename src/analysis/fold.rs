//! Folding: the one function that decides when two spellings are the same word.
//!
//! Case, accents, apostrophes, Arabic vowel signs and letter variants fall away; the letters that
//! a stemmer needs (Cyrillic `й`, for one) stay. It is used for the index, the query, the spans and
//! the keys of the gazetteer, and by the build script, so it depends on nothing of this crate.
//! Not for stems (`stem`) and not for cutting text into words (`words`).

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Appends the folded form of `word` to `out`.
///
/// A word of marks and apostrophes only folds to nothing.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let word = word
            .strip_suffix("'s")
            .or(word.strip_suffix("'S"))
            .unwrap_or(word);
        let from = out.len();
        out.push_str(word);
        if let Some(added) = out.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        let falls_away = |b| matches!(b, b'\'' | b'.' | b'`');
        if word.bytes().any(falls_away) {
            out.truncate(from);
            let kept = word.bytes().filter(|&b| !falls_away(b));
            out.extend(kept.map(|b| b.to_ascii_lowercase() as char));
        }
        return;
    }
    let word = strip_possessive(word);
    for c in word.chars() {
        fold_char(c, out);
    }
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

fn strip_possessive(word: &str) -> &str {
    let mut chars = word.char_indices().rev();
    if let (Some((_, 's' | 'S')), Some((at, '\'' | '’'))) = (chars.next(), chars.next()) {
        return &word[..at];
    }
    word
}

fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '.' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{640}' | '\u{feff}' => {}
        _ if is_apostrophe(c) => {}
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.push_str("th"),
        'ł' | 'Ł' => out.push('l'),
        'ħ' | 'Ħ' => out.push('h'),
        'ŋ' | 'Ŋ' => out.push('n'),
        'ı' | 'İ' => out.push('i'),
        'ə' | 'Ə' => out.push('e'),
        'ς' => out.push('σ'),
        // Cyrillic keeps its letters whole: й and ї are letters to the stemmers, ё is not.
        'ё' | 'Ё' | 'ѐ' | 'Ѐ' => out.push('е'),
        '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => out.extend(c.to_lowercase()),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ې' | 'ئ' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ة' | 'ۀ' | 'ە' => out.push('ه'),
        'ک' => out.push('ك'),
        'ۍ' => out.push('ي'),
        '٠'..='٩' => out.push(digit(c, '٠')),
        '۰'..='۹' => out.push(digit(c, '۰')),
        _ if is_dropped_mark(c) => {}
        // Hangul and the scripts of South and South-East Asia keep their marks: they are letters.
        '\u{900}'..='\u{10ff}' | '\u{1780}'..='\u{17ff}' | '\u{ac00}'..='\u{d7a3}' => out.push(c),
        _ => decompose_compatible(c, |part| {
            for l in part.to_lowercase().filter(|&l| !is_dropped_mark(l)) {
                if l.is_alphanumeric() || is_combining_mark(l) {
                    out.push(l);
                }
            }
        }),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

/// Accents, Hebrew points and Arabic vowel signs: marks that no reader misses.
fn is_dropped_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}
