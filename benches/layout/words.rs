//! Words: unstemmed with their forms looked up, against stems written in three ways.

use crate::analyzers::{BOTH, EN_STEM, FOLDED, MARK, STEMS, stems};
use crate::text::{Passage, bytes, queries};
use crate::{Built, RUNS, Rng, build, build_in_turn, cpu, latency, median};
use belli::analysis::stem::Stems;
use belli::index::analyzer::Analyzer;
use std::collections::BTreeSet;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RegexQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{Searcher, TantivyDocument, Term};

#[derive(Clone, Copy, PartialEq)]
pub enum Layout {
    /// belli's.
    Folded,
    /// Stems with positions, and the words as written in a field without.
    TwoFields,
    /// The stem and the word as written at one position of one field.
    OneField,
    /// What tantivy offers without further work.
    EnStem,
}

const LAYOUTS: [(Layout, &str); 4] = [
    (Layout::Folded, "**folded words, forms looked up**"),
    (Layout::TwoFields, "stems with positions + exact field"),
    (Layout::OneField, "stem and exact form in one field"),
    (Layout::EnStem, "tantivy's `en_stem`"),
];

impl Layout {
    /// The schema and its fields; the one searched for all forms of a word is the first.
    fn schema(self) -> (Schema, Vec<Field>) {
        use IndexRecordOption::{WithFreqs, WithFreqsAndPositions};
        let fields: &[_] = match self {
            Layout::Folded => &[(FOLDED, WithFreqsAndPositions)],
            Layout::TwoFields => &[(STEMS, WithFreqsAndPositions), (FOLDED, WithFreqs)],
            Layout::OneField => &[(BOTH, WithFreqsAndPositions)],
            Layout::EnStem => &[(EN_STEM, WithFreqsAndPositions)],
        };
        let mut builder = Schema::builder();
        let mut add = |&(name, option): &(&str, IndexRecordOption)| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(name)
                .set_index_option(option);
            let name = if name == EN_STEM { "en_stem" } else { name };
            builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let fields = fields.iter().map(&mut add).collect();
        (builder.build(), fields)
    }

    /// Writes the texts.
    pub fn build<'a>(self, texts: impl Iterator<Item = &'a str>) -> Built {
        let (schema, fields) = self.schema();
        let write = |text| {
            let mut document = TantivyDocument::default();
            fields
                .iter()
                .for_each(|&field| document.add_text(field, text));
            document
        };
        build(&schema, texts.map(write))
    }

    /// The terms that stand for a word of a query and all its forms.
    pub fn terms(self, searcher: &Searcher, stems: &Stems, word: &str) -> Vec<Term> {
        let field = Field::from_field_id(0);
        let stem = stems.stem(word);
        match self {
            Layout::Folded => {
                let forms = forms(searcher, stems, word);
                forms
                    .iter()
                    .map(|form| Term::from_field_text(field, form))
                    .collect()
            }
            Layout::OneField => vec![Term::from_field_text(field, &format!("{MARK}{stem}"))],
            Layout::TwoFields | Layout::EnStem => vec![Term::from_field_text(field, &stem)],
        }
    }

    /// The query for some words, scored by BM25.
    pub fn query(self, searcher: &Searcher, stems: &Stems, words: &[String]) -> BooleanQuery {
        let terms = words
            .iter()
            .flat_map(|word| self.terms(searcher, stems, word));
        BooleanQuery::new_multiterms_query(terms.collect())
    }

    /// What it can and cannot find, tried on four passages.
    fn abilities(self) -> [bool; 3] {
        let passages = [
            "Rebels attacked the convoy.",
            "Rebels attack the convoys.",
            "Перемирие нарушено.",
            "Условия перемирия.",
        ];
        let built = self.build(passages.into_iter());
        let exact = Field::from_field_id(u32::from(self == Layout::TwoFields));
        let stem = |word: &str| match self {
            Layout::EnStem => stems("en").stem(word).into_owned(),
            _ => word.to_owned(),
        };
        let words = ["attacked", "the", "convoy"].map(|w| Term::from_field_text(exact, &stem(w)));
        let found = |query: &dyn Query| built.searcher.search(query, &Count).unwrap_or(0);
        let wildcard = RegexQuery::from_pattern("attacke.*", exact).expect("the pattern is valid");
        let russian = self.query(&built.searcher, &stems("ru"), &["перемирию".to_owned()]);
        [
            found(&PhraseQuery::new(words.to_vec())) == 1,
            found(&wildcard) == 1,
            found(&russian) == 2,
        ]
    }
}

/// The words of the index that share a stem, looked up as `belli::search` does.
fn forms(searcher: &Searcher, stems: &Stems, word: &str) -> BTreeSet<String> {
    let class = stems.class(word);
    let mut forms = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment
            .inverted_index(Field::from_field_id(0))
            .expect("it is indexed");
        for beginning in class.beginnings() {
            let end = [beginning.as_bytes(), &[0xff]].concat();
            let range = inverted.terms().range().ge(&beginning).lt(&end);
            let mut terms = range.into_stream().expect("terms can be read");
            while terms.advance() {
                let term = std::str::from_utf8(terms.key()).expect("words are UTF-8");
                if class.has(term) {
                    forms.insert(term.to_owned());
                }
            }
        }
    }
    forms
}

/// Prints the table of words.
pub fn measure(made: &[Passage], rng: &mut Rng) {
    let size = bytes(made);
    let (one, three) = (queries(made, 1, rng), queries(made, 3, rng));
    let english = stems("en");
    let mut looked_up = String::new();
    println!("\n## Words\n");
    println!(
        "| layout | CPU s/MB | index bytes/byte | 1 word, µs | 3 words, µs \
         | exact phrase | wildcard | other language |"
    );
    println!("|---|--:|--:|--:|--:|---|---|---|");
    let built =
        LAYOUTS.map(|(layout, _)| move || layout.build(made.iter().map(|p| p.text.as_str())));
    let built = build_in_turn(built.each_ref().map(|layout| layout as &dyn Fn() -> Built));
    for ((layout, name), built) in LAYOUTS.into_iter().zip(built) {
        let searcher = &built.searcher;
        let time = |queries: &[Vec<String>]| {
            latency(queries, |words| {
                let query = layout.query(searcher, &english, words);
                let best = TopDocs::with_limit(10).order_by_score();
                searcher.search(&query, &best).expect("the query runs")
            })
        };
        let (seconds, bytes) = (built.seconds / size * 1e6, built.bytes / size);
        let able = layout
            .abilities()
            .map(|able| if able { "yes" } else { "no" })
            .join(" | ");
        let (alone, together) = (time(&one), time(&three));
        println!("| {name} | {seconds:.4} | {bytes:.3} | {alone:.0} | {together:.0} | {able} |");
        if layout == Layout::Folded {
            let forms = |words: &Vec<String>| layout.terms(searcher, &english, &words[0]).len();
            let mean = one.iter().map(forms).sum::<usize>() as f64 / one.len() as f64;
            let time = latency(&one, forms);
            looked_up = format!("Forms of a word: {mean:.1} on average, found in {time:.0} µs.");
        }
    }
    println!(
        "\nCutting and folding the words alone: {:.4} CPU s/MB.",
        cutting(made) / size * 1e6
    );
    println!("{looked_up}");
}

/// Seconds to cut and fold the words, without an index.
fn cutting(made: &[Passage]) -> f64 {
    let once = || {
        let (mut analyzer, start) = (Analyzer::default(), cpu());
        for passage in made {
            let mut tokens = analyzer.token_stream(&passage.text);
            while tokens.advance() {
                std::hint::black_box(tokens.token());
            }
        }
        cpu() - start
    };
    median((0..RUNS).map(|_| once()).collect())
}
