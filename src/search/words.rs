//! Words of a query → terms of the index: each word with the forms that a reader takes for the same.
//!
//! The index keeps words unstemmed, so the forms of a word are looked up here, by the stemmers of
//! the languages that the index holds. Not for scoring (`rank`) and not for names (`filter`).

use crate::analysis::language::Language;
use crate::analysis::stem::Stems;
use crate::analysis::{fold, words};
use crate::error::Result;
use crate::index::Index;
use crate::query::{Atom, Clause, Occur, Query};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

/// A clause with its words looked up: what is matched, scored and marked.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// What the clause is to the query.
    pub occur: Occur,
    /// One word, or the words of a phrase in order.
    pub words: Vec<Forms>,
    /// How much a match tells; 0 where the words occur nowhere.
    pub weight: f64,
}

/// The forms of a word, folded.
#[derive(Debug, Clone)]
pub struct Forms {
    /// Every form that the index holds, and the one typed.
    pub forms: BTreeSet<String>,
}

/// A language counts for words of the Latin script when this share of articles is written in it.
const SHARE: u64 = 10;

/// Words too common to search for beside others: sorted.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "been", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from",
    "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "itself", "me", "more", "most", "my", "no", "nor", "not",
    "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "own", "same", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "would", "you", "your",
];

/// Looks up the clauses of a query.
///
/// Stop words among the words that *may* match are left out where another word remains; in
/// phrases and after `+` and `-` they count.
pub fn leaves(index: &Index, query: &Query, passages: u64) -> Result<Vec<Leaf>> {
    let languages = languages(index)?;
    let kept: Vec<&Clause> = query.clauses.iter().filter(|c| !is_stop(c)).collect();
    let kept = if kept.is_empty() {
        query.clauses.iter().collect()
    } else {
        kept
    };
    let mut leaves = Vec::new();
    for clause in kept {
        let typed = match &clause.atom {
            Atom::Word(text) | Atom::Phrase(text) => text,
        };
        let mut forms = Vec::new();
        let mut weight = 0.0;
        for word in words(typed)
            .map(|w| fold(&typed[w]))
            .filter(|w| !w.is_empty())
        {
            let found = forms_of(index, &languages, word)?;
            weight += inverse_frequency(frequency(index, &found)?, passages);
            forms.push(found);
        }
        if !forms.is_empty() {
            leaves.push(Leaf {
                occur: clause.occur,
                words: forms,
                weight,
            });
        }
    }
    Ok(leaves)
}

fn is_stop(clause: &Clause) -> bool {
    matches!(&clause.atom, Atom::Word(word) if clause.occur == Occur::Any && STOP.binary_search(&fold(word).as_str()).is_ok())
}

/// The stemmers that apply to words of the Latin script, and to others.
struct Languages {
    latin: Vec<Stems>,
    other: Vec<Stems>,
}

fn languages(index: &Index) -> Result<Languages> {
    let field = index.fields().lang;
    let mut articles: BTreeMap<String, u64> = BTreeMap::new();
    for segment in index.searcher().segment_readers() {
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let code = String::from_utf8_lossy(terms.key()).into_owned();
            *articles.entry(code).or_default() += u64::from(terms.value().doc_freq);
        }
    }
    let total: u64 = articles.values().sum();
    let common = |code: &&String| code.as_str() == "en" || articles[*code] * SHARE >= total;
    let stems = |code: &String| Stems::of(Language::new(code));
    Ok(Languages {
        latin: articles.keys().filter(common).filter_map(stems).collect(),
        other: articles.keys().filter_map(stems).collect(),
    })
}

/// Every word of the index that shares a stem with `word` in one of the languages.
fn forms_of(index: &Index, languages: &Languages, word: String) -> Result<Forms> {
    let stems = if word.is_ascii() {
        &languages.latin
    } else {
        &languages.other
    };
    let mut forms = BTreeSet::from([word.clone()]);
    if word.len() > 2 && !word.bytes().any(|b| b.is_ascii_digit()) {
        for stems in stems {
            let stem = stems.stem(&word).into_owned();
            for segment in index.searcher().segment_readers() {
                collect_forms(index, segment, stems, &stem, &mut forms)?;
            }
        }
    }
    Ok(Forms { forms })
}

fn collect_forms(
    index: &Index,
    segment: &SegmentReader,
    stems: &Stems,
    stem: &str,
    forms: &mut BTreeSet<String>,
) -> Result<()> {
    let prefix = Stems::common_prefix(stem);
    for field in [index.fields().text, index.fields().title] {
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let mut end = prefix.as_bytes().to_vec();
        end.push(0xff);
        let mut terms = inverted
            .terms()
            .range()
            .ge(prefix)
            .lt(&end)
            .into_stream()
            .map_err(|e| index.damaged(e))?;
        while terms.advance() {
            if let Ok(term) = std::str::from_utf8(terms.key())
                && !forms.contains(term)
                && stems.stem(term) == stem
            {
                forms.insert(term.to_owned());
            }
        }
    }
    Ok(())
}

/// In how many live passages the forms occur, counted form by form, so that neither segments nor
/// deletions change it.
fn frequency(index: &Index, word: &Forms) -> Result<u64> {
    let mut count = 0;
    for segment in index.searcher().segment_readers() {
        for form in &word.forms {
            count += live_frequency(index, segment, index.fields().text, form)?;
        }
    }
    Ok(count)
}

fn live_frequency(index: &Index, segment: &SegmentReader, field: Field, form: &str) -> Result<u64> {
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    let term = Term::from_field_text(field, form);
    let count = match segment.alive_bitset() {
        None => inverted.doc_freq(&term),
        Some(alive) => inverted
            .read_postings(&term, IndexRecordOption::Basic)
            .map(|p| p.map_or(0, |p| p.doc_freq_given_deletes(alive))),
    };
    count.map(u64::from).map_err(|e| index.damaged(e))
}

/// BM25's inverse document frequency: never negative.
fn inverse_frequency(frequency: u64, passages: u64) -> f64 {
    let (df, n) = (frequency.min(passages) as f64, passages as f64);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    #[test]
    fn stop_words_are_sorted() {
        assert!(super::STOP.windows(2).all(|w| w[0] < w[1]));
    }
}
