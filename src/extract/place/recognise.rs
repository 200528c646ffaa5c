//! Recognition: which words of a text name a place.
//!
//! Every name of the gazetteer that begins at a word is looked up in one walk; case, neighbours and
//! the rest of the article decide whether it is meant. A name accepted once on good evidence is
//! accepted everywhere in the article. Which entry it is, is not decided here.

use super::hash::{Map, Set};
use super::words::{self, Cue};
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Candidate, Gazetteer, Key, Kind, Token, Tokens};
use std::ops::Range;

/// How much a name must have in its favour.
const ENOUGH: f32 = 1.0;

/// How a text uses capitals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// As prose does.
    Mixed,
    /// Nothing but capitals.
    Upper,
    /// Nothing but small letters.
    Lower,
}

/// A name of a place in the text.
#[derive(Debug, Clone)]
pub(super) struct Toponym {
    /// The words of the name alone.
    pub name: Range<usize>,
    /// The words of the mention, with a word that belongs to it (`province`).
    pub span: Range<usize>,
    /// What the gazetteer says of the name; nothing for a name it lacks.
    pub key: Option<Key>,
    /// Looked up under this instead of the name: a state's abbreviation.
    pub stands_for: Option<&'static str>,
    /// What a neighbouring word says it is.
    pub cue: Cue,
    /// Index of the toponym that it is said to lie in: `X, Y`.
    pub inside: Option<usize>,
    /// The enumeration it stands in, by its first toponym.
    pub list: Option<usize>,
    /// Whether the text's or the paragraph's first words are a dateline with this name.
    pub dateline: bool,
    /// What speaks for a place.
    score: f32,
}

/// What recognition found.
pub(super) struct Recognised {
    pub toponyms: Vec<Toponym>,
    /// Countries that the text names as actors: by adjective or people.
    pub states: Vec<u32>,
}

pub(super) fn recognise(text: &str, tokens: &Tokens, gazetteer: &Gazetteer) -> Recognised {
    let mut scan = Scan {
        text,
        tokens,
        gazetteer,
        case: case_of(tokens),
        toponyms: Vec::new(),
        states: Vec::new(),
        surnames: Set::default(),
        found: Vec::new(),
        keys: std::cell::RefCell::new(vec![UNASKED; tokens.len()]),
    };
    scan.run();
    scan.abbreviations();
    scan.unknown_names();
    scan.acronyms();
    scan.link();
    scan.select();
    Recognised {
        toponyms: scan.toponyms,
        states: scan.states,
    }
}

fn case_of(tokens: &Tokens) -> Case {
    let (mut lower, mut title, mut upper) = (0u32, 0u32, 0u32);
    for t in tokens.list() {
        match t.shape {
            Shape::Lower => lower += 1,
            Shape::Title => title += 1,
            Shape::Upper => upper += 1,
            _ => {}
        }
    }
    if upper > 4 && upper > 10 * lower {
        Case::Upper
    } else if lower > 4 && (title + upper) * 200 < lower {
        Case::Lower
    } else {
        Case::Mixed
    }
}

/// A name that begins at a word.
#[derive(Clone, Copy)]
struct Match {
    words: usize,
    key: Key,
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    gazetteer: &'a Gazetteer,
    case: Case,
    toponyms: Vec<Toponym>,
    states: Vec<u32>,
    surnames: Set<String>,
    found: Vec<Match>,
    /// What the gazetteer says of single words, once asked.
    keys: std::cell::RefCell<Vec<u64>>,
}

/// Not asked yet, and not in the gazetteer, among the remembered keys.
const UNASKED: u64 = u64::MAX;
const ABSENT: u64 = u64::MAX - 1;

impl Scan<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// What the gazetteer says of the word at `i` alone.
    fn key(&self, i: usize) -> Option<Key> {
        let known = self.keys.borrow().get(i).copied()?;
        let value = if known == UNASKED {
            self.gazetteer
                .lookup(self.tokens.folded(i))
                .map_or(ABSENT, |k| k.0)
        } else {
            known
        };
        if known == UNASKED {
            self.keys.borrow_mut()[i] = value;
        }
        (value != ABSENT).then_some(Key(value))
    }

    /// A word that may begin or continue a name by its writing.
    fn is_capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| match t.shape {
            Shape::Title | Shape::Upper => true,
            Shape::Caseless => true,
            Shape::Lower => self.case == Case::Lower,
            Shape::Digit => false,
        })
    }

    /// A capitalised word that follows the one before it without a break.
    fn continues(&self, i: usize) -> bool {
        self.is_capital(i)
            && self.tokens.joins(i)
            && self.token(i).is_some_and(|t| !t.gap.has(Gap::NEWLINE))
            && !self.tokens.list()[i - 1].possessive
    }

    /// Whether the capital of the word at `i` may be its sentence's only.
    fn opens_sentence(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.gap.has(
                Gap::PARAGRAPH
                    | Gap::NEWLINE
                    | Gap::QUOTE
                    | Gap::COLON
                    | Gap::DASH
                    | Gap::OTHER
                    | Gap::OPEN,
            ) || t.gap.has(Gap::STOP) && (i == 0 || !is_abbreviation(self.tokens.folded(i - 1)))
        })
    }

    fn run(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            i = if self.is_capital(i) {
                self.at(i)
            } else {
                i + 1
            };
        }
    }

    /// Handles the word at `i`; returns where to go on.
    fn at(&mut self, i: usize) -> usize {
        // `The police`, `In a statement`: a sentence's first word that begins no name.
        if words::is_function_word(self.tokens.folded(i))
            && self.case == Case::Mixed
            && self.token(i + 1).is_none_or(|t| t.shape == Shape::Lower)
        {
            return i + 1;
        }
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.gazetteer.each_name(self.tokens, i, |f| {
            found.push(Match {
                words: f.words,
                key: f.key,
            })
        });
        self.keys.borrow_mut()[i] = found
            .first()
            .filter(|m| m.words == 1)
            .map_or(ABSENT, |m| m.key.0);
        let next = self.choose(i, &found);
        self.found = found;
        next
    }

    fn choose(&mut self, i: usize, found: &[Match]) -> usize {
        // Persons first: a title or a given name takes the capitalised words after it along.
        if let Some(end) = self.person(i, found) {
            return end;
        }
        for m in found.iter().rev() {
            if !self.written_as_name(i, m) {
                continue;
            }
            let place = m.key.has(Key::PLACE);
            if m.key.has(Key::ACTOR) {
                self.note_states(i, m);
                if !place && self.is_compound(i, m) || place && self.is_rather_actor(i, m) {
                    return i + m.words;
                }
            }
            if place && let Some(end) = self.toponym(i, m) {
                return end;
            }
        }
        i + 1
    }

    /// Whether the words are written as a name of the gazetteer may be.
    fn written_as_name(&self, i: usize, m: &Match) -> bool {
        if m.words == 1 || self.case != Case::Mixed {
            return true;
        }
        let last = i + m.words - 1;
        (i + 1..=last).all(|n| {
            self.is_capital(n)
                || self.token(n).is_some_and(|t| t.gap.has(Gap::HYPHEN))
                || n < last && words::is_particle(self.tokens.folded(n))
                || words::cue_after(self.tokens.folded(n)) != Cue::None
        })
    }

    /// Whether an actor's name is a compound that must not be split.
    fn is_compound(&self, i: usize, m: &Match) -> bool {
        m.words > 1
            || self.token(i).is_some_and(|t| t.shape == Shape::Upper)
            || self
                .gazetteer
                .candidates(m.key)
                .iter()
                .all(|c| c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE))
    }

    /// Whether a name that places and actors bear is the actor's: an adjective, a group, an acronym.
    fn is_rather_actor(&self, i: usize, m: &Match) -> bool {
        let acronym = self.case == Case::Mixed
            && m.words == 1
            && self
                .token(i)
                .is_some_and(|t| t.shape == Shape::Upper && t.end - t.start < 6)
            && !self.line_is_upper(i);
        let (mut actor, mut country, mut adjective, mut metonym) = (false, false, false, false);
        let mut person = false;
        let (mut town, mut metropolis) = (false, false);
        let shape = self
            .token(i)
            .map(|t| t.shape)
            .filter(|_| self.case == Case::Mixed);
        for c in self.gazetteer.candidates(m.key).iter().take(24) {
            let e = self.gazetteer.row(c.row());
            match e.kind() {
                Kind::State => {
                    adjective |= (c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE))
                        && !c.has(Candidate::WEAK);
                    metonym |= c.has(Candidate::METONYM) && !c.has(Candidate::WEAK);
                }
                Kind::Country => {
                    country |= c.has(Candidate::MAIN)
                        || c.has(Candidate::EXACT)
                        || shape == Some(Shape::Upper)
                }
                Kind::Person => person |= !c.has(Candidate::WEAK),
                Kind::Group | Kind::Organisation | Kind::Organ => actor |= !c.has(Candidate::WEAK),
                // Towns of some size and seas are named more often than actors that share their names.
                kind if kind.is_place() => {
                    town |= c.has(Candidate::MAIN) && (e.population() > 20_000 || !kind.is_town());
                    metropolis |= e.population() > 300_000 && c.has(Candidate::MAIN);
                }
                _ => {}
            }
        }
        let cued = words::cue_after(self.tokens.folded(i + m.words)) != Cue::None
            && self.tokens.joins(i + m.words);
        !country
            && (adjective && !cued
                || (acronym || !town) && actor
                || person && !metropolis
                || metonym && !town && !m.key.has(Key::MAJOR))
    }

    /// Notes the countries that an adjective or a people stands for.
    fn note_states(&mut self, i: usize, m: &Match) {
        let _ = i;
        let of = |c: Candidate| c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE);
        let states = self
            .gazetteer
            .candidates(m.key)
            .iter()
            .filter(|c| of(*c))
            .map(|c| self.gazetteer.row(c.row()).country_number());
        self.states.extend(states.filter(|&c| c > 0));
    }

    /// The end of a person's name that begins at `i`, if one does.
    fn person(&mut self, i: usize, found: &[Match]) -> Option<usize> {
        if self.case != Case::Mixed {
            return None;
        }
        let stop = |m: &&Match| {
            self.token(i + m.words)
                .is_some_and(|t| t.gap.0 == Gap::STOP | Gap::SPACE)
        };
        let title = found
            .iter()
            .filter(|m| {
                m.key.has(Key::TITLE) && (!m.key.has(Key::PLACE) || m.key.common() > 1 || stop(m))
            })
            .map(|m| m.words)
            .max();
        let given =
            found.iter().any(|m| m.words == 1 && m.key.has(Key::GIVEN)) || self.initial_follows(i);
        let from = match (title, given) {
            (Some(words), _) => i + words,
            (None, true) => i + 1,
            _ => return None,
        };
        // A place's own name may begin with a given name: `San Jose`, `Jackson County`.
        let longest_place = found
            .iter()
            .filter(|m| m.key.has(Key::PLACE))
            .map(|m| m.words)
            .max()
            .unwrap_or(0);
        if longest_place > title.unwrap_or(1) {
            return None;
        }
        // `Israel`, `China` and `Georgia` are given names, but rarely.
        if title.is_none() && self.is_major(i) && !self.is_surname(i + 1) && !self.is_initial(i + 1)
        {
            return None;
        }
        let mut end = from;
        let mut last = None;
        while end < self.tokens.len() && end < from + 5 {
            let word = self.tokens.folded(end);
            let starts_name =
                if end == from && title.is_some() || end > from && self.is_initial(end - 1) {
                    self.follows_title(end)
                } else {
                    self.continues(end)
                };
            if starts_name && self.is_initial(end) {
                end += 1;
            } else if starts_name && self.token(end - 1).is_some_and(|t| !t.possessive) {
                if self.is_no_surname(end, word)
                    || end == from
                        && self.is_major_place(end)
                        && !(self.continues(end + 1) && self.is_surname(end + 1))
                {
                    break;
                }
                last = Some(end);
                end += 1;
            } else if words::is_person_particle(word)
                && self.tokens.joins(end)
                && self.continues(end + 1)
            {
                end += 1;
            } else {
                break;
            }
        }
        let last = last?;
        if title.is_none() && self.opens_sentence(i) && self.common(i) >= 2 && self.is_major(from) {
            return None;
        }
        self.surnames.insert(self.tokens.folded(last).to_string());
        Some(last + 1)
    }

    fn is_major(&self, i: usize) -> bool {
        self.key(i).is_some_and(|k| k.has(Key::MAJOR))
    }

    fn is_surname(&self, i: usize) -> bool {
        self.key(i)
            .is_some_and(|k| (k.has(Key::SURNAME) || k.has(Key::GIVEN)) && k.common() < 2)
    }

    /// A capital with a stop and a capitalised word after it: `Roy A. Nelson`.
    fn initial_follows(&self, i: usize) -> bool {
        self.is_initial(i + 1)
            && self
                .token(i + 2)
                .is_some_and(|t| t.shape == Shape::Title && t.gap.0 == Gap::STOP | Gap::SPACE)
            && self.common(i) < 3
    }

    fn is_initial(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.end - t.start == 1 && t.shape == Shape::Title && t.gap.0 == Gap::SPACE
        })
    }

    fn follows_title(&self, i: usize) -> bool {
        self.is_capital(i)
            && self
                .token(i)
                .is_some_and(|t| t.gap.joins() || t.gap.0 == Gap::STOP | Gap::SPACE)
    }

    fn common(&self, i: usize) -> u8 {
        self.key(i).map_or(0, Key::common)
    }

    fn is_major_place(&self, i: usize) -> bool {
        self.key(i).is_some_and(|k| {
            k.has(Key::MAJOR)
                && !k.has(Key::GIVEN)
                && self
                    .gazetteer
                    .candidates(k)
                    .iter()
                    .next()
                    .is_some_and(|c| self.gazetteer.row(c.row()).kind() == Kind::Country)
        })
    }

    /// Words that are capitalised after a name without being part of it.
    fn is_no_surname(&self, i: usize, word: &str) -> bool {
        words::is_calendar(word)
            || words::cue_after(word) != Cue::None
            || words::is_compound_head(word)
            || words::is_street(word)
            || self.key(i).is_some_and(|k| {
                k.common() >= 2
                    && !k.has(Key::GIVEN)
                    && !k.has(Key::SURNAME)
                    && self.token(i).is_some_and(|t| t.shape == Shape::Title)
            })
    }

    /// Judges a place's name at `i`; returns where to go on if it is taken or ruled out for good.
    fn toponym(&mut self, i: usize, m: &Match) -> Option<usize> {
        let end = i + m.words;
        let token = *self.token(i)?;
        let last = *self.token(end - 1)?;
        if !self.case_fits(i, m) {
            return None;
        }
        if m.words == 1
            && (words::is_calendar(self.tokens.folded(i))
                || words::is_direction(self.tokens.folded(i))
                || self.tokens.folded(i).len() < 2
                || self.text[token.end as usize..].starts_with('$'))
        {
            return None;
        }
        let after = if self.tokens.joins(end) {
            self.tokens.folded(end)
        } else {
            ""
        };
        let after_capital = !after.is_empty()
            && !last.possessive
            && self.case == Case::Mixed
            && self.continues(end);
        let before = if i > 0 && self.token(i).is_some_and(|t| t.gap.joins()) {
            self.tokens.folded(i - 1)
        } else {
            ""
        };
        let before_capital = !before.is_empty()
            && self.case == Case::Mixed
            && self.is_capital(i - 1)
            && token.gap.joins()
            && !token.gap.has(Gap::NEWLINE)
            && !self.tokens.list()[i - 1].possessive;
        let (country, population, fits) = self.weigh(i, m);
        if !fits {
            return None;
        }

        let mut cue = Cue::None;
        let mut span = i..end;
        let is_thing = |n: usize| words::is_thing_after(self.tokens.folded(n));
        if after_capital && self.compound_after(end, country)
            || !last.possessive && is_thing(end) && self.tokens.joins(end)
        {
            return Some(self.chunk_end(end));
        }
        let part = before_capital
            && !words::is_direction(before)
            && !words::is_locative(before)
            && !self.is_clause_word(i - 1)
            && self.is_unknown_capital(i - 1);
        if !after.is_empty() && !last.possessive && !part {
            cue = words::cue_after(after);
            if cue != Cue::None && (after_capital || cue != Cue::Town) && self.case == Case::Mixed {
                span.end = end + 1;
            }
        }
        if cue == Cue::None && !before.is_empty() {
            cue = words::cue_directly_before(before);
            if before == "of" && i > 1 && self.token(i - 1).is_some_and(|t| t.gap.joins()) {
                cue = words::cue_before(self.tokens.folded(i - 2));
            }
        }
        let mut score = 0.5 + (population.max(1.0).log10() - 3.5).clamp(-1.0, 3.0) * 0.5;
        if m.words > 1 {
            score += 1.0;
        }
        if country {
            score += 3.0;
        } else if m.key.has(Key::MAJOR) {
            score += 1.0;
        }
        if cue != Cue::None {
            score += 2.0;
        }
        if words::is_locative(before) {
            score += 1.5;
        } else if words::is_weakly_locative(before) {
            score += 0.5;
        }
        // `US` in capitals is not the word `us`.
        let common = if country && token.shape == Shape::Upper {
            0.0
        } else {
            f32::from(m.key.common())
        };
        if m.words == 1 {
            score -= common * if self.case == Case::Mixed { 0.8 } else { 1.5 };
            if common > 0.0 && self.opens_sentence(i) {
                score -= 1.0 + common * 0.3;
            }
            if m.key.has(Key::GIVEN) && !country {
                score -= 0.7;
            } else if m.key.has(Key::SURNAME) && !m.key.has(Key::MAJOR) {
                score -= 0.5;
            } else if common == 0.0 && self.case == Case::Mixed {
                score += 0.4;
            }
        }
        if !after.is_empty() && !last.possessive && words::is_civic(after) {
            score += 0.8;
        }
        if before == "the" && i > 1 && words::is_locative(self.tokens.folded(i - 2)) {
            score += 0.6;
        }
        // `Wal-Mart`, `Rolls-Royce`.
        let hyphen = |n: usize| {
            self.token(n)
                .is_some_and(|t| t.gap.0 == Gap::HYPHEN && t.shape == Shape::Title)
        };
        if m.words == 1 && !country && hyphen(end) && self.is_unknown_capital(end) {
            score -= 1.5;
        }
        // A capitalised neighbour that belongs to no known name makes it a part of something else.
        if after_capital && cue == Cue::None {
            if words::is_street(after) && !m.key.has(Key::MAJOR) && m.words == 1 {
                return Some(end + 1);
            }
            if !country && self.is_unknown_capital(end) {
                score -= if m.key.has(Key::MAJOR) { 0.7 } else { 1.7 };
            }
        }
        if before_capital
            && !words::is_direction(before)
            && !words::is_locative(before)
            && !self.is_clause_word(i - 1)
        {
            if words::is_compound_head(before) || words::is_street(before) {
                score -= 0.5;
            } else if part {
                if m.words == 1 && !m.key.has(Key::MAJOR) && !self.opens_sentence(i - 1) {
                    self.surnames.insert(self.tokens.folded(i).to_string());
                }
                score -= if country {
                    1.0
                } else if m.key.has(Key::MAJOR) {
                    1.2
                } else {
                    2.0
                };
            }
        }
        // `the University of Rouen`, `Peanut Corporation of America`: a name, as its capital says.
        if before == "of"
            && i > 1
            && words::is_title_of(self.tokens.folded(i - 2))
            && self.is_capital(i - 2)
        {
            return Some(end);
        }
        if !country
            && m.words == 1
            && words::is_quoted_after(self.tokens.folded(end))
            && self
                .token(end)
                .is_some_and(|t| t.gap.0 & !Gap::COMMA & !Gap::QUOTE == Gap::SPACE)
        {
            score -= 1.2;
        }
        if token.gap.has(Gap::HYPHEN) && before_capital && self.is_unknown_capital(i - 1) {
            score -= 1.0;
        }
        if self.speaks(i, end) && self.is_capital_city(m) {
            return Some(end);
        }
        self.toponyms.push(Toponym {
            name: i..end,
            span,
            key: Some(m.key),
            stands_for: None,
            cue,
            inside: None,
            list: None,
            dateline: self.is_dateline(i, end),
            score,
        });
        Some(end)
    }

    /// The best bearer of a name: whether it is a country, its population, and whether any bearer's conditions are met.
    fn weigh(&self, i: usize, m: &Match) -> (bool, f32, bool) {
        let mut best = (false, 0.0f32, false);
        let written = &self.text[self.tokens.bytes(i..i + m.words)];
        for c in self.gazetteer.candidates(m.key).iter().take(24) {
            let entry = self.gazetteer.row(c.row());
            let kind = entry.kind();
            if !kind.is_place() {
                continue;
            }
            if c.has(Candidate::EXACT) && self.case == Case::Mixed && !entry.has_alias(written) {
                continue;
            }
            best.2 = true;
            let doubt = if c.has(Candidate::WEAK) || c.has(Candidate::DERIVED) {
                0.3
            } else {
                1.0
            };
            let worth = match kind {
                // A country's name in another language may be a word in this one: `Man`.
                Kind::Country
                    if !c.has(Candidate::MAIN)
                        && !c.has(Candidate::EXACT)
                        && m.words == 1
                        && m.key.common() > 1 =>
                {
                    300.0
                }
                Kind::Country | Kind::Macroregion => {
                    best.0 = true;
                    1e7
                }
                Kind::Admin1 | Kind::Region | Kind::Water => 3e5,
                Kind::Admin2 | Kind::Island | Kind::Land | Kind::River => 2e4,
                Kind::Quarter => entry.population().max(500) as f32 * 0.3,
                _ => entry.population().max(300) as f32,
            };
            best.1 = best.1.max(worth * doubt);
        }
        best
    }

    /// Whether the word's case lets it be a name: an acronym is not a town.
    fn case_fits(&self, i: usize, m: &Match) -> bool {
        let Some(t) = self.token(i) else { return false };
        if self.case != Case::Mixed || t.shape != Shape::Upper || m.words > 1 {
            return true;
        }
        let letters = t.end - t.start;
        letters >= 6
            || m.key.has(Key::MAJOR) && letters > 3
            || self.is_dateline(i, i + m.words)
            || self
                .gazetteer
                .candidates(m.key)
                .iter()
                .any(|c| c.has(Candidate::EXACT))
            || self.line_is_upper(i)
    }

    /// Whether the neighbours of a word in capitals are in capitals too: a headline.
    fn line_is_upper(&self, i: usize) -> bool {
        let upper = |n: usize| self.token(n).is_some_and(|t| t.shape == Shape::Upper);
        i > 0 && upper(i - 1) && upper(i + 1)
            || upper(i + 1) && upper(i + 2)
            || i > 1 && upper(i - 1) && upper(i - 2)
    }

    /// `KABUL, Afghanistan (AP) —`, `GOMA, 12 May -`: capitals at a paragraph's head.
    fn is_dateline(&self, i: usize, end: usize) -> bool {
        let opens = self
            .token(i)
            .is_some_and(|t| t.gap.has(Gap::PARAGRAPH | Gap::NEWLINE));
        opens
            && self
                .token(end)
                .is_some_and(|t| t.gap.has(Gap::COMMA | Gap::DASH | Gap::OPEN | Gap::SLASH))
            && self.token(i).is_some_and(|t| t.shape == Shape::Upper)
    }

    /// Whether a compound's last word follows within the capitalised words after a name.
    fn compound_after(&self, from: usize, country: bool) -> bool {
        (from..from + 3)
            .take_while(|&n| n == from || self.continues(n))
            .any(|n| {
                let word = self.tokens.folded(n);
                words::is_compound_head(word) && !(country && n > from)
            })
    }

    fn chunk_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < from + 4 && self.continues(end) {
            end += 1;
        }
        end
    }

    /// A capitalised word that no list explains: part of a name.
    fn is_unknown_capital(&self, i: usize) -> bool {
        let word = self.tokens.folded(i);
        if word.len() < 2
            || words::is_calendar(word)
            || self
                .token(i)
                .is_some_and(|t| t.shape == Shape::Upper || t.possessive)
        {
            return false;
        }
        match self.key(i) {
            None => true,
            Some(k) => {
                k.common() < 2
                    && !k.has(Key::TITLE)
                    && !k.has(Key::ROLE)
                    && !(k.has(Key::ACTOR))
                    && !k.has(Key::MAJOR)
                    || k.has(Key::GIVEN) && k.common() < 2
            }
        }
    }

    /// A word whose capital a sentence's beginning explains.
    fn is_clause_word(&self, i: usize) -> bool {
        self.opens_sentence(i) && self.common(i) >= 2
    }

    fn is_capital_city(&self, m: &Match) -> bool {
        self.gazetteer
            .candidates(m.key)
            .iter()
            .any(|c| c.has(Candidate::METONYM))
    }

    /// Whether a capital speaks: `Moscow said`, `Washington has accused`.
    fn speaks(&self, i: usize, end: usize) -> bool {
        if i > 0 && words::is_locative(self.tokens.folded(i - 1)) {
            return false;
        }
        let next = self.tokens.folded(end);
        let joined = |n: usize| self.token(n).is_some_and(|t| t.gap.0 == Gap::SPACE);
        joined(end)
            && (words::is_speech(next)
                || matches!(next, "has" | "had" | "also")
                    && joined(end + 1)
                    && words::is_speech(self.tokens.folded(end + 1)))
    }

    /// Finds what the text says lies in what: `X, Y`, `X (Y)`, `X in Y`.
    fn link(&mut self) {
        self.enumerations();
        for n in 0..self.toponyms.len() {
            let end = self.toponyms[n].span.end;
            let Some(next) = self.toponyms.get(n + 1) else {
                continue;
            };
            let start = next.span.start;
            let direct = start == end && self.token(start).is_some_and(|t| matches!(t.gap.0 & !Gap::NEWLINE, g if g == Gap::COMMA | Gap::SPACE || g == Gap::OPEN | Gap::SPACE || g == Gap::COMMA));
            let by_word = start == end + 1
                && self.tokens.folded(end) == "in"
                && self.token(start).is_some_and(|t| t.gap.0 == Gap::SPACE);
            let by_article = start == end + 2
                && matches!(self.tokens.folded(end), "in")
                && matches!(
                    self.tokens.folded(end + 1),
                    "the"
                        | "northern"
                        | "southern"
                        | "eastern"
                        | "western"
                        | "central"
                        | "north"
                        | "south"
                        | "east"
                        | "west"
                        | "rural"
                );
            if direct
                && self.toponyms[n].list.is_some()
                && self.toponyms[n].list == self.toponyms[n + 1].list
            {
                continue;
            }
            if direct || by_word || by_article {
                self.toponyms[n].inside = Some(n + 1);
                if self.may_contain(n, n + 1) {
                    // That a chance word lies in what follows it would be a rare chance.
                    self.toponyms[n].score = (self.toponyms[n].score + 3.0).max(1.5);
                    self.toponyms[n + 1].score += 0.5;
                }
            }
        }
    }

    /// Marks enumerations: `A, B and C`, whose members are alike, not one in the other.
    fn enumerations(&mut self) {
        let comma = |t: &Token| t.gap.0 & !Gap::NEWLINE == Gap::COMMA | Gap::SPACE;
        let mut start = 0;
        while start < self.toponyms.len() {
            let mut end = start + 1;
            let mut closed = false;
            while end < self.toponyms.len() && !closed {
                let (a, b) = (
                    self.toponyms[end - 1].span.end,
                    self.toponyms[end].span.start,
                );
                let and = |n: usize| {
                    matches!(
                        self.tokens.folded(n),
                        "and" | "or" | "y" | "et" | "und" | "и" | "e" | "i" | "та" | "і"
                    )
                };
                let by_and = b == a + 1
                    && and(a)
                    && self
                        .token(b)
                        .is_some_and(|t| t.gap.0 & !Gap::NEWLINE == Gap::SPACE);
                if by_and {
                    closed = true;
                } else if !(a == b && self.token(b).is_some_and(comma)) {
                    break;
                }
                end += 1;
            }
            let members = end - start;
            // `Goma, North Kivu, Congo` has three members and no `and`.
            if members > 3 || closed && members > 2 {
                for t in &mut self.toponyms[start..end] {
                    t.list = Some(start);
                    t.score += 0.6;
                }
            } else if closed {
                for t in &mut self.toponyms[start..end] {
                    t.score += 0.3;
                }
            }
            start = end;
        }
    }

    /// Whether some bearer of one name lies in some bearer of the other.
    fn may_contain(&self, inner: usize, outer: usize) -> bool {
        let rows = |n: usize| -> Vec<u32> {
            let t: &Toponym = &self.toponyms[n];
            let key = t
                .stands_for
                .and_then(|s| self.gazetteer.lookup(s))
                .or(t.key);
            key.map_or_else(Vec::new, |k| {
                self.gazetteer
                    .candidates(k)
                    .iter()
                    .take(40)
                    .map(Candidate::row)
                    .collect()
            })
        };
        let outer = rows(outer);
        rows(inner).into_iter().any(|r| {
            let e = self.gazetteer.row(r);
            let up = [e.admin1(), e.admin2(), e.country_entry()];
            up.iter()
                .flatten()
                .any(|p| p.row() != r && outer.contains(&p.row()))
        })
    }

    /// `Alexandria, La.`, `Springfield, MA`, `S.C.`: the abbreviations of states.
    fn abbreviations(&mut self) {
        if self.case == Case::Lower {
            return;
        }
        let mut added = Vec::new();
        for (i, t) in self.tokens.list().iter().enumerate().skip(1) {
            let short = t.end - t.start <= 6 && matches!(t.shape, Shape::Title | Shape::Upper);
            if !short {
                continue;
            }
            // `W.Va.` is two words to the analyzer.
            let two = self.tokens.folded(i) == "w"
                && self.tokens.folded(i + 1) == "va"
                && self.text[t.end as usize..].starts_with('.');
            let end = if two { i + 2 } else { i + 1 };
            let Some(state) =
                words::state_abbreviation(if two { "wva" } else { self.tokens.folded(i) })
            else {
                continue;
            };
            let written = &self.text[t.start as usize..t.end as usize];
            let dotted = written.contains('.') && written.len() > 3;
            let stop = self.text[t.end as usize..].starts_with('.') || dotted;
            let postal = t.shape == Shape::Upper && written.len() == 2;
            let comma = t.gap.has(Gap::COMMA) && self.is_capital(i - 1);
            let alone = (dotted
                || two
                || stop && t.shape == Shape::Title && written.len() > 3 && self.common(i) == 0)
                && !t.gap.has(Gap::STOP);
            if (stop || postal) && comma || alone {
                added.push((i..end, state));
            }
        }
        for (words, state) in added {
            self.toponyms
                .retain(|t| t.span.end <= words.start || words.end <= t.span.start);
            self.toponyms.push(Toponym {
                name: words.clone(),
                span: words,
                key: None,
                stands_for: Some(state),
                cue: Cue::Unit,
                inside: None,
                list: None,
                dateline: false,
                score: 3.0,
            });
        }
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    /// `New South Wales (NSW)`: from there on the letters stand for the name.
    fn acronyms(&mut self) {
        let mut defined: Vec<(String, Key, Cue)> = Vec::new();
        for t in &self.toponyms {
            let (Some(key), Some(next)) = (t.key, self.token(t.span.end)) else {
                continue;
            };
            let initials: String = t
                .span
                .clone()
                .filter_map(|n| self.tokens.folded(n).chars().next())
                .collect();
            let letters = self.tokens.folded(t.span.end);
            let opens = next.gap.0 == Gap::OPEN | Gap::SPACE && next.shape == Shape::Upper;
            if opens && letters.len() > 1 && initials == letters {
                defined.push((letters.to_string(), key, t.cue));
            }
        }
        for (letters, key, cue) in defined {
            for i in 0..self.tokens.len() {
                let fits = self.tokens.folded(i) == letters
                    && self.token(i).is_some_and(|t| t.shape == Shape::Upper);
                if fits && !self.toponyms.iter().any(|t| t.span.contains(&i)) {
                    self.toponyms.push(Toponym {
                        name: i..i + 1,
                        span: i..i + 1,
                        key: Some(key),
                        stands_for: None,
                        cue,
                        inside: None,
                        list: None,
                        dateline: false,
                        score: 3.0,
                    });
                }
            }
        }
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    /// Names that the gazetteer lacks and the text shows to be places: `the village of X`, `X, Syria`.
    fn unknown_names(&mut self) {
        if self.case == Case::Lower {
            return;
        }
        let mut taken = vec![false; self.tokens.len() + 1];
        for t in &self.toponyms {
            taken[t.span.clone()].fill(true);
        }
        let mut added = Vec::new();
        let mut i = 1;
        while i < self.tokens.len() {
            if taken[i]
                || !self.is_capital(i)
                || self
                    .token(i)
                    .is_some_and(|t| matches!(t.shape, Shape::Upper | Shape::Caseless))
            {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < i + 4
                && !taken[end]
                && self.continues(end)
                && !self.tokens.list()[end - 1].possessive
            {
                end += 1;
            }
            if let Some(t) = self.unknown_name(i, end) {
                added.push(t);
            }
            i = end;
        }
        self.toponyms.extend(added);
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    fn unknown_name(&self, i: usize, end: usize) -> Option<Toponym> {
        let before = self.tokens.folded(i - 1);
        let joined = self.token(i).is_some_and(|t| t.gap.joins());
        let mut cue = Cue::None;
        if joined && before == "of" && i > 1 && self.token(i - 1).is_some_and(|t| t.gap.joins()) {
            cue = words::cue_before(self.tokens.folded(i - 2));
        } else if joined {
            cue = words::cue_directly_before(before);
        }
        let after = if self.tokens.joins(end) {
            self.tokens.folded(end)
        } else {
            ""
        };
        let mut span = i..end;
        if cue == Cue::None
            && !after.is_empty()
            && self.token(end).is_some_and(|t| t.shape == Shape::Lower)
        {
            cue = match after {
                "province" | "governorate" | "oblast" | "district" | "county" | "village"
                | "raion" | "township" | "municipality" | "neighborhood" | "neighbourhood" => {
                    words::cue_after(after)
                }
                "camp" if joined && words::is_locative(before) => Cue::Camp,
                _ => Cue::None,
            };
            span.end += usize::from(!matches!(cue, Cue::None | Cue::Town));
        }
        let contained = self.toponyms.iter().position(|t| {
            t.span.start == end
                && self
                    .token(end)
                    .is_some_and(|t| t.gap.0 == Gap::COMMA | Gap::SPACE)
        });
        let by_comma = contained.is_some_and(|n| {
            let t = &self.toponyms[n];
            let wide =
                t.stands_for.is_some() || t.key.is_some_and(|k| k.has(Key::MAJOR)) && t.score > 2.0;
            wide && joined
                && matches!(
                    before,
                    "in" | "at" | "near" | "from" | "of" | "outside" | "around" | "to"
                )
        });
        // A name that ends in a unit's word has been taken apart by the list of its kinds.
        let plain =
            (i..end).all(|n| !words::is_calendar(self.tokens.folded(n)) && self.common(n) < 2);
        if (cue == Cue::None && !by_comma) || !plain || end - i > 3 {
            return None;
        }
        Some(Toponym {
            name: i..end,
            span,
            key: None,
            stands_for: None,
            cue,
            inside: None,
            list: None,
            dateline: false,
            score: 2.0,
        })
    }

    /// Keeps what has enough in its favour, a name's best mention speaking for the others.
    fn select(&mut self) {
        let mut best: Map<&str, (f32, u32)> = Map::default();
        for t in &self.toponyms {
            let e = best
                .entry(self.tokens.key(t.name.clone()))
                .or_insert((f32::MIN, 0));
            e.0 = e.0.max(t.score);
            e.1 += 1;
        }
        // Names that are words as well, and that the text writes small somewhere.
        let mut words: Map<&str, bool> = Map::default();
        for t in self
            .toponyms
            .iter()
            .filter(|t| t.name.len() == 1 && t.key.is_some_and(|k| k.common() > 0))
        {
            words.insert(self.tokens.folded(t.name.start), false);
        }
        if !words.is_empty() {
            for (i, _) in self
                .tokens
                .list()
                .iter()
                .enumerate()
                .filter(|(_, t)| t.shape == Shape::Lower)
            {
                if let Some(seen) = words.get_mut(self.tokens.folded(i)) {
                    *seen = true;
                }
            }
        }
        let keep: Vec<bool> = self
            .toponyms
            .iter()
            .map(|t| {
                let name = self.tokens.key(t.name.clone());
                let (best, count) = best.get(name).copied().unwrap_or((t.score, 1));
                let mut score = t.score.max(best - 1.2) + (count.min(4) - 1) as f32 * 0.15;
                if t.name.len() == 1 && self.case == Case::Mixed {
                    if self.surnames.contains(name) && t.cue == Cue::None {
                        score -= 2.5;
                    }
                    if words.get(name) == Some(&true) {
                        score -= 1.0;
                    }
                }
                score >= ENOUGH
            })
            .collect();
        let mut place = Vec::with_capacity(keep.len());
        let mut next = 0;
        for k in &keep {
            place.push(k.then_some(next));
            next += usize::from(*k);
        }
        let mut at = 0;
        self.toponyms.retain(|_| {
            at += 1;
            keep[at - 1]
        });
        for t in &mut self.toponyms {
            t.inside = t.inside.and_then(|n| place.get(n).copied().flatten());
        }
    }
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1
        || matches!(
            word,
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "gen"
                | "col"
                | "lt"
                | "sgt"
                | "capt"
                | "maj"
                | "st"
                | "sen"
                | "rep"
                | "gov"
                | "prof"
                | "rev"
                | "vs"
                | "no"
                | "jr"
                | "sr"
                | "us"
                | "un"
                | "uk"
        )
}
