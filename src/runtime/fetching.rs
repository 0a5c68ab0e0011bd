//! Fetches files of messages: into the downloads, or into a private folder to open them from there.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::Url;
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::files;
use super::online::Online;
use crate::api::operations;
use crate::app::Msg;
use crate::app::effect::{Done, Fetch, FetchFor, Ticket};
use crate::app::status::Fetching;
use crate::model::act::FileRef;
use crate::store::outbox;
use crate::sync::Patience;

/// How often the screen hears how far it is.
const TELLS: Duration = Duration::from_millis(150);
/// What may be opened.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Fetches and opens.
#[derive(Debug, Clone)]
pub struct Fetcher {
    pub online: Option<Online>,
    pub told: UnboundedSender<Msg>,
    /// Where files lie that are only opened; gone with the program.
    private: Arc<Mutex<Option<TempDir>>>,
    running: Arc<Mutex<Option<CancellationToken>>>,
    crew: Handle,
}

impl Fetcher {
    pub fn new(online: Option<Online>, told: UnboundedSender<Msg>, crew: Handle) -> Self {
        Self {
            online,
            told,
            private: Arc::default(),
            running: Arc::default(),
            crew,
        }
    }

    /// Begins; how it goes is told.
    pub fn fetch(&self, all: Vec<Fetch>, what_for: FetchFor, downloads: Option<PathBuf>) {
        let this = self.clone();
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        self.crew.spawn(async move {
            let done = match this.each(all, what_for, downloads, &stopped).await {
                Ok(words) => Done::Said(words),
                Err(why) => Done::Failed(why),
            };
            let _ = this.told.send(Msg::Fetching(None));
            let _ = this.told.send(Msg::Done(done));
        });
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        *running = Some(stop);
    }

    /// Fetches files into the profile, to go out with what is written; each is told of when it is there.
    pub fn gather(&self, ticket: Ticket, all: Vec<Fetch>, profile: PathBuf) {
        let this = self.clone();
        self.crew.spawn(async move {
            for file in all {
                let kept = this.for_sending(&file, &profile).await;
                let failed = kept.is_err();
                let done = Done::Gathered(ticket, file.attachment, kept);
                let _ = this.told.send(Msg::Fetching(None));
                let _ = this.told.send(Msg::Done(done));
                if failed {
                    return;
                }
            }
        });
    }

    /// One file, as it is to go out.
    async fn for_sending(&self, file: &Fetch, profile: &Path) -> Result<FileRef, String> {
        let online = self.online.as_ref();
        let online = online.ok_or("There is no server to fetch it from.")?;
        let place = tempfile::Builder::new().prefix("onebox-").tempdir();
        let place = place.map_err(|error| format!("There is no place for the file: {error}."))?;
        // It belongs to what is written, and goes on as long as that is there.
        let never = CancellationToken::new();
        let path = match self.one(online, file, place.path(), &never).await {
            Ok(path) => path,
            Err(Broken::Down(why)) => return Err(why),
            Err(Broken::Off) => return Err("It was stopped.".to_owned()),
        };
        let (name, mime, profile) = (file.name.clone(), file.mime.clone(), profile.to_owned());
        let kept = tokio::task::spawn_blocking(move || {
            let kept = outbox::files::keep(&profile, &path);
            // The folder it came into goes when it is kept.
            drop(place);
            kept
        });
        let kept = kept.await.map_err(|error| error.to_string())?;
        let kept = kept.map_err(|error| error.to_string())?;
        Ok(FileRef {
            mime: mime.or(kept.mime),
            name,
            ..kept
        })
    }

    /// Stops; what is there of a file is removed, and what was saved is told.
    pub fn stop(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = running.take() {
            stop.cancel();
        }
    }

    async fn each(
        &self,
        all: Vec<Fetch>,
        what_for: FetchFor,
        chosen: Option<PathBuf>,
        stop: &CancellationToken,
    ) -> Result<String, String> {
        let online = self.online.as_ref();
        let online = online.ok_or("There is no server to fetch it from.")?;
        let folder = match what_for {
            FetchFor::Keep => downloads(chosen)?,
            FetchFor::Open => self.private()?,
        };
        let mut saved = Vec::new();
        for file in &all {
            match self.one(online, file, &folder, stop).await {
                Ok(path) => saved.push(path),
                Err(Broken::Off) => return Ok(broken_off(saved.len(), all.len(), &folder)),
                Err(Broken::Down(why)) if saved.is_empty() => return Err(why),
                Err(Broken::Down(why)) => {
                    let rest = broken_off(saved.len(), all.len(), &folder);
                    return Err(format!("{why} {rest}"));
                }
            }
        }
        let (Some(path), count) = (saved.first(), saved.len()) else {
            return Err("There was nothing to fetch.".to_owned());
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match what_for {
            FetchFor::Keep if count == 1 => Ok(format!("Saved {}", path.display())),
            FetchFor::Keep => Ok(format!("Saved {count} files to {}", folder.display())),
            FetchFor::Open if files::runs(&name) => Err(format!(
                "{name} is a program and is not opened from here. Save it with d if you trust it."
            )),
            FetchFor::Open => match open::that_detached(path) {
                Ok(()) => Ok(format!("Opening {name}")),
                Err(_) => Err(format!(
                    "This system has no program to open {name}. Save it with d."
                )),
            },
        }
    }

    async fn one(
        &self,
        online: &Online,
        file: &Fetch,
        folder: &Path,
        stop: &CancellationToken,
    ) -> Result<PathBuf, Broken> {
        let failed =
            |error: &dyn std::fmt::Display| Broken::Down(format!("{}: {error}", file.name));
        // On the same file system, so that it gets its name in one step.
        let place = tempfile::Builder::new()
            .prefix(".onebox-")
            .tempdir_in(folder)
            .map_err(|error| failed(&error))?;
        let part = place.path().join("part");
        let client = &online.client;
        let operation = if file.is_mail {
            &operations::emails::GET_EMAIL_ATTACHMENT
        } else {
            &operations::messaging::GET_MESSAGE_ATTACHMENT
        };
        let account = file.account.as_ref();
        let call = || {
            let progress = self.progress(&file.name);
            let part = part.clone();
            async move {
                let (message, attachment) = (&file.message, &file.attachment);
                if file.is_mail {
                    let mail = message.as_str().into();
                    client
                        .get_email_attachment(&mail, attachment, account, &part, progress)
                        .await
                } else {
                    client
                        .get_message_attachment(message, attachment, &part, progress)
                        .await
                }
            }
        };
        let patience = Patience::default();
        let asked = account.map(AsRef::as_ref);
        let fetched = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(Broken::Off),
            fetched = online.asker.ask(operation, asked, &patience, call) => fetched,
        };
        let fetched = fetched.map_err(|error| failed(&error.in_words()))?;
        let name = files::safe(&file.name, file.mime.as_deref().or(fetched.mime.as_deref()));
        let folder = folder.to_owned();
        let settled = tokio::task::spawn_blocking(move || {
            // The folder of the part goes when it has its name.
            let _place = place;
            files::settle(&part, &folder, &name)
        });
        match settled.await {
            Ok(path) => path.map_err(|error| failed(&error)),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Tells how far a file is, now and then.
    fn progress(&self, name: &str) -> impl FnMut(u64, Option<u64>) + Send + use<> {
        let (told, name) = (self.told.clone(), name.to_owned());
        let mut last = Instant::now();
        move |bytes, of| {
            if last.elapsed() >= TELLS {
                last = Instant::now();
                let name = name.clone();
                let _ = told.send(Msg::Fetching(Some(Fetching { name, bytes, of })));
            }
        }
    }

    /// The private folder, made when it is first needed.
    fn private(&self) -> Result<PathBuf, String> {
        let mut private = self.private.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = private.as_ref() {
            return Ok(folder.path().to_owned());
        }
        let made = tempfile::Builder::new().prefix("onebox-").tempdir();
        let made = made.map_err(|error| format!("There is no place for the file: {error}."))?;
        let path = made.path().to_owned();
        *private = Some(made);
        Ok(path)
    }
}

/// Why a file was not fetched.
enum Broken {
    /// The user did not want to wait.
    Off,
    Down(String),
}

/// What there is when not all files were fetched.
fn broken_off(saved: usize, all: usize, folder: &Path) -> String {
    match (saved, all) {
        (0, _) => "Stopped; nothing was saved.".to_owned(),
        (saved, all) => format!(
            "Stopped: {saved} of {all} files were saved to {}, {} not.",
            folder.display(),
            all - saved
        ),
    }
}

/// Where files are saved: in the folder of the settings, or where the system has downloads.
fn downloads(chosen: Option<PathBuf>) -> Result<PathBuf, String> {
    let folder = match chosen {
        Some(folder) => folder,
        None => usual_downloads().ok_or("This system does not tell where your home is.")?,
    };
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    Ok(folder)
}

fn usual_downloads() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    let usual = dirs.download_dir().map(Path::to_owned);
    Some(usual.unwrap_or_else(|| dirs.home_dir().join("Downloads")))
}

/// Hands an address to the system, if it is one of a kind that may be opened; names where it leads.
pub fn open_url(address: &str) -> Done {
    let Ok(url) = Url::parse(address) else {
        return Done::Failed("That is no address.".to_owned());
    };
    if !SCHEMES.contains(&url.scheme()) {
        let scheme = url.scheme();
        return Done::Failed(format!(
            "Addresses that begin with {scheme}: are not opened."
        ));
    }
    let place = match url.host_str() {
        Some(host) => host.to_owned(),
        None => url.path().to_owned(),
    };
    let place = crate::model::text::clean(&place);
    match open::that_detached(url.as_str()) {
        Ok(()) => Done::Said(format!("Opening {place}")),
        Err(_) => Done::Failed(format!(
            "This system has no program to open {place}. y copies the text."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stops_the_fetching_of_files_hears_what_is_saved_and_what_is_not() {
        let folder = Path::new("/home/ada/files");
        for (saved, words) in [
            (0, "Stopped; nothing was saved."),
            (
                2,
                "Stopped: 2 of 5 files were saved to /home/ada/files, 3 not.",
            ),
        ] {
            assert_eq!(broken_off(saved, 5, folder), words);
        }
    }

    #[test]
    fn files_are_saved_where_the_settings_say() {
        let home = tempfile::tempdir().unwrap();
        let chosen = home.path().join("a/b");
        assert_eq!(downloads(Some(chosen.clone())), Ok(chosen.clone()));
        assert!(chosen.is_dir());
    }

    #[test]
    fn no_address_is_opened_but_of_the_kinds_that_lead_to_people_and_pages() {
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "ssh://host",
            "vscode://x",
            "-rf",
            "",
        ] {
            assert!(matches!(open_url(address), Done::Failed(_)), "{address}");
        }
    }
}
