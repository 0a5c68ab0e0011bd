//! Where the server is and which key opens it: from the command line, the environment or the settings, in this order.

use clap::Args;
use secrecy::SecretString;

use super::{Exit, Failure};
use crate::api::{BaseUrl, Client};
use crate::config::{self, Config};

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

impl Connection {
    /// Prepares a client for the server that was named.
    pub(super) fn client(self) -> Result<Client, Failure> {
        let auth = |message: String| Failure {
            exit: Exit::Auth,
            message,
        };
        let (url, key) = (
            self.url.filter(|url| !url.is_empty()),
            self.key.filter(|key| !key.is_empty()),
        );
        let config = match (&url, &key) {
            (Some(_), Some(_)) => Config::default(),
            _ => config::path()
                .map_or(Ok(Config::default()), |path| Config::load(&path))
                .map_err(Failure::usage)?,
        };
        let url = url.or_else(|| config.server.url.clone()).ok_or_else(|| {
            auth("No server is set. Give its address as ONEBOX_URL or in the config, or try `onebox demo`.".to_owned())
        })?;
        let key = match key {
            Some(key) => SecretString::from(key),
            None => config.server.key().map_err(|error| auth(error.to_string()))?.ok_or_else(|| {
                auth("No key is set. Give it as ONEBOX_KEY or in the config; it comes with the server's address.".to_owned())
            })?,
        };
        let base = BaseUrl::parse(&url).map_err(Failure::usage)?;
        Ok(Client::new(base, &key)?)
    }
}
