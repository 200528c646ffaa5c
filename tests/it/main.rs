//! One binary of integration tests: what users rely on, from the outside in.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

// A folder of its own for each test: files, library calls, the command.
mod sandbox;

// Properties that hold for any text: passages tile, sentences tile, folding is stable.
mod properties;
// Walking: order, hidden and ignored files, links, the index folder.
mod walking;
// Indexing: incremental runs, removals, versions, locks, read-only media.
mod indexing;
// Searching: words, phrases, + and -, filters, scope, ties, determinism.
mod searching;
// A slow, simple evaluation of queries, and the program checked against it.
mod reference;
// Wide segments: what is gone through many passages at a time.
mod wide;
// Operators: what each of them matches, and what is marked.
mod operators;
// Source, language and path, as options and as fields.
mod metadata;
// Languages: a table of what a query must find, and must not, in texts of many languages.
mod languages;
// The command: exit status, streams, formats, batch.
mod command;
// Ranking: other names, synonyms, copies, parts of a score, one answer from any index.
mod ranking;
// Measuring the ranking by judgements.
mod measuring;
// Counting and showing instead of ranking: count, kwic, show, facets, timeline.
mod counting;
// The wire format, declared once more from its specification.
mod wire;
// Bad input, each with its message and its remedy.
mod bad_input;
// Extraction cases as data.
mod extraction;
// The gazetteer: what names stand for, what lies in what, and that links lead somewhere.
mod gazetteer;
// Spellings of one name, and of different ones.
mod sounds;
// Actors asked for: their time, pairs, spellings, and the verbs that show entries.
mod actors;
// A user's own tables: places, actors, overrides.
mod own_tables;
// The README's commands, and its promises about corpus/ and index/.
mod readme;
// The architecture's invariants: who imports whom, what every file starts with.
mod tidy;
