//! Extraction: labelled cases as data, one file of cases for each of dates, places and actors, and
//! whole labelled articles.

mod actors;
mod articles;
mod dates;
mod places;
