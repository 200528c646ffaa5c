//! Lexicon: the English words that show an actor: titles, role nouns, verbs, heads of organisations.
//!
//! Titles and role nouns are tables beside the gazetteer; the closed classes are in `vocabulary`.
//! Everything is grammar here. Names are the gazetteer's.

use super::vocabulary as v;
use crate::extract::hash::Map;
use crate::gazetteer::name_key;
use std::sync::LazyLock;

/// A function word: never part of a name by itself.
pub(super) const FUNCTION: u32 = 1;
/// A preposition of place.
pub(super) const LOCATIVE: u32 = 1 << 1;
/// A verb of speaking.
pub(super) const SPEECH: u32 = 1 << 2;
/// A verb of acting, finite.
pub(super) const ACT: u32 = 1 << 3;
/// An auxiliary or a copula.
pub(super) const AUXILIARY: u32 = 1 << 4;
/// A particle inside a person's name.
pub(super) const PARTICLE: u32 = 1 << 5;
/// A weekday, a month, a season or feast.
pub(super) const CALENDAR: u32 = 1 << 6;
/// The head of an organisation's name, last in it.
pub(super) const HEAD: u32 = 1 << 7;
/// The head of an organisation's name, with `of` or `for` behind it.
pub(super) const HEAD_OF: u32 = 1 << 8;
/// An adjective that may stand between a state and a role noun.
pub(super) const MODIFIER: u32 = 1 << 9;
/// A word that links the parts of an organisation's name.
pub(super) const LINK: u32 = 1 << 10;
/// A point of the compass.
pub(super) const COMPASS: u32 = 1 << 11;
/// The participle in `Russian-backed`.
pub(super) const BACKED: u32 = 1 << 12;
/// The participle in `rebel-held`, which makes a place or a quality.
pub(super) const HELD: u32 = 1 << 13;
/// A noun that something acting has: decision, demand.
pub(super) const DEED: u32 = 1 << 14;
/// A noun that a place has: capital, border.
pub(super) const PART: u32 = 1 << 15;
/// A people or faith without a state: Kurdish, Sunni.
pub(super) const PEOPLE: u32 = 1 << 16;
/// A word that names a thing or an event, last in a name: War, Agreement, Street.
pub(super) const THING: u32 = 1 << 17;
/// A determiner.
pub(super) const DETERMINER: u32 = 1 << 18;
/// A word after which whoever follows acts or is acted upon: against, with, by.
pub(super) const TOWARDS: u32 = 1 << 19;
/// A noun for news media: newspaper, agency.
pub(super) const MEDIA: u32 = 1 << 20;
/// A plural that may stand for a whole people: `the Dutch`.
pub(super) const COMPANY: u32 = 1 << 21;
/// An abbreviation that does not end a sentence.
pub(super) const ABBREVIATION: u32 = 1 << 22;
/// A number word or an ordinal.
pub(super) const NUMBER: u32 = 1 << 23;
/// A verb whose object is somebody who acts: accuse, urge.
pub(super) const OBJECT: u32 = 1 << 24;
/// A noun before `of` that makes what follows somebody who acts: leaders, help.
pub(super) const OF_AGENT: u32 = 1 << 25;
/// An adverb that may stand between a name and its verb.
pub(super) const ADVERB: u32 = 1 << 26;
/// A noun before `from` or `to` that makes what follows somebody: pressure, support.
pub(super) const EXCHANGE: u32 = 1 << 27;
/// What somebody is or was after a copula when they act: accused, ready.
pub(super) const STATE_OF_MIND: u32 = 1 << 28;
/// The last word of a title that names a post and is no form of address: CEO, spokesman.
pub(super) const POST: u32 = 1 << 29;
/// A building or a street, which is often named after somebody.
pub(super) const FACILITY: u32 = 1 << 30;

/// A role noun: `rebels`, `security forces`.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Role {
    pub kind: &'static str,
    pub code: &'static str,
    pub alone: bool,
}

/// A title: `Foreign Minister`.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Title {
    pub kind: &'static str,
    pub honorific: bool,
    /// Whether it is a form of address that prose writes with a capital only: `Mr`, `Saw`.
    pub capital: bool,
    /// Whether nobody who is known by the surname alone for an office of state bears it: a rank
    /// below the officers' who seize power, a policeman's, a reporter's, a trade.
    pub low: bool,
}

/// A phrase of the lexicon.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extract) struct Phrase {
    pub role: Option<Role>,
    pub title: Option<Title>,
}

/// What the lexicon says of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extract) struct Word {
    pub flags: u32,
    /// The most words of a role noun that begins with it; 0 for none.
    pub roles: u8,
    /// The most words of a title that begins with it; 0 for none.
    pub titles: u8,
    /// The number of the phrase that is this word alone, plus one.
    pub alone: u16,
}

/// All words and phrases.
pub(in crate::extract) struct Lexicon {
    words: Map<Box<str>, Word>,
    phrases: Map<Box<str>, u16>,
    list: Vec<Phrase>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    pub fn get() -> &'static Lexicon {
        &LEXICON
    }

    /// What is known of a folded word.
    pub fn word(&self, folded: &str) -> Word {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// All words of which something is known, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(|word| &**word)
    }

    /// What is known of a folded phrase.
    pub fn phrase(&self, key: &str) -> Option<Phrase> {
        self.phrases
            .get(key)
            .and_then(|&at| self.list.get(usize::from(at)))
            .copied()
    }

    /// What is known of a word as a phrase of its own.
    pub fn alone(&self, word: Word) -> Option<Phrase> {
        usize::from(word.alone)
            .checked_sub(1)
            .and_then(|at| self.list.get(at))
            .copied()
    }

    fn read() -> Self {
        let mut lexicon = Lexicon {
            words: Map::default(),
            phrases: Map::default(),
            list: Vec::new(),
        };
        for (flag, list) in v::LISTS {
            for word in list.split_ascii_whitespace() {
                lexicon.words.entry(word.into()).or_default().flags |= flag;
            }
        }
        for (flag, list) in [(SPEECH, v::SPEECH_VERBS), (ACT, v::ACT_VERBS)] {
            for verb in list.split_ascii_whitespace() {
                lexicon.verb(verb, flag);
            }
        }
        for cells in rows(include_str!("../../gazetteer/titles.tsv")) {
            if let [name, kind, weight, ..] = cells[..] {
                // `U` and `M.` are titles, but far more often something else.
                let key = name_key(name);
                if key.len() > 1 {
                    let honorific = weight == "honorific";
                    let title = Title {
                        kind,
                        honorific,
                        capital: kind == "honorific" && name.starts_with(char::is_uppercase),
                        low: weight == "low" || matches!(kind, "police" | "media"),
                    };
                    lexicon.add(
                        &key,
                        |w, n| w.titles = w.titles.max(n),
                        |p| p.title = Some(title),
                    );
                    if name.ends_with('.') {
                        let last = key.rsplit(' ').next().unwrap_or(&key);
                        lexicon.words.entry(last.into()).or_default().flags |= ABBREVIATION;
                    }
                }
            }
        }
        for name in v::MORE_TITLES {
            let title = Title {
                kind: "civil",
                honorific: false,
                capital: false,
                low: false,
            };
            lexicon.add(
                name,
                |w, n| w.titles = w.titles.max(n),
                |p| p.title = Some(title),
            );
        }
        for cells in rows(include_str!("../../gazetteer/roles.tsv")) {
            if let [plural, singular, kind, code, alone, ..] = cells[..] {
                for name in [singular, plural] {
                    let role = Role {
                        kind,
                        code,
                        alone: alone == "yes",
                    };
                    lexicon.add(
                        &name_key(name),
                        |w, n| w.roles = w.roles.max(n),
                        |p| p.role = Some(role),
                    );
                }
            }
        }
        lexicon
    }

    /// Adds a phrase: `mark` notes its length at its first word, `set` what it is.
    fn add(&mut self, key: &str, mark: impl Fn(&mut Word, u8), set: impl Fn(&mut Phrase)) {
        let at = *self.phrases.entry(key.into()).or_insert_with(|| {
            self.list.push(Phrase::default());
            (self.list.len() - 1) as u16
        });
        set(&mut self.list[usize::from(at)]);
        let mut words = key.split(' ');
        let word = self
            .words
            .entry(words.next().unwrap_or("").into())
            .or_default();
        let count = 1 + words.count() as u8;
        mark(word, count);
        if count == 1 {
            word.alone = at + 1;
        }
    }

    /// Adds the finite forms of a regular verb, or of one given as `write/writes/wrote`.
    fn verb(&mut self, verb: &str, flag: u32) {
        let mut add = |form: &str| self.words.entry(form.into()).or_default().flags |= flag;
        if verb.contains('/') {
            verb.split('/').for_each(add);
            return;
        }
        add(verb);
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        if let Some(stem) = verb
            .strip_suffix('y')
            .filter(|s| !s.ends_with(['a', 'e', 'o']))
        {
            add(&format!("{stem}ies"));
            add(&format!("{stem}ied"));
        } else {
            let sibilant =
                verb.ends_with(['s', 'x', 'z']) || verb.ends_with("ch") || verb.ends_with("sh");
            add(&format!("{verb}{}", if sibilant { "es" } else { "s" }));
            add(&format!("{stem}ed"));
        }
    }
}

/// The cells of a table's lines.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| l.split('\t').map(str::trim).collect())
}
