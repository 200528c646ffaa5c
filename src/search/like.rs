//! More like this: passages → the query of the words that tell most of it.
//!
//! A word tells much that stands here often and elsewhere seldom, but stands elsewhere. The words
//! stand for themselves. Not for copies (`copies`).

use super::show::Shown;
use super::words::{Forms, Lookup};
use super::{Model, guarded};
use crate::analysis::stop::is_stop;
use crate::analysis::{fold, words};
use crate::error::Result;
use crate::index::Index;
use crate::index::writer::article_id;
use crate::query::{Form, Item, Node, Occur, Phrase, Query};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// So many words are looked for.
const WORDS: usize = 16;

/// The words that tell most of some passages, any of them; everything where they have none.
///
/// # Errors
/// A damaged index.
pub fn like(index: &Index, passages: &[Shown]) -> Result<Query> {
    let texts: Vec<&str> = passages.iter().map(|s| s.hit.text.as_str()).collect();
    let telling = guarded(index, || telling(index, &texts))?;
    let words = telling.into_iter().map(|word| Item {
        occur: Occur::Any,
        node: Node::Words(word),
    });
    Ok(match words.len() {
        0 => Query::from(Node::All),
        _ => Query::from(Node::Group(words.collect())),
    })
}

/// The articles of some passages, by root and id.
pub fn articles(passages: &[Shown]) -> Vec<(String, String)> {
    let article = |s: &Shown| (s.hit.article.root.clone(), article_id(&s.hit.article));
    let mut articles: Vec<_> = passages.iter().map(article).collect();
    articles.dedup();
    articles
}

/// The words that tell most, the most telling first.
fn telling(index: &Index, texts: &[&str]) -> Result<Vec<Phrase>> {
    let never = AtomicBool::new(false);
    let lookup = Lookup::new(index, Model::default().rarity, &never)?;
    let mut often: BTreeMap<String, u32> = BTreeMap::new();
    for text in texts {
        for word in words(text).map(|w| fold(&text[w])) {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 1 && !is_stop(&word) {
                *often.entry(word).or_default() += 1;
            }
        }
    }
    let mut found: Vec<(f64, Phrase, Vec<Forms>)> = Vec::new();
    for (text, times) in often {
        let word = Phrase {
            text,
            form: Form::Usual,
            slop: 0,
            quoted: false,
        };
        let forms = lookup.forms(&word)?;
        let often = lookup.found(&forms)?;
        if often.iter().min() > Some(&u64::from(times)) {
            let tells = lookup.tells(&often) * f64::from(times).sqrt();
            found.push((tells, word, forms));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
    let mut kept: Vec<(Phrase, Vec<Forms>)> = Vec::new();
    for (_, word, forms) in found {
        // One form of a word stands for all of them.
        let form = |(_, forms): &(Phrase, Vec<Forms>)| {
            forms.len() == 1 && forms[0].forms.contains_key(&word.text)
        };
        if kept.len() < WORDS && !kept.iter().any(form) {
            kept.push((word, forms));
        }
    }
    Ok(kept.into_iter().map(|(word, _)| word).collect())
}
