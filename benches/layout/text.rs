//! Text to measure on: recombined sentences of the folder, with a vocabulary that grows.

use crate::rng::Rng;
use belli::analysis::sentences::sentences;
use belli::analysis::{fold, words};
use belli::ingest::{Sources, each_article};
use belli::passage::passages;
use belli::read::Article;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Chances in a hundred that a plain word is replaced by a coined one.
const COINED: usize = 20;
/// The power with which coined words grow.
const GROWTH: f64 = 0.87;
/// So many of the most common words are never asked for.
const COMMON: usize = 100;
/// How many queries there are of each sort.
const QUERIES: usize = 200;

/// A passage of made text.
pub struct Passage {
    pub text: String,
    pub published: Date,
    /// Whether it is the last of its article, behind which the record of a file would stand.
    pub last: bool,
}

/// Reads the articles of a folder.
pub fn read(folder: &Path) -> Vec<Article> {
    let sources = Sources::new(date(2100, 1, 1));
    let mut articles = Vec::new();
    each_article(folder, &sources, |_, article| {
        articles.extend(article);
        true
    })
    .expect("the folder can be read");
    articles
}

/// Recombines the sentences of articles, one article at a time.
pub struct Maker<'a> {
    pool: Vec<&'a str>,
    coiner: Coiner,
}

impl<'a> Maker<'a> {
    pub fn new(articles: &'a [Article]) -> Maker<'a> {
        let mut pool: Vec<&str> = Vec::new();
        for article in articles {
            let cut = sentences(&article.text, article.body.clone());
            pool.extend(cut.into_iter().map(|s| article.text[s].trim()));
        }
        pool.retain(|s| words(s).count() > 4);
        Maker {
            pool,
            coiner: Coiner::default(),
        }
    }

    /// Makes the text of an article of so many sentences.
    pub fn article(&mut self, sentences: usize, rng: &mut Rng) -> String {
        let mut text = String::new();
        for n in 0..sentences {
            let sentence = rng.pick::<&str>(&self.pool);
            self.coiner.copy(sentence, &mut text, rng);
            text.push_str(if n % 3 == 2 { "\n\n" } else { " " });
        }
        text
    }
}

/// Recombines the sentences of `articles` into so many megabytes.
pub fn generate(articles: &[Article], megabytes: f64, rng: &mut Rng) -> Vec<Passage> {
    let (mut maker, mut made, mut bytes) = (Maker::new(articles), Vec::new(), 0);
    while (bytes as f64) < megabytes * 1e6 {
        let text = maker.article(4 + rng.below(24), rng);
        let published = date(2010, 1, 1) + (rng.below(5800) as i64).days();
        let cut = passages(&text, 0..text.len(), &|_| None);
        let count = cut.len();
        made.extend(cut.into_iter().enumerate().map(|(n, range)| Passage {
            text: text[range].to_owned(),
            published,
            last: n + 1 == count,
        }));
        bytes += text.len();
    }
    made
}

/// Coins words so that their number grows with a power of the text's length (the restaurant of
/// Pitman and Yor), half of them as further forms of a stem coined before.
#[derive(Default)]
struct Coiner {
    stems: Vec<String>,
    coined: Vec<String>,
    drawn: Vec<usize>,
    /// The plain word before, whose first half a new stem takes.
    before: String,
}

impl Coiner {
    fn copy(&mut self, sentence: &str, out: &mut String, rng: &mut Rng) {
        let mut at = 0;
        for range in words(sentence) {
            let word = &sentence[range.clone()];
            out.push_str(&sentence[at..range.start]);
            at = range.end;
            let plain = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
            let replaced = plain && rng.below(100) < COINED;
            out.push_str(if replaced { self.draw(word, rng) } else { word });
            if plain {
                word.clone_into(&mut self.before);
            }
        }
        out.push_str(&sentence[at..]);
    }

    fn draw(&mut self, word: &str, rng: &mut Rng) -> &str {
        let new = (10.0 + GROWTH * self.coined.len() as f64) / (10.0 + self.drawn.len() as f64);
        let drawn = if rng.unit() < new {
            self.coin(word, rng)
        } else {
            *rng.pick(&self.drawn)
        };
        self.drawn.push(drawn);
        &self.coined[drawn]
    }

    fn coin(&mut self, word: &str, rng: &mut Rng) -> usize {
        if self.stems.is_empty() || rng.below(2) == 0 {
            let bare = ["ing", "ed", "es", "s"]
                .iter()
                .find_map(|e| word.strip_suffix(e));
            let bare = bare.unwrap_or(word);
            let front = &self.before[..self.before.len() / 2];
            self.stems
                .push(format!("{front}{}", &bare[bare.len() / 2..]));
        }
        let ending = rng.pick(&["", "s", "ed", "ing", "er"]);
        self.coined
            .push(format!("{}{ending}", rng.pick(&self.stems)));
        self.coined.len() - 1
    }
}

/// Prints how much text there is and how fast its vocabulary grows.
pub fn describe(made: &[Passage]) {
    let distinct = |part: &[Passage]| part.iter().flat_map(folded).collect::<BTreeSet<_>>().len();
    let (half, all) = (distinct(&made[..made.len() / 2]), distinct(made));
    let growth = (all as f64 / half as f64).log2();
    let (size, count) = (bytes(made) / 1e6, made.len());
    println!("{size:.1} MB, {count} passages, {all} distinct words (length to the {growth:.2})");
}

/// The length of the text.
pub fn bytes(made: &[Passage]) -> f64 {
    made.iter().map(|p| p.text.len()).sum::<usize>() as f64
}

/// Makes queries of `count` words that stand in one passage, the most common words left out.
pub fn queries(made: &[Passage], count: usize, rng: &mut Rng) -> Vec<Vec<String>> {
    let mut frequencies: BTreeMap<String, usize> = BTreeMap::new();
    for word in made.iter().take(2000).flat_map(folded) {
        *frequencies.entry(word).or_default() += 1;
    }
    let mut common: Vec<_> = frequencies.into_iter().map(|(word, n)| (n, word)).collect();
    common.sort_by(|a, b| b.cmp(a));
    let common: BTreeSet<String> = common.into_iter().take(COMMON).map(|c| c.1).collect();
    let plain = |w: &str| w.len() > 3 && w.bytes().all(|b| b.is_ascii_lowercase());
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let mut words: Vec<String> = folded(rng.pick(made)).collect();
        words.retain(|w| plain(w) && !common.contains(w));
        if words.len() > count {
            queries.push((0..count).map(|_| rng.pick(&words).clone()).collect());
        }
    }
    queries
}

fn folded(passage: &Passage) -> impl Iterator<Item = String> + '_ {
    words(&passage.text).map(|w| fold(&passage.text[w]))
}
