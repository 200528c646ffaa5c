//! The tree of made articles that everything indexes: small text files in many folders.

use crate::rng::Rng;
use crate::text::Maker;
use belli::read::Article;
use jiff::ToSpan;
use jiff::civil::date;
use std::io;
use std::path::Path;

/// So many files lie in one folder.
const FOLDER: usize = 500;

/// Writes articles of about four kilobytes until they have so many megabytes together; returns how
/// many files that makes.
pub fn write(articles: &[Article], megabytes: f64, root: &Path, seed: u64) -> io::Result<usize> {
    let (mut rng, mut maker) = (Rng(seed), Maker::new(articles));
    let (mut bytes, mut files) = (0, 0);
    while (bytes as f64) < megabytes * 1e6 {
        let folder = root.join(format!("{:04}", files / FOLDER));
        if files % FOLDER == 0 {
            std::fs::create_dir_all(&folder)?;
        }
        let day = date(2010, 1, 1) + (rng.below(5800) as i64).days();
        let body = maker.article(6 + rng.below(48), &mut rng);
        let title: Vec<&str> = body.split_whitespace().take(8).collect();
        let text = format!(
            "{}\n\n{}\n\n{body}\n",
            title.join(" "),
            day.strftime("%-d %B %Y")
        );
        std::fs::write(folder.join(format!("{files:07}.txt")), &text)?;
        bytes += text.len();
        files += 1;
    }
    Ok(files)
}
