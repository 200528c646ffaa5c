//! Passage texts: the stored text of a part of an article, with its words, sentences and paragraphs.
//!
//! Read where the postings do not say enough: for sentences, paragraphs, spelling and marks. Its
//! words are the index's own, in number and place. Not for matching.

use super::postings::At;
use crate::analysis::sentences::sentences;
use crate::error::Result;
use crate::index::Index;
use crate::index::analyzer::Analyzer;
use crate::index::stored::{StoredArticle, StoredPassage, decode};
use std::ops::Range;
use tantivy::schema::{Field, Value};
use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{DocAddress, TantivyDocument};

/// The text of a part of an article, taken apart.
pub(super) struct PassageText {
    text: String,
    /// The bytes of each word.
    words: Vec<Range<usize>>,
    /// The first word of every sentence but the first.
    sentences: Vec<u32>,
    /// The first word of every paragraph but the first.
    paragraphs: Vec<u32>,
    /// Whether it starts inside the paragraph with which the passage before it ends.
    pub continues: bool,
}

impl PassageText {
    /// Reads a part of the article whose first passage is `first`.
    pub(super) fn read(index: &Index, first: DocAddress, part: usize) -> Result<PassageText> {
        if part == At::TITLE {
            let article: StoredArticle = stored(index, first, index.fields().article)?;
            return Ok(PassageText::new(article.title, false));
        }
        let address = DocAddress::new(first.segment_ord, first.doc_id + part as u32 - 1);
        let passage: StoredPassage = stored(index, address, index.fields().passage)?;
        let document = document(index, address)?;
        let text = document
            .get_first(index.fields().text)
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default();
        Ok(PassageText::new(text, passage.continues))
    }

    fn new(text: String, continues: bool) -> PassageText {
        let mut words = Vec::new();
        let mut analyzer = Analyzer::default();
        let mut tokens = analyzer.token_stream(&text);
        while tokens.advance() {
            let token = tokens.token();
            let (at, range) = (token.position, token.offset_from..token.offset_to);
            if at >= words.len() {
                words.resize(at + 1, range);
            }
        }
        let first_from = |byte: usize| words.partition_point(|w| w.start < byte) as u32;
        let found = sentences(&text, 0..text.len());
        let starts = |keep: &dyn Fn(&Range<usize>) -> bool| {
            let next = found.iter().zip(found.iter().skip(1));
            let mut starts: Vec<u32> = next
                .filter(|(before, _)| keep(before))
                .map(|(_, sentence)| first_from(sentence.start))
                .filter(|&first| first > 0)
                .collect();
            starts.dedup();
            starts
        };
        let ends_paragraph = |sentence: &Range<usize>| {
            let sentence = &text[sentence.clone()];
            let tail = &sentence[sentence.trim_end().len()..];
            tail.bytes().filter(|&b| b == b'\n').count() >= 2
        };
        PassageText {
            sentences: starts(&|_| true),
            paragraphs: starts(&ends_paragraph),
            words,
            continues,
            text,
        }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at a place.
    pub(super) fn word(&self, word: u32) -> &str {
        self.bytes(word, word).map_or("", |range| &self.text[range])
    }

    /// The bytes from a word to another.
    pub(super) fn bytes(&self, first: u32, last: u32) -> Option<Range<usize>> {
        let (first, last) = (
            self.words.get(first as usize)?,
            self.words.get(last as usize)?,
        );
        Some(first.start..last.end.max(first.start))
    }

    /// The number of the sentence in which a word stands.
    pub(super) fn sentence(&self, word: u32) -> usize {
        self.sentences.partition_point(|&first| first <= word)
    }

    /// The number of the paragraph in which a word stands.
    pub(super) fn paragraph(&self, word: u32) -> usize {
        self.paragraphs.partition_point(|&first| first <= word)
    }

    /// The number of its last paragraph.
    pub(super) fn last_paragraph(&self) -> usize {
        self.paragraphs.len()
    }
}

/// Reads a document.
pub(super) fn document(index: &Index, address: DocAddress) -> Result<TantivyDocument> {
    index.searcher().doc(address).map_err(|e| index.damaged(e))
}

/// Decodes a stored field of a document.
pub(super) fn stored<T: serde::de::DeserializeOwned>(
    index: &Index,
    address: DocAddress,
    field: Field,
) -> Result<T> {
    let document = document(index, address)?;
    let bytes = document
        .get_first(field)
        .and_then(|v| v.as_bytes().map(<[u8]>::to_vec))
        .unwrap_or_default();
    decode(&bytes).map_err(|e| index.damaged(e))
}
