//! The texts of the demo world, built into the program. `assets/demo/FORMAT.md` says how they are written.

/// People, later files adding to or filling in earlier ones.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    (
        "cast.toml",
        include_str!("../../assets/demo/people/cast.toml"),
    ),
    (
        "work.toml",
        include_str!("../../assets/demo/people/work.toml"),
    ),
    (
        "life.toml",
        include_str!("../../assets/demo/people/life.toml"),
    ),
    (
        "mail.toml",
        include_str!("../../assets/demo/people/mail.toml"),
    ),
    (
        "crowd.toml",
        include_str!("../../assets/demo/people/crowd.toml"),
    ),
    (
        "details.toml",
        include_str!("../../assets/demo/people/details.toml"),
    ),
];

/// Conversations.
pub(super) const CHATS: &[(&str, &str)] = &[
    (
        "customers.txt",
        include_str!("../../assets/demo/chats/customers.txt"),
    ),
    (
        "hiring.txt",
        include_str!("../../assets/demo/chats/hiring.txt"),
    ),
    (
        "release.txt",
        include_str!("../../assets/demo/chats/release.txt"),
    ),
    (
        "network.txt",
        include_str!("../../assets/demo/chats/network.txt"),
    ),
    (
        "family.txt",
        include_str!("../../assets/demo/chats/family.txt"),
    ),
    ("home.txt", include_str!("../../assets/demo/chats/home.txt")),
    (
        "friends.txt",
        include_str!("../../assets/demo/chats/friends.txt"),
    ),
    (
        "world.txt",
        include_str!("../../assets/demo/chats/world.txt"),
    ),
];

/// Mails.
pub(super) const MAILS: &[(&str, &str)] = &[
    (
        "hiring.txt",
        include_str!("../../assets/demo/mails/hiring.txt"),
    ),
    (
        "customers.txt",
        include_str!("../../assets/demo/mails/customers.txt"),
    ),
    ("work.txt", include_str!("../../assets/demo/mails/work.txt")),
    (
        "atelier.txt",
        include_str!("../../assets/demo/mails/atelier.txt"),
    ),
    (
        "private.txt",
        include_str!("../../assets/demo/mails/private.txt"),
    ),
    (
        "newsletters.txt",
        include_str!("../../assets/demo/mails/newsletters.txt"),
    ),
    (
        "machines.txt",
        include_str!("../../assets/demo/mails/machines.txt"),
    ),
];

pub(super) const PHRASES: &str = include_str!("../../assets/demo/phrases.toml");
pub(super) const COMPANIES: &str = include_str!("../../assets/demo/companies.toml");
pub(super) const POSTS: &str = include_str!("../../assets/demo/posts.toml");
pub(super) const JOBS: &str = include_str!("../../assets/demo/jobs.toml");
pub(super) const NETWORK: &str = include_str!("../../assets/demo/network.toml");
pub(super) const CALENDARS: &str = include_str!("../../assets/demo/calendars.toml");
