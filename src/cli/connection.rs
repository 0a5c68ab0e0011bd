//! Where the server is and which key opens it: from the command line, the environment, the settings, and where a login
//! has kept the key, in this order.

use clap::Args;
use secrecy::SecretString;

use super::{Exit, Failure, keep, output};
use crate::api::{BaseUrl, Client};
use crate::config::{Config, DEFAULT_PROFILE, Profile, private};

/// How to reach a server.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub struct Connection {
    /// Address of the server, such as api27.unipile.com:15796
    #[arg(long, env = "ONEBOX_URL", value_name = "URL")]
    url: Option<String>,
    /// Access token; better given as ONEBOX_KEY, since others can see command lines
    #[arg(long, env = "ONEBOX_KEY", value_name = "KEY", hide_env_values = true)]
    key: Option<String>,
}

/// A server and the key that opens it.
#[derive(Debug, Clone)]
pub struct Access {
    pub base: BaseUrl,
    pub key: SecretString,
}

impl Access {
    /// Prepares a client; nothing is sent yet.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        Ok(Client::new(self.base.clone(), &self.key)?)
    }
}

impl Connection {
    /// The address of the command line or the environment.
    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.is_empty())
    }

    /// The key of the command line or the environment.
    pub(super) fn key(&self) -> Option<SecretString> {
        let key = self.key.as_deref().filter(|key| !key.is_empty());
        key.map(SecretString::from)
    }

    /// Whether any server is named, be it right or wrong.
    pub(super) fn is_set_up(&self, profile: &Profile) -> Result<bool, Failure> {
        let config = Config::load(&profile.config_file()).map_err(Failure::usage)?;
        Ok(self.url().is_some() || config.server.url.is_some())
    }

    /// Finds the server and its key.
    pub(super) fn access(&self, profile: &Profile) -> Result<Access, Failure> {
        if let (Some(url), Some(key)) = (self.url(), self.key()) {
            let base = BaseUrl::parse(url).map_err(Failure::usage)?;
            return Ok(Access { base, key });
        }
        let config = Config::load(&profile.config_file()).map_err(Failure::usage)?;
        let stored = config.server.url.as_deref();
        let url = self.url().or(stored).ok_or_else(|| unconfigured(profile))?;
        let base = BaseUrl::parse(url).map_err(Failure::usage)?;
        if let Some(key) = self.key() {
            return Ok(Access { base, key });
        }
        let home = stored
            .map(BaseUrl::parse)
            .transpose()
            .map_err(Failure::usage)?;
        match home {
            // A key is for one server; another one shall not even see it.
            Some(home) if home != base => Err(Failure::auth(format!(
                "The key of profile {} belongs to {home} and is not shown to {base}. Give the key of that server as ONEBOX_KEY.",
                profile.name
            ))),
            _ => Ok(Access {
                key: stored_key(profile, &config, &base)?,
                base,
            }),
        }
    }
}

/// The key that the settings or a login hold.
fn stored_key(profile: &Profile, config: &Config, base: &BaseUrl) -> Result<SecretString, Failure> {
    let file = profile.config_file();
    if config.server.key.is_some() && private::others_can_read(&file) {
        output::error(&keep::exposed(&file));
    }
    if let Some(key) = config
        .server
        .key()
        .map_err(|error| Failure::auth(error.to_string()))?
    {
        return Ok(key);
    }
    keep::read(profile, base)
}

/// What every command says that needs a server, or what came from one, where there is none.
pub(super) fn unconfigured(profile: &Profile) -> Failure {
    let option = if profile.name == DEFAULT_PROFILE {
        String::new()
    } else {
        format!(" --profile {}", profile.name)
    };
    Failure::auth(format!(
        "No server is set up. Log in to yours with `onebox login{option}`,\n\
         or try everything with invented people first: `onebox demo` tells how."
    ))
}

/// What is said where there is no screen to draw on.
pub(super) fn unscreened() -> Failure {
    Failure::usage(
        "The inbox needs a terminal. `onebox chats`, `onebox read` and `onebox search` print what is stored,\n\
         `onebox --help` lists every command.",
    )
}

impl Failure {
    /// The key is missing or refused.
    pub(super) fn auth(message: String) -> Self {
        Self {
            exit: Exit::Auth,
            message,
        }
    }
}
