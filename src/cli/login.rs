//! `onebox login` and `onebox logout`: sets up the server of a profile, or forgets it.
//!
//! `login` prints how it went as text: a line, one line for each account (provider, name, status) and where the key is
//! kept. Exit codes: 0 done, 1 not a Unipile, 2 wrong usage, 3 not reached, 4 the key was refused.

use clap::Args;
use secrecy::{ExposeSecret as _, SecretString};

use super::keep::{self, Kept, unwritten};
use super::output::{self, Paint, painted};
use super::{Connection, Failure, Globals, block_on, prompt, reach};
use crate::api::{BaseUrl, Client};
use crate::config::{Config, DEFAULTS, Profile, edit, private};
use crate::model::account::{Account, AccountStatus};
use crate::model::words::Spelled as _;
use crate::sync::Lead;

/// Sets up the server of a profile.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A program with its arguments that prints the access token, instead of keeping it
    #[arg(long, value_name = "COMMAND")]
    key_command: Option<String>,
    /// Keep the key in a private file even if there is a keyring
    #[arg(long)]
    no_keyring: bool,
    #[command(flatten)]
    connection: Connection,
}

const EXAMPLES: &str = "Examples:
  onebox login
  onebox login --url api27.unipile.com:15796 < token.txt
  onebox login --url api27.unipile.com:15796 --key-command 'pass show unipile'";

/// Forgets the server of a profile.
#[derive(Debug, Args)]
pub(super) struct Leave {
    /// Delete the messages that are stored here, too
    #[arg(long)]
    erase: bool,
    /// Delete without asking
    #[arg(long, requires = "erase")]
    yes: bool,
}

/// Checks address and key at the server and keeps them.
pub(super) fn login(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let profile = &globals.profile;
    let file = Settings::open(profile)?;
    let base = address(&arguments.connection, &file.config)?;
    let key_command = words(arguments.key_command.as_deref().unwrap_or_default())?;
    let key = match key_command.as_slice() {
        [] => key(&arguments.connection)?,
        _ => printed(&key_command)?,
    };
    let client = Client::new(base.clone(), &key)?;
    let accounts = block_on(reach::accounts(&client))?;
    let text = file.with(Some(&base), &key_command)?;
    // In this order, no key ever stands beside the address of another server.
    keep::forget(profile, file.base().as_ref())?;
    file.write(&text)?;
    let kept = match key_command.as_slice() {
        [] => Some(keep::write(profile, &base, &key, !arguments.no_keyring)?),
        _ => None,
    };
    output::raw(welcome(profile, &base, &accounts, kept.as_ref()).as_bytes())
}

/// Checks address and key at the server and keeps them, for the welcome on the screen.
pub(super) async fn first(
    profile: &Profile,
    address: &str,
    key: SecretString,
) -> Result<(), Failure> {
    let base = BaseUrl::parse(address).map_err(Failure::usage)?;
    let client = Client::new(base.clone(), &key)?;
    reach::accounts(&client).await?;
    let profile = profile.clone();
    // The keyring may ask for a password.
    let kept = tokio::task::spawn_blocking(move || {
        let file = Settings::open(&profile)?;
        let text = file.with(Some(&base), &[])?;
        keep::forget(&profile, file.base().as_ref())?;
        file.write(&text)?;
        keep::write(&profile, &base, &key, true).map(drop)
    });
    match kept.await {
        Ok(done) => done,
        Err(error) => Err(Failure::usage(format!("The login was not kept: {error}."))),
    }
}

/// Removes address and key, and with `--erase` what is stored.
pub(super) fn logout(arguments: &Leave, globals: &Globals) -> Result<(), Failure> {
    let profile = &globals.profile;
    let data = &profile.data_dir;
    let file = Settings::open(profile)?;
    let text = file.with(None, &[])?;
    if arguments.erase && data.exists() && !arguments.yes {
        let question = format!(
            "Delete everything of profile {} in {}, drafts and unsent messages included?",
            profile.name,
            data.display()
        );
        if !prompt::somebody() {
            return Err(Failure::usage(format!(
                "{question} Say so with --yes. Nothing was done."
            )));
        }
        if !prompt::yes(&question)? {
            return output::line("Nothing was done.");
        }
    }
    // Held until all is deleted, so that nothing is fetched into it meanwhile.
    let _lead = if arguments.erase && data.exists() {
        Some(lead(profile)?)
    } else {
        None
    };
    let forgotten = keep::forget(profile, file.base().as_ref())?;
    let was = file.config.server.url.clone();
    if text != file.text {
        file.write(&text)?;
    }
    output::line(&match was {
        Some(url) => format!("Logged out of {}.", output::safe(&url)),
        None if forgotten.found => format!("The key of profile {} is removed.", profile.name),
        None => format!("Profile {} had no login.", profile.name),
    })?;
    if let Some(trouble) = forgotten.unasked.filter(|_| file.is_without_key()) {
        output::error(&format!(
            "The keyring could not be asked ({trouble}). If it holds the key, remove it there."
        ));
    }
    if !data.exists() {
        return Ok(());
    }
    if arguments.erase {
        std::fs::remove_dir_all(data).map_err(|error| {
            Failure::usage(format!(
                "{} cannot be deleted: {error}. Delete it by hand.",
                data.display()
            ))
        })?;
        return output::line(&format!("Deleted {}.", data.display()));
    }
    output::line(&format!(
        "What was fetched stays in {}; `onebox logout --erase` deletes it.",
        data.display()
    ))
}

/// Takes the lead of a profile that is about to be deleted.
fn lead(profile: &Profile) -> Result<Lead, Failure> {
    let data = &profile.data_dir;
    let taken = Lead::take(data).map_err(|error| {
        Failure::usage(format!(
            "The lock of the profile cannot be used: {error}. Nothing was done."
        ))
    })?;
    taken.ok_or_else(|| {
        let process = Lead::holder(data).map_or_else(String::new, |it| format!(" (process {it})"));
        Failure::usage(format!(
            "Another onebox{process} is fetching and sending for profile {}. Nothing was done: end it first.",
            profile.name
        ))
    })
}

/// The settings file of a profile, as it is and as it shall be.
struct Settings {
    path: std::path::PathBuf,
    config: Config,
    text: String,
}

impl Settings {
    fn open(profile: &Profile) -> Result<Self, Failure> {
        let path = profile.config_file();
        // Says what is wrong, where something is.
        let config = Config::load(&path).map_err(Failure::usage)?;
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        Ok(Self { path, config, text })
    }

    /// The server of before.
    fn base(&self) -> Option<BaseUrl> {
        BaseUrl::parse(self.config.server.url.as_deref()?).ok()
    }

    /// Whether the key is not in the file, so that it must be somewhere else.
    fn is_without_key(&self) -> bool {
        self.config.server.key.is_none() && self.config.server.key_command.is_empty()
    }

    /// The text with another server; a new file explains every setting.
    fn with(&self, base: Option<&BaseUrl>, key_command: &[String]) -> Result<String, Failure> {
        let url = base.map(ToString::to_string);
        let old = match (self.text.trim(), &url) {
            ("", Some(_)) => DEFAULTS,
            _ => &self.text,
        };
        edit::server(old, url.as_deref(), key_command).map_err(|stubborn| {
            Failure::usage(format!(
                "`{}` in {} is written in a way that cannot be changed safely. Take it out by hand and try again.",
                stubborn.name,
                self.path.display()
            ))
        })
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        private::write(&self.path, text.as_bytes()).map_err(|error| unwritten(&self.path, &error))
    }
}

/// The address: given, asked for, or the one of before.
fn address(connection: &Connection, config: &Config) -> Result<BaseUrl, Failure> {
    let before = config.server.url.as_deref();
    let text = match (connection.url(), before) {
        (Some(url), _) => url.to_owned(),
        (None, before) if prompt::somebody() => {
            let hint = before.unwrap_or("such as api27.unipile.com:15796");
            let answer = prompt::line(&format!(
                "Address of your Unipile server ({}): ",
                output::safe(hint)
            ))?;
            match before {
                Some(before) if answer.is_empty() => before.to_owned(),
                _ => answer,
            }
        }
        (None, Some(before)) => before.to_owned(),
        (None, None) => {
            return Err(Failure::usage(
                "No address was given. Add --url with the address of your server, such as api27.unipile.com:15796.",
            ));
        }
    };
    BaseUrl::parse(&text).map_err(Failure::usage)
}

/// The key: given, asked for without showing it, or from standard input.
fn key(connection: &Connection) -> Result<SecretString, Failure> {
    let key = match connection.key() {
        Some(key) => key,
        None if prompt::somebody() => prompt::secret("Access token (it stays hidden): ")?,
        None => prompt::piped_secret()?,
    };
    if key.expose_secret().is_empty() {
        return Err(Failure::auth(
            "No access token was given. Paste it at the prompt, or send it to standard input: onebox login < token.txt"
                .to_owned(),
        ));
    }
    Ok(key)
}

/// The key that a command prints.
fn printed(command: &[String]) -> Result<SecretString, Failure> {
    let server = crate::config::Server {
        key_command: command.to_vec(),
        ..Default::default()
    };
    let key = server
        .key()
        .map_err(|error| Failure::auth(error.to_string()))?;
    key.ok_or_else(|| Failure::usage("The key command is empty."))
}

/// The words of a command. No shell reads them, so what only a shell understands is refused instead of misread.
fn words(command: &str) -> Result<Vec<String>, Failure> {
    if command.contains(['\'', '"', '\\', '|', '$', '`', ';', '&', '<', '>']) {
        return Err(Failure::usage(
            "No shell reads the key command: it is words with spaces between. Write harder ones into the config as a \
             list, such as key_command = [\"pass\", \"show\", \"my key\"], or into a script of your own.",
        ));
    }
    Ok(command.split_whitespace().map(str::to_owned).collect())
}

fn welcome(profile: &Profile, base: &BaseUrl, accounts: &[Account], kept: Option<&Kept>) -> String {
    let count = match accounts.len() {
        0 => "no account is linked there yet".to_owned(),
        1 => "1 account is linked there".to_owned(),
        many => format!("{many} accounts are linked there"),
    };
    let mut lines = vec![format!(
        "{} Profile {} uses {base}; {count}.",
        painted(Paint::Bold, "Logged in."),
        profile.name
    )];
    let cells = |account: &Account| {
        (
            output::safe(account.provider.label()),
            output::safe(&account.name),
        )
    };
    let widest = |size: fn(&(String, String)) -> usize| {
        let sizes = accounts.iter().map(|account| size(&cells(account)));
        sizes.max().unwrap_or_default().min(40)
    };
    let (first, second) = (
        widest(|cell| cell.0.chars().count()),
        widest(|cell| cell.1.chars().count()),
    );
    for account in accounts {
        let (provider, name) = cells(account);
        let paint = match account.status() {
            AccountStatus::Ok => Paint::Green,
            AccountStatus::Connecting => Paint::Yellow,
            _ => Paint::Red,
        };
        let status = painted(paint, &output::safe(&account.status().to_word()));
        lines.push(format!("  {provider:<first$}  {name:<second$}  {status}"));
    }
    lines.push(match kept {
        None => "The key is asked from your command each time.".to_owned(),
        Some(Kept::Keyring) => "The key is in the system's keyring.".to_owned(),
        Some(Kept::File {
            path,
            keyring: None,
        }) => {
            format!("The key is in {}, which only you can read.", path.display())
        }
        Some(Kept::File {
            path,
            keyring: Some(trouble),
        }) => format!(
            "There is no keyring to use ({}), so the key is in {}, which only you can read.",
            trouble.trim_end_matches('.'),
            path.display()
        ),
    });
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_command_is_split_at_spaces_and_nothing_a_shell_would_read_passes() {
        let split = |text| words(text).map_err(|failure| failure.message);
        assert_eq!(
            split(" pass  show unipile ").unwrap(),
            ["pass", "show", "unipile"]
        );
        for text in ["pass 'my key'", "a | b", "echo $KEY", "a; b"] {
            assert!(split(text).unwrap_err().contains("No shell"), "{text}");
        }
    }
}
