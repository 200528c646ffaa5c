//! Vocabulary: the closed word classes that the rules about actors read.
//!
//! Lists of words only; what they mean to a rule is the rule's business. All words are folded:
//! small letters, no accents, no apostrophes.

use super::lexicon as l;

/// Word lists with their flags.
pub(super) const LISTS: &[(u32, &str)] = &[
    (
        l::FUNCTION,
        "a an the this that these those it its he him his she her hers they them their theirs we us our ours i me my mine you your yours who whom whose \
         which what where when why how all any both each either neither some no not none nothing nobody everyone everybody someone anyone more most \
         many much few several such same other others another own only also even still just yet already again once then than there here now today \
         yesterday tomorrow tonight and or but nor so if because as while although though since unless until whether whereas of in on at by for \
         with from to into onto upon about above below under over after before between among amid against across along around behind beside besides \
         beyond despite during except inside outside near off out per through throughout toward towards up via within without is are was were be \
         been being am has have had having do does did done will would shall should can could may might must one two three four five six seven eight \
         nine ten dozens hundreds thousands millions first second last next earlier later meanwhile however moreover furthermore nevertheless \
         therefore thus indeed instead perhaps maybe yes according following including despite amid like unlike until recently previously finally \
         additionally separately elsewhere asked speaking addressing citing quoting reporting photo video read keep related image file source share \
         click subscribe advertisement copyright breaking exclusive analysis opinion update updated watch text begin end",
    ),
    (
        l::LOCATIVE,
        "in at near inside across throughout into around outside within via onto upon beyond along through over leaving reached reaching entering \
         entered visit visited visiting toured outskirts surrounding",
    ),
    (
        l::AUXILIARY,
        "is are was were has have had will would shall should can could may might must does did do is isnt wasnt hasnt wont didnt doesnt cannot also \
         never still already reportedly allegedly repeatedly recently later now immediately again has",
    ),
    (
        l::PARTICLE,
        "al el ul ad ar as ash at az an bin ibn ben bint van von der den de del della di da dos das du la le ould abu abou abd abdel abdul ag st mac mc o \
         ait umm um uz us",
    ),
    (
        l::CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december \
         mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec ramadan eid christmas easter gmt utc est edt am pm bst cet \
         spring summer autumn winter",
    ),
    (
        l::HEAD,
        "army armies front movement brigade brigades battalion battalions division regiment corps squadron fleet force forces party ministry council committee commission \
         organization organisation union group groups militia militias command coalition alliance association federation agency authority bureau court \
         department fund foundation guard guards institute league mission network office parliament assembly police programme program service services society squad \
         administration bank board congress senate company corporation inc ltd llc plc gmbh co airlines airways university church embassy consulate \
         observatory centre center unit resistance tribe clan wing cartel times post news press television radio tv herald tribune \
         gazette journal broadcasting magazine newspaper daily agence presse government navy marines directorate secretariat tribunal cabinet duma knesset \
         majlis organizations initiative campaign forum watch international crescent cross partnership consortium holdings industries technologies motors systems \
         enterprises laboratories college academy hospital ministries workers teachers confederation syndicate house team taskforce monitor \
         state caliphate emirate republic brotherhood liberation jihad vanguard lions hawks martyrs battallion legion company platoon commando commandos \
         ejercito frente partido movimiento unidad comision parti mouvement armee comite ",
    ),
    (
        l::HEAD_OF,
        "ministry council front movement party army forces organization organisation association union league committee commission federation bank university \
         court office department bureau board institute centre center society fund confederation congress house parliament assembly government academy school \
         secretariat agency alliance coalition group brigade brigades battalion authority observatory church embassy doctors reporters governments state \
         republic international high society chamber foundation network partnership directorate guardians lions sons martyrs",
    ),
    (
        l::MODIFIER,
        "armed defense defence special federal interim transitional military security border elite national local regional state central senior top former \
         new joint regular paramilitary islamist jihadist hardline moderate opposition rebel separatist communist leftist rightist marxist nationalist \
         government loyalist naval air ground occupation invading heavily own deputy then ruling exiled provincial political civil religious tribal \
         islamic christian muslim sunni shiite shia shii allied foreign mainly mostly largely internal official young elderly displaced wounded \
         dead government-backed",
    ),
    (
        l::LINK,
        "of for and the de del la las los y et du des al el in on to against e do da dos und fur ul &",
    ),
    (
        l::COMPASS,
        "northern southern eastern western central north south east west northeast northwest southeast southwest northeastern northwestern southeastern \
         southwestern mainland inner outer upper lower rural downtown war-torn neighboring neighbouring nearby",
    ),
    (
        l::BACKED,
        "backed led supported sponsored funded armed trained allied aligned equipped financed affiliated linked inspired brokered mediated drafted dominated friendly",
    ),
    (
        l::HELD,
        "held controlled occupied based born made speaking run owned ruled style wide related built era majority populated bound administered annexed besieged like majority flagged",
    ),
    (
        l::DEED,
        "decision demand demands request call calls offer proposal claim claims position stance policy policies role help support interests interest backing \
         involvement intervention response reaction refusal rejection accusation accusations denial statement warning threat threats criticism concern \
         concerns foreign efforts effort attempt attempts plan plans actions action aggression invasion offensive campaign operation operations war \
         allies ally enemies rival rivals partners partner neighbours proxies veto withdrawal strategy willingness readiness commitment aid assistance sanctions embargo \
         blockade ban permission consent approval arms weapons nuclear missile behalf ambitions negotiators delegation representatives leaders hands",
    ),
    (
        l::PART,
        "capital border borders coast north south east west city cities town towns province provinces territory region regions airspace economy soil \
         population airport port ports mountains villages streets history constitution largest second biggest northern southern eastern western \
         countryside south-west centre center interior waters desert valley outskirts suburbs hospitals prisons roads oil",
    ),
    (
        l::PEOPLE,
        "kurdish kurd kurds arab arabs sunni sunnis shia shiite shiites shii druze tutsi tutsis hutu hutus tamil tamils rohingya rohingyas uighur uighurs uyghur uyghurs \
         chechen chechens serb serbs serbian-backed tuareg tuaregs fulani hausa yazidi yazidis assyrian assyrians alawite alawites ingush ossetian ossetians abkhaz \
         karen kachin shan chin mon pashtun pashtuns hazara hazaras baloch baluch uzbeks tajiks houthi islamist islamic christian muslim jewish berber \
         berbers dinka nuer oromo amhara tigrayan tigrayans zulu zulus maoist basque catalan tatar tatars turkmen turkmens turkoman bedouin sikh hindu buddhist \
         copts coptic european europeans african africans asian western copts coptic maronite mai sahrawi papuan acehnese moro crimean palestinian palestinians darfuri masalit zaghawa",
    ),
    (
        l::THING,
        "war wars agreement accord accords treaty pact resolution act law bill plan street road avenue square bridge airport river mountain mountains \
         mosque church cathedral temple hospital school prison camp conference summit talks process crisis conflict massacre attack operation protocol \
         day week month year century festival prize award cup games championship olympics election elections constitution declaration \
         charter convention conventions protocols treaties agreements charters statute revolution uprising intifada spring covenant line zone corridor strip heights valley sea ocean gulf lake island islands \
         desert peninsula province governorate district region county city town village oblast highway hotel palace stadium park market dam pass \
         missile missiles rocket rockets tank rifle aircraft helicopter helicopters drone ceasefire truce programme article chapter section page \
         ii iii iv language languages edition project museum base monument tower building hall gate border crossing jet jets junction neighborhood neighbourhood suburb \
         quarter area flight flights farm farms port harbour harbor canal creek hill hills coast bay cape dreamliner game book film album song award standard time god allah jesus islam internet covid ebola",
    ),
    (
        l::DETERMINER,
        "the a an this that these those its their his her our my your some any no all both each every many several two three four five",
    ),
    (l::TOWARDS, "against with by between versus vs among"),
    (
        l::MEDIA,
        "newspaper newspapers daily weekly magazine broadcaster channel station agency television tv radio website outlet network journal tabloid paper",
    ),
    (
        l::COMPANY,
        "company airline automaker manufacturer maker carrier firm bank group organisation organization party movement militia giant operator supplier builder \
         contractor planemaker carmaker airframer agency charity watchdog ngo think-tank newspaper union retailer lender brand consortium subsidiary \
         parent developer producer startup faction tribe clan gang cartel",
    ),
    (
        l::ABBREVIATION,
        "mr mrs ms dr gen col lt maj capt sgt prof rev sen rep gov st jr sr brig adm cmdr cpl pvt hon vs no inc ltd corp co etc eg ie approx dept est jan feb \
         mar apr aug sept sep oct nov dec",
    ),
    (
        l::NUMBER,
        "first second third fourth fifth sixth seventh eighth ninth tenth 1st 2nd 3rd",
    ),
    (
        l::OBJECT,
        "accuse accused accuses accusing urge urged urges urging ask asked asks asking tell told tells warn warned warns warning blame blamed blames \
         blaming condemn condemned criticise criticised criticize criticized criticizing thank thanked support supported supports supporting help \
         helped helping join joined denounce denounced praise praised persuade persuaded convince convinced force forced pressure pressured pressed \
         assure assured remind reminded defeat defeated defeating fight fought fighting attack attacked arm arming sanction sanctioned recognise \
         recognize allow allowed allowing order ordered invite invited destroy counter degrade met meet meeting oppose opposed opposing threaten \
         threatened prevent preventing enable sued suing pushed let gave give sell offered consult targeting",
    ),
    (
        l::OF_AGENT,
        "government governments leaders leader president behalf help support backing accusation accusations interests forces army troops people \
         representatives delegation delegations ministers minister ambassador ambassadors officials allies ally enemies enemy rule role policy \
         policies part-of presidents parliament ministry ministries representative citizens king rulers intentions demands",
    ),
    (
        l::ADVERB,
        "also reportedly allegedly repeatedly later immediately already still never recently then now again strongly earlier however yesterday today \
         on itself once initially subsequently officially formally himself herself jointly just only previously both",
    ),
    (
        l::POST,
        "ceo cfo coo cto executive officer director manager chairman chairwoman chairperson spokesman spokeswoman spokesperson analyst",
    ),
    (
        l::FACILITY,
        "airport airfield airbase aerodrome hospital clinic school stadium square bridge street avenue boulevard highway mosque cathedral hotel palace",
    ),
    (
        l::EXCHANGE,
        "pressure support help aid assistance threat threats demands criticism condemnation response reaction weapons belongs belong loyal close \
         allied message warning appeal objections backing permission sold handed given arms tribute surrender surrendered ultimatum letter proposal \
         invitation concessions",
    ),
    (
        l::STATE_OF_MIND,
        "accused urged asked blamed condemned criticised criticized suspected ready willing unwilling prepared committed responsible concerned \
         preparing planning trying seeking considering responding fighting violating supporting arming sending pushing working calling behind able \
         unable determined hoping expected opposed forced engaged involved complicit obliged required attacking trying using guilty reluctant \
         building helping providing paying continuing demanding ordered told warned",
    ),
];

/// Verbs of speaking; irregular ones with all their forms.
pub(super) const SPEECH_VERBS: &str = "say/says/said tell/tells/told add state announce claim report confirm deny declare warn insist argue note explain stress \
    reiterate ask admit acknowledge allege comment reply respond suggest promise pledge vow urge call believe think/thinks/thought hope want describe \
    write/writes/wrote testify recall concede remark tweet assert contend caution emphasise emphasize predict estimate disclose reveal complain \
    maintain observe conclude denounce condemn criticise criticize welcome praise blame accuse speak/speaks/spoke";

/// Verbs of acting.
pub(super) const ACT_VERBS: &str = "attack agree reject refuse demand launch sign send/sends/sent fight/fights/fought withdraw/withdraws/withdrew invade bomb shell \
    seize capture kill deploy strike/strikes/struck fire retaliate support back oppose offer accept join meet/meets/met hold/holds/held host \
    give/gives/gave provide supply sell/sells/sold buy/buys/bought impose lift halt suspend resume begin/begins/began start stop threaten plan \
    seek/seeks/sought try decide act intervene occupy annex arm train fund help allow permit block veto vote recognise recognize expel summon order \
    release arrest detain execute negotiate mediate broker control rule aim intend request violate break/breaks/broke respect dismiss react continue \
    take/takes/took make/makes/made win/wins/won lose/loses/lost lead/leads/led know/knows/knew come/comes/came go/goes/went carry kidnap abduct ambush \
    leave/leaves/left quit/quits shut/shuts pay/pays/paid drive/drives/drove withhold/withholds/withheld murder torture destroy recapture retake/retakes/retook push/pushes/pushed advance retreat surrender flee/flees/fled escape claim rejoin boycott \
    raise close open shoot/shoots/shot hit/hits bring/brings/brought keep/keeps/kept sue hire appoint elect select choose/chooses/chose unveil \
    develop produce manufacture build/builds/built acquire purchase deliver challenge file restructure borrow invest expect need use work share \
    push conduct coordinate target pound raid storm besiege liberate overrun/overruns/overran free hand receive return move pull show/shows/showed \
    face remain become/becomes/became appear enter pass adopt endorse abandon let/lets set/sets cut/cuts put/puts fear prepare consider step";

/// Titles that the table lacks.
pub(super) const MORE_TITLES: &[&str] = &[
    "ceo",
    "cfo",
    "coo",
    "cto",
    "chief operating officer",
    "chief financial officer",
    "chairman and ceo",
    "vice president",
    "managing director",
    "white house press secretary",
    "presiding judge",
    "general manager",
    "senior vice president",
    "head coach",
    "brigade commander",
    "mr justice",
    "lord justice",
    "deputy chief",
    "chief of defence",
    "secretary of defence",
    "defense minister",
    "acting secretary",
    "under secretary",
];
