//! Raw tantivy, the floor of any program that is built on it: one stored, stemmed field with
//! positions over the same passages, written by as many threads, and the ten best of a query.

use crate::analyzers::{self, EN_STEM};
use belli::passage::passages;
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, Searcher, TantivyDocument, doc};

fn schema() -> (Schema, Field) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(EN_STEM)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = builder.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(words) | STORED,
    );
    (builder.build(), text)
}

/// Indexes the files below `tree`, cut by belli's splitter.
pub fn index(tree: &Path, into: &Path, threads: usize) -> Result<(), Box<dyn std::error::Error>> {
    let (schema, text) = schema();
    std::fs::create_dir_all(into)?;
    let builder = Index::builder().schema(schema);
    let index = builder.tokenizers(analyzers::all()).create_in_dir(into)?;
    let mut writer = index.writer_with_num_threads(threads, threads * (64 << 20))?;
    for entry in walkdir::WalkDir::new(tree).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let whole = std::fs::read_to_string(entry.path())?;
        for range in passages(&whole, 0..whole.len(), &|_| None) {
            writer.add_document(doc!(text => &whole[range]))?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index opened for searching.
pub struct Raw {
    searcher: Searcher,
    parser: QueryParser,
    text: Field,
}

impl Raw {
    /// Opens the index that [`index`] wrote.
    pub fn open(path: &Path) -> Result<Raw, Box<dyn std::error::Error>> {
        let mut index = Index::open_in_dir(path)?;
        index.set_tokenizers(analyzers::all());
        let text = index.schema().get_field("text")?;
        let mut parser = QueryParser::for_index(&index, vec![text]);
        parser.set_conjunction_by_default();
        Ok(Raw {
            searcher: index.reader()?.searcher(),
            parser,
            text,
        })
    }

    /// The stored texts of the ten best.
    pub fn search(&self, query: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let query = self.parser.parse_query(query)?;
        let best = self
            .searcher
            .search(&query, &TopDocs::with_limit(10).order_by_score())?;
        let mut texts = Vec::new();
        for (_, address) in best {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = document.get_first(self.text).and_then(|v| v.as_str());
            texts.push(text.unwrap_or_default().to_owned());
        }
        Ok(texts)
    }
}
