//! The vocabulary: which English words the rules know, and the table that finds them quickly.
//!
//! Only closed classes stand here: months, weekdays, units, numbers, prepositions, and the nouns
//! that show a number to be a count. Names in other languages are in `names`, named days in
//! `named`, verbs in `tense`.

use std::sync::LazyLock;

use crate::extract::hash::Map;

use super::named::{HOLIDAYS, Holiday};
use super::names::{MONTHS, WEEKDAYS};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Unit {
    /// A civil day.
    Day,
    /// An ISO week.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// How firmly a name stands for a month or weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Form {
    /// A full English name.
    Full,
    /// An English abbreviation.
    Short,
    /// A name in another language, believed only beside a number.
    Foreign,
    /// A name in another language that means nothing else.
    Distinct,
}

/// A word the rules know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[rustfmt::skip]
pub(in crate::extract) enum Word {
    /// Not in the vocabulary.
    #[default]
    Other,
    /// A month, 1 to 12.
    Month(i8, Form),
    /// A weekday, 1 = Monday.
    Weekday(i8, Form),
    /// The first word of the Levantine month names that take two ("تشرين الأول").
    MonthHead(i8),
    /// A unit, and whether it stood in the plural.
    Unit(Unit, bool),
    /// A spelt number.
    Cardinal(u8),
    /// A spelt ordinal.
    Ordinal(u8),
    /// st, nd, rd, th.
    Suffix,
    /// Days away from the anchor: today, yesterday, tomorrow.
    Today(i8),
    /// A decade in letters: nineties.
    Decade(u8),
    /// A season: the month it begins in.
    Season(i8),
    /// A named day or feast, or the first word of one.
    Holiday(Holiday),
    /// The part of a day.
    Morning, Night, Noon,
    Hours, Overnight, Weekend, Half, Fortnight,
    The, A, Of, In, On, At, To, From, Between, And, Or, Until, Since, By, During, For, Than, Every,
    Last, This, Next, Previous, Following, Same, That, Past, Current, Coming,
    Early, Late, Mid, Earlier, Later, Begin, End, Final, Rest,
    Ago, Before, After, Now, Around, Quantity, Few,
    Fiscal, Bc, Ad, Q, S, T, W, M, P, Z,
    AmPm, Zone, Local, Time, Clock,
    /// A noun or unit that shows the number before it to be a count.
    Counted,
    /// A word that shows the number after it to be a name: resolution, flight, article.
    Numbered,
    /// Titles and other words before a person's name.
    Title,
    /// The name of a paper that begins with a weekday.
    Paper,
}

/// English words, one class a line.
#[rustfmt::skip]
static ENGLISH: &[(Word, &str)] = {
    use Word::*;
    &[
    (Month(1, Form::Full), "january"), (Month(2, Form::Full), "february"), (Month(3, Form::Full), "march"),
    (Month(4, Form::Full), "april"), (Month(5, Form::Full), "may"), (Month(6, Form::Full), "june"),
    (Month(7, Form::Full), "july"), (Month(8, Form::Full), "august"), (Month(9, Form::Full), "september"),
    (Month(10, Form::Full), "october"), (Month(11, Form::Full), "november"), (Month(12, Form::Full), "december"),
    (Month(1, Form::Short), "jan"), (Month(2, Form::Short), "feb"), (Month(3, Form::Short), "mar"),
    (Month(4, Form::Short), "apr"), (Month(6, Form::Short), "jun"), (Month(7, Form::Short), "jul"),
    (Month(8, Form::Short), "aug"), (Month(9, Form::Short), "sep sept"), (Month(10, Form::Short), "oct"),
    (Month(11, Form::Short), "nov"), (Month(12, Form::Short), "dec"),
    (Weekday(1, Form::Full), "monday"), (Weekday(2, Form::Full), "tuesday"), (Weekday(3, Form::Full), "wednesday"),
    (Weekday(4, Form::Full), "thursday"), (Weekday(5, Form::Full), "friday"), (Weekday(6, Form::Full), "saturday"),
    (Weekday(7, Form::Full), "sunday"),
    (Weekday(1, Form::Short), "mon"), (Weekday(2, Form::Short), "tue tues"), (Weekday(3, Form::Short), "wed"),
    (Weekday(4, Form::Short), "thu thur thurs"), (Weekday(5, Form::Short), "fri"), (Weekday(6, Form::Short), "sat"),
    (Weekday(7, Form::Short), "sun"),
    (Unit(self::Unit::Day, false), "day"), (Unit(self::Unit::Day, true), "days"),
    (Unit(self::Unit::Week, false), "week"), (Unit(self::Unit::Week, true), "weeks"),
    (Unit(self::Unit::Month, false), "month"), (Unit(self::Unit::Month, true), "months"),
    (Unit(self::Unit::Quarter, false), "quarter"), (Unit(self::Unit::Quarter, true), "quarters"),
    (Unit(self::Unit::Year, false), "year"), (Unit(self::Unit::Year, true), "years"),
    (Unit(self::Unit::Decade, false), "decade"), (Unit(self::Unit::Decade, true), "decades"),
    (Unit(self::Unit::Century, false), "century"), (Unit(self::Unit::Century, true), "centuries"),
    (Cardinal(1), "one"), (Cardinal(2), "two"), (Cardinal(3), "three"), (Cardinal(4), "four"), (Cardinal(5), "five"),
    (Cardinal(6), "six"), (Cardinal(7), "seven"), (Cardinal(8), "eight"), (Cardinal(9), "nine"), (Cardinal(10), "ten"),
    (Cardinal(11), "eleven"), (Cardinal(12), "twelve"), (Cardinal(13), "thirteen"), (Cardinal(14), "fourteen"),
    (Cardinal(15), "fifteen"), (Cardinal(16), "sixteen"), (Cardinal(17), "seventeen"), (Cardinal(18), "eighteen"),
    (Cardinal(19), "nineteen"), (Cardinal(20), "twenty"), (Cardinal(30), "thirty"), (Cardinal(40), "forty"),
    (Cardinal(50), "fifty"), (Cardinal(60), "sixty"), (Cardinal(70), "seventy"), (Cardinal(80), "eighty"),
    (Cardinal(90), "ninety"),
    (Ordinal(1), "first"), (Ordinal(2), "second"), (Ordinal(3), "third"), (Ordinal(4), "fourth"), (Ordinal(5), "fifth"),
    (Ordinal(6), "sixth"), (Ordinal(7), "seventh"), (Ordinal(8), "eighth"), (Ordinal(9), "ninth"), (Ordinal(10), "tenth"),
    (Ordinal(11), "eleventh"), (Ordinal(12), "twelfth"), (Ordinal(13), "thirteenth"), (Ordinal(14), "fourteenth"),
    (Ordinal(15), "fifteenth"), (Ordinal(16), "sixteenth"), (Ordinal(17), "seventeenth"), (Ordinal(18), "eighteenth"),
    (Ordinal(19), "nineteenth"), (Ordinal(20), "twentieth"),
    (Suffix, "st nd rd th"),
    (Today(0), "today tonight"), (Today(-1), "yesterday"), (Today(1), "tomorrow"),
    (Decade(20), "twenties"), (Decade(30), "thirties"), (Decade(40), "forties"), (Decade(50), "fifties"),
    (Decade(60), "sixties"), (Decade(70), "seventies"), (Decade(80), "eighties"), (Decade(90), "nineties"),
    (Season(3), "spring springtime"), (Season(6), "summer summertime"), (Season(9), "autumn fall"), (Season(12), "winter wintertime"),
    (Morning, "morning afternoon evening dawn dusk lunchtime daybreak nightfall sunrise sunset"),
    (Night, "night"), (Noon, "noon midday midnight"), (Hours, "hours hour hrs"), (Overnight, "overnight"),
    (Weekend, "weekend"), (Half, "half"), (Fortnight, "fortnight"),
    (The, "the"), (A, "a an"), (Of, "of"), (In, "in"), (On, "on"), (At, "at"), (To, "to through thru"), (From, "from"),
    (Between, "between"), (And, "and"), (Or, "or"), (Until, "until till"), (Since, "since"), (By, "by"),
    (During, "during throughout"), (For, "for"), (Than, "than"), (Every, "every each"),
    (Last, "last"), (This, "this"), (Next, "next"), (Previous, "previous preceding prior"), (Following, "following subsequent"),
    (Same, "same"), (That, "that"), (Past, "past"), (Current, "current"), (Coming, "coming upcoming"),
    (Early, "early"), (Late, "late"), (Mid, "mid middle"), (Earlier, "earlier"), (Later, "later afterward afterwards"),
    (Begin, "beginning start outset"), (End, "end close"), (Final, "final"), (Rest, "rest course remainder"),
    (Ago, "ago"), (Before, "before"), (After, "after"), (Now, "now"),
    (Around, "about around approximately roughly nearly almost just shortly circa exactly"),
    (Quantity, "some more over least most least under only another additional total"),
    (Few, "few several many couple dozen dozens"),
    (Fiscal, "fiscal financial fy"), (Bc, "bc bce"), (Ad, "ad ce"),
    (Q, "q"), (S, "s"), (T, "t"), (W, "w"), (M, "m"), (P, "p"), (Z, "z"),
    (AmPm, "am pm"), (Local, "local"), (Time, "time"), (Clock, "clock"),
    (Zone, "gmt utc edt est et pdt pst pt cdt cst mdt mst akdt akst cet cest eet eest bst ist msk aest jst hkt trt"),
    (Counted, "people persons soldiers troops civilians men women children fighters refugees families dead wounded injured \
        houses homes villages votes km kms kilometers kilometres miles meters metres feet foot tons tonnes percent pct \
        dollars euros rubles pounds residents prisoners hostages police policemen officers rebels militants migrants \
        square barrels demonstrators protesters workers students families members jobs deaths casualties victims \
        tanks vehicles aircraft rockets shells missiles rounds guerrillas insurgents combatants hectares acres points \
        seats minutes seconds million billion thousand hundred kg mm cm meter kilometer mile ton tonne degrees \
        detainees inmates passengers delegates deputies others bodies buildings companies countries schools bombs guns \
        copies shares pages employees terrorists militiamen gunmen peacekeepers displaced evacuees volunteers"),
    (Numbered, "resolution resolutions flight article articles chapter section page room route highway number no nos act \
        paragraph para decree law docket case psalm channel bus unit model boeing airbus version lot apartment suite hill"),
    (Title, "mr mrs ms miss president general gen colonel col sir dr prime minister lady judge senator officer"),
    (Paper, "times leader telegraph mirror herald express mail post independent age business tribune"),
    ]
};

/// The table, and in front of it the lengths that occur for each first byte.
struct Vocabulary {
    lengths: [u64; 256],
    words: Map<Vec<u8>, Word>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary {
        lengths: [0; 256],
        words: Map::default(),
    };
    // English goes first, and the first meaning stays: "mar" and "nov" are shared.
    for (word, names) in ENGLISH {
        names
            .split_ascii_whitespace()
            .for_each(|name| vocabulary.add(name, *word));
    }
    for (first, holiday) in HOLIDAYS {
        vocabulary.add(first, Word::Holiday(*holiday));
    }
    for (month, form, names) in MONTHS {
        names
            .split_whitespace()
            .for_each(|name| vocabulary.add(name, Word::Month(*month, *form)));
    }
    for (day, form, names) in WEEKDAYS {
        names
            .split_whitespace()
            .for_each(|name| vocabulary.add(name, Word::Weekday(*day, *form)));
    }
    vocabulary.add("تشرين", Word::MonthHead(10));
    vocabulary.add("كانون", Word::MonthHead(12));
    vocabulary
});

impl Vocabulary {
    fn add(&mut self, name: &str, word: Word) {
        let bytes = name.as_bytes();
        if let Some(lengths) = bytes
            .first()
            .and_then(|first| self.lengths.get_mut(usize::from(*first)))
        {
            *lengths |= 1 << bytes.len().min(63);
        }
        self.words.entry(bytes.to_vec()).or_insert(word);
    }
}

/// All words of the vocabulary, in no order.
pub(in crate::extract) fn vocabulary() -> impl Iterator<Item = &'static str> {
    let words = VOCABULARY.words.keys();
    words.filter_map(|word| std::str::from_utf8(word).ok())
}

/// The meaning of a lower-cased word.
pub(in crate::extract) fn lookup(lower: &[u8]) -> Word {
    let vocabulary = &*VOCABULARY;
    let possible = lower
        .first()
        .and_then(|first| vocabulary.lengths.get(usize::from(*first)))
        .copied();
    if possible.unwrap_or(0) & (1 << lower.len().min(63)) == 0 {
        return Word::Other;
    }
    vocabulary.words.get(lower).copied().unwrap_or(Word::Other)
}
