//! What is kept with an opened index, so that a second search does not look it up again.
//!
//! An opened index never changes, so nothing of it goes stale. Each thing is read when it is first asked
//! for; a program that searches once reads no more than it needs.

use super::articles::Articles;
use super::carriers::Carriers;
use super::census::Census;
use super::filter::{Kind, Reach, Test};
use super::lengths::Lengths;
use super::listed::{self, Counting};
use super::names::{Notes, Terms};
use super::vocabulary::Vocabulary;
use super::words::Forms;
use crate::analysis::stem::{Stems, Tongues};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tantivy::columnar::{Column, StrColumn};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

/// So many filters are kept opened, the last ones asked for: two bits a passage each, five for dates.
const FILTERS: usize = 32;
/// So many fields of names, under the gazetteers that were asked, names and words are kept looked up.
const FIELDS: usize = 8;
const NAMES: usize = 256;
const WORDS: usize = 4096;
const LISTS: usize = 4 * WORDS;
/// So many sets of tongues are kept a segment: a bit a passage each.
const TONGUES: usize = 64;

/// What is kept with one index.
#[derive(Default)]
pub(super) struct Kept {
    /// Whether it was searched before.
    searched: AtomicBool,
    columns: Vec<OnceLock<Columns>>,
    languages: OnceLock<Vec<Stems>>,
    passages: OnceLock<u64>,
    vocabularies: Mutex<HashMap<Field, Arc<Vocabulary>>>,
    censuses: Mutex<HashMap<(u64, Field), Arc<Census>>>,
    names: Mutex<HashMap<Asked, Named>>,
    forms: Mutex<HashMap<String, Forms>>,
    frequencies: Mutex<HashMap<String, u64>>,
    infos: Mutex<HashMap<(Field, String), Infos>>,
    countings: Mutex<HashMap<(u32, Tongues), Counting>>,
    filters: Mutex<VecDeque<Opened>>,
}

/// The terms that a name stands for, and what is said of that.
type Named = (Arc<Terms>, Notes);

/// Where a word is listed in each segment.
type Infos = Arc<Vec<Option<TermInfo>>>;

/// A filter that is open: the segment, what it asks for, what carries that.
type Opened = (u32, Test, Arc<Carriers>);

/// A name, and all that shapes its reading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    /// The option it was given for.
    pub option: &'static str,
    pub name: String,
    pub reach: Reach,
    /// The gazetteer, by its hash.
    pub gazetteer: u64,
}

fn of(index: &Index) -> &Kept {
    let segments = index.searcher().segment_readers().len();
    index.beside(|| Kept {
        columns: (0..segments).map(|_| OnceLock::new()).collect(),
        ..Kept::default()
    })
}

/// What a cell holds, or is given to hold.
fn get<T>(cell: &OnceLock<T>, read: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(known) = cell.get() {
        return Ok(known);
    }
    let read = read()?;
    Ok(cell.get_or_init(|| read))
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known of a key, or what `read` finds out; of too many keys all are forgotten.
fn known<K: Clone + Eq + Hash, V: Clone>(
    kept: &Mutex<HashMap<K, V>>,
    most: usize,
    key: K,
    read: impl FnOnce(&K) -> Result<V>,
) -> Result<V> {
    if let Some(known) = open(kept).get(&key) {
        return Ok(known.clone());
    }
    let found = read(&key)?;
    let mut kept = open(kept);
    if kept.len() >= most {
        kept.clear();
    }
    kept.insert(key, found.clone());
    Ok(found)
}

/// Whether the index is searched for the first time: what only a second search gains from is left for that.
pub(super) fn is_first(index: &Index) -> bool {
    !of(index).searched.swap(true, Ordering::Relaxed)
}

/// The columns of a segment, by its number.
pub(super) fn columns(index: &Index, number: u32) -> Result<&Columns> {
    get(&of(index).columns[number as usize], || {
        Columns::open(index, &index.searcher().segment_readers()[number as usize])
    })
}

/// The rules of the languages that the index holds; `read` reads them.
pub(super) fn languages(
    index: &Index,
    read: impl FnOnce() -> Result<Vec<Stems>>,
) -> Result<&[Stems]> {
    get(&of(index).languages, read).map(Vec::as_slice)
}

/// How many passages the index holds.
pub(super) fn passages(index: &Index) -> Result<u64> {
    let count = || {
        let segments = 0..index.searcher().segment_readers().len() as u32;
        let living = segments.map(|number| Ok(columns(index, number)?.articles.living().len()));
        living.sum()
    };
    get(&of(index).passages, count).copied()
}

/// The distinct terms of a field.
pub(super) fn vocabulary(index: &Index, field: Field) -> Result<Arc<Vocabulary>> {
    known(&of(index).vocabularies, FIELDS, field, |_| {
        Ok(Arc::new(Vocabulary::open(index, field)?))
    })
}

/// The terms of a field that holds such names, by what they name.
pub(super) fn census(
    index: &Index,
    gazetteer: &Gazetteer,
    kind: Kind,
    field: Field,
) -> Result<Arc<Census>> {
    let key = (gazetteer.hash(), field);
    known(&of(index).censuses, FIELDS, key, |_| {
        let vocabulary = vocabulary(index, field)?;
        Ok(Arc::new(Census::new(gazetteer, vocabulary, kind)))
    })
}

/// The terms that a name stands for, and what is said of that; `look` looks them up.
pub(super) fn name(
    index: &Index,
    asked: Asked,
    look: impl FnOnce(&mut Notes) -> Result<Terms>,
) -> Result<Named> {
    known(&of(index).names, NAMES, asked, |_| {
        let mut said = Notes::default();
        let terms = look(&mut said)?;
        Ok((Arc::new(terms), said))
    })
}

/// A word with its forms; `look` looks them up.
pub(super) fn forms(
    index: &Index,
    word: String,
    look: impl FnOnce(&str) -> Result<Forms>,
) -> Result<Forms> {
    known(&of(index).forms, WORDS, word, |word| look(word))
}

/// Where a word of a field is listed in each segment.
pub(super) fn infos(index: &Index, field: Field, word: &str) -> Result<Infos> {
    known(&of(index).infos, LISTS, (field, word.to_owned()), |_| {
        Ok(Arc::new(listed::infos(index, field, word)?))
    })
}

/// In which documents of a segment forms of these tongues count.
pub(super) fn counting(index: &Index, number: u32, tongues: Tongues) -> Result<Counting> {
    let most = TONGUES * index.searcher().segment_readers().len();
    known(&of(index).countings, most, (number, tongues), |_| {
        Counting::read(index, number, tongues)
    })
}

/// In how many passages a word stands in any of its forms; `count` counts them.
pub(super) fn frequency(
    index: &Index,
    word: String,
    count: impl FnOnce() -> Result<u64>,
) -> Result<u64> {
    known(&of(index).frequencies, WORDS, word, |_| count())
}

/// What carries a filter in a segment.
pub(super) fn carriers(index: &Index, number: u32, test: &Test) -> Result<Arc<Carriers>> {
    let kept = &of(index).filters;
    let found = |o: &&Opened| o.0 == number && o.1 == *test;
    if let Some((_, _, known)) = open(kept).iter().find(found) {
        return Ok(known.clone());
    }
    let segments = index.searcher().segment_readers();
    let columns = columns(index, number)?;
    let read = Carriers::open(index, &segments[number as usize], &columns.articles, test)?;
    let read = Arc::new(read);
    let mut kept = open(kept);
    if kept.len() >= FILTERS * segments.len() {
        kept.pop_front();
    }
    kept.push_back((number, test.clone(), read.clone()));
    Ok(read)
}

/// The columns of one segment.
pub(super) struct Columns {
    /// Where articles begin and end.
    pub articles: Articles,
    /// How many words each passage has, roughly.
    pub lengths: Lengths,
    days: Column<u64>,
    paths: Option<StrColumn>,
    roots: Option<StrColumn>,
}

impl Columns {
    fn open(index: &Index, segment: &SegmentReader) -> Result<Columns> {
        let fast = segment.fast_fields();
        let text = |name: &str| fast.str(name).map_err(|e| index.damaged(e));
        let number = |name: &str| fast.u64(name).map_err(|e| index.damaged(e));
        Ok(Columns {
            articles: Articles::open(index, segment)?,
            lengths: Lengths::open(index, segment)?,
            days: number("published_day")?,
            paths: text("path")?,
            roots: text("root")?,
        })
    }

    /// The day on which the article of a first passage was published; later than any without one.
    pub(super) fn day(&self, first: DocId) -> u64 {
        self.days.first(first).unwrap_or(u64::MAX)
    }

    /// The ranks of the id and the root of an article among those of the segment, by its first passage.
    pub(super) fn article(&self, first: DocId) -> (u64, u64) {
        let rank = |column: &Option<StrColumn>| {
            let value = column.as_ref().and_then(|c| c.term_ords(first).next());
            value.unwrap_or(u64::MAX)
        };
        (rank(&self.paths), rank(&self.roots))
    }

    /// The id and the root that have these ranks.
    pub(super) fn id(&self, index: &Index, article: (u64, u64)) -> Result<(String, String)> {
        let text = |column: &Option<StrColumn>, rank: u64| {
            let mut text = String::new();
            let found = match column {
                Some(column) => column.ord_to_str(rank, &mut text).map(drop),
                None => Ok(()),
            };
            found.map(|()| text).map_err(|e| index.damaged(e))
        };
        Ok((text(&self.paths, article.0)?, text(&self.roots, article.1)?))
    }
}
