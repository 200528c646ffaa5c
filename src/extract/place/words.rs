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
#[rustfmt::skip]
pub fn cue_after(word: &str) -> Cue {
    match word {
        "province" | "provinces" | "governorate" | "governorates" | "oblast" | "oblasts" | "region"
        | "state" | "krai" | "kray" | "emirate" | "voivodeship" | "prefecture" | "wilaya" | "vilayet"
        | "область" | "области" | "областью" | "області" | "край" | "края" => Cue::Unit,
        "county" | "counties" | "parish" | "district" | "districts" | "raion" | "rayon" | "woreda"
        | "township" | "municipality" | "borough" | "canton" | "regency" | "subdistrict" | "район"
        | "района" | "районе" | "району" | "locality" | "division" | "zone" => Cue::District,
        "village" | "town" | "city" | "hamlet" | "settlement" | "neighborhood" | "neighbourhood" | "suburb"
        | "kebele" => Cue::Town,
        "strip" | "peninsula" | "valley" | "enclave" | "exclave" | "plateau" | "highlands" | "heights"
        | "mountains" | "desert" | "basin" | "corridor" | "delta" | "salient" => Cue::Region,
        "camp" | "camps" => Cue::Camp,
        "river" | "lake" | "sea" | "gulf" | "bay" | "strait" | "straits" | "canal" | "creek" | "dam" => Cue::Water,
        _ => Cue::None,
    }
}

/// What the word before an `of` and a name says of it: `village of X`, `province of X`.
#[rustfmt::skip]
pub fn cue_before(word: &str) -> Cue {
    match word {
        "province" | "governorate" | "oblast" | "region" | "state" | "emirate" | "provincia" | "estado"
        | "departamento" | "gouvernorat" | "provinces" | "governorates" | "regions" | "states" => Cue::Unit,
        "county" | "parish" | "district" | "municipality" | "township" | "borough" | "municipio" | "cercle"
        | "wilaya" | "locality" | "departement" | "counties" | "districts" => Cue::District,
        "village" | "villages" | "town" | "towns" | "city" | "cities" | "hamlet" | "settlement" | "suburb"
        | "suburbs" | "neighborhood" | "neighbourhood" | "outskirts" | "port" | "ville" | "ciudad"
        | "quarters" | "pueblo" | "localite" | "aldea" | "outside" => Cue::Town,
        "peninsula" | "enclave" | "island" | "islands" | "valley" => Cue::Region,
        "camp" | "camps" => Cue::Camp,
        "gulf" | "bay" | "strait" | "sea" => Cue::Water,
        _ => Cue::None,
    }
}

/// The same without `of`, for languages that need none: `село X`, `город X`, `بلدة X`.
#[rustfmt::skip]
pub fn cue_directly_before(word: &str) -> Cue {
    match word {
        "село" | "селе" | "города" | "город" | "городе" | "г" | "поселок" | "поселке" | "пгт" | "місто"
        | "місті" | "селі" | "مدينه" | "بلده" | "قريه" | "кент" => Cue::Town,
        "محافظه" | "ولايه" | "провинция" | "провинции" => Cue::Unit,
        "مخيم" => Cue::Camp,
        "lake" | "river" | "озеро" | "река" => Cue::Water,
        _ => Cue::None,
    }
}

/// Makes a function of every list; a match on strings compares lengths first, which is fastest here.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $($word:literal)*;)*) => {
        $($(#[$doc])* pub fn $name(word: &str) -> bool {
            matches!(word, $($word)|*)
        })*

        #[cfg(test)]
        static LISTS: &[&[&str]] = &[$(&[$($word),*]),*];
    };
}

lists! {
    /// Prepositions after which a place stands.
    is_locative:
        "across" "around" "at" "aus" "bei" "between" "beyond" "central" "cerca" "dans" "desde" "downtown" "east"
        "eastern" "em" "en" "entered" "from" "hacia" "in" "inside" "into" "leaving" "mainland" "na" "nach" "near"
        "nearby" "neighboring" "neighbouring" "nella" "north" "northeast" "northeastern" "northern" "northwest"
        "northwestern" "off" "outside" "over" "reached" "south" "southeast" "southeastern" "southern" "southwest"
        "southwestern" "through" "throughout" "toward" "towards" "via" "visited" "visiting" "west" "western"
        "within" "біля" "в" "во" "до" "з" "из" "на" "под" "під" "у" "із" "الي" "في" "قرب" "من";

    /// Prepositions that weakly speak for a place.
    is_weakly_locative:
        "against" "and" "by" "de" "del" "du" "for" "of" "on" "or" "to" "with";

    /// Verbs of war, after which a name that nobody bears is a place: `seized Srebrenica`.
    is_verb_of_war:
        "abandoned" "approached" "attacked" "besieged" "bombarded" "bombed" "captured" "controlled" "controls"
        "defended" "encircled" "evacuated" "fled" "hit" "invaded" "left" "liberated" "lost" "occupied" "overran"
        "overrun" "pounded" "raided" "recaptured" "reoccupied" "retook" "secured" "seized" "shelled" "stormed" "struck"
        "surrounded" "took";

    /// What a place has, before an `of` and its name: `the mayor of Minova`.
    is_had_by_place:
        "battle" "bombardment" "bombing" "capture" "commune" "fall" "governor" "inhabitants" "liberation" "massacre"
        "mayor" "people" "port" "recapture" "residents" "seizure" "shelling" "siege" "streets" "villages";

    /// What befalls a place: `Zepa fell`.
    is_fate:
        "burned" "fell" "surrendered";

    /// Directions and degrees that may precede a place as capitalised words.
    is_direction:
        "central" "downtown" "east" "eastern" "former" "greater" "historic" "inner" "lower" "mainland" "metro"
        "metropolitan" "neighboring" "neighbouring" "north" "northeast" "northeastern" "northern" "northwest"
        "northwestern" "occupied" "old" "rural" "saharan" "south" "southeast" "southeastern" "southern" "southwest"
        "southwestern" "upper" "war" "west" "western";

    /// Last words of compounds that take a place's name for something that is no place.
    is_compound_head:
        "accord" "accords" "agreement" "agreements" "airlines" "airways" "award" "awards" "battalion" "brigade"
        "brigades" "broadcasting" "bulletin" "bulls" "charter" "chronicle" "club" "co" "college" "communique"
        "conference" "convention" "conventions" "corp" "courier" "cup" "declaration" "disease" "dispatch"
        "ebolavirus" "examiner" "exchange" "fc" "fever" "films" "flu" "format" "foundation" "front" "games"
        "gazette" "giants" "globe" "group" "guardian" "herald" "inc" "index" "initiative" "inquirer" "institute"
        "journal" "llc" "ltd" "magazine" "marathon" "memorandum" "mirror" "monitor" "motors" "movement" "news"
        "observer" "olympics" "pact" "party" "peace" "pictures" "plan" "post" "press" "prize" "process" "protocol"
        "protocols" "radio" "records" "review" "rovers" "rule" "star" "stock" "summit" "sun" "syndrome" "talks"
        "telegraph" "television" "times" "treaty" "tribune" "tv" "united" "university" "virus" "wanderers" "weekly"
        "yankees";

    /// Small words after a name that make a thing of it: `Marburg virus`.
    is_thing_after:
        "accord" "accords" "convention" "conventions" "disease" "ebolavirus" "fever" "process" "protocol" "syndrome"
        "treaty" "virus";

    /// What is called after the town where it was signed, but made by a country: `Pretoria agreement`.
    is_signed_after:
        "agreement" "agreements" "communique" "declaration" "memorandum" "pact";

    /// What bears the name of the place where it is, whatever the name: `the Masnaa crossing`.
    is_ground_after:
        "airbase" "airport" "airstrip" "barracks" "checkpoint" "crossing" "garrison" "junction";

    /// Ships, which bear names of places: `the battleship New Jersey`.
    is_ship:
        "battleship" "carrier" "corvette" "cruiser" "destroyer" "ferry" "freighter" "frigate" "hms" "ins" "mv"
        "submarine" "tanker" "trawler" "uss" "warship";

    /// Words before which a name ends: verbs and small words, but no noun that the name could belong to.
    is_no_noun:
        "also" "are" "because" "before" "between" "could" "did" "during" "early" "had" "has" "have" "is" "last" "late"
        "left" "may" "might" "overnight" "said" "say" "should" "that" "to" "until" "was" "were" "where" "which" "will"
        "would" "yesterday";

    /// Prepositions that hardly stand before anything but places.
    is_strictly_locative:
        "around" "in" "inside" "into" "near" "outside" "through" "toward" "towards";

    /// What is on the way to a place, or so far from it: `the road to X`, `30 kilometres from X`.
    is_way:
        "displaced" "families" "fled" "flee" "fleeing" "flown" "highway" "kilometers" "kilometres" "km" "miles" "refugees"
        "residents" "retreated" "returned" "road" "route" "track" "villagers" "walk" "walked" "way" "withdrawn"
        "withdrew";

    /// What is spoken and written `in`.
    is_language:
        "amharic" "arabic" "bengali" "cantonese" "creole" "dari" "esperanto" "farsi" "hausa" "hebrew" "hindi" "hindustani"
        "kinyarwanda" "kirundi" "latin" "lingala" "malay" "malayalam" "mandarin" "nahuatl" "pashto" "pashtu" "persian"
        "pidgin" "punjabi" "quechua" "sanskrit" "shona" "sindhi" "sinhala" "swahili" "tagalog" "tamil" "telugu"
        "tigrinya" "urdu" "xhosa" "yiddish" "yoruba" "zulu";

    /// What is put into other things than places: `faith in X`.
    is_put_in:
        "belief" "believe" "believed" "believes" "confidence" "faith" "interest" "invest" "invested" "investment"
        "investors" "shares" "stake" "trust";

    /// What only places have, before an `of` and a name.
    is_of_place:
        "battle" "bombardment" "commune" "crossing" "crossings" "heights" "hills" "inhabitants" "liberation" "mayor"
        "outskirts" "recapture" "residents" "ruins" "shelling" "siege" "streets" "villagers" "villages";

    /// What befalls places, but hardly persons: `retook X`.
    is_taken:
        "besieged" "bombarded" "encircled" "entered" "overran" "overrun" "recaptured" "reoccupied" "retook" "shelled"
        "stormed";

    /// Words that open names of mountains.
    is_mountain:
        "mount" "mt";

    /// Words of a street's name.
    is_street:
        "alley" "av" "ave" "avenue" "blvd" "boulevard" "bridge" "circle" "court" "crescent" "ct" "drive"
        "expressway" "highway" "hwy" "lane" "ln" "parkway" "pike" "place" "rd" "road" "square" "st" "street"
        "terrace" "trail" "turnpike" "way";

    /// Words that open a name in which the place is not meant: `Treaty of X`, `Duke of X`.
    is_title_of:
        "academy" "bank" "bishop" "church" "college" "convention" "corporation" "count" "countess" "duchess" "duke"
        "earl" "institute" "lady" "lord" "marquis" "peace" "prince" "princess" "treaty" "university";

    /// Months and weekdays: capitalised in English, and no part of a name.
    is_calendar:
        "apr" "april" "aug" "august" "dec" "december" "feb" "february" "fri" "friday" "jan" "january" "jul" "july"
        "jun" "june" "mar" "march" "may" "mon" "monday" "nov" "november" "oct" "october" "sat" "saturday" "sep"
        "sept" "september" "sunday" "thu" "thurs" "thursday" "tue" "tues" "tuesday" "wed" "wednesday";

    /// Verbs of speech and will: a capital before them speaks for its government.
    is_speech:
        "accused" "accuses" "agreed" "announced" "argued" "argues" "backed" "backs" "believes" "blamed" "blames"
        "claimed" "claims" "condemned" "condemns" "considers" "demanded" "demands" "denied" "denies" "hopes"
        "insisted" "insists" "recognised" "recognises" "recognized" "recognizes" "refused" "refuses" "regards"
        "rejected" "rejects" "responded" "retaliated" "said" "say" "says" "sees" "supports" "suspects" "threatened"
        "threatens" "urged" "urges" "vowed" "vows" "wanted" "wants" "warned" "warns";

    /// Bodies and buildings that a town has: before them stands the town's name.
    is_civic:
        "airbase" "airport" "area" "attack" "barracks" "base" "bombing" "cathedral" "central" "city" "community"
        "council" "county" "couple" "courthouse" "district" "elementary" "fire" "front" "garrison" "general" "high"
        "home" "hospital" "international" "jail" "man" "market" "massacre" "mayor" "middle" "mosque" "municipal"
        "native" "neighborhood" "officials" "outskirts" "police" "port" "prison" "protests" "public" "regional"
        "residence" "resident" "residents" "school" "sheriff" "siege" "station" "suburb" "suburbs" "teen" "town"
        "university" "woman";

    /// What a facility is, which copy writes small within its name: `Rafah border crossing`.
    is_facility:
        "airbase" "airport" "base" "checkpoint" "crossing" "mosque" "plant" "prison" "terminal";

    /// Words that open a sentence and no name.
    is_function_word:
        "a" "after" "all" "also" "an" "and" "as" "at" "both" "but" "by" "for" "from" "he" "her" "his" "how" "i" "if"
        "in" "it" "its" "many" "more" "most" "no" "not" "of" "on" "one" "our" "she" "since" "so" "some" "that" "the"
        "their" "there" "these" "they" "this" "those" "to" "two" "we" "what" "when" "while" "who" "why" "with" "you";

    /// Words that open names of places and that copy may write small: `new York`.
    is_first_word:
        "el" "la" "las" "los" "new" "saint" "san" "santa" "saudi" "sri";

    /// Articles of Arabic names.
    is_arabic_article:
        "ad" "adh" "al" "an" "ar" "as" "ash" "at" "az" "ed" "el" "er" "es" "esh" "et" "ez";

    /// Verbs that follow the name of a person who is quoted.
    is_quoted_after:
        "added" "adds" "explained" "noted" "recalled" "said" "says" "testified" "told" "wrote";

    /// Particles inside names of places and persons.
    is_particle:
        "a" "abu" "ad" "adh" "al" "am" "an" "and" "ar" "as" "ash" "au" "aux" "az" "ben" "bin" "da" "das" "de" "del"
        "den" "der" "di" "do" "dos" "du" "e" "ed" "el" "en" "er" "es" "esh" "ez" "ibn" "im" "in" "kwa" "la" "le" "les" "na" "of" "on" "sous"
        "sur" "the" "ul" "um" "upon" "van" "von" "wa" "y" "ya";

    /// Particles of personal names only.
    is_person_particle:
        "abu" "al" "ben" "bin" "da" "de" "della" "den" "der" "di" "dos" "el" "ibn" "la" "van" "von";
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    #[test]
    fn lists_are_sorted_and_folded() {
        for list in LISTS {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(list.iter().all(|w| fold(w) == **w), "{list:?}");
        }
    }
}
