//! The schema: every field of the tantivy index, what it holds, and which documents carry it.
//!
//! Two sorts of documents share the index. A *passage* document holds one passage; the passages of
//! an article are neighbours, in order, in one segment. A *record* document holds what is known of
//! one file or one root; it has no text, and ranking counts passages only, so that BM25 never sees it.
//! Not for queries.

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema,
    TextFieldIndexing, TextOptions,
};

/// The name under which the analyzer is registered with tantivy.
pub const ANALYZER: &str = "belli";

/// The fields, by name.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The passage's words: folded, unstemmed, with positions; stored as written.
    pub text: Field,
    /// The article's title, on its first passage only.
    pub title: Field,
    /// Ids of the actors the passage names, `=Name` for each name as written, and `<id` for whom
    /// the text says they belong to.
    pub actor: Field,
    /// The same for places; `<id` is where the text says they lie.
    pub place: Field,
    /// Event dates of the passage: first day, last day and precision in one term, so that the
    /// ends of two intervals cannot be mixed up. See [`crate::index::days`].
    pub date: Field,
    /// Publication date, in the same form, on the first passage only.
    pub published: Field,
    /// First day of publication as a number that sorts, on the first passage only; to order hits.
    pub published_day: Field,
    /// Source, on the first passage only.
    pub source: Field,
    /// Language code, on the first passage only.
    pub lang: Field,
    /// The rule by which the article's words are stemmed ([`crate::analysis::stem::Tongue`]), on the first
    /// passage only.
    pub tongue: Field,
    /// Article id (`path` or `path!R`), on the first passage only; fast, to break ties.
    pub path: Field,
    /// Root, on the first passage only; fast, to break ties.
    pub root: Field,
    /// What shows a passage: see [`crate::index::stored::StoredPassage`].
    pub passage: Field,
    /// What shows an article, on the first passage: see [`crate::index::stored::StoredArticle`].
    pub article: Field,
    /// Hash of root and path: ties passages and record to the file, and deletes them together.
    pub file: Field,
    /// `file` (and `failed`), `root`, or `unread` and `failed`, on record documents only.
    pub record: Field,
    /// What is known of a file or root: see [`crate::index::stored`].
    pub details: Field,
    /// On records of files, to be read fast: the same as `file`.
    pub record_file: Field,
    /// Hash of the root a file record belongs to.
    pub record_root: Field,
    /// The file's size in bytes.
    pub size: Field,
    /// The file's time of change, in nanoseconds; to see change, never a date of the article.
    pub modified: Field,
    /// Hash of the settings and the manifest row that shaped what was read from the file.
    pub shaped_by: Field,
}

impl Fields {
    /// Whether a field is said of an article, with its first passage, and holds for all of them.
    pub fn is_of_articles(&self, field: Field) -> bool {
        [self.published, self.source, self.lang, self.path, self.root].contains(&field)
    }
}

/// Builds the schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut b = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    // Ranking asks for the length of a passage; of nothing else is one kept.
    let unmeasured = words.clone().set_fieldnorms(false);
    let text = TextOptions::default().set_indexing_options(words) | STORED;
    let title = TextOptions::default().set_indexing_options(unmeasured);
    let whole = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let id = TextOptions::default().set_indexing_options(whole);
    // One term each, as it stands, which takes no tokens to be made of it.
    let term = BytesOptions::default().set_indexed();
    let number = NumericOptions::default().set_indexed();
    let fields = Fields {
        text: b.add_text_field("text", text),
        title: b.add_text_field("title", title),
        actor: b.add_bytes_field("actor", term.clone()),
        place: b.add_bytes_field("place", term.clone()),
        date: b.add_bytes_field("date", term.clone()),
        published: b.add_bytes_field("published", term),
        published_day: b.add_u64_field("published_day", FAST),
        source: b.add_text_field("source", id.clone()),
        lang: b.add_text_field("lang", id.clone()),
        tongue: b.add_u64_field("tongue", number.clone()),
        path: b.add_text_field("path", id.clone() | FAST),
        root: b.add_text_field("root", id.clone() | FAST),
        passage: b.add_bytes_field("passage", STORED),
        article: b.add_bytes_field("article", STORED),
        file: b.add_u64_field("file", number),
        record: b.add_text_field("record", id),
        details: b.add_bytes_field("details", STORED),
        record_file: b.add_u64_field("record_file", FAST),
        record_root: b.add_u64_field("record_root", FAST),
        size: b.add_u64_field("size", FAST),
        modified: b.add_u64_field("modified", FAST),
        shaped_by: b.add_u64_field("shaped_by", FAST),
    };
    (b.build(), fields)
}
