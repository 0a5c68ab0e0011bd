//! Profiles: whole workspaces side by side, each with settings, a key and a store of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The profile of those who name none.
pub const DEFAULT_PROFILE: &str = "default";

/// A workspace and where its things lie. Nothing is made on disk before something is stored there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    /// Where the store lies.
    pub data_dir: PathBuf,
    /// Where the settings lie and, on systems without a keyring, the key.
    pub config_dir: PathBuf,
    /// Whether the system's keyring may hold the key. Folders that were named by hand hold everything themselves, so
    /// that nothing is left when they are thrown away.
    pub keyring: bool,
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    #[error("a profile's name is 1 to 40 characters long: a-z, 0-9, `-` and `_`")]
    Name,
    #[error(
        "This system does not tell where your home is. Name folders to use with ONEBOX_DATA and ONEBOX_CONFIG."
    )]
    NoHome,
}

impl Profile {
    /// Checks a name.
    pub fn check_name(name: &str) -> Result<(), ProfileError> {
        let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        if (1..=40).contains(&name.len()) && name.bytes().all(fits) {
            Ok(())
        } else {
            Err(ProfileError::Name)
        }
    }

    /// Finds the folders of a profile: the usual ones of the system, or those that ONEBOX_DATA and ONEBOX_CONFIG name.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        let given = |variable| std::env::var_os(variable).filter(|folder| !folder.is_empty());
        Self::within(name, given("ONEBOX_DATA"), given("ONEBOX_CONFIG"))
    }

    fn within(
        name: &str,
        data: Option<OsString>,
        config: Option<OsString>,
    ) -> Result<Self, ProfileError> {
        Self::check_name(name)?;
        let usual = ProjectDirs::from("", "", "onebox");
        let chosen = |given: Option<OsString>, usual: Option<&Path>| match (given, usual) {
            // The path stays the same wherever the program goes.
            (Some(given), _) => std::path::absolute(given).map_err(|_| ProfileError::NoHome),
            (None, Some(usual)) => Ok(usual.to_owned()),
            (None, None) => Err(ProfileError::NoHome),
        };
        let elsewhere = config.is_some();
        let data = chosen(data, usual.as_ref().map(ProjectDirs::data_dir))?;
        let config = chosen(config, usual.as_ref().map(ProjectDirs::config_dir))?;
        Ok(Self {
            name: name.to_owned(),
            data_dir: data.join("profiles").join(name),
            config_dir: if name == DEFAULT_PROFILE {
                config
            } else {
                config.join("profiles").join(name)
            },
            keyring: !elsewhere,
        })
    }

    /// Where the settings of the profile lie.
    pub fn config_file(&self) -> PathBuf {
        self.config_dir.join("config.toml")
    }

    /// Where the key lies when there is no keyring.
    pub fn key_file(&self) -> PathBuf {
        self.config_dir.join("key")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_never_lead_out_of_the_folder_of_profiles() {
        for good in ["default", "work-2", "a", &"x".repeat(40)] {
            assert_eq!(Profile::check_name(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "..",
            ".",
            "a/b",
            "A",
            "é",
            "a b",
            "a\0",
            &"x".repeat(41),
        ] {
            assert_eq!(Profile::check_name(bad), Err(ProfileError::Name), "{bad}");
        }
    }

    #[test]
    fn profiles_share_no_file() {
        let at = |name| Profile::within(name, Some("/d".into()), Some("/c".into())).unwrap();
        let (usual, work) = (at("default"), at("work"));
        assert_eq!(usual.config_file(), Path::new("/c/config.toml"));
        assert_eq!(
            work.config_file(),
            Path::new("/c/profiles/work/config.toml")
        );
        assert_eq!(work.key_file(), Path::new("/c/profiles/work/key"));
        assert_eq!(usual.data_dir, Path::new("/d/profiles/default"));
        assert_eq!(work.data_dir, Path::new("/d/profiles/work"));
        assert!(
            !work.keyring && Profile::within("work", None, None).is_ok_and(|usual| usual.keyring)
        );
    }
}
