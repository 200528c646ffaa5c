//! The analyzers of the layouts, by name: belli's own, and those that stem while indexing.

use belli::analysis::language::Language;
use belli::analysis::stem::Stems;
use belli::index::analyzer::Analyzer;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer};
use tantivy::tokenizer::{Token, TokenFilter, TokenStream, Tokenizer, TokenizerManager};

/// belli's words: folded, unstemmed.
pub const FOLDED: &str = "folded";
/// Stems of belli's words.
pub const STEMS: &str = "stems";
/// belli's words, and at the position of each its stem behind a [`MARK`].
pub const BOTH: &str = "both";
/// What tantivy registers as `en_stem` where its feature `stemmer` is on.
pub const EN_STEM: &str = "like en_stem";

/// Tells a stem from the same word as written, where one field has both.
pub const MARK: char = '\u{1}';

/// Registers every analyzer beside those that tantivy has.
pub fn all() -> TokenizerManager {
    let manager = TokenizerManager::default();
    let words = Analyzer::default();
    let plain = RemoveLongFilter::limit(40).transform(SimpleTokenizer::default());
    let cache = || Some(Cache::default());
    manager.register(FOLDED, words.clone());
    manager.register(STEMS, Stemmed::new(words.clone(), cache(), false));
    manager.register(BOTH, Stemmed::new(words, cache(), true));
    manager.register(
        EN_STEM,
        Stemmed::new(LowerCaser.transform(plain), None, false),
    );
    manager
}

/// The stemmer of a language.
pub fn stems(code: &str) -> Stems {
    Stems::of(Language::new(code)).expect("the language has a stemmer")
}

/// Words with their stems, under a hash that is quick for short words, as a writer would choose.
type Cache = HashMap<String, String, BuildHasherDefault<Fnv>>;

/// The hash of Fowler, Noll and Vo.
#[derive(Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words of `inner` turned into English stems.
#[derive(Clone)]
struct Stemmed<T> {
    inner: T,
    stems: Arc<Stems>,
    /// Stems found before. Every thread that writes has its own analyzer and so its own cache.
    cache: Option<Cache>,
    both: bool,
}

impl<T> Stemmed<T> {
    fn new(inner: T, cache: Option<Cache>, both: bool) -> Self {
        Stemmed {
            inner,
            stems: Arc::new(stems("en")),
            cache,
            both,
        }
    }
}

struct StemmedTokens<'a, S> {
    inner: S,
    stems: &'a Stems,
    cache: Option<&'a mut Cache>,
    both: bool,
    /// The word itself has been given, its stem has not.
    pending: bool,
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedTokens<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmedTokens {
            inner: self.inner.token_stream(text),
            stems: &self.stems,
            cache: self.cache.as_mut(),
            both: self.both,
            pending: false,
        }
    }
}

impl<S: TokenStream> TokenStream for StemmedTokens<'_, S> {
    fn advance(&mut self) -> bool {
        if !self.pending && !self.inner.advance() {
            return false;
        }
        if self.both {
            self.pending = !self.pending;
            if self.pending {
                return true;
            }
        }
        let word = &mut self.inner.token_mut().text;
        let put = |word: &mut String, stem: &str, both: bool| {
            word.clear();
            word.extend(both.then_some(MARK));
            word.push_str(stem);
        };
        if let Some(stem) = self.cache.as_ref().and_then(|c| c.get(word.as_str())) {
            put(word, stem, self.both);
            return true;
        }
        let stem = self.stems.stem(word).into_owned();
        if let Some(cache) = &mut self.cache {
            cache.insert(word.clone(), stem.clone());
        }
        put(word, &stem, self.both);
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}
