//! Month and weekday names of nine other languages, wide and abbreviated, in the cases that stand
//! in dates (after CLDR: French, Spanish, Portuguese, German, Turkish, Russian, Ukrainian, Arabic,
//! Persian; the Levantine month names that take two words are completed in `cursor`).
//!
//! Names, not grammar: relative expressions of these languages are not read, and a name that means
//! something else in English or a neighbouring language ("mars", "mart", "domingo") is `Foreign`,
//! believed only beside a number. Persian months are the Gregorian ones, as agencies write them.

use super::words::Form::{self, Distinct, Foreign};

/// Month, form, names.
#[rustfmt::skip]
pub(super) static MONTHS: &[(i8, Form, &str)] = &[
    // French
    (1, Foreign, "janvier janv"), (2, Foreign, "février fevrier févr fév"), (3, Foreign, "mars"), (4, Foreign, "avril avr"),
    (5, Foreign, "mai"), (6, Foreign, "juin"), (7, Foreign, "juillet juil"), (8, Foreign, "août aout"),
    (9, Foreign, "septembre"), (10, Foreign, "octobre"), (11, Foreign, "novembre"), (12, Foreign, "décembre decembre déc"),
    // Spanish
    (1, Foreign, "enero ene"), (2, Foreign, "febrero"), (3, Foreign, "marzo"), (4, Foreign, "abril abr"),
    (5, Foreign, "mayo"), (6, Foreign, "junio"), (7, Foreign, "julio"), (8, Foreign, "agosto ago"),
    (9, Foreign, "septiembre setiembre"), (10, Foreign, "octubre"), (11, Foreign, "noviembre"), (12, Foreign, "diciembre dic"),
    // Portuguese
    (1, Foreign, "janeiro"), (2, Foreign, "fevereiro fev"), (3, Foreign, "março marco"), (5, Foreign, "maio"),
    (6, Foreign, "junho"), (7, Foreign, "julho"), (9, Foreign, "setembro"), (10, Foreign, "outubro"),
    (11, Foreign, "novembro"), (12, Foreign, "dezembro dez"),
    // German
    (1, Foreign, "januar jänner"), (2, Foreign, "februar feber"), (3, Foreign, "märz maerz mrz"), (6, Foreign, "juni"),
    (7, Foreign, "juli"), (10, Foreign, "oktober okt"), (12, Foreign, "dezember"),
    // Turkish
    (1, Foreign, "ocak"), (2, Foreign, "şubat subat"), (3, Foreign, "mart"), (4, Foreign, "nisan"),
    (5, Foreign, "mayıs mayis"), (6, Foreign, "haziran"), (7, Foreign, "temmuz"), (8, Foreign, "ağustos agustos"),
    (9, Foreign, "eylül eylul"), (10, Foreign, "ekim"), (11, Foreign, "kasım kasim"), (12, Foreign, "aralık aralik"),
    // Russian: nominative, genitive, and the locative that follows "в" and stands alone
    (1, Foreign, "январь января янв"), (2, Foreign, "февраль февраля фев февр"), (3, Foreign, "март марта мар"),
    (4, Foreign, "апрель апреля апр"), (5, Foreign, "май мая"), (6, Foreign, "июнь июня июн"), (7, Foreign, "июль июля июл"),
    (8, Foreign, "август августа авг"), (9, Foreign, "сентябрь сентября сен сент"), (10, Foreign, "октябрь октября окт"),
    (11, Foreign, "ноябрь ноября ноя нояб"), (12, Foreign, "декабрь декабря дек"),
    (1, Distinct, "январе"), (2, Distinct, "феврале"), (4, Distinct, "апреле"), (6, Distinct, "июне"), (7, Distinct, "июле"),
    (8, Distinct, "августе"), (9, Distinct, "сентябре"), (10, Distinct, "октябре"), (11, Distinct, "ноябре"), (12, Distinct, "декабре"),
    // Ukrainian
    (1, Foreign, "січень січня січ"), (2, Foreign, "лютий лютого лют"), (3, Foreign, "березень березня бер"),
    (4, Foreign, "квітень квітня квіт"), (5, Foreign, "травень травня трав"), (6, Foreign, "червень червня черв"),
    (7, Foreign, "липень липня лип"), (8, Foreign, "серпень серпня серп"), (9, Foreign, "вересень вересня вер"),
    (10, Foreign, "жовтень жовтня жовт"), (11, Foreign, "листопад листопада лист"), (12, Foreign, "грудень грудня груд"),
    (1, Distinct, "січні"), (2, Foreign, "лютому"), (3, Distinct, "березні"), (4, Distinct, "квітні"), (5, Distinct, "травні"),
    (6, Distinct, "червні"), (7, Distinct, "липні"), (8, Distinct, "серпні"), (9, Distinct, "вересні"), (10, Distinct, "жовтні"),
    (11, Distinct, "листопаді"), (12, Distinct, "грудні"),
    // Arabic: Egypt and the Gulf, the Levant and Iraq, the Maghreb
    (1, Foreign, "يناير جانفي"), (2, Foreign, "فبراير شباط فيفري"), (3, Foreign, "مارس آذار اذار"), (4, Foreign, "أبريل ابريل إبريل نيسان أفريل"),
    (5, Foreign, "مايو أيار ايار ماي"), (6, Foreign, "يونيو حزيران جوان"), (7, Foreign, "يوليو تموز جويلية"), (8, Foreign, "أغسطس اغسطس آب أوت"),
    (9, Foreign, "سبتمبر أيلول ايلول"), (10, Foreign, "أكتوبر اكتوبر"), (11, Foreign, "نوفمبر"), (12, Foreign, "ديسمبر"),
    // Persian
    (1, Foreign, "ژانویه"), (2, Foreign, "فوریه"), (4, Foreign, "آوریل"), (5, Foreign, "مه"), (6, Foreign, "ژوئن"), (7, Foreign, "ژوئیه ژوئيه"),
    (8, Foreign, "اوت"), (9, Foreign, "سپتامبر"), (10, Foreign, "اکتبر"), (11, Foreign, "نوامبر"), (12, Foreign, "دسامبر"),
];

/// Weekday (1 = Monday), form, names.
#[rustfmt::skip]
pub(super) static WEEKDAYS: &[(i8, Form, &str)] = &[
    // French
    (1, Distinct, "lundi"), (2, Distinct, "mardi"), (3, Distinct, "mercredi"), (4, Distinct, "jeudi"), (5, Distinct, "vendredi"),
    (6, Distinct, "samedi"), (7, Distinct, "dimanche"),
    // Spanish and Portuguese; "quarta", "sexta" and "Domingo" mean other things
    (1, Distinct, "lunes"), (2, Distinct, "martes"), (3, Distinct, "miércoles"), (4, Distinct, "jueves"), (5, Distinct, "viernes"),
    (6, Foreign, "sábado sabado"), (7, Foreign, "domingo"),
    (1, Foreign, "segunda"), (2, Foreign, "terça"), (3, Foreign, "quarta"), (4, Foreign, "quinta"), (5, Foreign, "sexta"),
    // German; "Freitag" and "Sonntag" are surnames
    (1, Distinct, "montag"), (2, Distinct, "dienstag"), (3, Distinct, "mittwoch"), (4, Distinct, "donnerstag"), (5, Foreign, "freitag"),
    (6, Distinct, "samstag sonnabend"), (7, Foreign, "sonntag"),
    // Turkish; "pazar" is a market, "cuma" a name, "salı" near one
    (1, Distinct, "pazartesi"), (2, Foreign, "salı"), (3, Distinct, "çarşamba"), (4, Distinct, "perşembe"), (5, Foreign, "cuma"),
    (6, Distinct, "cumartesi"), (7, Foreign, "pazar"),
    // Russian
    (1, Distinct, "понедельник понедельника понедельнику"), (2, Distinct, "вторник вторника вторнику"), (3, Foreign, "среда среды"),
    (3, Foreign, "среду"), (4, Distinct, "четверг четверга четвергу"), (5, Distinct, "пятница пятницу пятницы"),
    (6, Distinct, "суббота субботу субботы"), (7, Distinct, "воскресенье воскресенья"),
    // Ukrainian
    (1, Distinct, "понеділок понеділка"), (2, Distinct, "вівторок вівторка"), (3, Foreign, "середа середу середи"),
    (4, Distinct, "четвер"), (5, Distinct, "п'ятниця п'ятницю"), (6, Distinct, "субота суботу суботи"), (7, Distinct, "неділя неділю неділі"),
    // Arabic; the names of the days are numbers, so those that are said without "day" are not believed alone
    (1, Foreign, "الاثنين الإثنين"), (2, Distinct, "الثلاثاء"), (3, Distinct, "الأربعاء الاربعاء"), (4, Distinct, "الخميس"),
    (5, Foreign, "الجمعة"), (6, Distinct, "السبت"), (7, Foreign, "الأحد الاحد"),
    // Persian
    (1, Distinct, "دوشنبه"), (2, Distinct, "سه‌شنبه سهشنبه"), (3, Distinct, "چهارشنبه"), (4, Distinct, "پنجشنبه"), (5, Foreign, "جمعه"),
    (6, Foreign, "شنبه"), (7, Distinct, "یکشنبه"),
];
