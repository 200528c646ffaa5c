//! Looking ahead over tokens: is there a day number here, a month, a comma, the word "of"?
//!
//! Every question looks at a bounded number of tokens, which keeps the whole room linear. The
//! answers are positions; what they add up to is for the rules.

use jiff::civil::Weekday;

use super::scan::{Case, Gap, Kind, Token};
use super::words::{Form, Unit, Word};

/// A text and its tokens.
pub(super) struct Cursor<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Whether the article speaks of persons named May, April, June or August.
    pub month_is_name: bool,
    /// The numbers of the resolutions that the article speaks of, in order.
    pub numbered: Vec<u32>,
}

impl Cursor<'_> {
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The token before a position.
    pub fn before(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at.checked_sub(1)?)
    }

    pub fn gap(&self, at: usize) -> Gap {
        self.token(at).map_or(Gap::Blank, |token| token.gap)
    }

    /// The word at a position, `Other` for everything else.
    pub fn word(&self, at: usize) -> Word {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(word, _)) => word,
            _ => Word::Other,
        }
    }

    /// The word before a position, in the same paragraph.
    pub fn word_before(&self, at: usize) -> Word {
        match at.checked_sub(1) {
            Some(before) if self.gap(at) != Gap::Blank => self.word(before),
            _ => Word::Other,
        }
    }

    pub fn case(&self, at: usize) -> Option<Case> {
        match self.token(at)?.kind {
            Kind::Word(_, case) => Some(case),
            _ => None,
        }
    }

    /// Whether this word stands here, in the same paragraph as what precedes it.
    pub fn is(&self, at: usize, word: Word) -> bool {
        self.gap(at) != Gap::Blank && self.word(at) == word
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.gap(at) != Gap::Blank
            && self
                .token(at)
                .is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// Whether "and" stands here, in any language that writes its days with it.
    pub fn is_and(&self, at: usize) -> bool {
        self.is(at, Word::And)
            || self.gap(at) <= Gap::Line
                && matches!(
                    self.text_of(at),
                    "y" | "e" | "et" | "und" | "и" | "і" | "та" | "و"
                )
    }

    /// The mark at a position that touches the token before it.
    pub fn glued_mark(&self, at: usize, mark: char) -> bool {
        self.gap(at) == Gap::None && self.is_mark(at, mark)
    }

    /// Past the word if it stands here.
    pub fn skip(&self, at: usize, word: Word) -> usize {
        if self.is(at, word) { at + 1 } else { at }
    }

    pub fn skip_mark(&self, at: usize, mark: char) -> usize {
        if self.is_mark(at, mark) { at + 1 } else { at }
    }

    /// The text of a token.
    pub fn text_of(&self, at: usize) -> &str {
        self.token(at)
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// A plain number: not a piece of 1,500 or 3.5 or 2020.10.10.
    pub fn number(&self, at: usize) -> Option<(u32, u8)> {
        let Kind::Number(value, digits) = self.token(at)?.kind else {
            return None;
        };
        let touches = |mark: usize, other: usize, later: usize| {
            self.gap(later) == Gap::None
                && matches!(
                    self.token(mark).map(|token| token.kind),
                    Some(Kind::Mark('.' | ','))
                )
                && self.gap(mark.max(later)) == Gap::None
                && matches!(
                    self.token(other).map(|token| token.kind),
                    Some(Kind::Number(..))
                )
        };
        let part_of_larger = (touches(at + 1, at + 2, at + 2) && self.gap(at + 1) == Gap::None)
            || (at >= 2 && touches(at - 1, at - 2, at) && self.gap(at - 1) == Gap::None);
        (!part_of_larger).then_some((value, digits))
    }

    /// A day of the month and the position behind it: 3, 03, 3rd, "third".
    pub fn day(&self, at: usize) -> Option<(i8, usize)> {
        if let Word::Ordinal(day) = self.word(at) {
            return Some((i8::try_from(day).ok()?, at + 1));
        }
        let (value, digits) = self.number(at)?;
        let day = i8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day) && digits <= 2)?;
        let next = at + 1;
        if self.gap(next) == Gap::None {
            match self.token(next).map(|token| token.kind) {
                Some(Kind::Word(Word::Suffix, _)) => return Some((day, next + 1)),
                // "10º", "1er" of French and Spanish.
                Some(Kind::Mark('º' | 'ª' | '°')) => return Some((day, next + 1)),
                Some(Kind::Word(Word::Other, _)) if self.text_of(next) == "er" => {
                    return Some((day, next + 1));
                }
                Some(Kind::Mark('%')) => return None,
                // "3pm", "10km"
                Some(Kind::Word(Word::AmPm, _)) => return None,
                _ => {}
            }
        }
        // "3: 30" is a time.
        if self.is_mark(next, ':') && self.number(next + 1).is_some_and(|(_, digits)| digits == 2) {
            return None;
        }
        Some((day, next))
    }

    /// An ordinal and the position behind it: "second", "2nd".
    pub fn ordinal(&self, at: usize) -> Option<(i8, usize)> {
        if let Word::Ordinal(ordinal) = self.word(at) {
            return Some((i8::try_from(ordinal).ok()?, at + 1));
        }
        let (value, 1 | 2) = self.number(at)? else {
            return None;
        };
        let suffix = self.gap(at + 1) == Gap::None && self.word(at + 1) == Word::Suffix;
        suffix.then_some((i8::try_from(value).ok()?, at + 2))
    }

    /// A day written in digits.
    pub fn digit_day(&self, at: usize) -> Option<(i8, usize)> {
        self.number(at)?;
        self.day(at)
    }

    /// A year of four digits.
    pub fn year(&self, at: usize) -> Option<i16> {
        let (value, digits) = self.number(at)?;
        let year = i16::try_from(value)
            .ok()
            .filter(|year| (1000..=2150).contains(year) && digits == 4)?;
        // "1980s" is a decade, "2010km" a length; "2011AD" and "2011T08" are years.
        let glued = self.gap(at + 1) == Gap::None
            && matches!(
                self.token(at + 1).map(|token| token.kind),
                Some(Kind::Word(..))
            );
        (!glued || matches!(self.word(at + 1), Word::T | Word::Ad | Word::Q | Word::W))
            .then_some(year)
    }

    /// A month name, its form, and the position behind its point.
    pub fn month(&self, at: usize) -> Option<(i8, Form, usize)> {
        match self.word(at) {
            Word::Month(month, form) => {
                let short = form == Form::Short
                    || (form == Form::Foreign && self.text_of(at).len() <= 8)
                    || form == Form::Full;
                let point = short && self.glued_mark(at + 1, '.') && self.abbreviated(at);
                Some((month, form, at + 1 + usize::from(point)))
            }
            Word::MonthHead(month) => match self.text_of(at + 1) {
                "الأول" | "الاول" => Some((month, Form::Foreign, at + 2)),
                "الثاني" | "الثانى" if month == 10 => Some((11, Form::Foreign, at + 2)),
                "الثاني" | "الثانى" => Some((1, Form::Foreign, at + 2)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a point behind a month belongs to it: always after a short name, after a full one
    /// only where a number follows ("May. 3").
    fn abbreviated(&self, at: usize) -> bool {
        !matches!(self.word(at), Word::Month(_, Form::Full))
            || matches!(self.token(at + 2).map(|t| t.kind), Some(Kind::Number(..)))
    }

    /// A weekday, its form, and the position behind its point.
    pub fn weekday(&self, at: usize) -> Option<(Weekday, Form, usize)> {
        let Word::Weekday(day, form) = self.word(at) else {
            return None;
        };
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let mut next = at + 1;
        if form == Form::Short && self.glued_mark(next, '.') {
            next += 1;
        }
        // segunda-feira
        if form == Form::Foreign && self.glued_mark(next, '-') && self.text_of(next + 1) == "feira"
        {
            next += 2;
        }
        Some((weekday, form, next))
    }

    /// A unit in the singular.
    pub fn unit(&self, at: usize) -> Option<Unit> {
        match self.word(at) {
            Word::Unit(unit, false) if self.gap(at) != Gap::Blank => Some(unit),
            _ => None,
        }
    }

    /// Whether the token begins with a capital.
    pub fn capital(&self, at: usize) -> bool {
        matches!(self.case(at), Some(Case::Capital | Case::Upper))
    }

    /// Whether an unknown word with a capital stands before on the same line: part of a name.
    pub fn capital_other_before(&self, at: usize) -> bool {
        self.gap(at) <= Gap::Space
            && matches!(
                self.before(at).map(|token| token.kind),
                Some(Kind::Word(Word::Other, _))
            )
            && self.last_word_before(at).starts_with(char::is_uppercase)
    }

    /// Whether something that ends an expression stands here: punctuation, a break, or the end.
    pub fn closes(&self, at: usize) -> bool {
        self.gap(at) >= Gap::Line
            || self
                .token(at)
                .is_none_or(|token| matches!(token.kind, Kind::Mark(_)))
    }

    /// The last single word of an unknown run before a position.
    pub fn last_word_before(&self, at: usize) -> &str {
        self.words_before(at).next().unwrap_or_default()
    }

    /// The words of an unknown run before a position, the last first.
    pub fn words_before(&self, at: usize) -> impl Iterator<Item = &str> {
        let before = at.checked_sub(1).filter(|before| {
            let word = matches!(self.token(*before).map(|t| t.kind), Some(Kind::Word(..)));
            self.gap(at) != Gap::Blank && word
        });
        let run = before.map_or("", |before| self.text_of(before));
        run.rsplit(|c: char| !c.is_alphanumeric())
    }

    /// The first single word of a token.
    pub fn first_word(&self, at: usize) -> &str {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(..)) => self
                .text_of(at)
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default(),
            _ => "",
        }
    }
}
