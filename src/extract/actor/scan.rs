//! Scan: everything the rules need to know about a text's words, looked up once.
//!
//! For every word its class, for every word that may begin a name what the gazetteer has under it,
//! and where sentences begin and capitals say something. No rule lives here.

use super::lexicon::{self as l, Lexicon, Role, Title, Word};
pub(super) use crate::extract::reading::Case;
use crate::extract::reading::Reading;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Candidate, Candidates, Entry, Gazetteer, Key, Kind, Token, Tokens};
use std::ops::Range;

/// What the gazetteer has under the names that begin at a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hits {
    /// The longest name of an actor that is no state, as words and key.
    pub actor: Option<(usize, Key)>,
    /// The longest name of a state, as words, row and flags.
    pub state: Option<(usize, u32, u32)>,
    /// The longest name of a place of some size.
    pub place: Option<(usize, Key)>,
    /// The key of the word alone.
    pub word: Option<Key>,
}

/// A text's words and what is known of them.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub tokens: &'a Tokens,
    pub gazetteer: &'a Gazetteer,
    pub lexicon: &'static Lexicon,
    pub case: Case,
    reading: &'a Reading<'a>,
    words: Vec<Word>,
    marks: Vec<u8>,
    hits: Vec<Hits>,
    hit_at: Vec<u32>,
}

/// The word begins a sentence.
const OPENS: u8 = 1;
/// The word stands in a sentence whose capitals say nothing: a headline.
const HEADLINE: u8 = 2;
/// The word may begin or continue a name by its writing.
const CAPITAL: u8 = 4;
/// The word follows a quotation mark, a colon or a dash: its capital may be a sentence's.
const QUOTED: u8 = 8;

impl<'a> Scan<'a> {
    pub fn new(reading: &'a Reading<'a>) -> Self {
        let tokens = &reading.tokens;
        let lexicon = Lexicon::get();
        let words: Vec<Word> = (0..tokens.len())
            .map(|i| class(reading, lexicon, i))
            .collect();
        let mut scan = Scan {
            text: reading.text,
            tokens,
            gazetteer: reading.gazetteer,
            lexicon,
            case: reading.case,
            reading,
            marks: vec![0; words.len()],
            hit_at: vec![0; words.len()],
            words,
            hits: Vec::with_capacity(tokens.len() / 5),
        };
        scan.mark();
        for i in 0..scan.len() {
            if scan.may_begin(i) {
                scan.look_up(i);
            }
        }
        scan
    }

    fn mark(&mut self) {
        let mut start = 0;
        for i in 0..self.len() {
            let opens = self.boundary(i);
            if opens && i > 0 {
                self.mark_headline(start..i);
                start = i;
            }
            let gap = self.gap(i);
            let token = &self.tokens.list()[i];
            let capital = match token.shape {
                Shape::Title | Shape::Upper => self.case == Case::Mixed || self.uncommon(i),
                Shape::Lower => self.case != Case::Mixed && self.uncommon(i),
                // In a script without case only the gazetteer tells a name.
                Shape::Caseless | Shape::Digit => false,
            };
            self.marks[i] = u8::from(opens) * OPENS
                + u8::from(capital) * CAPITAL
                + u8::from(gap.has(Gap::QUOTE | Gap::COLON | Gap::DASH | Gap::OPEN)) * QUOTED;
        }
        self.mark_headline(start..self.len());
    }

    /// In a text whose case is void, a word may be of a name if it is no word of the lexicon.
    fn uncommon(&self, i: usize) -> bool {
        self.words[i].flags & (l::FUNCTION | l::AUXILIARY | l::SPEECH | l::CALENDAR) == 0
    }

    fn boundary(&self, i: usize) -> bool {
        let gap = self.gap(i);
        if gap.has(Gap::PARAGRAPH) || i == 0 {
            return true;
        }
        if !gap.has(Gap::STOP) || self.shape(i) == Shape::Lower && self.case == Case::Mixed {
            return false;
        }
        let before = &self.tokens.list()[i - 1];
        let initial = before.end - before.start == 1 && before.shape != Shape::Lower;
        !(initial || self.flags(i - 1) & l::ABBREVIATION != 0 && gap.0 == Gap::STOP | Gap::SPACE)
    }

    /// Marks a sentence whose long words are nearly all capitalised.
    fn mark_headline(&mut self, sentence: Range<usize>) {
        if self.case != Case::Mixed || sentence.len() < 4 {
            return;
        }
        let (mut long, mut capital) = (0, 0);
        for i in sentence.clone() {
            let token = &self.tokens.list()[i];
            if token.end - token.start > 3 && !matches!(token.shape, Shape::Digit | Shape::Caseless)
            {
                long += 1;
                capital += usize::from(token.shape != Shape::Lower);
            }
        }
        // A headline does not end in a full stop.
        let stop = self
            .token(sentence.end - 1)
            .is_some_and(|t| self.text.as_bytes().get(t.end as usize) == Some(&b'.'));
        if long > 3 && capital * 10 >= long * 8 && !stop {
            self.marks[sentence].iter_mut().for_each(|m| *m |= HEADLINE);
        }
    }

    /// Whether names that begin at `i` are worth looking up.
    fn may_begin(&self, i: usize) -> bool {
        let flags = self.words[i].flags;
        // `The` and `In` are no part of a key, or of no name worth the walk.
        if flags & (l::FUNCTION | l::PARTICLE) == l::FUNCTION
            && self.shape(i) == Shape::Title
            && self.case == Case::Mixed
        {
            return false;
        }
        if self.marks[i] & CAPITAL != 0 {
            // `US$`
            return self
                .token(i)
                .is_none_or(|t| self.text.as_bytes().get(t.end as usize) != Some(&b'$'));
        }
        // `al-Shabaab`, `4th Division`, and any word of a script without case.
        self.shape(i) == Shape::Caseless
            || (flags & l::PARTICLE != 0 && self.shape(i) == Shape::Lower
                || self.shape(i) == Shape::Digit)
                && self.is_capital(i + 1)
    }

    fn look_up(&mut self, i: usize) {
        let mut hits = Hits::default();
        let (reading, gazetteer) = (self.reading, self.gazetteer);
        for found in reading.names(i) {
            if found.words == 1 {
                hits.word = Some(found.key);
            }
            if found.key.has(Key::ACTOR) && self.ends_well(i, found.words) {
                let mut other = false;
                for c in gazetteer.candidates(found.key).iter() {
                    match gazetteer.row(c.row()).kind() {
                        Kind::State if self.valid(c, i..i + found.words) => {
                            // Moscow was the Soviet Union's too: a state that has a code goes first.
                            let fresh = hits.state.is_none_or(|s| {
                                s.0 < found.words || gazetteer.row(s.1).country().is_none()
                            });
                            if fresh {
                                hits.state = Some((found.words, c.row(), c.flags()));
                            }
                        }
                        kind if !kind.is_place() && kind != Kind::State => other = true,
                        _ => {}
                    }
                }
                if other {
                    hits.actor = Some((found.words, found.key));
                }
            }
            if found.key.has(Key::PLACE) {
                hits.place = Some((found.words, found.key));
            }
        }
        if hits.actor.is_some()
            || hits.state.is_some()
            || hits.place.is_some()
            || hits.word.is_some()
        {
            self.hits.push(hits);
            self.hit_at[i] = self.hits.len() as u32;
        }
    }

    /// A name of one word needs a capital; one of several may go on in small letters
    /// (`Islamic State group`), but not with a word of grammar.
    fn ends_well(&self, i: usize, words: usize) -> bool {
        words == 1
            || self.is_capital(i + words - 1)
            || self.flags(i + words - 1) & (l::FUNCTION | l::AUXILIARY) == 0
    }

    /// Whether the text writes a name as its entry asks for.
    pub fn valid(&self, candidate: Candidate, span: Range<usize>) -> bool {
        if !candidate.has(Candidate::EXACT) {
            return true;
        }
        let written = &self.text[self.tokens.bytes(span.clone())];
        if self.case != Case::Mixed {
            // `US` in a text of capitals is a pronoun as likely as not.
            return written.len() > 2 && self.hits(span.start).word.is_none_or(|k| k.common() == 0);
        }
        let entry = self.gazetteer.row(candidate.row());
        let named = entry.name() == written || entry.aliases().any(|a| a == written);
        // Wire copy that was re-cased by machine has `Fmln`; but Digos is a town before it is DIGOS.
        let town = self
            .hits(span.start)
            .place
            .is_some_and(|p| p.0 >= span.len());
        // Sadr is a cleric, SADR a republic.
        let surname = || {
            self.key(span.start).is_some_and(|k| {
                let mut bearers = self.candidates(k).iter();
                bearers.any(|c| self.entry(c.row()).kind() == Kind::Person)
            })
        };
        named
            || written.len() > 3
                && !town
                && self.hits(span.start).word.is_none_or(|k| k.common() == 0)
                && entry.aliases().any(|a| a.eq_ignore_ascii_case(written))
                && !surname()
    }

    /// The longest name of an actor at `i` that has fewer words.
    pub fn shorter(&self, i: usize, words: usize) -> Option<(usize, Key)> {
        self.reading
            .names(i)
            .iter()
            .rev()
            .find(|f| f.words < words && f.key.has(Key::ACTOR) && self.ends_well(i, f.words))
            .map(|f| (f.words, f.key))
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    pub fn flags(&self, i: usize) -> u32 {
        self.words.get(i).map_or(0, |w| w.flags)
    }

    pub fn has(&self, i: usize, flags: u32) -> bool {
        self.flags(i) & flags != 0
    }

    pub fn word(&self, i: usize) -> &str {
        self.tokens.folded(i)
    }

    /// Whether a word is a particle of names; one that is spelt like a word of grammar is tied to
    /// the name by a hyphen: `as-Sadr`, but `struck Marib as Griffiths left`.
    pub fn particle(&self, i: usize) -> bool {
        self.has(i, l::PARTICLE) && (!self.has(i, l::FUNCTION) || self.gap(i + 1).0 == Gap::HYPHEN)
    }

    /// What the gazetteer says of the word alone.
    pub fn key(&self, i: usize) -> Option<Key> {
        self.reading.key(i)
    }

    /// The word before `i`, or nothing at the text's beginning.
    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |b| self.tokens.folded(b))
    }

    pub fn shape(&self, i: usize) -> Shape {
        self.token(i).map_or(Shape::Digit, |t| t.shape)
    }

    pub fn gap(&self, i: usize) -> Gap {
        self.token(i).map_or(Gap(Gap::PARAGRAPH), |t| t.gap)
    }

    /// Whether the words before and at `i` stand together: no punctuation between.
    pub fn joins(&self, i: usize) -> bool {
        i < self.len() && !self.opens(i) && (self.gap(i).joins() || self.plural_possessive(i))
    }

    /// Whether the mark before the word at `i` is an apostrophe inside a name: `Workers' Party`.
    fn plural_possessive(&self, i: usize) -> bool {
        i > 0
            && self.gap(i).0 == Gap::QUOTE | Gap::SPACE
            && self.shape(i - 1) == Shape::Title
            && self.shape(i) == Shape::Title
            && self.token(i - 1).is_some_and(|t| !t.possessive)
            && self.possessive(i - 1)
    }

    /// As `joins`, but not over a possessive.
    pub fn runs_on(&self, i: usize) -> bool {
        self.joins(i) && i > 0 && !self.possessive(i - 1)
    }

    pub fn comma(&self, i: usize) -> bool {
        self.gap(i).0 == Gap::COMMA | Gap::SPACE || self.gap(i).0 == Gap::COMMA | Gap::NEWLINE
    }

    pub fn possessive(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else {
            return false;
        };
        // `the rebels' leader`: the apostrophe is in the gap.
        let bytes = self.text.as_bytes();
        let apostrophe = matches!(bytes.get(token.end as usize), Some(b'\'' | 0xe2));
        token.possessive
            || apostrophe
                && self.text.get(token.end as usize..).is_some_and(|rest| {
                    let rest = rest.strip_prefix('\'').or(rest.strip_prefix('’'));
                    rest.is_some_and(|r| r.starts_with(' '))
                        && self.text.as_bytes().get(token.end as usize - 1) == Some(&b's')
                })
    }

    pub fn is_capital(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m & CAPITAL != 0)
    }

    pub fn opens(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m & OPENS != 0)
    }

    pub fn headline(&self, i: usize) -> bool {
        self.marks.get(i).is_some_and(|m| m & HEADLINE != 0)
    }

    /// Whether the capital of the word may come from its position alone.
    pub fn weak_capital(&self, i: usize) -> bool {
        self.case != Case::Mixed
            || self
                .marks
                .get(i)
                .is_some_and(|m| m & (OPENS | HEADLINE | QUOTED) != 0)
    }

    pub fn hits(&self, i: usize) -> Hits {
        match self.hit_at.get(i) {
            Some(&at) if at > 0 => self.hits[at as usize - 1],
            _ => Hits::default(),
        }
    }

    /// How common a word is, 0 to 3; words of the lexicon count as common.
    pub fn common(&self, i: usize) -> u8 {
        if self.has(i, l::FUNCTION | l::AUXILIARY | l::SPEECH) {
            return 3;
        }
        self.hits(i).word.map_or(0, Key::common)
    }

    pub fn given(&self, i: usize) -> bool {
        self.hits(i).word.is_some_and(|k| k.has(Key::GIVEN))
    }

    /// Whether a title, a role noun or a people's name may begin here.
    pub fn begins_phrase(&self, i: usize) -> bool {
        self.words
            .get(i)
            .is_some_and(|w| w.roles > 0 || w.titles > 0)
    }

    /// Whether no rule begins at a word: nothing is known of it and its writing says nothing.
    pub fn is_idle(&self, i: usize) -> bool {
        self.marks[i] & CAPITAL == 0
            && self.hit_at[i] == 0
            && !self.begins_phrase(i)
            && self.shape(i) != Shape::Digit
    }

    /// The longest role noun that begins at `i`, with its length.
    pub fn role(&self, i: usize) -> Option<(usize, Role)> {
        let word = *self.words.get(i).filter(|w| w.roles > 0)?;
        let longest = usize::from(word.roles);
        let mut reach = 1;
        while reach < longest && self.runs_on(i + reach) {
            reach += 1;
        }
        let many = (2..=reach.min(longest))
            .rev()
            .find_map(|n| Some((n, self.lexicon.phrase(self.tokens.key(i..i + n))?.role?)));
        many.or_else(|| Some((1, self.lexicon.alone(word)?.role?)))
    }

    /// The longest title that begins at `i`; `Lt. Gen.` runs on over its stop.
    pub fn title(&self, i: usize) -> Option<(usize, Title)> {
        let word = *self.words.get(i).filter(|w| w.titles > 0)?;
        let longest = usize::from(word.titles);
        let mut reach = 1;
        while reach < longest && (self.runs_on(i + reach) || self.abbreviated(i + reach)) {
            reach += 1;
        }
        let many = (2..=reach.min(longest))
            .rev()
            .find_map(|n| Some((n, self.lexicon.phrase(self.tokens.key(i..i + n))?.title?)));
        // `Saw` may be a form of address, `saw` is a verb.
        many.or_else(|| Some((1, self.lexicon.alone(word)?.title?)))
            .filter(|(_, t)| !t.capital || self.case != Case::Mixed || self.is_capital(i))
    }

    /// Whether the stop before the word at `i` belongs to an abbreviation or an initial.
    pub fn abbreviated(&self, i: usize) -> bool {
        let gap = self.gap(i).0;
        let stop = gap == Gap::STOP | Gap::SPACE
            || gap == Gap::STOP
            || gap == Gap::STOP | Gap::HYPHEN
            || gap == Gap::STOP | Gap::NEWLINE;
        i > 0 && stop && !self.opens(i)
    }

    /// Whether a word is a number of an order: `72nd`, `14th`.
    pub fn ordinal(&self, i: usize) -> bool {
        if self.shape(i) != Shape::Digit {
            return false;
        }
        let end = self
            .word(i)
            .trim_start_matches(|c: char| c.is_ascii_digit());
        matches!(end, "st" | "nd" | "rd" | "th")
    }

    /// Whether a word is written with a digit: `A320`.
    pub fn digits(&self, i: usize) -> bool {
        self.word(i).bytes().any(|b| b.is_ascii_digit())
    }

    pub fn candidates(&self, key: Key) -> Candidates<'a> {
        self.gazetteer.candidates(key)
    }

    pub fn entry(&self, row: u32) -> Entry<'a> {
        self.gazetteer.row(row)
    }

    /// The text that a span of words covers.
    pub fn slice(&self, span: Range<usize>) -> &'a str {
        let text = self.text;
        &text[self.tokens.bytes(span)]
    }
}

/// The class of a word; what looks like grammar but is not, by its writing, is none.
fn class(reading: &Reading, lexicon: &Lexicon, i: usize) -> Word {
    let word = reading.class(i);
    let Some(token) = reading.tokens.get(i) else {
        return word;
    };
    if token.plain && token.shape != Shape::Upper {
        return word;
    }
    let folded = reading.tokens.folded(i);
    // `US` is no pronoun, `IS` no verb.
    if token.shape == Shape::Upper
        && reading.case == Case::Mixed
        && matches!(folded, "us" | "is" | "who")
    {
        return Word::default();
    }
    // `I'd`, `We've`: the word before the apostrophe decides.
    if (token.end - token.start) as usize > folded.len() {
        let written = reading
            .text
            .get(token.start as usize..token.end as usize)
            .unwrap_or("");
        if let Some((head, tail)) = written.split_once(['\'', '’'])
            && matches!(tail, "d" | "ll" | "ve" | "re" | "m" | "t")
        {
            return Word {
                flags: lexicon.word(&head.to_ascii_lowercase()).flags | l::FUNCTION,
                ..Word::default()
            };
        }
    }
    word
}
