//! Feedback: the best passages of a search → the words that a second search looks for as well.
//!
//! Relevance feedback without a judge: the first passages are taken for relevant, and what tells most
//! of them is added, all of it together counting less than a third of what was typed. It finds more of
//! what was reported on a matter and can lose the one article that was meant: an option, never a default.
//! Not for what words mean (`echoes`).

use super::echoes::Echo;
use super::plan::{Places, Planner, Tree};
use super::words::{Forms, Leaf, Lookup};
use super::{Copies, Request, find, guarded};
use crate::analysis::stop::is_stop;
use crate::analysis::{fold, words};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use crate::query::{Form, Node, Phrase};
use std::collections::BTreeMap;

/// So many of the best articles are taken for relevant, each by its best passage.
const PASSAGES: usize = 10;
/// So many words are added.
const WORDS: usize = 10;
/// What they count together, beside the words typed.
const TOGETHER: f64 = 0.3;
/// A word of a single passage is that passage's matter, not the query's.
const SHARED: usize = 2;

/// A word that was found and not typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Fed {
    /// The word, in the form that was found first.
    pub word: String,
    /// What it counts, in words typed.
    pub factor: f64,
}

/// The words that tell most of the best passages that `request` finds, the most telling first.
/// None for a request without words.
///
/// # Errors
/// As [`search`](super::search).
pub fn feedback(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Vec<Fed>> {
    let first = Request {
        limit: PASSAGES,
        per_article: Some(1),
        // What is said twice is not said by two.
        copies: Copies::Collapse,
        ..request.clone()
    };
    guarded(index, || {
        let mut typed = Vec::new();
        words_of(&request.query.root, &mut typed);
        // Small words are left out of the search too, where others remain.
        if typed.iter().any(|p| !is_stop(&p.text)) {
            typed.retain(|p| !is_stop(&p.text));
        }
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let found = find(index, gazetteer, &first)?;
        let texts: Vec<(f64, &str)> = found
            .hits
            .iter()
            .map(|hit| (hit.score, hit.text.as_str()))
            .collect();
        telling(index, request, &typed, &texts)
    })
}

/// The words that somebody typed and wants to find.
fn words_of<'q>(node: &'q Node, typed: &mut Vec<&'q Phrase>) {
    match node {
        Node::Words(phrase) => typed.push(phrase),
        Node::Not(_) => {}
        node => node.parts().iter().for_each(|part| words_of(part, typed)),
    }
}

fn telling(
    index: &Index,
    request: &Request,
    typed: &[&Phrase],
    texts: &[(f64, &str)],
) -> Result<Vec<Fed>> {
    let lookup = Lookup::new(index, request.model.rarity, &request.stop)?;
    let mut known: Vec<Forms> = Vec::new();
    for phrase in typed {
        known.extend(lookup.forms(phrase)?);
    }
    // How likely each word is in a passage like these, and in how many of them it stands.
    let total: f64 = texts.iter().map(|(score, _)| score).sum();
    let mut likely: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (score, text) in texts {
        let all: Vec<String> = words(text).map(|w| fold(&text[w])).collect();
        let mut counted: BTreeMap<&str, f64> = BTreeMap::new();
        for word in &all {
            *counted.entry(word).or_default() += 1.0 / all.len() as f64;
        }
        for (word, share) in counted {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 1 && !is_stop(word) {
                let (sum, passages) = likely.entry(word.to_owned()).or_default();
                *sum += share * score / total;
                *passages += 1;
            }
        }
    }
    let mut found: Vec<(f64, f64, String, Forms)> = Vec::new();
    for (word, (share, passages)) in likely {
        if passages < SHARED {
            continue;
        }
        let forms = lookup.forms(&usual(&word))?;
        let tells = lookup.weight(&forms)?;
        if let [forms] = forms.as_slice() {
            found.push((share * tells, share, word, forms.clone()));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let mut kept: Vec<(f64, String)> = Vec::new();
    for (_, share, word, forms) in found {
        // One form of a word stands for all of them.
        if kept.len() < WORDS && !known.iter().any(|k| k.forms.contains_key(&word)) {
            known.push(forms);
            kept.push((share, word));
        }
    }
    let all: f64 = kept.iter().map(|(share, _)| share).sum();
    let fed = |(share, word)| Fed {
        word,
        factor: TOGETHER * share / all * typed.len() as f64,
    };
    Ok(kept.into_iter().map(fed).collect())
}

fn usual(word: &str) -> Phrase {
    Phrase {
        text: word.to_owned(),
        form: Form::Usual,
        slop: 0,
        quoted: false,
    }
}

impl Planner<'_> {
    /// Adds the words of a feedback: to a loose query as what will do too, else to lift what matches.
    pub(super) fn fed(&mut self, tree: Tree, matches: bool) -> Result<Tree> {
        let mut any = vec![tree];
        for fed in &self.request.feedback {
            let words = self.words.forms(&usual(&fed.word))?;
            self.leaves.push(Leaf {
                weight: self.words.weight(&words)? * fed.factor,
                words,
                slop: 0,
                scored: true,
                placed: false,
                carries: None,
                stands_for: Some(Echo {
                    of: Vec::new(),
                    typed: "what was found".to_owned(),
                    means: fed.word.clone(),
                    matches,
                }),
            });
            if matches {
                let place = Places::Leaf(self.leaves.len() - 1);
                any.push(Tree::Place(place, fed.word.clone()));
            }
        }
        Ok(match any.len() {
            1 => any.remove(0),
            _ => Tree::Any(any),
        })
    }
}
