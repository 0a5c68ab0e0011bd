//! Names for people and groups that nobody described.

use crate::demo::rng::Rng;
use crate::demo::world::account::Network;
use crate::demo::world::person::Person;

/// Languages as people's tables name them, and the codes that the talk uses.
pub(in crate::demo) const LANGUAGES: &[(&str, &str)] = &[
    ("English", "en"),
    ("French", "fr"),
    ("Spanish", "es"),
    ("German", "de"),
    ("Italian", "it"),
    ("Portuguese", "pt"),
    ("Polish", "pl"),
    ("Swedish", "sv"),
    ("Russian", "ru"),
    ("Ukrainian", "uk"),
    ("Greek", "el"),
    ("Turkish", "tr"),
    ("Arabic", "ar"),
    ("Hebrew", "he"),
    ("Hindi", "hi"),
    ("Japanese", "ja"),
    ("Chinese", "zh"),
    ("Mandarin", "zh"),
    ("Korean", "ko"),
    ("Vietnamese", "vi"),
    ("Thai", "th"),
];

/// Pairs of first and last names that go together, and the language of their talk.
const NAMES: &[(&str, &[&str], &[&str])] = &[
    (
        "English",
        &[
            "Nora", "Theo", "Maya", "Callum", "Ines", "Joss", "Wren", "Otis",
        ],
        &[
            "Hartley", "Quill", "Fenwick", "Marsh", "Ashdown", "Pell", "Rook", "Vane",
        ],
    ),
    (
        "French",
        &[
            "Camille", "Bastien", "Maëlle", "Loïc", "Inès", "Théo", "Solène", "Rémi",
        ],
        &[
            "Delorme", "Vasseur", "Lachaud", "Perrin", "Bouvier", "Chauvet", "Guérin", "Morvan",
        ],
    ),
    (
        "German",
        &[
            "Jörg", "Anke", "Lukas", "Frieda", "Malte", "Käthe", "Till", "Wiebke",
        ],
        &[
            "Brückner",
            "Vogt",
            "Lindemann",
            "Kästner",
            "Seidel",
            "Thoma",
            "Reuter",
            "Groß",
        ],
    ),
    (
        "Spanish",
        &[
            "Lucía", "Íñigo", "Paula", "Mateo", "Nerea", "Álvaro", "Inma", "Xoel",
        ],
        &[
            "Navarro", "Ibáñez", "Cuesta", "Peña", "Rey", "Soler", "Vidal", "Castaño",
        ],
    ),
    (
        "Russian",
        &["Анна", "Павел", "Вера", "Игорь", "Нина", "Глеб"],
        &["Орлова", "Зимин", "Лаптев", "Сомова", "Белов", "Крылова"],
    ),
    (
        "Japanese",
        &["結衣", "蓮", "陽菜", "悠真", "葵", "湊"],
        &["佐藤", "高橋", "渡辺", "山本", "小林", "加藤"],
    ),
    (
        "Arabic",
        &["سارة", "يوسف", "مريم", "عمر", "نور", "كريم"],
        &["الخطيب", "منصور", "حمدان", "سالم", "عزيز", "نجار"],
    ),
    (
        "Korean",
        &["서연", "민준", "지우", "도윤"],
        &["김", "이", "박", "최"],
    ),
    (
        "Italian",
        &["Giulia", "Tommaso", "Chiara", "Ettore"],
        &["Ferri", "Galli", "Monti", "Serra"],
    ),
    (
        "Portuguese",
        &["Beatriz", "Tomás", "Inês", "Duarte"],
        &["Moura", "Pinto", "Teles", "Vaz"],
    ),
];

const GROUPS: &[&str] = &[
    "Lunch club",
    "Les voisins",
    "Reading circle",
    "Five-a-side ⚽",
    "Trip to Porto",
    "Choir",
    "Parents 4B",
    "Study group",
    "Board games 🎲",
    "Garden share",
    "Cousins",
    "Old colleagues",
    "Bike to work",
    "Cheese people 🧀",
    "Flat hunt",
    "Film night",
    "Data nerds",
    "Ski week",
    "Sourdough",
    "Marathon?",
    "Wedding plans",
    "Night shift",
    "Rust Lyon",
    "Photo walk",
];

/// A name for a group.
pub(super) fn group(rng: &mut Rng) -> String {
    let name = rng.pick(GROUPS).copied().unwrap_or("Group");
    if rng.chance(30) {
        format!("{name} {}", 2020 + rng.below(7))
    } else {
        name.to_owned()
    }
}

/// A person that only one network knows.
pub(super) fn person(number: u32, network: Network, rng: &mut Rng) -> Person {
    let (language, firsts, lasts) =
        rng.pick(NAMES)
            .copied()
            .unwrap_or(("English", &["Sam"], &["Doe"]));
    let first = rng.pick(firsts).copied().unwrap_or_default();
    let last = rng.pick(lasts).copied().unwrap_or_default();
    let name = match language {
        "Japanese" => format!("{last} {first}"),
        "Korean" => format!("{last}{first}"),
        _ => format!("{first} {last}"),
    };
    let handle = Some(format!("person-{number}"));
    let mut person = Person {
        key: format!("p{number}"),
        name,
        languages: vec![language.to_owned()],
        degree: Some(1),
        ..Person::default()
    };
    match network {
        Network::Linkedin => person.linkedin = handle,
        Network::Whatsapp => person.whatsapp = Some(format!("+3363998{:05}", number % 100_000)),
        Network::Telegram => person.telegram = handle,
        Network::Instagram => person.instagram = handle,
        Network::Messenger => person.messenger = handle,
        Network::Twitter => person.x = handle,
        Network::Slack => person.slack = handle,
        Network::Google | Network::Outlook | Network::Mail => {
            person.email = handle.map(|name| format!("{name}@mail.example"));
        }
    }
    person
}
