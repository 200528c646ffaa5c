//! Echoes: what the plain words of a query mean beside themselves.
//!
//! A word that names an actor or a place stands for its other names ("Artsakh" for texts that say
//! Nagorno-Karabakh) and, for the score alone, for what lies in it; a word with synonyms for them.
//! An echo counts less than what was typed, and nothing in a passage that has what was typed. Words
//! in quotation marks, under operators or demanded stand for themselves only, and so do parts of a
//! compound. Not for names that are
//! demanded (`filter`).

use super::filter::{Kind as Of, Test};
use super::names::Terms;
use super::plan::{Places, Planner, Tree};
use super::words::{Forms, Leaf};
use crate::analysis::{bare, words};
use crate::error::Result;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Candidate, Entry, Found, Kind, Tokens, name_key};
use crate::query::{Form, Phrase};
use std::collections::BTreeSet;
use std::ops::Range;
use tantivy::schema::Field;

/// How common a word is that is everybody's.
const EVERYDAY: u8 = 3;

/// What a leaf that nobody typed stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Echo {
    /// The leaves that were typed. Where all of them are, the echo adds nothing.
    pub of: Vec<usize>,
    /// What was typed.
    pub typed: String,
    /// What it stands for, for people: names, or synonyms.
    pub means: String,
    /// Whether it matches, or only lifts what matches.
    pub matches: bool,
}

/// A plain word of a query, with its leaf unless it is left out.
pub(super) struct Typed {
    pub text: String,
    pub leaf: Option<usize>,
}

/// Words that stand side by side in a query.
struct Run {
    text: String,
    /// Bytes of the text, with the leaf.
    words: Vec<(Range<usize>, Option<usize>)>,
}

impl Run {
    fn new(typed: &[Typed]) -> Run {
        let mut run = Run {
            text: String::new(),
            words: Vec::new(),
        };
        for word in typed {
            let start = run.text.len();
            run.text.push_str(&word.text);
            run.words.push((start..run.text.len(), word.leaf));
            run.text.push(' ');
        }
        run
    }

    /// The leaves of what stands in some bytes; `None` if nothing of it is searched for, or if it is but a part
    /// of a compound that means something else: `truce-breaking`, but not `Armenia-Azerbaijan`, all of it
    /// `names`.
    fn leaves(&self, bytes: &Range<usize>, names: &[Range<usize>]) -> Option<Vec<usize>> {
        let inside = |word: &Range<usize>| word.start < bytes.end && bytes.start < word.end;
        let is_name = |word: &Range<usize>| {
            names
                .iter()
                .any(|n| n.start <= word.start && word.end <= n.end)
        };
        // Scripts that set no spaces have no compounds: a mark has to stand between.
        let joined = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
        let other = |range: Range<usize>| {
            let start = range.start;
            let mut words = words(&self.text[range]).map(|w| start + w.start..start + w.end);
            words.any(|word| !is_name(&word))
        };
        let mut leaves = Vec::new();
        for (word, leaf) in self.words.iter().filter(|(word, _)| inside(word)) {
            let bare = bare(&self.text[word.clone()]);
            let before = word.start + bare.start..bytes.start;
            let behind = bytes.end..word.start + bare.end;
            let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or("");
            if joined(text(&before).chars().next_back()) && other(before)
                || joined(text(&behind).chars().next()) && other(behind)
            {
                return None;
            }
            leaves.extend(leaf);
        }
        (!leaves.is_empty()).then_some(leaves)
    }
}

/// Whether case gives no hint that a word is a name: it is small, or opens a sentence.
fn is_small(tokens: &Tokens, i: usize) -> bool {
    match tokens.get(i).map(|t| t.shape) {
        Some(Shape::Lower) => true,
        Some(Shape::Title) => i == 0 && tokens.len() > 1,
        _ => false,
    }
}

/// Whether an everyday word is typed for an entry that bears it as a name: `plan` is neither an army
/// nor a village, but `french` is a state's own word.
fn is_meant(typed: &str, small: bool, name: Candidate, entry: &Entry) -> bool {
    let own = Candidate::MAIN | Candidate::ADJECTIVE | Candidate::PEOPLE;
    match small {
        true => matches!(entry.kind(), Kind::State | Kind::Country) && name.flags() & own != 0,
        false => !name.has(Candidate::EXACT) || entry.name() == typed || entry.has_alias(typed),
    }
}

impl Planner<'_> {
    /// Adds the leaves that `typed` stands for beside itself; gives those that match.
    pub(super) fn echoes(&mut self, typed: &[Typed], factor: f64) -> Result<Vec<Tree>> {
        let Some(synonyms) = self.request.widen.clone() else {
            return Ok(Vec::new());
        };
        let run = Run::new(typed);
        let tokens = Tokens::new(&run.text);
        let mut found = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            let name = self.gazetteer.longest(&tokens, i);
            found.extend(name.map(|name| (i, name)));
            i += name.map_or(1, |name| name.words);
        }
        let is_everyday = |found: &Found| found.words == 1 && found.key.common() == EVERYDAY;
        let spans = found.iter().filter(|(_, name)| !is_everyday(name));
        let spans = spans.map(|(i, name)| tokens.bytes(*i..i + name.words));
        let names: Vec<Range<usize>> = spans.collect();
        let mut trees = Vec::new();
        for (i, found) in found {
            let bytes = tokens.bytes(i..i + found.words);
            let Some(of) = run.leaves(&bytes, &names) else {
                continue;
            };
            let typed = &run.text[bytes];
            let small = is_small(&tokens, i);
            let everyday = is_everyday(&found);
            let candidates = self.gazetteer.candidates(found.key).iter();
            let senses: Vec<Entry> = candidates
                .map(|c| (c, self.gazetteer.row(c.row())))
                .filter(|(c, entry)| !everyday || is_meant(typed, small, *c, entry))
                .map(|(_, entry)| entry)
                .collect();
            trees.extend(self.names(typed, &of, &senses, factor)?);
        }
        for (bytes, means) in synonyms.find(&run.text) {
            if let Some(of) = run.leaves(&bytes, &names) {
                trees.extend(self.synonyms(&run.text[bytes], &of, &means, factor)?);
            }
        }
        Ok(trees)
    }

    /// The entries of a name under any name, and what lies in them.
    fn names(
        &mut self,
        typed: &str,
        of: &[usize],
        senses: &[Entry],
        factor: f64,
    ) -> Result<Vec<Tree>> {
        let model = self.request.model;
        let mut trees = Vec::new();
        for kind in [Of::Actor, Of::Place] {
            let senses: Vec<&Entry> = senses
                .iter()
                .filter(|s| s.kind().is_place() == (kind == Of::Place))
                .collect();
            if senses.is_empty() {
                continue;
            }
            let census = self.values.census(kind)?;
            let ids = |term: &&str| !term.starts_with(['<', '=']) && !term.starts_with("text:");
            let itself: BTreeSet<&str> = senses
                .iter()
                .flat_map(|s| census.of(s))
                .filter(ids)
                .collect();
            let below: Vec<&str> = senses
                .iter()
                .flat_map(|s| census.below(s))
                .filter(|id| ids(id) && !itself.contains(id))
                .collect();
            let field = self.values.field(kind);
            let shown: Vec<&str> = senses
                .iter()
                .filter(|s| itself.contains(s.id().as_str()))
                .map(|s| s.name())
                .filter(|name| name_key(name) != name_key(typed))
                .collect();
            let echo = |means: String, of: &[usize], matches| Echo {
                of: of.to_vec(),
                typed: typed.to_owned(),
                means,
                matches,
            };
            if !itself.is_empty() && model.names > 0.0 {
                let leaf = self.carried(field, itself, model.names * factor)?;
                trees.push(self.echo(leaf, echo(shown.join(", "), of, true)));
            }
            if !below.is_empty() && model.within > 0.0 {
                let leaf = self.carried(field, below, model.within * factor)?;
                self.echo(leaf, echo(format!("what lies in {typed}"), &[], false));
            }
        }
        Ok(trees)
    }

    /// The synonyms of what was typed: single words as one, each phrase by itself.
    fn synonyms(
        &mut self,
        typed: &str,
        of: &[usize],
        means: &[String],
        factor: f64,
    ) -> Result<Vec<Tree>> {
        let weight = self.request.model.synonyms * factor;
        if weight == 0.0 {
            return Ok(Vec::new());
        }
        let (mut single, mut phrases) = (BTreeSet::new(), Vec::new());
        let mut words = Vec::new();
        for synonym in means {
            let forms = self.words.forms(&Phrase {
                text: synonym.clone(),
                form: Form::Usual,
                slop: 0,
                quoted: true,
            })?;
            match forms.as_slice() {
                [word] => {
                    single.extend(word.forms.keys().cloned());
                    words.push(synonym.as_str());
                }
                _ => phrases.push((forms, synonym.clone())),
            }
        }
        if !single.is_empty() {
            let shown = words.join(", ");
            phrases.insert(0, (vec![Forms::any(single)], shown));
        }
        let mut trees = Vec::new();
        for (words, means) in phrases {
            let leaf = Leaf {
                weight: weight * self.words.weight(&words)?,
                placed: words.len() > 1,
                words,
                slop: 0,
                scored: true,
                carries: None,
                stands_for: None,
            };
            let echo = Echo {
                of: of.to_vec(),
                typed: typed.to_owned(),
                means,
                matches: true,
            };
            trees.push(self.echo(leaf, echo));
        }
        Ok(trees)
    }

    /// A leaf of ids that passages carry.
    fn carried<'t>(
        &self,
        field: Field,
        ids: impl IntoIterator<Item = &'t str>,
        weight: f64,
    ) -> Result<Leaf> {
        let ids: Terms = ids.into_iter().collect();
        let carries = Test::Terms(field, ids.into());
        Ok(Leaf {
            weight: weight * self.words.weight_of(&carries)?,
            words: Vec::new(),
            slop: 0,
            scored: true,
            placed: false,
            carries: Some(carries),
            stands_for: None,
        })
    }

    /// Adds an echo, which never counts more than what was typed, however rare it is.
    fn echo(&mut self, mut leaf: Leaf, echo: Echo) -> Tree {
        let clause = echo.typed.clone();
        if !echo.of.is_empty() {
            let most = echo.of.iter().map(|&l| self.leaves[l].weight).sum();
            leaf.weight = leaf.weight.min(most);
        }
        leaf.stands_for = Some(echo);
        self.leaves.push(leaf);
        Tree::Place(Places::Leaf(self.leaves.len() - 1), clause)
    }
}
