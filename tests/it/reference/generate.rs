//! Made-up queries: of words that stand together in an article, so that many find something; and
//! texts that are hardly queries at all.

use super::article::{Article, Word};

/// Numbers that are the same in every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed << 32)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 += 1;
        (xxhash_rust::xxh3::xxh3_64(&self.0.to_le_bytes()) % n as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A query about an article of the list.
    pub fn query(&mut self, articles: &[Article]) -> String {
        let article = loop {
            let article = self.pick(articles);
            if article.passages.iter().any(|p| p.len() > 12) {
                break article;
            }
        };
        self.clause(article, 2)
    }

    fn passage<'a>(&mut self, article: &'a Article) -> &'a [Word] {
        loop {
            let passage = self.pick(&article.passages);
            if passage.len() > 12 {
                return passage;
            }
        }
    }

    /// A word that is no operator of any system and can be typed bare.
    fn word(&mut self, article: &Article) -> String {
        let passage = self.passage(article);
        loop {
            let word = &self.pick(passage).raw;
            let plain = word.chars().all(char::is_alphanumeric);
            if plain && word.to_lowercase() != "same" && word.chars().any(char::is_lowercase) {
                return word.clone();
            }
        }
    }

    fn place(&mut self, article: &Article, depth: usize) -> String {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        match self.below(if depth > 0 { 14 } else { 11 }) {
            0..=4 => self.word(article),
            5 | 6 => {
                let passage = self.passage(article);
                let length = 2 + self.below(2);
                let from = self.below(passage.len() - length);
                let words: Vec<_> = passage[from..from + length]
                    .iter()
                    .map(|w| w.raw.clone())
                    .collect();
                match self.below(5) {
                    0 => format!("=\"{}\"", words.join(" ")),
                    _ => format!("\"{}\"", words.join(" ")),
                }
            }
            7 => format!("={}", self.word(article)),
            8 => {
                let word = letters(&self.word(article));
                let cut = word.len().min(4 + self.below(3));
                let start: String = word[..cut].iter().collect();
                match self.below(3) {
                    0 if word.len() > 4 => format!("*{}*", word[1..cut].iter().collect::<String>()),
                    1 if word.len() > 4 => {
                        let mut word = word.clone();
                        word[2] = '?';
                        word.iter().collect()
                    }
                    _ if cut > 2 => format!("{start}*"),
                    _ => start,
                }
            }
            9 => {
                let mut word = letters(&self.word(article));
                if word.len() < 5 || word.iter().any(|c| c.is_numeric()) {
                    return word.iter().collect();
                }
                let at = 1 + self.below(word.len() - 2);
                match self.below(3) {
                    0 => word.swap(at - 1, at),
                    1 => word.insert(at, 'x'),
                    _ => drop(word.remove(at)),
                }
                format!("{}~{}", word.iter().collect::<String>(), 1 + self.below(2))
            }
            10 => {
                let word = letters(&self.word(article));
                let cut = word.len().min(4);
                let start: String = word[..cut].iter().collect();
                format!("/{start}(s|ed|ing)?.{{0,2}}/")
            }
            11 => format!("({} OR {})", self.place(article, 0), self.place(article, 0)),
            12 => format!("({} {})", self.word(article), self.word(article)),
            _ => format!("({})", self.near(article, depth - 1)),
        }
    }

    fn near(&mut self, article: &Article, depth: usize) -> String {
        let how = match self.below(6) {
            0 | 1 => format!("NEAR/{}", 1 + self.below(12)),
            2 | 3 => format!("ADJ/{}", 1 + self.below(12)),
            4 => "/s".to_owned(),
            _ => "/p".to_owned(),
        };
        let (a, b) = (self.place(article, depth), self.place(article, depth));
        format!("{a} {how} {b}")
    }

    fn field(&mut self, article: &Article) -> String {
        match self.below(9) {
            0 => "actor:none".to_owned(),
            1 => [
                "place:none",
                "source:none",
                "lang:none",
                "date:none",
                "published:none",
            ][self.below(5)]
            .to_owned(),
            2 => article
                .lang
                .as_ref()
                .map_or("lang:en".to_owned(), |l| format!("lang:{l}")),
            3 | 4 => match article.places.is_empty() {
                true => "place:none".to_owned(),
                false => {
                    let id = self.pick(&article.places);
                    match id.starts_with("geonames:") {
                        true => format!("place:{id}"),
                        false => "-place:none".to_owned(),
                    }
                }
            },
            5 | 6 => match article.dates.is_empty() {
                true => "date:2020".to_owned(),
                false => {
                    let days = self.pick(&article.dates);
                    format!("date:{}..{}", days.start, days.end)
                }
            },
            7 => match &article.published {
                Some(days) => format!("published:..{}", days.end),
                None => "published:2015..".to_owned(),
            },
            _ => {
                let folder = article.id.split('/').next().unwrap_or("a");
                format!("path:\"{folder}\"")
            }
        }
    }

    fn clause(&mut self, article: &Article, depth: usize) -> String {
        if depth == 0 {
            return self.place(article, 0);
        }
        let word = |random: &mut Random| random.word(article);
        match self.below(16) {
            0 | 1 => self.place(article, 1),
            2..=4 => self.near(article, 1),
            5 => {
                let passage = self.passage(article);
                let from = self.below(passage.len() - 4);
                let (a, b) = (&passage[from].raw, &passage[from + 1 + self.below(3)].raw);
                let slop = 1 + self.below(4);
                match self.below(2) {
                    0 => format!("\"{a} {b}\"~{slop}"),
                    _ => format!("\"{b} {a}\"~{slop}"),
                }
            }
            6 => {
                let signs = ["", "", "+", "-"];
                let items: Vec<_> = (0..2 + self.below(3))
                    .map(|_| format!("{}{}", self.pick(&signs), word(self)))
                    .collect();
                items.join(" ")
            }
            7 => format!("{} {}", word(self), self.field(article)),
            8 => format!("atleast{}({})", 1 + self.below(3), self.place(article, 1)),
            9 => match self.below(2) {
                0 => format!("lead({})", self.clause_without_fields(article)),
                _ => format!("title:({})", self.clause_without_fields(article)),
            },
            10 | 11 => {
                let (a, b) = (
                    self.clause(article, depth - 1),
                    self.clause(article, depth - 1),
                );
                format!("({a}) AND ({b})")
            }
            12 => {
                let (a, b) = (
                    self.clause(article, depth - 1),
                    self.clause(article, depth - 1),
                );
                format!("({a}) OR ({b})")
            }
            13 => {
                let (a, b) = (
                    self.clause(article, depth - 1),
                    self.clause(article, depth - 1),
                );
                format!("({a}) NOT ({b})")
            }
            14 => format!(
                "({} OR {}) AND {}",
                self.field(article),
                word(self),
                word(self)
            ),
            _ => format!("NOT ({})", self.clause(article, depth - 1)),
        }
    }

    fn clause_without_fields(&mut self, article: &Article) -> String {
        match self.below(4) {
            0 => format!("{} AND {}", self.place(article, 0), self.place(article, 0)),
            1 => format!("{} NOT {}", self.place(article, 0), self.place(article, 0)),
            2 => self.near(article, 0),
            _ => self.place(article, 1),
        }
    }

    /// A text that need not be a query: pieces of queries, of articles, and of nothing.
    pub fn thrown(&mut self, articles: &[Article]) -> String {
        const PIECES: &[&str] = &[
            " ",
            " ",
            " AND ",
            " OR ",
            " NOT ",
            " NEAR/3 ",
            " ADJ/2 ",
            " /s ",
            " /p ",
            "(",
            ")",
            "\"",
            "“",
            "”",
            "+",
            "-",
            "=",
            "^2",
            "~1",
            "~3",
            "*",
            "?",
            "/a.*/",
            "/[/",
            "lead(",
            "atleast2(",
            "title:",
            "actor:",
            "actor:Russia",
            "place:Karabakh",
            "date:2020",
            "date:",
            "source:none",
            "same",
            "'",
            "’",
            ":",
            ",",
            "缅甸军方",
            "\u{300}",
            "الحُدَيْدَة",
            "İ",
            "\u{0}",
            "w/3",
            "a*",
            "?*?",
            "/(((((a{9}){9}){9}){9}){9}/",
            "~",
            "^",
            "\u{202e}",
            "🙂",
            "атак*",
            "/\\p{L}{1,40}/",
        ];
        if self.below(4) == 0 {
            let query = self.query(articles);
            let cut = self.below(query.chars().count() + 1);
            return query.chars().take(cut).collect();
        }
        let mut text = String::new();
        for _ in 0..1 + self.below(12) {
            match self.below(3) {
                0 => {
                    let article = self.pick(articles);
                    if article.passages.iter().any(|p| p.len() > 12) {
                        text.push_str(&self.word(article));
                    }
                }
                _ => text.push_str(self.pick::<&str>(PIECES)),
            }
        }
        text
    }
}
