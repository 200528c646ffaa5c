//! Passage texts: the stored text of a part of an article, with its words, sentences and paragraphs.
//!
//! Read where the postings do not say enough: for sentences, paragraphs, spelling and marks. Its
//! words are the index's own, in number and place. Not for matching.

use super::document::Document;
use crate::analysis::sentences::sentences;
use crate::error::Result;
use crate::index::Index;
use crate::index::analyzer::indexed;
use crate::index::compact;
use crate::index::stored::{StoredArticle, StoredPassage, decode};
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;
use tantivy::DocAddress;

/// A passage as the index stores it.
pub(super) struct Stored {
    pub text: String,
    pub passage: StoredPassage,
    /// With the first passage of an article.
    pub article: Option<Arc<StoredArticle>>,
}

impl Stored {
    /// Reads a passage.
    pub(super) fn read(index: &Index, address: DocAddress) -> Result<Stored> {
        let document = index.searcher().doc(address);
        Stored::of(index, document.map_err(|e| index.damaged(e))?)
    }

    /// Takes apart what was read.
    pub(super) fn of(index: &Index, mut document: Document) -> Result<Stored> {
        let fields = index.fields();
        let text = document.text(fields.text);
        let passage = compact::decode(document.bytes(fields.passage).unwrap_or_default(), &text);
        let article = document.bytes(fields.article).map(decode).transpose();
        Ok(Stored {
            text,
            passage: passage.map_err(|e| index.damaged(e))?,
            article: article.map_err(|e| index.damaged(e))?.map(Arc::new),
        })
    }

    /// The article, which a first passage has.
    pub(super) fn article(&self, index: &Index) -> Result<&Arc<StoredArticle>> {
        let article = self.article.as_ref();
        article.ok_or_else(|| index.damaged("an article is without its description"))
    }
}

/// The text of a part of an article, taken apart.
pub(super) struct PassageText {
    text: String,
    /// The bytes of each word, or of the first ones.
    words: Vec<Range<usize>>,
    /// Whether it was cut to its end.
    whole: bool,
    breaks: OnceCell<Breaks>,
    /// Whether it starts inside the paragraph with which the passage before it ends.
    pub continues: bool,
}

/// Where sentences and paragraphs begin.
struct Breaks {
    /// The first word of every sentence but the first.
    sentences: Vec<u32>,
    /// The first word of every paragraph but the first.
    paragraphs: Vec<u32>,
}

impl PassageText {
    /// A text that is not cut into words yet.
    pub(super) fn new(text: String, continues: bool) -> PassageText {
        PassageText {
            words: Vec::new(),
            whole: false,
            breaks: OnceCell::new(),
            continues,
            text,
        }
    }

    /// Cuts it into words up to this one, unless that is done.
    pub(super) fn cut(&mut self, last: u32) {
        let enough = |words: &[Range<usize>]| words.len() > last as usize;
        if self.whole || enough(&self.words) {
            return;
        }
        let mut found = indexed(&self.text).skip(self.words.len());
        while !enough(&self.words) {
            let Some(word) = found.next() else {
                self.whole = true;
                return;
            };
            self.words.push(word);
        }
    }

    fn breaks(&self) -> &Breaks {
        self.breaks.get_or_init(|| self.find_breaks())
    }

    fn find_breaks(&self) -> Breaks {
        let PassageText { text, words, .. } = self;
        let first_from = |byte: usize| words.partition_point(|w| w.start < byte) as u32;
        let found = sentences(text, 0..text.len());
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
        Breaks {
            sentences: starts(&|_| true),
            paragraphs: starts(&ends_paragraph),
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
        self.breaks()
            .sentences
            .partition_point(|&first| first <= word)
    }

    /// The number of the paragraph in which a word stands.
    pub(super) fn paragraph(&self, word: u32) -> usize {
        self.breaks()
            .paragraphs
            .partition_point(|&first| first <= word)
    }

    /// The number of its last paragraph.
    pub(super) fn last_paragraph(&self) -> usize {
        self.breaks().paragraphs.len()
    }
}

/// The text of a passage alone.
pub(super) fn text(index: &Index, address: DocAddress) -> Result<String> {
    let document: tantivy::Result<Document> = index.searcher().doc(address);
    Ok(document
        .map_err(|e| index.damaged(e))?
        .text(index.fields().text))
}
