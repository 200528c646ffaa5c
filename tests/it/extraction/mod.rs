//! Extraction: labelled cases as data, one file of cases for each of dates, places and actors.

mod actors;
mod dates;
mod places;
