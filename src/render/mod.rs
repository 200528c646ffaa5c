//! Rendering: results → text, JSON Lines, TREC runs. Over any writer; nothing is decided here.
//!
//! Where several roots of an index have an article of the same path, text and TREC runs cite it below the
//! shortest end of its root's path that tells it from the others (`r1/a.txt`); `belli show` takes that, too.
//! JSON has `root` and `path`.
//!
//! # The wire format
//!
//! JSON Lines, one object a line, UTF-8. Fields are only ever added. Byte offsets are half-open.
//!
//! **search**, one line a hit: `rank` (from 1), `score` (the sort key in full precision), `qid`
//! (with `--batch` only), `id` (`path#N`, or `path!R#N` in record R of a many-record file), `root`,
//! `path` (relative to the root, `/`-separated), `line` (from 1; null where lines mean nothing),
//! `bytes` (`[start, end]` in the original file; null where the format has none), `title`,
//! `title_spans` and `spans` (`[[start, end], …]`: what matched, in `title` and in `passage`),
//! `matches` (`{"start", "end", "bytes", "clause"}`: each thing that matched in `passage`, its bytes
//! in the original file, null where the format has none, and the clause of the query that it
//! satisfies),
//! `published` (`{"date", "end", "precision", "from"}` or null), `source`, `lang` (ISO 639 code, or null), `lang_confidence` (from 0 to
//! 1; null where metadata state the language), `passage` (its
//! text), `actors` (`{"id", "name", "kind", "country"}`), `places` (the same with `lat`, `lon`) and
//! `dates` (`{"start", "end", "precision"}`): the passage's own, and the headline's on the first; `parts` (what the score is made of: their sum;
//! with filters, `carried` plus the sum brought below 1) and, with `--collapse` where there are any, `copies` (ids of passages that say
//! nearly the same).
//!
//! With `--summary` a last line for each query: `{"summary": {…}}` with `qid`, `query` (as it was
//! read), `passages` and `articles` (how many match), `shown`, `undated`, `notes`, `unknown` (words that no
//! passage has: `{"word", "nearest"}`), `failed_files` (files of the index that could not be read) and,
//! where nothing was found or with `--explain-query`, `parts` (`{"text", "depth", "passages", "without"}`:
//! what each part finds alone, and how many there would be without it), `emptied_by` (texts of parts), `days` (`{"event", "published"}`: `[first, last]` of the index; null
//! where no days were asked for) and `outside` (whether the days asked for lie beyond these).
//!
//! **count**, one line a query: `qid` (with `--batch` only), `query` (as it was read), `passages`, `articles`,
//! `occurrences` (stretches that are marked, in passages and headlines), `undated`, `notes` (how it was read).
//!
//! **kwic**, one line an occurrence: `left`, `keyword`, `right` (the context is cut, and its white space
//! made one), `id` of the passage, `root`, `path`, `line`, `bytes` (of the keyword, in the original file;
//! null in headlines and where the format has none), `in_title` (whether it stands in the headline;
//! the passage is then the first that matches).
//!
//! **facets**, one line a value, the most frequent first: `field`, `value` (of actors and places the id; of
//! dates `YYYY-MM`; of paths the folder, `.` for the root), for actors and places `name`, `kind`, `country`, and
//! `articles` and `passages` (of what matches; what is the article's counts for all of its passages that
//! match). Kind and country of what only texts know are those that the first passage to name it gives, in any
//! article; a hit has its own passage's. CSV has the same columns without `field`.
//!
//! **timeline**, one line a period, in order, empty ones between others too, unless more than 60 follow one
//! another: `period` (`2020-10-10`, `2020-W41`, `2020-10`, `2020`), `start` and `end` (days, inclusive), `articles`,
//! `passages`. CSV has the same columns.
//!
//! **show**, one line an article: `id`, `root`, `path`, `record`, `title`, `published`, `source`, `author`,
//! `url`, `lang`, `lang_confidence` and `passages` (all of them, or the one asked for): `id`, `line`, `bytes`,
//! `text`, `actors` and `places` (as in a hit, each with `mentions`: `{"start", "end", "bytes", "text"}`, bytes
//! of the passage and of the original file; none for what only the headline names), `dates` (`{"start",
//! "end", "precision", "basis", "mention"}`).
//!
//! **extract**, one line an article: `path`, `record`, `title`, `published`, `lang`, `lang_confidence`, `actors`,
//! `places`, each with `mentions` (`{"start", "end", "text"}`: bytes of the original file, null
//! where the format has none), and `dates` (`{"start", "end", "precision", "basis", "text",
//! "bytes"}`).
//!
//! **status**, one line: `index`, `format`, `bytes`, `articles`, `passages`, `undated` (articles
//! without a publication date), `unusable` (of these, how many state one that cannot be), `files`,
//! `failed` (`{"path", "reason"}`; folders too that could not be entered), `notes` (`{"path", "note"}`), `roots` (`{"root", "settings"}`),
//! `own` (`{"what", "file", "lines"}`: the tables of your own that it keeps; `what` is places, actors or overrides).
//!
//! **actors**, **places**, one line an entry: `id`, `name`, `kind`, `country`, `lat`, `lon`, `aliases`,
//! `parents` (`{"id", "name", "from", "until"}`: what it lies in or belongs to, or where a person held
//! an office, with first and last day or null), `articles` and `passages` that name it, `spellings`
//! (`{"written", "mentions"}`, of the first 10,000 passages; empty in lists).
//!
//! **eval**, one line a query, the mean of them last: `qid` (null on the last), `queries` (1; on the
//! last, how many), `ndcg_10`, `map`, `mrr_10`, `p_5`, `recall_100`, from 0 to 1.
//!
//! Values: `precision` is day, week, month, season, quarter, half, year, decade, century or vague;
//! `basis` is explicit, publication, mention or open; `from` is manifest, option, metadata,
//! date-line, dateline, slug, file-name or folder-name; the `end` of dates is inclusive, `start`
//! and `end` of an unresolved one are null; `country` is ISO 3166-1 alpha-3, null where there is
//! none.
//!
//! `kind` of an actor is one of: state, government, military, police, intelligence, ministry,
//! armed-group, militia, pmc, criminal, coalition, political-party, igo, ngo, mission, format,
//! court, company, media, ethnic-group, religious-group, civilian, person, other, unknown.
//!
//! `kind` of a place is one of: country, admin1, admin2, capital, seat1 (seat of a first-level unit),
//! seat2, town, quarter (of a town), abandoned, region, macroregion (continents too), former-state,
//! camp, crossing, line, water, river, land (mountains, deserts, plains), island, site, road, unknown.

pub mod counts;
pub mod diagnosis;
pub mod entries;
pub mod eval;
pub mod extract;
pub mod facets;
pub mod json;
pub mod kwic;
mod labels;
pub mod show;
pub mod status;
pub mod text;
pub mod timeline;
pub mod trec;
