//! Agency: whether a country or a capital acts where it stands, or is a place.
//!
//! The words around it vote: a verb of which it is the subject, a preposition before it, a noun
//! that it possesses. Names joined by `and` share the vote. What stays open is no actor. Which
//! place it is, is the places' business.

use super::Reader;
use super::cast::Hold;
use super::lexicon as l;
use crate::gazetteer::tokens::Shape;
use std::ops::Range;

/// How much must speak for an actor.
const ENOUGH: i32 = 2;
/// What a capital has of which the words around it say nothing.
const UNDECIDED: i32 = -1;

/// Whether a verb has somebody for its object, never a town: `accuses Baku`, but `met in`, `joined`.
fn addresses(verb: &str) -> bool {
    [
        "accus", "ask", "assur", "blam", "condemn", "convinc", "critici", "denounc", "persuad",
        "prais", "press", "remind", "sanction", "sued", "suing", "tell", "thank", "threaten",
        "told", "urg", "warn",
    ]
    .iter()
    .any(|stem| verb.starts_with(stem))
}

impl Reader<'_> {
    /// What speaks for a country at `span` acting, less what speaks for a place.
    pub(super) fn agency(&self, span: Range<usize>) -> i32 {
        let before = self.before(span.start);
        if before < 0 || self.is_matter(span.start) && self.verb(span.end) {
            return before;
        }
        before + self.after(span.end)
    }

    /// Whether the country is what something else is about: `the attack on Baghdad comes as`.
    fn is_matter(&self, start: usize) -> bool {
        let scan = &self.scan;
        scan.joins(start) && matches!(scan.before(start), "on" | "over" | "about" | "for")
    }

    fn before(&self, start: usize) -> i32 {
        let scan = &self.scan;
        if start == 0 || scan.opens(start) {
            return 0;
        }
        let mut p = start - 1;
        let mut joined = scan.joins(start);
        if matches!(
            scan.word(p),
            "the" | "both" | "neighbouring" | "neighboring"
        ) && joined
            && p > 0
        {
            joined = scan.joins(p);
            p -= 1;
        }
        if !joined {
            // `Baku, Azerbaijan`: a country behind its town.
            let town = scan.comma(start)
                && scan.hits(p).place.is_some()
                && scan
                    .hits(p)
                    .state
                    .is_none_or(|s| s.2 & crate::gazetteer::Candidate::METONYM != 0);
            return if town { -4 } else { 0 };
        }
        let word = scan.word(p);
        if word == "like" || word == "including" {
            return 0;
        }
        if scan.has(p, l::TOWARDS) {
            // `the border with Syria`, `the crossing area with Egypt`
            let line = |i: usize| {
                scan.has(i, l::PART) || matches!(scan.word(i), "frontier" | "boundary" | "crossing")
            };
            let area = p > 1 && scan.word(p - 1) == "area";
            if word == "with" && p > 0 && line(p - 1 - usize::from(area)) {
                return -3;
            }
            // `led by Riyadh`, `aligned with Tehran`: hardly ever a place.
            let tied = p > 0 && scan.joins(p) && self.ties(p - 1);
            return match word {
                "with" | "by" if tied => 3,
                "with" | "against" | "by" | "between" => 2,
                _ => 1,
            };
        }
        if scan.has(p, l::OBJECT) {
            return if addresses(word) { 3 } else { 2 };
        }
        match word {
            "of" => {
                return if p > 0 && scan.has(p - 1, l::OF_AGENT) {
                    2
                } else {
                    -2
                };
            }
            "from" | "to" => return self.towards(p),
            "on" if p > 0
                && matches!(
                    scan.word(p - 1),
                    "sanctions"
                        | "embargo"
                        | "ban"
                        | "pressure"
                        | "war"
                        | "imposed"
                        | "ultimatum"
                        | "call"
                        | "called"
                        | "calling"
                        | "calls"
                ) =>
            {
                return 2;
            }
            "for" | "on" | "over" | "about" | "and" | "or" | "but" | "that" | "as" => return 0,
            _ => {}
        }
        if scan.has(p, l::LOCATIVE | l::COMPASS) {
            return -4;
        }
        0
    }

    /// Whether a word before `by` or `with` makes a party of what follows: `backed`, `talks`.
    fn ties(&self, i: usize) -> bool {
        let scan = &self.scan;
        let word = scan.word(i);
        scan.has(i, l::BACKED | l::STATE_OF_MIND | l::DEED)
            || word.len() > 4 && word.ends_with("ed") && scan.shape(i) == Shape::Lower
            || matches!(
                word,
                "ties"
                    | "talks"
                    | "relations"
                    | "negotiations"
                    | "deal"
                    | "agreement"
                    | "alliance"
                    | "treaty"
                    | "truce"
                    | "ceasefire"
                    | "accord"
                    | "contacts"
                    | "dialogue"
                    | "links"
                    | "war"
                    | "held"
                    | "won"
                    | "sent"
                    | "made"
                    | "given"
            )
    }

    /// `pressure from Russia` against `flights from Russia`; `sold to Iran` against `went to Iran`.
    fn towards(&self, p: usize) -> i32 {
        if p > 0 && self.scan.has(p - 1, l::EXCHANGE) || self.scan.before(p) == "according" {
            3
        } else {
            -2
        }
    }

    fn after(&self, end: usize) -> i32 {
        let scan = &self.scan;
        if end >= scan.len() || scan.opens(end) {
            return 0;
        }
        if scan.possessive(end - 1) {
            let noun = if scan.has(end, l::MODIFIER) && !scan.has(end, l::DEED) {
                end + 1
            } else {
                end
            };
            if scan.has(noun, l::PART) {
                return -2;
            }
            return if scan.has(noun, l::DEED)
                || scan.role(noun).is_some()
                || scan.title(noun).is_some()
            {
                2
            } else {
                0
            };
        }
        if !scan.joins(end) {
            return if self.apposed(end) { 3 } else { 0 };
        }
        if self.verb(end) {
            return self.copula(end);
        }
        0
    }

    /// Whether a name before a comma goes on to act: `Cairo, which backs X`, `France, once the
    /// regime's ally, sent troops`.
    pub(super) fn apposed(&self, end: usize) -> bool {
        let scan = &self.scan;
        if !scan.comma(end) {
            return false;
        }
        let relative = matches!(scan.word(end), "which" | "who" | "meanwhile");
        if relative && (self.verb(end + 1) || self.verb(end + 2)) {
            return true;
        }
        let aside = scan.word(end) == "for" && matches!(scan.word(end + 1), "its" | "their");
        if !relative
            && !aside
            && !scan.has(end, l::DETERMINER | l::ADVERB)
            && !matches!(scan.word(end), "whose" | "long" | "like" | "too")
        {
            return false;
        }
        // The apposition ends at the next comma, and the verb stands behind it.
        (end + 1..end + 14)
            .take_while(|&k| scan.joins(k) || scan.comma(k))
            .find(|&k| scan.comma(k))
            .is_some_and(|k| scan.has(k, l::SPEECH | l::ACT | l::AUXILIARY) && self.verb(k))
    }

    /// `Azerbaijan is ready` acts, `Syria is large` need not.
    fn copula(&self, i: usize) -> i32 {
        let scan = &self.scan;
        if !matches!(scan.word(i), "is" | "are" | "was" | "were") {
            return 3;
        }
        let next = i + 1 + usize::from(scan.has(i + 1, l::ADVERB) || scan.word(i + 1) == "not");
        let busy = scan.word(next).ends_with("ing") && scan.word(next) != "being";
        // `Egypt is to send troops`
        let bound = scan.word(next) == "to" && scan.joins(next);
        if busy || bound || scan.has(next, l::STATE_OF_MIND) {
            3
        } else {
            1
        }
    }

    /// Whether a finite verb stands at `i`, adverbs aside.
    pub(super) fn verb(&self, i: usize) -> bool {
        let mut i = i;
        let scan = &self.scan;
        for _ in 0..2 {
            // `Japan on Friday lifted`, `Ireland annually provides`.
            let day = scan.word(i) == "on" && scan.has(i + 1, l::CALENDAR)
                || matches!(scan.word(i), "last" | "this")
                    && matches!(scan.word(i + 1), "week" | "month" | "year");
            if day && scan.joins(i + 2) {
                i += 2;
            } else if (scan.has(i, l::ADVERB)
                || scan.word(i).len() > 4 && scan.word(i).ends_with("ly"))
                && scan.joins(i + 1)
            {
                i += 1;
            }
        }
        let past = scan.word(i).len() > 4
            && scan.word(i).ends_with("ed")
            && scan.shape(i) == Shape::Lower
            && !scan.has(i, l::HELD | l::BACKED);
        if past && scan.joins(i) && scan.case == super::scan::Case::Mixed {
            return true;
        }
        if scan.headline(i) {
            return scan.has(i, l::AUXILIARY | l::SPEECH | l::ACT);
        }
        // `directs them`: what has an object is a verb.
        let present = scan.word(i).len() > 3
            && scan.word(i).ends_with('s')
            && !scan.word(i).ends_with("ss")
            && scan.shape(i) == Shape::Lower
            && scan.joins(i + 1)
            && matches!(
                scan.word(i + 1),
                "them" | "him" | "her" | "it" | "us" | "the" | "its" | "their" | "a" | "an"
            );
        if present && scan.case == super::scan::Case::Mixed {
            return true;
        }
        scan.has(i, l::AUXILIARY | l::SPEECH | l::ACT) && scan.shape(i) != Shape::Title
    }

    /// Decides every country and capital that stands alone.
    pub(super) fn settle_states(&mut self) {
        let mut states = std::mem::take(&mut self.states);
        // Names joined by `and` or by commas act or lie together.
        for at in 1..states.len() {
            if self.joined(states[at - 1].span.end, states[at].span.start) {
                let (a, b) = (states[at - 1].score, states[at].score);
                if a >= UNDECIDED && b >= UNDECIDED {
                    states[at - 1].score = a.max(b);
                    states[at].score = a.max(b);
                } else {
                    states[at].score = a.min(b);
                }
            }
        }
        for at in (1..states.len()).rev() {
            if self.joined(states[at - 1].span.end, states[at].span.start)
                && states[at - 1].score >= UNDECIDED
            {
                states[at - 1].score = states[at - 1].score.max(states[at].score);
            }
        }
        for s in &states {
            if s.score >= ENOUGH {
                let member = self.cast.entry(self.scan.entry(s.row));
                if self.cast.mention(member, s.span.clone()) {
                    self.cast.claim(s.span.clone(), Hold::Acting);
                }
            }
        }
        self.states = states;
    }

    /// Whether only `and`, `or` or a comma stands between two names.
    fn joined(&self, end: usize, start: usize) -> bool {
        let scan = &self.scan;
        match start.checked_sub(end) {
            Some(0) => scan.comma(start) && !scan.opens(start),
            Some(1) => {
                (matches!(scan.word(end), "and" | "or")
                    || scan.word(end) == "the" && scan.comma(end))
                    && !scan.opens(end)
                    && !scan.opens(start)
            }
            Some(2) => {
                matches!(scan.word(end), "and" | "or")
                    && scan.word(end + 1) == "the"
                    && !scan.opens(end)
            }

            _ => false,
        }
    }
}
