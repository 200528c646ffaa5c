//! Affixes: stems by closed lists, for languages whose stemmers need the letters that folding unites.
//!
//! Turkish and Azerbaijani endings obey a harmony of vowels that folded letters no longer show;
//! Arabic and Hebrew write articles and prepositions to the word. Each function returns the part of
//! a folded word that its forms share. Not for languages with a stemmer.

/// Endings of Turkish and Azerbaijani nouns, folded, and how many letters have to remain.
const TURKIC: &[(&str, usize)] = &[
    ("larindan", 3),
    ("lerinden", 3),
    ("larinda", 3),
    ("lerinde", 3),
    ("larinin", 3),
    ("lerinin", 3),
    ("larina", 3),
    ("lerine", 3),
    ("larini", 3),
    ("lerini", 3),
    ("lari", 3),
    ("leri", 3),
    ("lar", 3),
    ("ler", 3),
    ("sindan", 4),
    ("sinden", 4),
    ("sunda", 4),
    ("sinda", 4),
    ("sinde", 4),
    ("sinin", 4),
    ("sunun", 4),
    ("ndan", 3),
    ("nden", 3),
    ("daki", 3),
    ("deki", 3),
    ("taki", 3),
    ("teki", 3),
    ("nda", 3),
    ("nde", 3),
    ("dan", 3),
    ("den", 3),
    ("tan", 3),
    ("ten", 3),
    ("nin", 3),
    ("nun", 3),
    ("yla", 3),
    ("yle", 3),
    ("sini", 4),
    ("sina", 4),
    ("sine", 4),
    ("da", 3),
    ("de", 3),
    ("ta", 3),
    ("te", 3),
    ("ya", 3),
    ("ye", 3),
    ("yi", 3),
    ("yu", 3),
    ("in", 4),
    ("un", 4),
    ("si", 4),
    ("su", 4),
    ("la", 4),
    ("le", 4),
    ("a", 3),
    ("e", 3),
    ("i", 4),
    ("u", 4),
];

/// Takes off endings as long as one is left.
pub(super) fn turkic(word: &str) -> &str {
    let mut word = word;
    while let Some(shorter) = TURKIC.iter().find_map(|(ending, keep)| {
        word.strip_suffix(ending)
            .filter(|rest| rest.chars().count() >= *keep)
    }) {
        word = shorter;
    }
    word
}

/// What Arabic writes before a noun with its article, longest first.
const ARTICLES: &[&str] = &["وال", "بال", "كال", "فال", "ولل", "ال", "لل"];

/// Words that begin with the letter of "and": it is theirs.
const WITH_WAW: &[&str] = &[
    "وثاي",
    "وثيق",
    "وجه",
    "وحد",
    "وحش",
    "ورش",
    "ورق",
    "وزار",
    "وزر",
    "وزير",
    "وساط",
    "وسايل",
    "وسط",
    "وسيط",
    "وسيل",
    "وصول",
    "وضع",
    "وطن",
    "وظيف",
    "وفا",
    "وفد",
    "وفود",
    "وقاي",
    "وقت",
    "وقف",
    "وكال",
    "وكيل",
    "ولاي",
    "ولاد",
    "والي",
    "وهم",
];

/// Endings of Arabic nouns and verbs, folded, longest first, and how many letters have to remain.
const ARABIC: &[(&str, usize)] = &[
    ("ها", 3),
    ("هم", 3),
    ("نا", 4),
    ("ان", 4),
    ("ات", 3),
    ("ون", 3),
    ("ين", 3),
    ("يه", 3),
    ("وا", 3),
    ("ه", 3),
    ("ي", 3),
    ("ا", 3),
];

/// Takes off the article, "and", and endings.
pub(super) fn arabic(word: &str) -> &str {
    let long = |rest: &&str, letters| rest.chars().count() >= letters;
    let article = ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article).filter(|rest| long(rest, 3)));
    let and = || {
        let own = WITH_WAW.iter().any(|w| word.starts_with(w));
        word.strip_prefix('و').filter(|rest| !own && long(rest, 3))
    };
    let mut word = article.or_else(and).unwrap_or(word);
    while let Some(shorter) = ARABIC
        .iter()
        .find_map(|(ending, keep)| word.strip_suffix(ending).filter(|rest| long(rest, *keep)))
    {
        word = shorter;
    }
    word
}

/// What Arabic words with the same stem may begin with.
pub(super) const BEFORE_ARABIC: &[&str] = &["وال", "بال", "كال", "فال", "ولل", "ال", "لل", "و"];

/// And, that, the, in, to, from, as, and two of them.
const HEBREW: &[&str] = &[
    "וה", "שה", "מה", "כשה", "לכשה", "וב", "ול", "ומ", "וש", "שב", "של", "ה", "ב", "ל", "ו", "מ",
    "ש", "כ",
];

/// Of, in, for, from, about, like.
const AMHARIC: &[&str] = &["የ", "በ", "ለ", "ከ", "ስለ", "እንደ"];

/// What a language writes before a word without a space, where that is all that is known of it.
pub(super) fn written_before(code: &str) -> Option<&'static [&'static str]> {
    match code {
        "he" => Some(HEBREW),
        "am" => Some(AMHARIC),
        _ => None,
    }
}

/// The beginnings of Indonesian words with this stem: some prefixes change its first letter.
pub(super) fn before_indonesian(stem: &str) -> Vec<String> {
    let mut all: Vec<String> = ["", "me", "di", "ber", "ter", "pe", "per", "se", "ke"]
        .iter()
        .map(|before| format!("{before}{stem}"))
        .collect();
    for nasal in ["me", "pe"] {
        all.extend(["m", "n", "ng"].map(|n| format!("{nasal}{n}{stem}")));
        let changed = [("s", "ny"), ("p", "m"), ("t", "n"), ("k", "ng")];
        all.extend(changed.iter().filter_map(|(first, n)| {
            let rest = stem.strip_prefix(first)?;
            Some(format!("{nasal}{n}{rest}"))
        }));
    }
    all
}
