//! Names that no table has, where the words beside them say that they are places.
//!
//! Villages on front lines are in no gazetteer. Before most prepositions stand places, persons and
//! firms alike; those after which hardly anything but a place stands are believed, in English, for a
//! name that no table explains and no noun follows. So are the members of an enumeration of places.
//! Which place it is stays open.

use super::recognise::{Case, ENOUGH, Scan, Toponym};
use super::words::{self, Cue};
use crate::extract::hash::Set;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Key, Token};
use std::ops::Range;

impl Scan<'_> {
    /// Adds those of the names without a toponym that the text places: `clashes in Mucojo`, `Goma and Mamove`.
    pub(super) fn placed_names(&mut self, others: &[Range<usize>]) {
        if self.case != Case::Mixed || others.is_empty() {
            return;
        }
        let mut taken = vec![false; self.tokens.len() + 1];
        // Where a place ends: what is enumerated after it is one as well.
        let mut ends = vec![false; self.tokens.len() + 1];
        for t in &self.toponyms {
            taken[t.span.clone()].fill(true);
            ends[t.span.end] = t.score >= ENOUGH;
        }
        let mut english = None;
        let mut placed: Set<&str> = Set::default();
        let mut unplaced: Vec<Range<usize>> = Vec::new();
        let mut added: Vec<Range<usize>> = Vec::new();
        let mut next = 1;
        // A sentence's first word may stand before a name.
        for i in others.iter().cloned().flatten() {
            if i < next {
                continue;
            }
            if self.is_mountain(i, &taken) {
                next = i + 2;
                added.push(i..next);
                continue;
            }
            let end = self.unexplained(i, &taken);
            if end == i {
                continue;
            }
            next = end;
            let named = i..end;
            let placing = self.stands_where_places_do(i, end);
            let found = (placing || self.is_enumerated(i, end, &ends))
                && *english.get_or_insert_with(|| self.is_english());
            if found {
                ends[end] = true;
                // Shops and feasts are `at` as well: that says nothing for other mentions.
                if placing && self.tokens.folded(i - 1) != "at" {
                    placed.insert(self.tokens.key(named.clone()));
                }
                added.push(named);
            } else {
                unplaced.push(named);
            }
        }
        if added.is_empty() {
            return;
        }
        // What is a place once is one throughout.
        unplaced.retain(|named| placed.contains(self.tokens.key(named.clone())));
        added.extend(unplaced);
        self.toponyms.extend(added.into_iter().map(|words| Toponym {
            name: words.clone(),
            span: words,
            key: None,
            stands_for: None,
            cue: Cue::None,
            inside: None,
            list: None,
            score: 1.5,
            firm: true,
            article: false,
            street: false,
        }));
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    /// `Mount Sefton`, but not `the Mount Sefton Bivvy`.
    fn is_mountain(&self, i: usize, taken: &[bool]) -> bool {
        words::is_mountain(self.tokens.folded(i))
            && self.is_capital(i)
            && self.continues(i + 1)
            && !taken[i]
            && !taken[i + 1]
            && !self.continues(i + 2)
    }

    /// The end of a name at `i` that no table explains; `i` if there is none.
    fn unexplained(&self, i: usize, taken: &[bool]) -> usize {
        let title = |n: usize| self.token(n).is_some_and(|t| t.shape == Shape::Title);
        if taken[i] || !title(i) || self.key(i).is_some_and(|k| !is_bare(k)) {
            return i;
        }
        let mut end = i + 1;
        while end <= i + 3 && !self.tokens.list()[end - 1].possessive {
            end += match (self.continues(end), self.goes_on_by_article(end)) {
                (true, _) => 1,
                (_, true) => 2,
                _ => break,
            };
        }
        // `LinkedIn`
        let inner_capital = |n: usize| {
            let written = &self.text[self.tokens.bytes(n..n + 1)];
            let odd = |c: char| c.is_uppercase() || c.is_numeric();
            written.chars().skip(1).any(odd)
        };
        let explained = |n: usize| {
            let word = self.tokens.folded(n);
            let known = match end - i {
                1 => self.key(n).is_some(),
                _ => self.key(n).is_some_and(|k| !is_bare(k)),
            };
            taken[n]
                || !words::is_arabic_article(word)
                    && (known
                        || !title(n)
                        || word.len() < 3
                        || words::is_calendar(word)
                        || inner_capital(n))
        };
        let last = self.tokens.folded(end - 1);
        // `in Aleppos suburbs`: an apostrophe was lost.
        let genitive = || {
            let bare = last.strip_suffix('s');
            bare.is_some_and(|name| self.gazetteer.lookup(name).is_some())
        };
        // `in Buddhism`, `in Hebrew`, and a person of the article.
        let other = ["ism", "ist", "ists", "ians"]
            .iter()
            .any(|s| last.ends_with(s))
            || words::is_language(last)
            || self.surnames.contains(last)
            || self.tokens.list()[end - 1].possessive
            || genitive();
        if end - i > 3 || other || (i..end).any(explained) {
            return i;
        }
        end
    }

    /// Whether the words before a name and after it are those of a place.
    fn stands_where_places_do(&self, i: usize, end: usize) -> bool {
        let plain = |n: usize| {
            self.token(n)
                .is_some_and(|t| t.gap.0 & !Gap::NEWLINE == Gap::SPACE)
        };
        let after = self.tokens.folded(end);
        if self.tokens.joins(end) && words::is_ground_after(after) {
            return true;
        }
        if !plain(i) {
            return false;
        }
        let word = |back: usize| match i.checked_sub(back) {
            Some(n) if back == 1 || plain(n + 1) => self.tokens.folded(n),
            _ => "",
        };
        // `residents of X fled`
        if word(1) == "of" && words::is_of_place(word(2)) {
            return true;
        }
        if !self.ends_as_places_do(end) {
            return false;
        }
        match word(1) {
            "in" | "at" => !words::is_put_in(word(2)),
            "of" => words::is_direction(word(2)),
            "as" => word(2) == "such" && words::cue_before(word(3)) != Cue::None,
            "from" | "to" => words::is_way(word(2)),
            "through" => false,
            before => words::is_strictly_locative(before) || words::is_taken(before),
        }
    }

    /// Whether a name stands in an enumeration behind a place: `Goma, X and`, `Goma and X.`
    fn is_enumerated(&self, i: usize, end: usize, ends: &[bool]) -> bool {
        let gap = |n: usize| self.token(n).map_or(0, |t: &Token| t.gap.0 & !Gap::NEWLINE);
        let comma = Gap::COMMA | Gap::SPACE;
        let by_and = self.tokens.folded(i - 1) == "and"
            && i > 1
            && ends[i - 1]
            && matches!(gap(i - 1), g if g == Gap::SPACE || g == comma)
            && gap(i) == Gap::SPACE;
        let by_comma = ends[i] && gap(i) == comma;
        let after = self.tokens.folded(end);
        // `in Goma, Kabila said`: a clause may begin behind a comma, and behind `and`.
        let goes_on =
            gap(end) == Gap::SPACE && self.tokens.folded(end) == "and" && self.is_capital(end + 1)
                || gap(end) == comma && self.is_capital(end);
        by_comma && goes_on
            || by_and && !self.tokens.joins(end)
            || by_and
                && gap(end) == Gap::SPACE
                && (words::is_locative(after)
                    || matches!(after, "after" | "before" | "during" | "on"))
    }

    /// Whether no noun follows that the name could belong to: `in Facebook posts`.
    fn ends_as_places_do(&self, end: usize) -> bool {
        let after = self.tokens.folded(end);
        !self.tokens.joins(end)
            || words::is_function_word(after)
            || words::is_locative(after)
            || words::is_weakly_locative(after)
            || words::is_no_noun(after)
    }

    /// Whether the text is English by its smallest words: other languages write other words with capitals.
    fn is_english(&self) -> bool {
        let small = |i: &usize| matches!(self.tokens.folded(*i), "the" | "and" | "of" | "to");
        (0..self.tokens.len()).filter(small).count() * 15 >= self.tokens.len()
    }
}

/// Whether all that the tables say of a word is that names of places begin with it.
fn is_bare(key: Key) -> bool {
    key.common() == 0
        && ![Key::ACTOR, Key::TITLE, Key::ROLE, Key::GIVEN, Key::SURNAME]
            .iter()
            .any(|&flag| key.has(flag))
}
