//! Names that are one, and names that are not: the key of their sound, against a labelled table.

use belli::analysis::{alike, sounds};

/// Spellings of one name, each with a label of its own.
const MEET: &[(&str, &[&str])] = &[
    (
        "Arabic",
        &[
            "Gaddafi",
            "Qaddafi",
            "Gadhafi",
            "Kadhafi",
            "Qadhafi",
            "Gadafi",
            "al-Gaddafi",
            "Qadhdhafi",
            "Каддафи",
        ],
    ),
    (
        "Arabic",
        &[
            "Mohammed",
            "Muhammad",
            "Mohamed",
            "Mohammad",
            "Muhammed",
            "Mohamad",
            "Мухаммад",
        ],
    ),
    (
        "Arabic",
        &[
            "Hussein",
            "Husayn",
            "Hussain",
            "Hossein",
            "Husein",
            "Хусейн",
        ],
    ),
    (
        "Arabic",
        &["Assad", "al-Assad", "el-Assad", "Asad", "al-Asad", "Асад"],
    ),
    (
        "Arabic",
        &["Nasrallah", "Nasrullah", "Nasralla", "Насралла"],
    ),
    (
        "Arabic",
        &[
            "Hezbollah",
            "Hizbullah",
            "Hizballah",
            "Hezbullah",
            "Hizbollah",
        ],
    ),
    ("Arabic", &["Abdullah", "Abdallah", "Abdulla", "Abdoullah"]),
    ("Arabic", &["Houthi", "Huthi", "al-Houthi", "Al Huthi"]),
    (
        "Arabic",
        &["Zarqawi", "Zarkawi", "al-Zarqawi", "Az-Zarqawi"],
    ),
    ("Arabic", &["Said", "Saied", "Saeed", "Sayed"]),
    ("Arabic", &["Omar", "Umar", "Омар"]),
    ("Arabic", &["Haftar", "Hafter", "Khaftar", "Хафтар"]),
    ("Arabic", &["Sharif", "Sherif", "Shareef", "Шариф"]),
    ("Arabic", &["Baghdadi", "Bagdadi", "al-Baghdadi", "Багдади"]),
    ("Persian", &["Rouhani", "Ruhani", "Rohani", "Роухани"]),
    ("Persian", &["Khamenei", "Khameneï", "Хаменеи"]),
    ("Persian", &["Zarif", "Zareef", "Зариф"]),
    ("Persian", &["Qalibaf", "Ghalibaf", "Kalibaf"]),
    (
        "Persian",
        &["Soleimani", "Suleimani", "Solaimani", "Сулеймани"],
    ),
    ("Persian", &["Javad", "Djavad"]),
    ("Turkic", &["Aliyev", "Əliyev", "Алиев", "Aliev", "Aliyeff"]),
    ("Turkic", &["Erdogan", "Erdoğan", "Эрдоган"]),
    ("Turkic", &["Çavuşoğlu", "Chavushoglu"]),
    ("Turkic", &["Karimov", "Kerimov", "Каримов", "Kərimov"]),
    ("Turkic", &["Kadyrov", "Qadirov", "Кадыров", "Kadirov"]),
    ("Turkic", &["Nazarbayev", "Nazarbaev", "Назарбаев"]),
    (
        "Slavic",
        &[
            "Zelensky",
            "Zelenskyy",
            "Zelenskiy",
            "Zelenskyi",
            "Зеленський",
            "Зеленский",
            "Selenskyj",
        ],
    ),
    ("Slavic", &["Lavrov", "Lawrow", "Лавров", "Lavroff"]),
    (
        "Slavic",
        &["Milošević", "Milosevic", "Miloshevich", "Милошевић"],
    ),
    (
        "Slavic",
        &["Lukashenko", "Lukashenka", "Łukaszenko", "Лукашенко"],
    ),
    ("Slavic", &["Shoigu", "Shoygu", "Шойгу"]),
    ("Slavic", &["Pashinyan", "Pashinian", "Пашинян"]),
    ("Slavic", &["Poroshenko", "Порошенко", "Poroschenko"]),
    ("Slavic", &["Prigozhin", "Пригожин"]),
    ("Slavic", &["Mladić", "Mladic", "Mladich", "Младић"]),
    ("Slavic", &["Saakashvili", "Саакашвили", "Saakaschwili"]),
];

/// Names that are different ones, whatever they share.
const PART: &[(&str, &str)] = &[
    ("Hassan", "Hussein"),
    ("Hassan", "Hosni"),
    ("Ali", "Aliyev"),
    ("Assad", "Said"),
    ("Assad", "Sadat"),
    ("Karim", "Karami"),
    ("Khomeini", "Khamenei"),
    ("Mohamed", "Mohamud"),
    ("Mohamed", "Mahmoud"),
    ("Mohamed", "Ahmed"),
    ("Ahmed", "Hamed"),
    ("Hamid", "Hammad"),
    ("Hamid", "Hameedi"),
    ("Omar", "Amir"),
    ("Omar", "Omari"),
    ("Salim", "Salam"),
    ("Salah", "Saleh al-Din"),
    ("Salman", "Suleiman"),
    ("Sharif", "Sharaf"),
    ("Nasser", "Nasrallah"),
    ("Abdullah", "Abdi"),
    ("Abdel Rahman", "Abdel Karim"),
    ("Abdel Fattah", "Abdel"),
    ("Gaddafi", "Gaddam"),
    ("Haftar", "Hafez"),
    ("Houthi", "Hutu"),
    ("Zarqawi", "Zawahiri"),
    ("Zarif", "Sharif"),
    ("Rouhani", "Rahmani"),
    ("Rouhani", "Rohingya"),
    ("Raisi", "Rossi"),
    ("Soleimani", "Suleiman"),
    ("Qalibaf", "Qalibani"),
    ("Erdogan", "Erdal"),
    ("Erdogan", "Ergun"),
    ("Karimov", "Kadyrov"),
    ("Karimov", "Karimi"),
    ("Nazarbayev", "Nazarov"),
    ("Tokayev", "Tokarev"),
    ("Putin", "Rasputin"),
    ("Putin", "Potanin"),
    ("Lavrov", "Lvov"),
    ("Lavrov", "Lazarov"),
    ("Medvedev", "Medvedchuk"),
    ("Zelensky", "Zaluzhny"),
    ("Zelensky", "Zelenko"),
    ("Yanukovych", "Yushchenko"),
    ("Yushchenko", "Yatsenyuk"),
    ("Poroshenko", "Timoshenko"),
    ("Ivanov", "Ivanova"),
    ("Petrov", "Petrenko"),
    ("Petrov", "Pavlov"),
    ("Mladic", "Milosevic"),
    ("Mladic", "Mladenov"),
    ("Karadzic", "Karadjordje"),
    ("Tudjman", "Tadic"),
    ("Izetbegovic", "Begovic"),
    ("Pashinyan", "Sargsyan"),
    ("Sargsyan", "Sarkisov"),
    ("Kocharyan", "Kasparyan"),
    ("Mammadov", "Mammadyarov"),
    ("Hasanov", "Huseynov"),
    ("Shoigu", "Shogun"),
    ("Barzani", "Talabani"),
    ("Maliki", "Malik"),
    ("Sistani", "Sultani"),
    ("Dostum", "Dustin"),
    ("Karzai", "Karazin"),
    ("Massoud", "Maqsood"),
    ("Hekmatyar", "Hikmet"),
];

#[test]
fn spellings_of_one_name_meet() {
    let mut pairs = 0;
    let mut apart = Vec::new();
    for (kind, names) in MEET {
        for other in &names[1..] {
            pairs += 1;
            if !alike(&sounds(names[0]), &sounds(other)) {
                apart.push(format!(
                    "{kind}: {} {other}: {:?} {:?}",
                    names[0],
                    sounds(names[0]),
                    sounds(other)
                ));
            }
        }
    }
    assert!(pairs >= 60, "{pairs} pairs");
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

#[test]
fn other_names_do_not() {
    assert!(PART.len() >= 60, "{} pairs", PART.len());
    let met: Vec<String> = PART
        .iter()
        .filter(|(a, b)| alike(&sounds(a), &sounds(b)))
        .map(|(a, b)| format!("{a} {b}: {:?} {:?}", sounds(a), sounds(b)))
        .collect();
    assert!(met.is_empty(), "{}", met.join("\n"));
}

#[test]
fn other_scripts_have_no_key() {
    for name in ["القذافي", "习近平", "", "123"] {
        assert!(sounds(name).is_empty(), "{name}: {:?}", sounds(name));
    }
}
