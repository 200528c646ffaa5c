//! Word lists of place extraction: what surrounds a toponym and says what it is.
//!
//! Words of grammar and of administration only, in the languages of wire copy; no names.

/// What a word beside a name says the name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// Nothing.
    None,
    /// A first- or second-level unit: province, oblast.
    Unit,
    /// A lower unit: county, district.
    District,
    /// A populated place.
    Town,
    /// A region of any kind: strip, valley, peninsula.
    Region,
    /// A camp.
    Camp,
    /// A water.
    Water,
}

/// What a word after a name says of it: `Donetsk oblast`, `Gaza Strip`, `Zamzam camp`.
pub fn cue_after(word: &str) -> Cue {
    match word {
        "province" | "provinces" | "governorate" | "governorates" | "oblast" | "oblasts"
        | "region" | "state" | "krai" | "kray" | "emirate" | "voivodeship" | "prefecture"
        | "wilaya" | "vilayet" | "область" | "области" | "областью" | "області" | "край"
        | "края" => Cue::Unit,
        "county" | "counties" | "parish" | "district" | "districts" | "raion" | "rayon"
        | "woreda" | "township" | "municipality" | "borough" | "canton" | "regency"
        | "subdistrict" | "район" | "района" | "районе" | "району" | "locality" | "division"
        | "zone" => Cue::District,
        "village" | "town" | "city" | "hamlet" | "settlement" | "neighborhood"
        | "neighbourhood" | "suburb" | "kebele" => Cue::Town,
        "strip" | "peninsula" | "valley" | "enclave" | "exclave" | "plateau" | "highlands"
        | "heights" | "mountains" | "desert" | "basin" | "corridor" | "delta" | "salient" => {
            Cue::Region
        }
        "camp" | "camps" => Cue::Camp,
        "river" | "lake" | "sea" | "gulf" | "bay" | "strait" | "straits" | "canal" | "creek"
        | "dam" => Cue::Water,
        _ => Cue::None,
    }
}

/// What the word before an `of` and a name says of it: `village of X`, `province of X`.
pub fn cue_before(word: &str) -> Cue {
    match word {
        "province" | "governorate" | "oblast" | "region" | "state" | "emirate" | "provincia"
        | "estado" | "departamento" | "gouvernorat" | "région" | "provinces" | "governorates"
        | "regions" | "states" => Cue::Unit,
        "county" | "parish" | "district" | "municipality" | "township" | "borough"
        | "municipio" | "cercle" | "wilaya" | "locality" | "departement" | "counties"
        | "districts" => Cue::District,
        "village" | "villages" | "town" | "towns" | "city" | "cities" | "hamlet" | "settlement"
        | "suburb" | "suburbs" | "neighborhood" | "neighbourhood" | "outskirts" | "port"
        | "ville" | "ciudad" | "pueblo" | "localite" | "aldea" | "outside" => Cue::Town,
        "peninsula" | "enclave" | "island" | "islands" | "valley" => Cue::Region,
        "gulf" | "bay" | "strait" | "sea" => Cue::Water,
        _ => Cue::None,
    }
}

/// The same without `of`, for languages that need none: `село X`, `город X`, `بلدة X`.
pub fn cue_directly_before(word: &str) -> Cue {
    match word {
        "село" | "селе" | "города" | "город" | "городе" | "г" | "поселок" | "поселке" | "пгт"
        | "місто" | "місті" | "селі" | "مدينه" | "بلده" | "قريه" | "кент" => {
            Cue::Town
        }
        "محافظه" | "ولايه" | "провинция" | "провинции" => Cue::Unit,
        "مخيم" => Cue::Camp,
        "lake" | "river" | "озеро" | "река" => Cue::Water,
        _ => Cue::None,
    }
}

/// Prepositions after which a place stands.
pub fn is_locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "near"
            | "from"
            | "around"
            | "outside"
            | "inside"
            | "across"
            | "through"
            | "throughout"
            | "toward"
            | "towards"
            | "into"
            | "between"
            | "within"
            | "via"
            | "over"
            | "off"
            | "leaving"
            | "entered"
            | "reached"
            | "visited"
            | "visiting"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
            | "neighboring"
            | "neighbouring"
            | "nearby"
            | "downtown"
            | "mainland"
            | "beyond"
            | "en"
            | "dans"
            | "desde"
            | "hacia"
            | "cerca"
            | "nach"
            | "bei"
            | "aus"
            | "в"
            | "во"
            | "на"
            | "из"
            | "у"
            | "під"
            | "под"
            | "біля"
            | "до"
            | "в'"
            | "з"
            | "із"
            | "في"
            | "من"
            | "إلى"
            | "الى"
            | "إلي"
            | "الي"
            | "قرب"
            | "em"
            | "nella"
            | "na"
    )
}

/// Prepositions that weakly speak for a place.
pub fn is_weakly_locative(word: &str) -> bool {
    matches!(
        word,
        "of" | "to" | "for" | "de" | "du" | "del" | "and" | "or" | "against" | "by" | "on" | "with"
    )
}

/// Directions and degrees that may precede a place as capitalised words.
pub fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
            | "upper"
            | "lower"
            | "greater"
            | "downtown"
            | "mainland"
            | "rural"
            | "metro"
            | "metropolitan"
            | "historic"
            | "former"
            | "occupied"
            | "inner"
            | "old"
            | "neighbouring"
            | "neighboring"
            | "saharan"
            | "war"
    )
}

/// Last words of compounds that take a place's name for something that is no place.
pub fn is_compound_head(word: &str) -> bool {
    matches!(
        word,
        "post"
            | "times"
            | "herald"
            | "tribune"
            | "journal"
            | "news"
            | "gazette"
            | "telegraph"
            | "chronicle"
            | "observer"
            | "guardian"
            | "press"
            | "sun"
            | "star"
            | "mirror"
            | "review"
            | "bulletin"
            | "inquirer"
            | "examiner"
            | "globe"
            | "dispatch"
            | "courier"
            | "monitor"
            | "magazine"
            | "weekly"
            | "group"
            | "convention"
            | "conventions"
            | "accord"
            | "accords"
            | "agreement"
            | "agreements"
            | "treaty"
            | "pact"
            | "protocol"
            | "protocols"
            | "declaration"
            | "process"
            | "plan"
            | "initiative"
            | "summit"
            | "conference"
            | "communique"
            | "memorandum"
            | "format"
            | "talks"
            | "charter"
            | "club"
            | "party"
            | "movement"
            | "front"
            | "brigade"
            | "brigades"
            | "battalion"
            | "foundation"
            | "institute"
            | "university"
            | "college"
            | "united"
            | "fc"
            | "rovers"
            | "wanderers"
            | "giants"
            | "yankees"
            | "bulls"
            | "airlines"
            | "airways"
            | "syndrome"
            | "disease"
            | "fever"
            | "virus"
            | "ebolavirus"
            | "flu"
            | "stock"
            | "exchange"
            | "marathon"
            | "olympics"
            | "games"
            | "cup"
            | "prize"
            | "award"
            | "awards"
            | "index"
            | "rule"
            | "peace"
            | "motors"
            | "inc"
            | "corp"
            | "ltd"
            | "llc"
            | "co"
            | "broadcasting"
            | "radio"
            | "tv"
            | "television"
            | "records"
            | "films"
            | "pictures"
    )
}

/// Small words after a name that make a thing of it: `Marburg virus`.
pub fn is_thing_after(word: &str) -> bool {
    matches!(
        word,
        "virus"
            | "disease"
            | "syndrome"
            | "ebolavirus"
            | "fever"
            | "accords"
            | "accord"
            | "protocol"
            | "conventions"
            | "convention"
            | "treaty"
            | "process"
    )
}

/// Words of a street's name.
pub fn is_street(word: &str) -> bool {
    matches!(
        word,
        "street"
            | "st"
            | "road"
            | "rd"
            | "avenue"
            | "ave"
            | "av"
            | "boulevard"
            | "blvd"
            | "drive"
            | "lane"
            | "ln"
            | "highway"
            | "hwy"
            | "parkway"
            | "pike"
            | "turnpike"
            | "square"
            | "court"
            | "ct"
            | "place"
            | "way"
            | "bridge"
            | "expressway"
            | "terrace"
            | "trail"
            | "alley"
            | "crescent"
            | "circle"
    )
}

/// Words that open a name in which the place is not meant: `Treaty of X`, `Duke of X`.
pub fn is_title_of(word: &str) -> bool {
    matches!(
        word,
        "university"
            | "bank"
            | "corporation"
            | "college"
            | "church"
            | "institute"
            | "academy"
            | "treaty"
            | "peace"
            | "duke"
            | "duchess"
            | "earl"
            | "prince"
            | "princess"
            | "count"
            | "countess"
            | "bishop"
            | "lord"
            | "lady"
            | "marquis"
            | "convention"
    )
}

/// Months and weekdays: capitalised in English, and no part of a name.
pub fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sept"
            | "sep"
            | "oct"
            | "nov"
            | "dec"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thurs"
            | "fri"
            | "sat"
    )
}

/// Verbs of speech and will: a capital before them speaks for its government.
pub fn is_speech(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "say"
            | "accused"
            | "accuses"
            | "denied"
            | "denies"
            | "warned"
            | "warns"
            | "insisted"
            | "insists"
            | "wants"
            | "wanted"
            | "believes"
            | "rejected"
            | "rejects"
            | "condemned"
            | "condemns"
            | "vowed"
            | "vows"
            | "announced"
            | "claimed"
            | "claims"
            | "argued"
            | "argues"
            | "hopes"
            | "demanded"
            | "demands"
            | "refused"
            | "refuses"
            | "regards"
            | "considers"
            | "recognised"
            | "recognized"
            | "recognises"
            | "recognizes"
            | "responded"
            | "retaliated"
            | "blamed"
            | "blames"
            | "urged"
            | "urges"
            | "threatened"
            | "threatens"
            | "suspects"
            | "sees"
            | "agreed"
            | "backs"
            | "backed"
            | "supports"
    )
}

/// Bodies and buildings that a town has: before them stands the town's name.
pub fn is_civic(word: &str) -> bool {
    matches!(
        word,
        "police"
            | "fire"
            | "sheriff"
            | "mayor"
            | "council"
            | "city"
            | "town"
            | "county"
            | "school"
            | "high"
            | "elementary"
            | "middle"
            | "hospital"
            | "airport"
            | "prison"
            | "jail"
            | "station"
            | "municipal"
            | "regional"
            | "general"
            | "community"
            | "public"
            | "central"
            | "district"
            | "courthouse"
            | "mosque"
            | "cathedral"
            | "market"
            | "port"
            | "university"
            | "international"
            | "airbase"
            | "base"
            | "residents"
            | "residence"
            | "resident"
            | "man"
            | "woman"
            | "couple"
            | "teen"
            | "home"
            | "area"
            | "native"
            | "suburb"
            | "neighborhood"
            | "officials"
            | "protests"
            | "attack"
            | "bombing"
            | "massacre"
            | "siege"
            | "front"
            | "garrison"
            | "barracks"
            | "suburbs"
            | "outskirts"
    )
}

/// Words that open a sentence and no name.
pub fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "in"
            | "on"
            | "at"
            | "but"
            | "and"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "for"
            | "as"
            | "this"
            | "that"
            | "these"
            | "those"
            | "after"
            | "when"
            | "while"
            | "there"
            | "if"
            | "more"
            | "some"
            | "both"
            | "no"
            | "not"
            | "one"
            | "two"
            | "many"
            | "most"
            | "since"
            | "from"
            | "with"
            | "by"
            | "to"
            | "of"
            | "so"
            | "what"
            | "who"
            | "how"
            | "why"
            | "all"
            | "also"
    )
}

/// Verbs that follow the name of a person who is quoted.
pub fn is_quoted_after(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "told"
            | "added"
            | "adds"
            | "explained"
            | "recalled"
            | "wrote"
            | "testified"
            | "noted"
    )
}

/// Particles inside names of places and persons.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "de"
            | "del"
            | "la"
            | "le"
            | "les"
            | "el"
            | "al"
            | "ul"
            | "ad"
            | "ash"
            | "as"
            | "an"
            | "az"
            | "bin"
            | "ibn"
            | "ben"
            | "van"
            | "von"
            | "der"
            | "au"
            | "aux"
            | "en"
            | "sous"
            | "es"
            | "kwa"
            | "ya"
            | "wa"
            | "na"
            | "a"
            | "den"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "di"
            | "du"
            | "y"
            | "e"
            | "sur"
            | "am"
            | "im"
            | "upon"
            | "on"
            | "and"
            | "in"
            | "abu"
            | "um"
            | "e'"
    )
}

/// Particles of personal names only.
pub fn is_person_particle(word: &str) -> bool {
    matches!(
        word,
        "bin"
            | "ibn"
            | "ben"
            | "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "da"
            | "al"
            | "el"
            | "abu"
            | "della"
            | "di"
            | "la"
            | "dos"
    )
}

/// The first-level unit that an abbreviation of news style or of the post stands for.
pub fn state_abbreviation(word: &str) -> Option<&'static str> {
    Some(match word {
        "ala" | "al" => "alabama",
        "ak" => "alaska",
        "ariz" | "az" => "arizona",
        "ark" | "ar" => "arkansas",
        "calif" | "ca" => "california",
        "colo" | "co" => "colorado",
        "conn" | "ct" => "connecticut",
        "del" | "de" => "delaware",
        "fla" | "fl" => "florida",
        "ga" => "georgia",
        "hi" => "hawaii",
        "id" => "idaho",
        "ill" | "il" => "illinois",
        "ind" | "in" => "indiana",
        "ia" => "iowa",
        "kan" | "kans" | "ks" => "kansas",
        "ky" => "kentucky",
        "la" => "louisiana",
        "me" => "maine",
        "md" => "maryland",
        "mass" | "ma" => "massachusetts",
        "mich" | "mi" => "michigan",
        "minn" | "mn" => "minnesota",
        "miss" | "ms" => "mississippi",
        "mo" => "missouri",
        "mont" | "mt" => "montana",
        "neb" | "nebr" | "ne" => "nebraska",
        "nev" | "nv" => "nevada",
        "nh" => "new hampshire",
        "nj" => "new jersey",
        "nm" => "new mexico",
        "ny" => "new york",
        "nc" => "north carolina",
        "nd" => "north dakota",
        "oh" => "ohio",
        "okla" | "ok" => "oklahoma",
        "ore" | "or" => "oregon",
        "pa" | "penn" => "pennsylvania",
        "ri" => "rhode island",
        "sc" => "south carolina",
        "sd" => "south dakota",
        "tenn" | "tn" => "tennessee",
        "tex" | "tx" => "texas",
        "ut" => "utah",
        "vt" => "vermont",
        "va" => "virginia",
        "wash" | "wa" => "washington",
        "wva" | "wv" => "west virginia",
        "wis" | "wisc" | "wi" => "wisconsin",
        "wyo" | "wy" => "wyoming",
        "dc" => "district of columbia",
        "ont" | "on" => "ontario",
        "que" | "qc" => "quebec",
        "alta" | "ab" => "alberta",
        "bc" => "british columbia",
        "sask" | "sk" => "saskatchewan",
        "nb" => "new brunswick",
        "ns" => "nova scotia",
        "nl" => "newfoundland and labrador",
        "nsw" => "new south wales",
        "vic" => "victoria",
        "qld" => "queensland",
        _ => return None,
    })
}
