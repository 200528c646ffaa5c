//! Postings: where the words of a leaf stand in the articles of a segment, and how often.
//!
//! It goes article by article, because an article's passages are neighbours in the index: filters
//! and headlines speak for the whole article, and a passage's rank depends on the passages around
//! it. Where counts are all that is wanted, a `window` has those of many articles. Not for what a query
//! makes of it (`sieve`, `matching`) and not for weights (`rank`).

use super::articles::Articles;
use super::bits;
use super::kept;
use super::listed::{Counted, Listed};
use super::window::{Source, WIDTH, Window};
use super::words::{Forms, Leaf};
use crate::analysis::stem::Tongues;
use crate::error::Result;
use crate::index::Index;
use std::ops::Range;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

/// One article's passages, and how often each leaf occurs in each.
#[derive(Default)]
pub struct Block {
    /// How many passages it has.
    pub passages: usize,
    /// Occurrences in the passages: `counts[leaf * passages + passage]`.
    pub counts: Vec<f64>,
    /// Occurrences in the title, by leaf.
    pub title: Vec<f64>,
}

impl Block {
    /// Makes room for an article.
    pub fn clear(&mut self, leaves: usize, passages: usize) {
        self.passages = passages;
        self.counts.clear();
        self.counts.resize(leaves * passages, 0.0);
        self.title.clear();
        self.title.resize(leaves, 0.0);
    }

    /// Occurrences of a leaf in the passages.
    pub fn of(&mut self, leaf: usize) -> &mut [f64] {
        &mut self.counts[leaf * self.passages..(leaf + 1) * self.passages]
    }

    /// Takes echoes out of every part that has what was typed.
    pub fn drop_repetition(&mut self, leaves: &[Leaf]) {
        for (leaf, echo) in leaves.iter().enumerate() {
            let of = echo.stands_for.as_ref().map_or(&[][..], |e| &e.of);
            if of.is_empty() {
                continue;
            }
            if of.iter().all(|&typed| self.title[typed] > 0.0) {
                self.title[leaf] = 0.0;
            }
            for passage in 0..self.passages {
                if of.iter().all(|&typed| self.count(typed, passage) > 0.0) {
                    self.counts[leaf * self.passages + passage] = 0.0;
                }
            }
        }
    }

    /// Occurrences of a leaf in the text of some passages.
    pub fn part(&self, leaf: usize, passages: Range<usize>) -> &[f64] {
        &self.counts[leaf * self.passages..][passages]
    }

    /// Occurrences of a leaf in a passage's text.
    pub fn count(&self, leaf: usize, passage: usize) -> f64 {
        self.counts[leaf * self.passages + passage]
    }
}

/// A word of an article: the part it stands in, and how many words of the part stand before it.
/// Part 0 is the headline, part `p + 1` passage `p`. They sort as they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(u64);

impl At {
    /// The headline.
    pub const TITLE: usize = 0;

    /// A word of a part.
    pub fn new(part: usize, word: u32) -> At {
        At((part as u64) << 32 | u64::from(word))
    }

    /// The part it stands in.
    pub fn part(self) -> usize {
        (self.0 >> 32) as usize
    }

    /// The passage that shows it: the headline is shown with the first.
    pub fn passage(self) -> usize {
        self.part().saturating_sub(1)
    }

    /// How many words of the part stand before it.
    pub fn word(self) -> u32 {
        self.0 as u32
    }

    /// A number whose differences are distances within a part.
    pub fn line(self) -> u64 {
        self.0
    }
}

/// What is wanted of postings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// How often leaves occur, phrases too, in many articles at a time.
    Counts,
    /// The places of words where a leaf needs them, how often they occur otherwise.
    Needed,
    /// The places of all words: to mark them.
    Places,
}

impl Read {
    /// Whether the places of this leaf are read.
    pub fn places(self, leaf: &Leaf) -> bool {
        leaf.carries.is_none()
            && match self {
                Read::Counts => false,
                Read::Needed => leaf.placed,
                Read::Places => true,
            }
    }
}

/// The postings of one leaf in one segment.
pub enum Cursor {
    /// How often it occurs in the passages, and in the headlines.
    Counted(Box<[Window; 2]>),
    /// Where its words stand.
    Placed(Places),
}

/// The postings of the words of a leaf, each with its forms: in the text and in the headline.
pub struct Places {
    text: Vec<Vec<Listed>>,
    title: Vec<Vec<Listed>>,
    /// Whether all words have to stand in one part.
    together: bool,
}

impl Cursor {
    /// Opens the postings of every form of every word of `leaf`; a form that was not typed counts
    /// `other`. With `together`, the words of a phrase have to stand in one part.
    pub fn open(
        index: &Index,
        number: u32,
        leaf: &Leaf,
        read: Read,
        together: bool,
        other: f64,
    ) -> Result<Cursor> {
        if let Some(test) = &leaf.carries {
            let carriers = kept::carriers(index, number, test)?;
            let none = Source::Forms(Vec::new());
            let both = [Source::Carried(carriers), none].map(Window::new);
            return Ok(Cursor::Counted(Box::new(both)));
        }
        let fields = index.fields();
        let placed = |field| -> Result<Vec<Vec<Listed>>> {
            let each = leaf.words.iter().map(|w| listed(index, number, field, w));
            each.collect()
        };
        if read.places(leaf) {
            return Ok(Cursor::Placed(Places {
                text: placed(fields.text)?,
                title: placed(fields.title)?,
                together: together && leaf.words.len() > 1,
            }));
        }
        let window = |field| {
            Ok(Window::new(match leaf.words.first() {
                Some(word) if !leaf.placed => {
                    Source::Forms(counted(index, number, field, word, Some(other))?)
                }
                _ => {
                    let counted = |word| counted(index, number, field, word, None);
                    let lists = leaf.words.iter().map(counted).collect::<Result<_>>()?;
                    Source::Phrase(Phrase::new(lists, placed(field)?))
                }
            }))
        };
        let both = [window(fields.text)?, window(fields.title)?];
        Ok(Cursor::Counted(Box::new(both)))
    }

    /// The first document from `at` on in whose article the leaf may match, or [`TERMINATED`].
    pub fn next(&mut self, at: DocId) -> DocId {
        match self {
            Cursor::Counted(both) => {
                let [text, title] = &mut **both;
                text.next(at).min(title.next(at))
            }
            Cursor::Placed(places) => {
                let together = places.together;
                next(&mut places.text, at, together).min(next(&mut places.title, at, together))
            }
        }
    }

    /// Counts a leaf in these documents, which are whole articles: in the text and in headlines. Within some
    /// of them alone, if these are given.
    pub fn cover(
        &mut self,
        docs: &Range<DocId>,
        within: Option<&[Range<DocId>]>,
    ) -> Option<(&Window, &Window)> {
        match self {
            Cursor::Counted(both) => {
                let [text, title] = &mut **both;
                text.cover(docs, within);
                title.cover(docs, within);
                Some((text, title))
            }
            Cursor::Placed(_) => None,
        }
    }

    /// In the text of how many documents the leaf may be.
    pub fn most(&self) -> u64 {
        match self {
            Cursor::Counted(both) => both[0].most(),
            Cursor::Placed(_) => u64::MAX,
        }
    }

    /// Counts a leaf in the article that begins at `start`, and in those behind it, unless that is done.
    pub fn cover_from(&mut self, start: DocId, articles: &Articles) {
        if let Cursor::Counted(both) = self
            && !both[0].covers(start)
        {
            self.cover(&articles.some(start, WIDTH), None);
        }
    }

    /// How often a leaf occurs in the passages `start..start + counts.len()` of an article that was
    /// covered, and in its title.
    pub fn count(&self, start: DocId, counts: &mut [f64]) -> f64 {
        let Cursor::Counted(both) = self else {
            return 0.0;
        };
        let [text, title] = &**both;
        let docs = start..start + counts.len() as DocId;
        match text.counts(docs) {
            Some(found) => counts.copy_from_slice(found),
            None => counts.fill(0.0),
        }
        title.counts(start..start + 1).map_or(0.0, |found| found[0])
    }

    /// Where each of the words stands in the article, in order; words of a phrase in parts that have
    /// all of them, unless the scope is wide.
    pub fn places(&mut self, start: DocId, passages: usize) -> Vec<Vec<At>> {
        let Cursor::Placed(places) = self else {
            return Vec::new();
        };
        let mut found = vec![Vec::new(); places.text.len()];
        let mut read = Vec::new();
        let together = places.together;
        let mut part = |fields: &mut [Vec<Listed>], part: usize, doc: DocId| {
            if together && !fields.iter_mut().all(|forms| next_of(forms, doc) == doc) {
                return;
            }
            for (forms, found) in fields.iter_mut().zip(&mut found) {
                positions(forms, doc, &mut read);
                found.extend(read.iter().map(|&word| At::new(part, word)));
            }
        };
        part(&mut places.title, At::TITLE, start);
        for passage in 0..passages {
            part(&mut places.text, passage + 1, start + passage as DocId);
        }
        found
    }
}

/// The first document from `at` on that has a word in some form.
fn next_of(forms: &mut [Listed], at: DocId) -> DocId {
    forms
        .iter_mut()
        .map(|list| list.seek(at))
        .min()
        .unwrap_or(TERMINATED)
}

/// The first document from `at` on in which the words may stand: all of them, or, where they need not
/// stand `together`, the last of them.
fn next(words: &mut [Vec<Listed>], mut at: DocId, together: bool) -> DocId {
    loop {
        let nexts = words.iter_mut().map(|forms| next_of(forms, at));
        let (first, last) = nexts.fold((TERMINATED, 0), |(first, last), next| {
            (first.min(next), last.max(next))
        });
        if words.is_empty() {
            return TERMINATED;
        }
        if first == last || !together {
            return last;
        }
        at = last;
    }
}

/// The positions of a word in a document, in order.
fn positions(forms: &mut [Listed], doc: DocId, read: &mut Vec<u32>) {
    read.clear();
    let mut of = 0;
    for list in forms {
        if list.seek(doc) == doc {
            list.append_positions(read);
            of += 1;
        }
    }
    if of > 1 {
        read.sort_unstable();
        read.dedup();
    }
}

/// Words that have to stand in order.
pub struct Phrase {
    /// Which documents have each word, and where it stands in them.
    lists: Vec<Vec<(f64, Counted)>>,
    words: Vec<Vec<Listed>>,
    /// Room for the documents that have all words, for those that have one, and for the places of each word
    /// in a document.
    all: Vec<u64>,
    one: Vec<u64>,
    read: Vec<Vec<u32>>,
}

impl Phrase {
    fn new(lists: Vec<Vec<(f64, Counted)>>, words: Vec<Vec<Listed>>) -> Phrase {
        Phrase {
            read: vec![Vec::new(); words.len()],
            all: Vec::new(),
            one: Vec::new(),
            lists,
            words,
        }
    }

    /// The first document from `at` on that may have all words, or [`TERMINATED`].
    pub fn next(&mut self, mut at: DocId) -> DocId {
        if self.lists.is_empty() {
            return TERMINATED;
        }
        loop {
            let (mut first, mut last) = (TERMINATED, at);
            for lists in &mut self.lists {
                let each = lists.iter_mut().map(|(_, list)| list.seek(at));
                let next = each.min().unwrap_or(TERMINATED);
                (first, last) = (first.min(next), last.max(next));
            }
            // Where they come near each other, they are looked for in all documents there.
            if last == TERMINATED || last - first < WIDTH / 4 {
                return last;
            }
            at = last;
        }
    }

    /// In how many documents they may stand: those of the rarest.
    pub fn most(&self) -> u64 {
        let most = |lists: &Vec<(f64, Counted)>| lists.iter().map(|(_, list)| list.most).sum();
        self.lists.iter().map(most).min().unwrap_or(0)
    }

    /// Calls `each` with the documents in which the words stand side by side, and how often; gives what is
    /// [`next`](Phrase::next) behind them.
    pub fn take(&mut self, docs: &Range<DocId>, mut each: impl FnMut(DocId, u32)) -> DocId {
        let base = Window::base(docs.start);
        let size = (docs.end - base).div_ceil(64) as usize;
        self.all.clear();
        self.all.resize(size, u64::MAX);
        for lists in &mut self.lists {
            self.one.clear();
            self.one.resize(size, 0);
            for (_, list) in lists {
                list.seek(docs.start);
                list.take_docs(docs.end, |doc| {
                    let at = doc - base;
                    self.one[at as usize / 64] |= 1 << (at % 64);
                });
            }
            self.all
                .iter_mut()
                .zip(&self.one)
                .for_each(|(a, o)| *a &= o);
        }
        let mut at = 0;
        while let Some(bit) = bits::next(&self.all, at) {
            let often = self.count(base + bit);
            if often > 0 {
                each(base + bit, often);
            }
            at = bit + 1;
        }
        self.next(docs.end)
    }

    /// How often the words stand side by side in a document.
    fn count(&mut self, doc: DocId) -> u32 {
        for (forms, read) in self.words.iter_mut().zip(&mut self.read) {
            positions(forms, doc, read);
        }
        let Some((first, rest)) = self.read.split_first() else {
            return 0;
        };
        let follow = |&&start: &&u32| {
            let mut behind = rest.iter().zip(start + 1..);
            behind.all(|(places, place)| places.binary_search(&place).is_ok())
        };
        first.iter().filter(follow).count() as u32
    }
}

/// The lists of the forms of a word, with positions.
fn listed(index: &Index, number: u32, field: Field, word: &Forms) -> Result<Vec<Listed>> {
    let open = |(form, tongues): (&String, &Tongues)| {
        Listed::open(index, number, field, (form, *tongues)).transpose()
    };
    word.forms.iter().filter_map(open).collect()
}

/// The lists of the forms of a word, with what an occurrence counts: of a form that was not typed, `other`, or
/// nothing where it does not matter how often they occur.
fn counted(
    index: &Index,
    number: u32,
    field: Field,
    word: &Forms,
    other: Option<f64>,
) -> Result<Vec<(f64, Counted)>> {
    let mut open = Vec::new();
    for (form, tongues) in &word.forms {
        let typed = word.typed.as_ref().is_none_or(|typed| typed == form);
        let counts = if typed { 1.0 } else { other.unwrap_or(1.0) };
        let form = (form.as_str(), *tongues);
        let list = Counted::open(index, number, field, form, other.is_some())?;
        open.extend(list.map(|list| (counts, list)));
    }
    Ok(open)
}
