//! The manifest: a CSV file in which the user says when, and by whom, each file was published.
//!
//! Its header names the columns, in any order: `path` and `published`, and if wanted `title`,
//! `source`, `url` and `lang`; other columns are ignored. Paths are relative to the folder that
//! is indexed.
//!
//! It does not open files and does not check that they exist: a manifest may cover more than the
//! folder holds.

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;
use xxhash_rust::xxh3::Xxh3;

use super::{decode, published};
use crate::extract::date::{DateOrder, Interval, Precision};

/// What the manifest says about one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the manifest, from 1.
    pub line: usize,
    /// The publication date; `None` if the cell is empty.
    pub published: Option<(Interval, Precision)>,
    /// The title.
    pub title: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The language.
    pub lang: Option<String>,
    /// A hash of the row's cells, the same on every machine: a file whose row changed must be
    /// read again.
    pub hash: u64,
}

/// Why a manifest cannot be used. The message has no path; the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ManifestError {}

/// What the user says about the files of a folder.
///
/// ```
/// use belli::extract::date::DateOrder;
/// use belli::read::Manifest;
///
/// let csv = "path,published\n./wire/truce.txt,2020-10-10\n";
/// let today = jiff::civil::date(2026, 11, 23);
/// let manifest = Manifest::parse(csv.as_bytes(), DateOrder::Auto, today)?;
/// assert!(manifest.get("wire/truce.txt").is_some());
/// # Ok::<(), belli::read::manifest::ManifestError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    rows: HashMap<String, Row>,
}

impl Manifest {
    /// Reads a manifest; dates after `today` are refused.
    ///
    /// # Errors
    /// The first row that is wrong, with its line: a missing column or path, a date that is none
    /// or not plausible, a path given twice.
    pub fn parse(bytes: &[u8], order: DateOrder, today: Date) -> Result<Self, ManifestError> {
        let fail = |line: usize, message: String| ManifestError { line, message };
        let decoded = decode::decode(bytes, None).map_err(|error| {
            fail(
                1,
                format!("{error}; a manifest is a CSV file with the columns path,published"),
            )
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(decoded.text.as_bytes());
        let broken = |error: &csv::Error| {
            let line = error.position().map_or(1, |p| p.line() as usize);
            fail(
                line,
                format!("not CSV: {error}; give every row as many cells as the header"),
            )
        };
        let header = reader.headers().map_err(|e| broken(&e))?.clone();
        let column = |name: &str| {
            header
                .iter()
                .position(|cell| cell.eq_ignore_ascii_case(name))
        };
        let (Some(path), Some(date)) = (column("path"), column("published")) else {
            let found = header.iter().collect::<Vec<_>>().join(",");
            let message = format!("the header is {found:?}; it needs the columns path,published");
            return Err(fail(1, message));
        };
        let [title, source, url, lang] = ["title", "source", "url", "lang"].map(column);

        let mut rows: HashMap<String, Row> = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(|e| broken(&e))?;
            let line = record.position().map_or(1, |p| p.line() as usize);
            let cell = |column: Option<usize>| {
                column
                    .and_then(|n| record.get(n))
                    .filter(|cell| !cell.is_empty())
            };
            let Some(key) = cell(Some(path)).map(normal).filter(|key| !key.is_empty()) else {
                return Err(fail(line, "the path is missing; name the file".into()));
            };
            let published = match cell(Some(date)) {
                None => None,
                Some(stated) => Some(day(stated, order, today).map_err(|m| fail(line, m))?),
            };
            let mut hash = Xxh3::new();
            for column in [Some(path), Some(date), title, source, url, lang] {
                hash.update(cell(column).unwrap_or_default().as_bytes());
                hash.update(&[0x1F]);
            }
            let text = |column| cell(column).map(str::to_owned);
            let row = Row {
                line,
                published,
                title: text(title),
                source: text(source),
                url: text(url),
                lang: text(lang),
                hash: hash.digest(),
            };
            if let Some(other) = rows.get(&key) {
                let message = format!(
                    "{key} is given twice, first on line {}; keep one row",
                    other.line
                );
                return Err(fail(line, message));
            }
            rows.insert(key, row);
        }
        Ok(Self { rows })
    }

    /// Returns the row of a file, by its path relative to the folder.
    pub fn get(&self, relative_path: &str) -> Option<&Row> {
        self.rows
            .get(relative_path)
            .or_else(|| self.rows.get(&normal(relative_path)))
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Reads a publication date that the user states; one after `today` is refused.
///
/// # Errors
/// What is no date, could be two, or is not plausible, and how to write it.
pub fn day(stated: &str, order: DateOrder, today: Date) -> Result<(Interval, Precision), String> {
    let forms = "write 2020-10-10, 2020-10 or 2020";
    match published::parse(stated, order) {
        None => Err(format!("{stated:?} is no date; {forms}")),
        Some(found) => match published::implausible(found.0, today) {
            None => Ok(found),
            Some(why) => Err(format!("the date {stated} {why}; {forms}")),
        },
    }
}

/// A path with `/` between its parts and none that say nothing.
fn normal(path: &str) -> String {
    let parts = path
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".");
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn parse(csv: &str) -> Result<Manifest, String> {
        Manifest::parse(csv.as_bytes(), DateOrder::Auto, TODAY).map_err(|e| e.to_string())
    }

    #[test]
    fn paths_are_found_however_they_are_written() {
        let manifest = parse(
            "\u{FEFF}Path,published,place,Title\n./a/b.txt,2020-10-10,x,\"One, two\"\nc\\d.txt,2020-10,,\ne.txt,,,\n",
        )
        .unwrap();
        let row = manifest.get("a/b.txt").unwrap();
        assert_eq!(row.title.as_deref(), Some("One, two"));
        assert_eq!(row.published.unwrap().1, Precision::Day);
        assert_eq!(
            manifest.get("c/d.txt").unwrap().published.unwrap().1,
            Precision::Month
        );
        assert_eq!(manifest.get("./e.txt").unwrap().published, None);
        assert_eq!(manifest.get("c/d.txt").unwrap().line, 3);
        assert!(manifest.get("b.txt").is_none());
        assert_eq!(manifest.len(), 3);
    }

    #[test]
    fn errors_name_the_line() {
        for (csv, needle) in [
            ("path,title\na,b\n", "line 1: the header"),
            (
                "path,published\na.txt,2020\nb.txt,someday\n",
                "line 3: \"someday\" is no date",
            ),
            (
                "path,published\na.txt,2031-01-01\n",
                "line 2: the date 2031-01-01 is after",
            ),
            (
                "path,published\na.txt,1066\n",
                "line 2: the date 1066 is before 1800",
            ),
            (
                "path,published\na.txt,2020\n./a.txt,2021\n",
                "line 3: a.txt is given twice, first on line 2",
            ),
            ("path,published\na.txt,2020,x\n", "line 2: not CSV"),
            ("path,published\n,2020\n", "line 2: the path is missing"),
            ("", "line 1: no text"),
        ] {
            let error = parse(csv).unwrap_err();
            assert!(error.starts_with(needle), "{csv:?}: {error}");
        }
    }

    #[test]
    fn the_hash_follows_the_cells_and_nothing_else() {
        let hash = |csv: &str| parse(csv).unwrap().get("a").unwrap().hash;
        let one = hash("path,published\na,2020\n");
        assert_eq!(one, hash("published,path\n2020,a\n"));
        assert_ne!(one, hash("path,published\na,2021\n"));
        assert_ne!(one, hash("path,published,lang\na,2020,en\n"));
    }
}
