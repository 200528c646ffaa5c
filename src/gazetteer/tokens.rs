//! Tokens: a text's words, folded into one buffer, with their case and what stands between them.
//!
//! Made once for a text and read by every extractor, so that a text is cut and folded once. Not for
//! sentences and passages, which are made of the text itself.

use super::{Candidate, Gazetteer, Key, Kind};
use crate::analysis::{bare, fold_into, fold_plain_into, words};
use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital, and is not all capitals.
    Title,
    /// All capitals, two letters or more.
    Upper,
    /// Letters of a script without case.
    Caseless,
    /// Begins with a digit.
    Digit,
}

/// What stands between a word and the one before it, as flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Gap(pub u16);

impl Gap {
    /// White space.
    pub const SPACE: u16 = 1;
    /// One line break.
    pub const NEWLINE: u16 = 2;
    /// A blank line, or the text's beginning.
    pub const PARAGRAPH: u16 = 4;
    /// A hyphen or dash without spaces around it.
    pub const HYPHEN: u16 = 8;
    /// A comma.
    pub const COMMA: u16 = 16;
    /// A full stop or another terminator.
    pub const STOP: u16 = 32;
    /// A quotation mark.
    pub const QUOTE: u16 = 64;
    /// An opening bracket.
    pub const OPEN: u16 = 128;
    /// A closing bracket.
    pub const CLOSE: u16 = 256;
    /// A slash.
    pub const SLASH: u16 = 512;
    /// A dash between spaces, or two hyphens.
    pub const DASH: u16 = 1024;
    /// An ampersand.
    pub const AND: u16 = 2048;
    /// A colon or semicolon.
    pub const COLON: u16 = 4096;
    /// Anything else.
    pub const OTHER: u16 = 8192;

    /// Reports whether any of `flags` is set.
    pub fn has(self, flags: u16) -> bool {
        self.0 & flags != 0
    }

    /// Reports whether a name may run on over this gap.
    pub fn joins(self) -> bool {
        self.0 & !(Gap::SPACE | Gap::NEWLINE | Gap::HYPHEN | Gap::AND) == 0
    }

    fn of(between: &str) -> Self {
        let mut flags = 0;
        for c in between.chars() {
            flags |= match c {
                '\n' if flags & Gap::NEWLINE != 0 => Gap::PARAGRAPH,
                '\n' => Gap::NEWLINE,
                '-' | '‐' | '‑' | '–' if flags & Gap::HYPHEN == 0 => Gap::HYPHEN,
                '—' | '―' | '-' | '–' => Gap::DASH,
                ',' | '،' | '、' | '，' => Gap::COMMA,
                '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '。' | '！' | '？' | '။' => {
                    Gap::STOP
                }
                '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '`' => {
                    Gap::QUOTE
                }
                '(' | '[' | '（' => Gap::OPEN,
                ')' | ']' | '）' => Gap::CLOSE,
                '/' => Gap::SLASH,
                '&' => Gap::AND,
                ':' | ';' | '؛' | '：' => Gap::COLON,
                c if c.is_whitespace() => Gap::SPACE,
                _ => Gap::OTHER,
            };
        }
        // A hyphen that has a space beside it is a dash.
        if flags & Gap::HYPHEN != 0 && flags & (Gap::SPACE | Gap::NEWLINE) != 0 {
            flags = flags & !Gap::HYPHEN | Gap::DASH;
        }
        Gap(flags)
    }
}

/// One word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the word in the text; what is written to it with an apostrophe (`'s`, `l'`) is left out.
    pub end: u32,
    /// Where the folded form lies in the buffer.
    pub folded: (u32, u32),
    /// How it is written.
    pub shape: Shape,
    /// Whether it is nothing but ASCII letters, with none of another script beside them.
    pub plain: bool,
    /// Whether `'s` follows.
    pub possessive: bool,
    /// What stands before it.
    pub gap: Gap,
}

/// The words of a text.
#[derive(Default, Debug)]
pub struct Tokens {
    folded: String,
    list: Vec<Token>,
}

impl Tokens {
    /// Cuts and folds `text`.
    pub fn new(text: &str) -> Self {
        let mut tokens = Tokens::default();
        tokens.fill(text);
        tokens
    }

    /// Replaces the tokens by those of `text`, keeping the buffers.
    pub fn fill(&mut self, text: &str) {
        self.folded.clear();
        self.list.clear();
        self.folded.reserve(text.len() + 16);
        self.list.reserve(text.len() / 6 + 8);
        // Plain words with a blank between them are folded together.
        let mut run = 0..0;
        let mut last = 0;
        let mut words = words(text);
        while let Some(word) = words.next() {
            let written = &text[word.clone()];
            let gap = if last == 0 {
                Gap(Gap::PARAGRAPH | Gap::of(&text[..word.start]).0)
            } else {
                gap(text, last..word.start)
            };
            let plain = words.is_plain();
            let goes_on = plain && last > 0 && run.end == last && &text[last..word.start] == " ";
            if !goes_on {
                fold_plain_into(&text[run.clone()], &mut self.folded);
                if !self.list.is_empty() && last != word.start {
                    self.folded.push(' ');
                }
                run = word.start..word.start;
            }
            let (from, bare, shape, possessive) = if plain {
                let from = self.folded.len() + word.start - run.start;
                run.end = word.end;
                (from, 0..written.len(), shape_of_letters(written), false)
            } else {
                let from = self.folded.len();
                fold_into(written, &mut self.folded);
                run = 0..0;
                let bare = bare(written);
                (
                    from,
                    bare.clone(),
                    shape(&written[bare]),
                    possessive_of(written),
                )
            };
            let to = match plain {
                true => from + written.len(),
                false => self.folded.len(),
            };
            self.list.push(Token {
                start: (word.start + bare.start) as u32,
                end: (word.start + bare.end) as u32,
                folded: (from as u32, to as u32),
                shape,
                plain,
                possessive,
                gap,
            });
            last = word.end;
        }
        fold_plain_into(&text[run], &mut self.folded);
    }

    /// Mends the word at `i`, whose key is given, if its apostrophe was lost: `Syrias army` is
    /// `Syria's army`. Reports whether it was.
    pub fn mend(&mut self, text: &str, i: usize, key: Option<Key>, gazetteer: &Gazetteer) -> bool {
        let Some(shape) = self.lost_apostrophe(text, i, key, gazetteer) else {
            return false;
        };
        let token = &mut self.list[i];
        token.end -= 1;
        token.folded.1 -= 1;
        token.possessive = true;
        token.plain = false;
        token.shape = shape;
        true
    }

    /// Gives words other folded forms: the words by their numbers, in order.
    pub fn respell(&mut self, forms: &[(usize, String)]) {
        let mut forms = forms.iter().peekable();
        let mut spelled = String::with_capacity(self.folded.len());
        let mut last = 0;
        for (i, token) in self.list.iter_mut().enumerate() {
            let (from, to) = (token.folded.0 as usize, token.folded.1 as usize);
            spelled.push_str(&self.folded[last..from]);
            let start = spelled.len();
            match forms.next_if(|f| f.0 == i) {
                Some((_, form)) => spelled.push_str(form),
                None => spelled.push_str(&self.folded[from..to]),
            }
            token.folded = (start as u32, spelled.len() as u32);
            last = to;
        }
        self.folded = spelled;
    }

    /// If the word at `i` is no known name but is one without its `s`, how that is written.
    fn lost_apostrophe(
        &self,
        text: &str,
        i: usize,
        key: Option<Key>,
        gazetteer: &Gazetteer,
    ) -> Option<Shape> {
        let token = self.list.get(i).filter(|t| t.shape == Shape::Title)?;
        let folded = self.folded(i);
        let name = folded.strip_suffix('s').filter(|n| n.len() > 3)?;
        // `the Clintons` and `both Koreas` are plurals, `Cartagena de Indias` is one name.
        let before = i.checked_sub(1).map_or("", |b| self.folded(b));
        let plural = matches!(
            before,
            "the" | "both" | "two" | "these" | "all" | "many" | "three"
        ) || matches!(before, "de" | "del" | "la" | "las" | "los" | "el" | "y");
        if token.possessive || plural || name.ends_with('s') {
            return None;
        }
        // A hamlet of that name is no reason against it.
        let known = key.is_some_and(|k| {
            k.common() > 0
                || [Key::ACTOR, Key::MAJOR, Key::GIVEN, Key::SURNAME]
                    .iter()
                    .any(|&f| k.has(f))
        });
        if known {
            return None;
        }
        // `SANAs correspondent`
        let written = text.get(token.start as usize..token.end as usize - 1)?;
        let upper = !written.chars().any(char::is_lowercase);
        let mut bearers = gazetteer.names(name).iter();
        let named = bearers.any(|c| match gazetteer.row(c.row()).kind() {
            Kind::Country => c.has(Candidate::MAIN),
            Kind::State => !c.has(Candidate::ADJECTIVE) && !c.has(Candidate::PEOPLE),
            Kind::Person => !c.has(Candidate::WEAK),
            Kind::Group | Kind::Organisation => upper && !c.has(Candidate::WEAK),
            _ => false,
        });
        named.then_some(if upper { Shape::Upper } else { Shape::Title })
    }

    /// Returns how many words there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Reports whether the text has no words.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the word at `i`.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// Returns all words.
    pub fn list(&self) -> &[Token] {
        &self.list
    }

    /// Returns the folded form of the word at `i`, or nothing past the end.
    pub fn folded(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |t| {
            &self.folded[t.folded.0 as usize..t.folded.1 as usize]
        })
    }

    /// Returns the folded words of a range with the spaces between them: a key.
    pub fn key(&self, range: Range<usize>) -> &str {
        match (
            self.list.get(range.start),
            range.end.checked_sub(1).and_then(|e| self.list.get(e)),
        ) {
            (Some(a), Some(b)) if a.folded.0 <= b.folded.1 => {
                &self.folded[a.folded.0 as usize..b.folded.1 as usize]
            }
            _ => "",
        }
    }

    /// Returns the bytes of the text that a range of words covers.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        match (
            self.list.get(range.start),
            range.end.checked_sub(1).and_then(|e| self.list.get(e)),
        ) {
            (Some(a), Some(b)) => a.start as usize..b.end as usize,
            _ => 0..0,
        }
    }

    /// Returns the folded form of the word at `i` with all that is behind it, and how long it is.
    pub(crate) fn folded_and_on(&self, i: usize) -> (&str, usize) {
        self.list.get(i).map_or(("", 0), |t| {
            let (from, to) = (t.folded.0 as usize, t.folded.1 as usize);
            (&self.folded[from..], to - from)
        })
    }

    pub(super) fn buffer(&self) -> &[u8] {
        self.folded.as_bytes()
    }

    /// Reports whether a name may run on from the word before `i` to the word at `i`.
    pub fn joins(&self, i: usize) -> bool {
        let Some(token) = self.list.get(i) else {
            return false;
        };
        if token.gap.joins() {
            return i > 0;
        }
        // `St. Louis`, `Ft. Worth`: the stop is the abbreviation's.
        let abbreviated = || {
            matches!(
                self.folded(i - 1),
                "st" | "ste"
                    | "ft"
                    | "mt"
                    | "pt"
                    | "us"
                    | "dr"
                    | "n"
                    | "s"
                    | "e"
                    | "w"
                    | "so"
                    | "no"
            )
        };
        i > 0 && token.gap.0 == Gap::STOP | Gap::SPACE && abbreviated()
    }
}

fn gap(text: &str, between: Range<usize>) -> Gap {
    // Nearly all gaps are one space.
    match &text.as_bytes()[between.clone()] {
        b" " => Gap(Gap::SPACE),
        b", " => Gap(Gap::COMMA | Gap::SPACE),
        b"-" => Gap(Gap::HYPHEN),
        b"" => Gap(0),
        _ => Gap::of(&text[between]),
    }
}

fn possessive_of(written: &str) -> bool {
    matches!(
        written.as_bytes(),
        [.., b'\'', b's' | b'S'] | [.., 0xe2, 0x80, 0x99, b's' | b'S']
    )
}

fn elided(written: &str) -> bool {
    // Most words have no apostrophe so near to their beginning.
    let near = written.as_bytes().get(1..3).unwrap_or(&[]);
    if !near.iter().any(|&b| b == b'\'' || b >= 0x80) {
        return false;
    }
    let name = written
        .split_once(['\'', '’'])
        .filter(|p| p.0.len() <= 2)
        .map(|p| p.1);
    name.is_some_and(|n| n.starts_with(char::is_uppercase))
}

/// The shape of a word of ASCII letters.
fn shape_of_letters(written: &str) -> Shape {
    match written.as_bytes() {
        [b'a'..=b'z', ..] => Shape::Lower,
        [_, rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_uppercase) => {
            Shape::Upper
        }
        _ => Shape::Title,
    }
}

fn shape(written: &str) -> Shape {
    let bytes = written.as_bytes();
    match bytes.first() {
        // `d'Ivoire`, `l'Aquila`: the article's small letter is not the name's.
        Some(b'a'..=b'z') if elided(written) => Shape::Title,
        Some(b'a'..=b'z') => Shape::Lower,
        Some(b'0'..=b'9') => Shape::Digit,
        Some(b'A'..=b'Z') if bytes.len() > 1 && !written.chars().any(char::is_lowercase) => {
            Shape::Upper
        }
        Some(b'A'..=b'Z') => Shape::Title,
        _ => match written.chars().next() {
            Some(c) if c.is_lowercase() => Shape::Lower,
            Some(c)
                if c.is_uppercase()
                    && written.chars().count() > 1
                    && !written.chars().any(char::is_lowercase) =>
            {
                Shape::Upper
            }
            Some(c) if c.is_uppercase() => Shape::Title,
            Some(c) if c.is_numeric() => Shape::Digit,
            _ => Shape::Caseless,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_know_case_gap_and_possessive() {
        let t = Tokens::new("In St. Louis, Syria's army – U.S. forces\n\nВсе");
        let shapes: Vec<Shape> = t.list().iter().map(|t| t.shape).collect();
        use Shape::{Lower, Title, Upper};
        assert_eq!(
            shapes,
            [Title, Title, Title, Title, Lower, Upper, Lower, Title]
        );
        assert_eq!(t.key(1..3), "st louis");
        assert!(t.joins(2) && !t.joins(3) && t.list()[3].possessive);
        assert_eq!(t.bytes(3..4), 14..19);
        assert!(t.list()[5].gap.has(Gap::DASH) && t.list()[7].gap.has(Gap::PARAGRAPH));
    }
}
