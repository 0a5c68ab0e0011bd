//! What every command hears: which profile it works in, and whether it may change anything.

use clap::Args;

use super::Failure;
use crate::config::{DEFAULT_PROFILE, Profile};
use crate::runtime::look;

/// Flags that may stand anywhere on the command line.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Flags {
    /// Workspace with a login, settings and messages of its own, in the system's folders or in those that ONEBOX_CONFIG
    /// and ONEBOX_DATA name
    #[arg(long, global = true, env = "ONEBOX_PROFILE", value_name = "NAME", default_value = DEFAULT_PROFILE, value_parser = name)]
    profile: String,
    /// Refuse whatever would change something in the world
    #[arg(long, global = true)]
    readonly: bool,
    /// The server was started by this program for this command alone, and need not be spared
    #[arg(long, global = true, hide = true)]
    own_server: bool,
    /// Draw nothing outside ASCII on the screen
    #[arg(long, global = true)]
    ascii: bool,
    /// Draw no boxes and nothing that moves on the screen, for screen readers
    #[arg(long, global = true)]
    plain: bool,
}

fn name(text: &str) -> Result<String, String> {
    Profile::check_name(text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

/// What every command hears.
#[derive(Debug, Clone)]
pub struct Globals {
    pub profile: Profile,
    /// Whether nothing in the world may be changed.
    pub readonly: bool,
    /// Whether the server was started by this program, and need not be spared.
    pub own_server: bool,
    /// How the screen looks.
    pub screen: look::Flags,
}

impl Flags {
    pub(super) fn settle(self) -> Result<Globals, Failure> {
        Ok(Globals {
            profile: Profile::named(&self.profile).map_err(Failure::usage)?,
            readonly: self.readonly,
            own_server: self.own_server,
            screen: look::Flags {
                ascii: self.ascii,
                plain: self.plain,
            },
        })
    }
}

impl Globals {
    /// Refuses an action where nothing may be changed.
    pub(super) fn may(&self, action: &str) -> Result<(), Failure> {
        if self.readonly {
            return Err(Failure::usage(format!(
                "{action} would change something, and --readonly forbids it. Nothing was done."
            )));
        }
        Ok(())
    }
}
