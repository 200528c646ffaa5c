//! Articles as the reference sees them: read from the files, cut into passages, word by word.

use belli::analysis::language::Language;
use belli::analysis::sentences::sentences;
use belli::analysis::stem::{Stems, Tongue};
use belli::analysis::{fold, words};
use belli::extract::date::Interval;
use belli::extract::wordbook::Wordbook;
use belli::gazetteer::Gazetteer;
use belli::ingest::{Sources, each_article, extract_article, language_of};
use belli::passage::{passages, trim};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::Path;

/// A word where it stands.
pub struct Word {
    pub raw: String,
    /// Its number among the words of the corpus, as they are written and folded.
    pub number: usize,
    /// Its bytes in the text of its part.
    pub bytes: Range<usize>,
    pub sentence: usize,
    /// Counted through the whole article; the headline's is its own.
    pub paragraph: usize,
}

pub struct Article {
    pub id: String,
    pub title: Vec<Word>,
    pub passages: Vec<Vec<Word>>,
    pub lang: Option<String>,
    pub tongue: Tongue,
    pub source: Option<String>,
    pub published: Option<Interval>,
    pub dates: Vec<Interval>,
    /// Ids of the places it names, and what the text says they lie in.
    pub places: Vec<String>,
    pub actors: usize,
}

/// The paragraph of a headline.
pub const HEADLINE: usize = usize::MAX;

/// Everything that is scanned.
pub struct Corpus {
    pub articles: Vec<Article>,
    /// The distinct words, as written and folded.
    pub words: Vec<(String, String)>,
    /// The rules for the forms of words: those of the articles' languages, and those of languages with
    /// a script of their own. For each the words by their stem.
    pub stems: Vec<(Stems, HashMap<String, Vec<usize>>)>,
}

/// Reads every article of a folder.
pub fn corpus(folder: &Path, sources: &Sources) -> Corpus {
    let mut numbers = HashMap::new();
    let articles = articles(folder, sources, &mut numbers);
    let mut words = vec![(String::new(), String::new()); numbers.len()];
    for (word, number) in numbers {
        words[number] = word;
    }
    let codes: BTreeSet<String> = articles
        .iter()
        .filter_map(|a| a.lang.clone())
        .chain(Stems::beyond_latin().map(str::to_owned))
        .collect();
    let stems = codes
        .iter()
        .filter_map(|code| Stems::of(Language::new(code)))
        .map(|stems| {
            let mut by_stem: HashMap<String, Vec<usize>> = HashMap::new();
            for (number, (_, folded)) in words.iter().enumerate() {
                let stem = stems.stem(folded).into_owned();
                by_stem.entry(stem).or_default().push(number);
            }
            (stems, by_stem)
        })
        .collect();
    Corpus {
        articles,
        words,
        stems,
    }
}

type Numbers = HashMap<(String, String), usize>;

fn articles(folder: &Path, sources: &Sources, numbers: &mut Numbers) -> Vec<Article> {
    let mut wordbook = Wordbook::new(Gazetteer::builtin());
    let mut all = Vec::new();
    each_article(folder, sources, |path, read| {
        let Ok(read) = read else { return true };
        let text = &read.text;
        let mut ranges: Vec<Range<usize>> = passages(text, read.body.clone(), &|_| None)
            .into_iter()
            .map(|r| trim(text, r))
            .filter(|r| !r.is_empty())
            .collect();
        let titled = trim(text, read.title.clone());
        if ranges.is_empty() {
            ranges.push(titled.clone());
        }
        let extraction = extract_article(&read, path, sources, &mut wordbook);
        // What is named between passages, in a date line for example, belongs to none.
        let shown = |m: &Range<usize>| {
            ranges
                .iter()
                .chain([&read.title])
                .any(|r| r.start <= m.start && m.end <= r.end)
        };
        let body = read.body.start;
        all.push(Article {
            id: match read.record {
                Some(record) => format!("{path}!{record}"),
                None => path.to_owned(),
            },
            title: cut(&text[read.title.clone()], numbers, |_| HEADLINE),
            passages: ranges
                .iter()
                .map(|r| {
                    cut(&text[r.clone()], numbers, |at| {
                        // Paragraphs are parted by blank lines.
                        blank_lines(&text[body.min(r.start)..r.start + at])
                    })
                })
                .collect(),
            tongue: Tongue::of(language_of(&read).as_ref()),
            lang: language_of(&read).map(|spoken| spoken.code),
            source: read.source.clone(),
            published: read.published.as_ref().map(|p| p.interval),
            dates: extraction
                .dates
                .iter()
                .filter(|d| shown(&d.span))
                .filter_map(|d| d.value)
                .collect(),
            places: extraction
                .places
                .iter()
                .filter(|p| p.mentions.iter().any(&shown))
                .flat_map(|p| std::iter::once(p.id.clone()).chain(p.parents.iter().cloned()))
                .collect(),
            actors: extraction
                .actors
                .iter()
                .filter(|a| a.mentions.iter().any(&shown))
                .count(),
        });
        true
    })
    .unwrap();
    all
}

fn cut(text: &str, numbers: &mut Numbers, paragraph: impl Fn(usize) -> usize) -> Vec<Word> {
    let sentences = sentences(text, 0..text.len());
    words(text)
        .map(|bytes| (bytes.clone(), fold(&text[bytes])))
        .filter(|(_, folded)| !folded.is_empty() && folded.len() <= 255)
        .map(|(bytes, folded)| Word {
            number: {
                let next = numbers.len();
                let word = (text[bytes.clone()].to_owned(), folded);
                *numbers.entry(word).or_insert(next)
            },
            raw: text[bytes.clone()].to_owned(),
            sentence: sentences.iter().filter(|s| s.start <= bytes.start).count(),
            paragraph: paragraph(bytes.start),
            bytes,
        })
        .collect()
}

/// How many runs of white space have two line breaks or more.
fn blank_lines(text: &str) -> usize {
    text.split(|c: char| !c.is_whitespace())
        .filter(|gap| gap.matches('\n').count() >= 2)
        .count()
}
