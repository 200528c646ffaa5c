//! Sound: a key under which the spellings of one name meet, whoever transliterated it.
//!
//! Gaddafi, Qaddafi and Kadhafi, Rouhani and Ruhani, Aliyev, Əliyev and Алиев are one name each.
//! Cyrillic is written in Latin letters, digraphs become one sound, sounds that languages write
//! alike become one class, vowels keep only their colour. A letter that stands for either of two
//! sounds gives two keys, and names meet if they share one. Not for words, which have no such
//! freedom, and not for Arabic script, which does not write the vowels: alias tables do that.

use super::fold::fold_into;

/// Keys of one name at most.
const KEYS: usize = 32;

/// Words that a name has or lacks as the writer likes.
const ARTICLES: &[&str] = &[
    "ad", "al", "an", "ar", "as", "ash", "at", "az", "ed", "el", "er", "es", "esh", "ez", "ul",
];

/// Returns the keys of every word of a name, articles left out; nothing for a name of other scripts.
pub fn sounds(name: &str) -> Vec<Vec<String>> {
    let latin = romanized(name);
    let words = latin.split(|c: char| !c.is_ascii_alphabetic());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    let kept = words
        .iter()
        .filter(|w| words.len() == 1 || !ARTICLES.contains(w));
    kept.map(|w| keys(w)).filter(|k| !k.is_empty()).collect()
}

/// Reports whether two names sound alike, word by word.
///
/// ```
/// use belli::analysis::{alike, sounds};
/// assert!(alike(&sounds("Muammar al-Gaddafi"), &sounds("Moammar Qadhafi")));
/// assert!(!alike(&sounds("Hassan"), &sounds("Hussein")));
/// ```
pub fn alike(a: &[Vec<String>], b: &[Vec<String>]) -> bool {
    let meet = |(a, b): (&Vec<String>, &Vec<String>)| a.iter().any(|k| b.contains(k));
    !a.is_empty() && a.len() == b.len() && a.iter().zip(b).all(meet)
}

/// A name in small letters without marks, Cyrillic letters as English writes them.
fn romanized(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut rest = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match letters(c) {
            Some(latin) => {
                flush(&mut rest, &mut out);
                out.push_str(latin);
            }
            None if matches!(c, '\'' | '’' | '‘' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '\u{301}') => {}
            None => rest.push(c),
        }
    }
    flush(&mut rest, &mut out);
    out
}

fn flush(rest: &mut String, out: &mut String) {
    if !rest.is_empty() {
        fold_into(rest, out);
        rest.clear();
    }
}

/// Letters whose marks or script say a sound that folding would lose.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        ' ' => " ",
        '-' | '‐' | '‑' => " ",
        'ə' | 'ä' => "a",
        'ş' | 'š' | 'ș' | 'ś' => "sh",
        'ç' | 'č' | 'ć' => "ch",
        'ž' | 'ź' | 'ż' => "zh",
        'đ' => "dj",
        'ğ' => "g",
        'ı' => "i",
        'ł' => "l",
        'ø' | 'ö' => "o",
        'ü' => "u",
        'ñ' | 'ň' | 'ń' => "n",
        'x' => "kh",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'ы' | 'і' | 'ї' => "i",
        'ј' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'љ' => "li",
        'м' => "m",
        'н' | 'ң' => "n",
        'њ' => "ni",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'џ' | 'ђ' | 'ҹ' => "dj",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ь' | 'ъ' => "",
        _ => return None,
    })
}

/// Ends of names that languages write in their own ways.
const ENDS: &[(&str, &str)] = &[
    ("ovitch", "ovich"),
    ("evitch", "evich"),
    ("ic", "ich"),
    ("enka", "enko"),
    ("off", "ov"),
    ("eff", "ev"),
    ("ow", "ov"),
    ("ew", "ev"),
    ("oullah", "allah"),
    ("ullah", "allah"),
    ("ollah", "allah"),
    ("ulla", "allah"),
    ("olla", "allah"),
    ("alla", "allah"),
];

/// Beginnings likewise: `Abdel`, `Abdul` and `Abdol` are one.
const HEADS: &[(&str, &str)] = &[
    ("abdel", "abdal"),
    ("abdul", "abdal"),
    ("abdoul", "abdal"),
    ("abdol", "abdal"),
];

/// What letters stand for, the longest first; two sounds where they stand for either.
///
/// Capitals are classes: A a and e, I i, U o and u, S and Z the hissing ones, C and J the affricates, H the
/// breathed ones, K the ones of the throat and palate.
const LETTERS: &[(&str, &str, &str)] = &[
    ("shch", "SC", "SC"),
    ("tsch", "C", "C"),
    ("sch", "S", "S"),
    ("tch", "C", "C"),
    ("dzh", "J", "J"),
    ("dsch", "J", "J"),
    ("dj", "J", "J"),
    ("dh", "D", "D"),
    ("dd", "D", "D"),
    ("th", "T", "T"),
    ("ts", "TS", "TS"),
    ("tz", "TS", "TS"),
    ("kh", "H", "K"),
    ("gh", "K", "K"),
    ("ph", "F", "F"),
    ("sh", "S", "S"),
    ("zh", "Z", "Z"),
    ("sz", "S", "S"),
    ("cz", "C", "C"),
    ("ch", "C", "S"),
    ("ck", "K", "K"),
    ("qu", "K", "KU"),
    ("ou", "U", "U"),
    ("oo", "U", "U"),
    ("ee", "I", "I"),
    ("a", "A", "A"),
    ("b", "B", "B"),
    ("c", "K", "J"),
    ("d", "D", "D"),
    ("e", "A", "I"),
    ("f", "F", "F"),
    ("g", "K", "K"),
    ("h", "H", "H"),
    ("i", "I", "I"),
    ("j", "J", "I"),
    ("k", "K", "K"),
    ("l", "L", "L"),
    ("m", "M", "M"),
    ("n", "N", "N"),
    ("o", "U", "U"),
    ("p", "P", "P"),
    ("q", "K", "K"),
    ("r", "R", "R"),
    ("s", "S", "S"),
    ("t", "T", "T"),
    ("u", "U", "U"),
    ("v", "V", "V"),
    ("w", "V", "V"),
    ("y", "I", "I"),
    ("z", "Z", "Z"),
];

/// The keys of one word of small letters a–z.
fn keys(word: &str) -> Vec<String> {
    let mut word = word.to_owned();
    if let Some((end, other)) = ENDS
        .iter()
        .find(|e| word.len() > e.0.len() + 2 && word.ends_with(e.0))
    {
        word.truncate(word.len() - end.len());
        word.push_str(other);
    }
    if let Some((head, other)) = HEADS.iter().find(|h| word.starts_with(h.0)) {
        word = format!("{other}{}", &word[head.len()..]);
    }
    // A breath at the end is heard by some only.
    let breath = ["ah", "eh", "ih", "oh", "uh"];
    if word.len() > 3 && breath.iter().any(|b| word.ends_with(b)) {
        word.pop();
    }
    let mut keys = vec![String::new()];
    let mut rest = word.as_str();
    while let Some(&(written, one, mut other)) = LETTERS.iter().find(|l| rest.starts_with(l.0)) {
        // German writes the voiced sound at the head of a name so.
        if rest.len() == word.len() && written == "s" {
            other = "Z";
        }
        rest = &rest[written.len()..];
        let open = one != other && keys.len() * 2 <= KEYS;
        let others: Vec<String> = keys
            .iter()
            .filter(|_| open)
            .map(|k| said(k, other))
            .collect();
        keys.iter_mut().for_each(|k| *k = said(k, one));
        keys.extend(others);
    }
    if !rest.is_empty() {
        return Vec::new();
    }
    keys.sort();
    keys.dedup();
    keys.retain(|k| !k.is_empty());
    keys
}

/// A key with further sounds: doubled ones count once, and of a run of vowels the first.
fn said(key: &str, sounds: &str) -> String {
    let mut key = key.to_owned();
    let vowel = |c: char| matches!(c, 'A' | 'I' | 'U');
    for sound in sounds.chars() {
        match key.chars().last() {
            Some(last) if last == sound || vowel(last) && vowel(sound) => {}
            _ => key.push(sound),
        }
    }
    key
}
